#!/usr/bin/env bash
# A copy of mingw-w64's headers that Swift imports as it imports the Windows SDK's:
# make_headers.sh MINGW-INCLUDE TARGET
#
#   __MSABI_LONG(x)   a constant behind a macro with arguments is not imported at all; `xL` is, as a
#                     32-bit CLong
#   WINBOOL           the importer makes `BOOL` of a module WinSDK a Bool
#   IPPROTO_...       enumerators in the Windows SDK, see WinSDK/winsdk.h
#   sin_family        of type ADDRESS_FAMILY, unsigned, in the Windows SDK
set -euo pipefail
rm -rf "$2"
mkdir -p "$2"
cp -rL "$1"/. "$2"
cd "$2"
rm -rf c++ GL wine ddk
grep -rlE '__MSABI_LONG|WINBOOL' --include='*.h' . | xargs sed -i -E \
    -e '/^#define __MSABI_LONG/!s/__MSABI_LONG ?\(([0-9A-Fa-fxX]+[uU]?)\)/\1L/g' \
    -e 's/^typedef int WINBOOL;//; s/^#define BOOL WINBOOL//; s/\bWINBOOL\b/BOOL/g'
sed -i -E 's/^#define IPPROTO_(IP|ICMP|TCP|UDP|IPV6)[[:space:]].*//' winsock2.h
sed -i -E 's/^(\s*)short(\s+sin6?_family;)/\1unsigned short\2/' psdk_inc/*.h ws2*.h
