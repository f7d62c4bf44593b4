// The headers of Windows as Swift imports them: module WinSDK.
#pragma once
#ifndef WIN32_LEAN_AND_MEAN
#define WIN32_LEAN_AND_MEAN
#endif
#ifndef NOMINMAX
#define NOMINMAX
#endif
#define _WIN32_WINNT 0x0A00
#include <winsock2.h>
// Macros in mingw's headers, enumerators in the Windows SDK (Swift: IPPROTO_TCP.rawValue).
typedef enum IPPROTO : int {
    IPPROTO_IP = 0,
    IPPROTO_ICMP = 1,
    IPPROTO_TCP = 6,
    IPPROTO_UDP = 17,
    IPPROTO_IPV6 = 41
} IPPROTO;
#include <ws2tcpip.h>
#include <mswsock.h>
#include <windows.h>
