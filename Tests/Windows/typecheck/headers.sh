#!/usr/bin/env bash
# Copies mingw-w64's headers into a folder, changed where Swift's importer would see them otherwise
# than those of the Windows SDK: headers.sh FOLDER
#
#   __MSABI_LONG(x) -> xL        a constant spelled by a macro with an argument is not imported
#   WINBOOL -> BOOL              which the importer takes for Bool
#   IPPROTO_*                    enumerators in the SDK: see WinSDK/winsdk.h
#   sin_family, sin6_family      unsigned in the SDK
set -euo pipefail
folder=$1
rm -rf "$folder"
mkdir -p "$folder"
cp -rL /usr/x86_64-w64-mingw32/include/. "$folder"
cd "$folder"
rm -rf c++ GL wine ddk
grep -rlE '__MSABI_LONG|WINBOOL' --include='*.h' . | xargs sed -i -E \
    -e '/^#define __MSABI_LONG/!s/__MSABI_LONG ?\(([0-9A-Fa-fxX]+[uU]?)\)/\1L/g' \
    -e 's/^typedef int WINBOOL;//; s/^#define BOOL WINBOOL//; s/\bWINBOOL\b/BOOL/g'
sed -i -E 's/^#define IPPROTO_(IP|ICMP|TCP|UDP|IPV6)[[:space:]].*//' winsock2.h
sed -i -E 's/^(\s*)short(\s+sin6?_family;)/\1unsigned short\2/' psdk_inc/*.h ws2*.h
