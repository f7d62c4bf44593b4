# Builds the same sources for Linux, as one module, to compare with; sourced after
# embedded.sh.
native=$out/native
mkdir -p "$native"
native_flags=(
    -swift-version 6 -O -wmo -parse-as-library
    -Xcc "-fmodule-map-file=$native/CZeroMQPlatform.modulemap"
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility
    -enable-upcoming-feature NonisolatedNonsendingByDefault -enable-experimental-feature Lifetimes
)

native_base() {
    once "$native/platform.o" "$kit" Sources/CZeroMQPlatform -- make_native_base
}

make_native_base() {
    cat >"$native/CZeroMQPlatform.modulemap" <<END
module CZeroMQPlatform {
    header "$root/Sources/CZeroMQPlatform/include/CZeroMQPlatform.h"
    export *
}
END
    local file
    for file in Sources/CZeroMQPlatform/*.c; do
        "$swift/bin/clang" -O2 -c -ISources/CZeroMQPlatform/include "$file" \
            -o "$native/$(basename "$file" .c).o"
    done
}

# native_program NAME SOURCE.swift...: makes $native/NAME.
native_program() {
    once "$native/$1" "$@" "$kit" Sources/CZeroMQPlatform "$native"/*.o -- make_native_program "$@"
}

make_native_program() {
    local name=$1
    shift
    swiftc "${native_flags[@]}" -module-name "$name" "$@" "$native"/*.o -o "$native/$name"
}
