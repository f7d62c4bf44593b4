# Settings and installation for the runs under Wine; sourced. Everything made goes to $out.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
. Tests/once.sh
root=$PWD
out=${BUILD_PATH:-$root/.build}/windows
case $out in /*) ;; *) out=$root/$out ;; esac
here=$root/Tests/Windows
swift=$(dirname "$(dirname "$(readlink -f "$(command -v swiftc)")")")
# A prefix once made serves all runs of this checkout. Nothing needs a display.
export WINEDEBUG=-all WINEPREFIX=$out/prefix PATH=/usr/lib/wine:$PATH
unset DISPLAY || true
mkdir -p "$out"

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
        echo "not allowed to install; as root: $*" >&2
        return 1
    fi
}

# install COMMAND-OR-FILE PACKAGE...: installs Debian's packages unless the first is there.
install_unless() {
    local witness=$1
    shift
    command -v "$witness" >/dev/null || [ -e "$witness" ] && return
    echo "installing $*"
    as_root apt-get install -qq -y --no-install-recommends "$@" >"$out/install.log" 2>&1 ||
        { as_root apt-get update -qq && as_root apt-get install -qq -y \
            --no-install-recommends "$@"; } >"$out/install.log" 2>&1 || {
        tail -5 "$out/install.log"
        echo "could not install: $*" >&2
        return 1
    }
}

install_wine() { install_unless winegcc wine64 wine64-tools libwine-dev gcc; }

need_wine() {
    install_wine
    (
        flock 9
        # Wine's server outlives the call: it may not keep the lock.
        [ -d "$WINEPREFIX/drive_c" ] ||
            WINEDLLOVERRIDES="mscoree,mshtml=" wine64 wineboot -i 9>&-
    ) 9>"$out/prefix.lock"
}

# The headers and import libraries of Windows.
need_mingw() { install_unless /usr/x86_64-w64-mingw32/include/windows.h mingw-w64-x86-64-dev; }
