# Builds ordinary Swift for Linux into programs that run inside Wine; sourced after environment.sh.
#
# The full library is there, async calls and Swift Testing included, with `canImport(WinSDK)` true
# and every Win32 call going to Wine by way of WinSDK/.
lib=$out/winelib
sdk=Tests/Windows/WinSDK
mkdir -p "$lib/modules"

winelib_flags=(
    -swift-version 6 -wmo -parse-as-library -I "$lib/modules"
    -Xcc "-fmodule-map-file=$sdk/module.modulemap"
    -Xcc "-fmodule-map-file=$lib/CZeroMQPlatform.modulemap"
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility
    -enable-upcoming-feature NonisolatedNonsendingByDefault -enable-experimental-feature Lifetimes
)

# What every program is made of as well, beside what is made of it.
winelib_sources=(Sources/CZeroMQPlatform "$sdk" "$here/winelib.sh")

# The wrappers of Win32, the platform's C, and the library.
winelib_base() {
    once "$lib/ZeroMQ.o" Sources/ZeroMQ "${winelib_sources[@]}" -- make_winelib_base
}

make_winelib_base() {
    cat >"$lib/CZeroMQPlatform.modulemap" <<END
module CZeroMQPlatform {
    header "$root/Sources/CZeroMQPlatform/include/CZeroMQPlatform.h"
    export *
}
END
    rm -f "$lib"/base_*.o
    for file in calls gate native; do
        winegcc -O2 -fPIC -w -c "$sdk/$file.c" -o "$lib/base_$file.o"
    done
    swiftc "${winelib_flags[@]}" -module-name WinSDK -import-underlying-module \
        -emit-module -emit-module-path "$lib/modules/WinSDK.swiftmodule" -emit-object \
        -o "$lib/base_WinSDK.o" "$sdk/WinSDK.swift"
    for file in Sources/CZeroMQPlatform/*.c; do
        clang -O2 -fPIC -c -ISources/CZeroMQPlatform/include "$file" \
            -o "$lib/base_platform_$(basename "$file" .c).o"
    done
    mapfile -t files < <(find Sources/ZeroMQ -name '*.swift')
    swiftc "${winelib_flags[@]}" -O -enable-testing -module-name ZeroMQ -emit-module \
        -emit-module-path "$lib/modules/ZeroMQ.swiftmodule" -c "${files[@]}" -o "$lib/ZeroMQ.o"
}

# winelib_program NAME [-OPTION...] SOURCE.swift... [SOURCE.c... HEADER.h... MAP.modulemap...]:
# makes $lib/NAME.exe.so, whose entry is the `@main` among the sources.
winelib_program() {
    once "$lib/$1.exe.so" "$@" "${winelib_sources[@]}" "$lib/modules" "$lib/ZeroMQ.o" \
        "$lib"/base_*.o -- make_winelib_program "$@"
}

make_winelib_program() {
    local name=$1 argument sources=() objects=() options=()
    shift
    for argument in "$@"; do
        case $argument in
            *.swift) sources+=("$argument") ;;
            *.h) ;;
            *.modulemap) options+=(-Xcc "-fmodule-map-file=$argument") ;;
            *.c)
                objects+=("$lib/program_${name}_$(basename "$argument" .c).o")
                clang -O2 -fPIC -c -I"$(dirname "$argument")/include" "$argument" \
                    -o "${objects[-1]}"
                ;;
            *) options+=("$argument") ;;
        esac
    done
    swiftc "${winelib_flags[@]}" -module-name "$name" ${options[@]+"${options[@]}"} \
        -plugin-path "$swift/lib/swift/host/plugins/testing" \
        -Xfrontend -entry-point-function-name -Xfrontend swift_main \
        -c "${sources[@]}" -o "$lib/program_$name.o"
    local libraries=$swift/lib/swift/linux
    winegcc -o "$lib/$name.exe" "$lib"/base_*.o "$lib/ZeroMQ.o" "$lib/program_$name.o" \
        ${objects[@]+"${objects[@]}"} "$libraries/x86_64/swiftrt.o" \
        -L"$libraries" -Wl,-rpath,"$libraries" -lTesting -lFoundation -lFoundationEssentials \
        -lswiftCore -lswiftSwiftOnoneSupport -lswiftSynchronization -lswift_StringProcessing \
        -lswift_Concurrency -lswiftDispatch -ldispatch -lBlocksRuntime -lswiftGlibc -lkernelbase
}
