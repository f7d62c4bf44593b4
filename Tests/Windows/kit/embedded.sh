# Builds Embedded Swift into true Windows programs; sourced after environment.sh. See README.md.
kit=$here/kit
typecheck=$here/typecheck
exe=$out/exe
mingw=/usr/x86_64-w64-mingw32
clang_headers=$(echo "$swift"/lib/clang/*/include)
mkdir -p "$exe/modules"

# How C headers are found, by Swift and by clang.
header_flags=(-nostdinc -isystem "$clang_headers" -isystem "$exe/include")
embedded_flags=(
    -target x86_64-unknown-windows-gnu -resource-dir "$exe/library"
    -enable-experimental-feature Embedded -swift-version 6 -wmo -parse-as-library
    -Xcc "-fmodule-map-file=$typecheck/WinSDK/module.modulemap"
    -Xcc "-fmodule-map-file=$exe/CZeroMQPlatform.modulemap"
    -I "$exe/modules" -module-cache-path "$exe/cache"
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility
    -enable-upcoming-feature NonisolatedNonsendingByDefault -enable-experimental-feature Lifetimes
)
for flag in "${header_flags[@]}"; do embedded_flags+=(-Xcc "$flag"); done

# What every program is made of as well, beside what is made of it.
embedded_sources=(Sources/CZeroMQPlatform "$kit" "$typecheck")

# The headers, the modules and the run time that every program shares; a few seconds, once.
embedded_base() {
    need_mingw
    once "$exe/libruntime.a" "${embedded_sources[@]}" -- make_embedded_base
}

make_embedded_base() {
    rm -rf "$exe/library" "$exe/cache"
    bash "$typecheck/headers.sh" "$exe/include"
    python3 -B "$kit/make_modules.py" "$swift/lib/swift" "$exe/library"
    cat >"$exe/CZeroMQPlatform.modulemap" <<END
module CZeroMQPlatform {
    header "$root/Sources/CZeroMQPlatform/include/CZeroMQPlatform.h"
    export *
}
END
    (cd "$exe/modules" && swiftc "${embedded_flags[@]}" -module-name WinSDK \
        -import-underlying-module -emit-module -emit-module-path WinSDK.swiftmodule \
        "$typecheck/WinSDK/WinSDK.swift")
    python3 "$kit/make_unicode.py" "$swift" "$exe/unicode.o"
    local file objects=("$exe/unicode.o")
    for file in "$kit/runtime.c" Sources/CZeroMQPlatform/*.c; do
        objects+=("$exe/$(basename "$file" .c).o")
        "$swift/bin/clang" --target=x86_64-w64-windows-gnu "${header_flags[@]}" -O2 \
            -ISources/CZeroMQPlatform/include -c "$file" -o "${objects[-1]}"
    done
    "$swift/bin/llvm-ar" rcs "$exe/libruntime.a" "${objects[@]}"
}

# embedded_program NAME [-OPTION...] SOURCE.swift...: makes $exe/NAME.exe, all sources one module.
embedded_program() {
    once "$exe/$1.exe" "$@" "${embedded_sources[@]}" "$exe/modules" "$exe/libruntime.a" -- \
        make_embedded_program "$@"
}

make_embedded_program() {
    local name=$1
    shift
    swiftc "${embedded_flags[@]}" -module-name "$name" -c "$@" -o "$exe/$name.o"
    python3 "$kit/make_accessors.py" "$swift" "$exe/$name.accessors.o" "$exe/$name.o"
    "$swift/bin/ld.lld" -m i386pep --subsystem console -o "$exe/$name.exe" "$mingw/lib/crt2.o" \
        "$exe/$name.o" "$exe/$name.accessors.o" "$exe/libruntime.a" -L"$mingw/lib" -lmingw32 \
        -lmingwex -lmsvcrt -lws2_32 -lmswsock -liphlpapi -ladvapi32 -lsynchronization -lkernel32
}
