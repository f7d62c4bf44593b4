# Type-checks Swift as for Windows, on Linux; sourced after environment.sh. No code is made.
checks=$out/typecheck
kit=$here/typecheck
mkdir -p "$checks"

check_flags=(
    -target x86_64-unknown-windows-gnu -resource-dir "$checks/resources"
    -swift-version 6 -parse-as-library -D DEBUG -warnings-as-errors -module-cache-path "$checks/cache"
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature MemberImportVisibility
    -enable-upcoming-feature NonisolatedNonsendingByDefault -enable-experimental-feature Lifetimes
    -Xcc -nostdinc -Xcc -isystem -Xcc "$(echo "$swift"/lib/clang/*/include)"
    -Xcc -isystem -Xcc "$checks/include"
    -Xcc "-fmodule-map-file=$kit/WinSDK/module.modulemap"
    -Xcc "-fmodule-map-file=$checks/CZeroMQPlatform.modulemap"
    -I "$kit/WinSDK" -I "$checks/modules"
    -plugin-path "$swift/lib/swift/host/plugins/testing"
)

# The headers, the standard library and the SDK's module: some ten seconds, once.
need_check_modules() {
    once "$checks/modules/WinSDK.swiftmodule" "$kit" "$here/typecheck.sh" -- make_check_modules
}

make_check_modules() {
    rm -rf "$checks"/{resources,include,cache}
    python3 -B "$kit/resources.py" windows "$checks/resources" "$swift/lib/swift"
    bash "$kit/headers.sh" "$checks/include"
    cat >"$checks/CZeroMQPlatform.modulemap" <<END
module CZeroMQPlatform {
    header "$root/Sources/CZeroMQPlatform/include/CZeroMQPlatform.h"
    export *
}
END
    swiftc "${check_flags[@]}" -module-name WinSDK -import-underlying-module -emit-module \
        -emit-module-path "$checks/modules/WinSDK.swiftmodule" "$kit/WinSDK/WinSDK.swift"
}

# check_module NAME FILE...: type-checks a module, and leaves it for those that import it.
check_module() {
    local name=$1
    shift
    swiftc "${check_flags[@]}" -module-name "$name" -wmo -enable-testing -emit-module \
        -emit-module-path "$checks/modules/$name.swiftmodule" "$@"
}

# check_files FILE...: type-checks them as a module that nobody imports.
check_files() { swiftc "${check_flags[@]}" -module-name Checked -wmo -typecheck "$@"; }
