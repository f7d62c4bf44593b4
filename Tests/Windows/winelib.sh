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

# stale TARGET FOLDER-OR-FILE...: whether something is newer than the target.
stale() {
    local target=$1
    shift
    [ ! -e "$target" ] || [ -n "$(find "$@" -newer "$target" -print -quit)" ]
}

# The wrappers of Win32, the platform's C, and the library.
winelib_base() {
    stale "$lib/ZeroMQ.o" Sources/ZeroMQ Sources/CZeroMQPlatform "$sdk" "$here/winelib.sh" ||
        return 0
    cat >"$lib/CZeroMQPlatform.modulemap" <<END
module CZeroMQPlatform {
    header "$root/Sources/CZeroMQPlatform/include/CZeroMQPlatform.h"
    export *
}
END
    rm -f "$lib"/*.o
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

# winelib_program NAME [-OPTION...] SOURCE.swift... [OBJECT.o...]: makes $lib/NAME.exe.so, whose
# entry is the `@main` among the sources.
winelib_program() {
    local name=$1 argument sources=() objects=() options=()
    shift
    for argument in "$@"; do
        case $argument in
            *.swift) sources+=("$argument") ;;
            *.o) objects+=("$argument") ;;
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
