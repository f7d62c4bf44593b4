// The names of Win32 that the library uses, as Swift sees them where it runs inside Wine: compiled
// for Linux, with Linux' calling convention. Each function is a wrapper `winsdk_NAME`, see calls.c.
#pragma once
#include <stdint.h>

typedef void *HANDLE, *PVOID, *LPVOID, *HMODULE;
// Swift sees Bool, as on Windows; the wrappers return 0 or 1.
typedef _Bool BOOL;
// What function pointers return on Windows.
typedef struct { int _value; } WindowsBool;
typedef int INT, LONG;
typedef unsigned int DWORD, ULONG, UINT, GROUP;
typedef unsigned char UCHAR, BYTE;
typedef unsigned short WORD, USHORT, WCHAR, ADDRESS_FAMILY;
typedef char CHAR;
typedef unsigned long long ULONG_PTR, SOCKET, ULONGLONG, UINT_PTR;
typedef DWORD *LPDWORD;
typedef union { long long QuadPart; } LARGE_INTEGER;
typedef struct SECURITY_ATTRIBUTES SECURITY_ATTRIBUTES;
typedef struct WSAPROTOCOL_INFOW WSAPROTOCOL_INFOW;

typedef struct {
    ULONG_PTR Internal, InternalHigh;
    union {
        struct { DWORD Offset, OffsetHigh; };
        PVOID Pointer;
    };
    HANDLE hEvent;
} OVERLAPPED, *LPOVERLAPPED;

typedef struct {
    ULONG_PTR lpCompletionKey;
    LPOVERLAPPED lpOverlapped;
    ULONG_PTR Internal;
    DWORD dwNumberOfBytesTransferred;
} OVERLAPPED_ENTRY;

typedef struct { ULONG len; CHAR *buf; } WSABUF;
typedef struct { unsigned int Data1; unsigned short Data2, Data3; unsigned char Data4[8]; } GUID;
typedef struct {
    WORD wVersion, wHighVersion;
    unsigned short iMaxSockets, iMaxUdpDg;
    char *lpVendorInfo;
    char szDescription[257], szSystemStatus[129];
} WSADATA;

// The system's own header has a structure of this name, with other contents.
#define sockaddr windows_sockaddr
struct __attribute__((swift_name("sockaddr"))) sockaddr {
    USHORT sa_family;
    CHAR sa_data[14];
};

typedef struct { DWORD dwLowDateTime, dwHighDateTime; } FILETIME;
typedef struct {
    DWORD dwFileAttributes;
    FILETIME ftCreationTime, ftLastAccessTime, ftLastWriteTime;
    DWORD dwVolumeSerialNumber, nFileSizeHigh, nFileSizeLow, nNumberOfLinks;
    DWORD nFileIndexHigh, nFileIndexLow;
} BY_HANDLE_FILE_INFORMATION;
typedef struct { DWORD FileAttributes, ReparseTag; } FILE_ATTRIBUTE_TAG_INFO;
typedef enum { FileAttributeTagInfo = 9 } FILE_INFO_BY_HANDLE_CLASS;

typedef struct { SOCKET fd; short events, revents; } WSAPOLLFD;

typedef struct ADDRINFOW {
    INT ai_flags, ai_family, ai_socktype, ai_protocol;
    unsigned long ai_addrlen;
    WCHAR *ai_canonname;
    struct sockaddr *ai_addr;
    struct ADDRINFOW *ai_next;
} ADDRINFOW;

typedef struct { struct sockaddr *lpSockaddr; INT iSockaddrLength; } SOCKET_ADDRESS;
// The following two are longer; the system alone makes them.
typedef struct IP_ADAPTER_UNICAST_ADDRESS {
    union {
        ULONGLONG Alignment;
        struct { ULONG Length; DWORD Flags; };
    };
    struct IP_ADAPTER_UNICAST_ADDRESS *Next;
    SOCKET_ADDRESS Address;
} IP_ADAPTER_UNICAST_ADDRESS;
typedef struct IP_ADAPTER_ADDRESSES {
    union {
        ULONGLONG Alignment;
        struct { ULONG Length; DWORD IfIndex; };
    };
    struct IP_ADAPTER_ADDRESSES *Next;
    CHAR *AdapterName;
    IP_ADAPTER_UNICAST_ADDRESS *FirstUnicastAddress;
    void *FirstAnycastAddress, *FirstMulticastAddress, *FirstDnsServerAddress;
    WCHAR *DnsSuffix, *Description, *FriendlyName;
    BYTE PhysicalAddress[8];
    ULONG PhysicalAddressLength, Flags, Mtu;
    DWORD IfType, OperStatus, Ipv6IfIndex;
} IP_ADAPTER_ADDRESSES;

typedef WindowsBool (*PHANDLER_ROUTINE)(DWORD);
typedef DWORD (*LPTHREAD_START_ROUTINE)(LPVOID);
typedef WindowsBool (*LPFN_ACCEPTEX)(SOCKET, SOCKET, PVOID, DWORD, DWORD, DWORD, LPDWORD,
                                     LPOVERLAPPED);
typedef WindowsBool (*LPFN_CONNECTEX)(SOCKET, const struct sockaddr *, int, PVOID, DWORD, LPDWORD,
                                      LPOVERLAPPED);

#define CALL(R, N, P, A) R N P __asm__("winsdk_" #N);
#define CALL0(R, N) R N(void) __asm__("winsdk_" #N);
#include "calls.def"
#include "socketcalls.def"
#include "interfacecalls.def"
CALL(INT, getsockname, (SOCKET s, struct sockaddr *a, INT *n), )
CALL(INT, getpeername, (SOCKET s, struct sockaddr *a, INT *n), )
CALL(INT, WSAIoctl, (SOCKET s, DWORD c, LPVOID in, DWORD inl, LPVOID out, DWORD outl, DWORD *got,
     OVERLAPPED *o, void *r), )
CALL(BOOL, ReadFile, (HANDLE h, LPVOID b, DWORD n, DWORD *got, OVERLAPPED *o), )
CALL(BOOL, PeekNamedPipe,
     (HANDLE h, LPVOID b, DWORD n, DWORD *got, DWORD *there, DWORD *left), )
CALL(BOOL, SetConsoleCtrlHandler, (PHANDLER_ROUTINE f, BOOL add), )
CALL(HANDLE, CreateThread, (SECURITY_ATTRIBUTES *a, unsigned long long stack,
     LPTHREAD_START_ROUTINE f, LPVOID argument, DWORD flags, DWORD *id), )
CALL(BOOL, WaitOnAddress, (LPVOID address, LPVOID expected, unsigned long long size, DWORD ms), )
void WakeByAddressSingle(LPVOID address) __asm__("winsdk_WakeByAddressSingle");
_Noreturn void ExitProcess(UINT code) __asm__("winsdk_ExitProcess");
#undef CALL
#undef CALL0

/// Sets how many descriptors another process of Linux, such as Wine's server, may have open.
///
/// Returns the limit before; negative if it cannot be set.
long long winsdk_limit_descriptors(int process, unsigned long long limit);

#define WSA_FLAG_OVERLAPPED 0x01
#define WSA_FLAG_NO_HANDLE_INHERIT 0x80
