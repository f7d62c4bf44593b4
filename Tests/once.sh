# Builds that are made once for the same inputs, ahead of their use or in it; sourced.

# once TARGET WORD-FILE-OR-FOLDER... -- COMMAND...: runs the command that makes the target, unless
# it has made it from the same inputs. Either way what the command said is printed, so that no
# warning is lost. Who wants the same target meanwhile waits. Not for use in a condition: there the
# command would go on after an error.
once() {
    local target=$1 inputs=() made_from
    shift
    while [ "$1" != -- ]; do inputs+=("$1") && shift; done
    shift
    mkdir -p "$(dirname "$target")"
    (
        flock 9
        made_from=$(digest "${inputs[@]}")
        if [ -e "$target" ] && [ "$(cat "$target.inputs" 2>/dev/null)" = "$made_from" ]; then
            cat "$target.said"
            exit
        fi
        rm -f "$target" "$target.inputs"
        "$@" 2>&1 | tee "$target.said"
        # While an input changed it was made from nobody knows what: good for this run alone.
        [ "$(digest "${inputs[@]}")" != "$made_from" ] || echo "$made_from" >"$target.inputs"
    ) 9>"$target.lock"
}

# What a build depends on: where it is made, the tools, and words, files and all in folders.
digest() {
    local input
    {
        printf '%s\n' "$PWD" "$@"
        swiftc --version 2>&1
        stat -L -c '%n %s %Y' $(type -P swiftc clang gcc winegcc) \
            /usr/x86_64-w64-mingw32/include 2>/dev/null
        for input in "$@"; do
            if [ -e "$input" ]; then
                find "$input" -type f -not -path '*/__pycache__/*' -print0
            fi
        done | sort -z | xargs -0 sha256sum
    } | sha256sum
}
