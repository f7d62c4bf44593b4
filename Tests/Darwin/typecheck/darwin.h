// The interface of macOS as far as the library, the tool and the tests use it, written down from
// its documentation: names, types and numbers, no code. All headers that are included are this one.
#pragma once
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

typedef long ssize_t, time_t, clock_t;
typedef int64_t off_t;
typedef int32_t pid_t, dev_t, suseconds_t;
typedef uint32_t uid_t, gid_t, socklen_t, in_addr_t, sigset_t;
typedef uint16_t mode_t, nlink_t, in_port_t;
typedef uint8_t sa_family_t;
typedef uint64_t ino_t;

// MARK: errors

int * _Nonnull __error(void);
#define errno (*__error())
#define EPERM 1
#define ENOENT 2
#define EINTR 4
#define EIO 5
#define EBADF 9
#define ENOMEM 12
#define EACCES 13
#define EFAULT 14
#define EEXIST 17
#define ENODEV 19
#define ENOTDIR 20
#define EISDIR 21
#define EINVAL 22
#define ENFILE 23
#define EMFILE 24
#define ENOSPC 28
#define EROFS 30
#define EPIPE 32
#define EAGAIN 35
#define EWOULDBLOCK EAGAIN
#define EINPROGRESS 36
#define EALREADY 37
#define ENOTSOCK 38
#define EDESTADDRREQ 39
#define EMSGSIZE 40
#define EPROTOTYPE 41
#define ENOPROTOOPT 42
#define EPROTONOSUPPORT 43
#define ESOCKTNOSUPPORT 44
#define ENOTSUP 45
#define EAFNOSUPPORT 47
#define EADDRINUSE 48
#define EADDRNOTAVAIL 49
#define ENETDOWN 50
#define ENETUNREACH 51
#define ENETRESET 52
#define ECONNABORTED 53
#define ECONNRESET 54
#define ENOBUFS 55
#define EISCONN 56
#define ENOTCONN 57
#define ESHUTDOWN 58
#define ETIMEDOUT 60
#define ECONNREFUSED 61
#define ELOOP 62
#define ENAMETOOLONG 63
#define EHOSTDOWN 64
#define EHOSTUNREACH 65
#define ENOSYS 78
#define ECANCELED 89
#define EPROTO 100
#define EOPNOTSUPP 102

// MARK: time

struct timespec { time_t tv_sec; long tv_nsec; };
struct timeval { time_t tv_sec; suseconds_t tv_usec; };
typedef enum {
    _CLOCK_REALTIME = 0, _CLOCK_MONOTONIC = 6, _CLOCK_UPTIME_RAW = 8
} clockid_t;
// The importer takes these for constants only where the system's own headers have them.
#ifndef __swift__
#define CLOCK_REALTIME _CLOCK_REALTIME
#define CLOCK_MONOTONIC _CLOCK_MONOTONIC
#define CLOCK_UPTIME_RAW _CLOCK_UPTIME_RAW
#endif
uint64_t clock_gettime_nsec_np(clockid_t clock);
int clock_gettime(clockid_t clock, struct timespec *time);

// MARK: kqueue

struct kevent64_s {
    uint64_t ident;
    int16_t filter;
    uint16_t flags;
    uint32_t fflags;
    int64_t data;
    uint64_t udata, ext[2];
};
int kqueue(void);
int kevent64(int queue, const struct kevent64_s *changes, int change_count,
             struct kevent64_s *events, int event_count, unsigned flags,
             const struct timespec *timeout);
#define EVFILT_READ (-1)
#define EVFILT_WRITE (-2)
#define EVFILT_USER (-10)
#define EV_ADD 0x0001
#define EV_DELETE 0x0002
#define EV_ENABLE 0x0004
#define EV_ONESHOT 0x0010
#define EV_CLEAR 0x0020
#define EV_DISPATCH 0x0080
#define EV_ERROR 0x4000
#define EV_EOF 0x8000
#define NOTE_TRIGGER 0x01000000

// MARK: files

struct stat {
    dev_t st_dev;
    mode_t st_mode;
    nlink_t st_nlink;
    ino_t st_ino;
    uid_t st_uid;
    gid_t st_gid;
    dev_t st_rdev;
    struct timespec st_atimespec, st_mtimespec, st_ctimespec, st_birthtimespec;
    off_t st_size;
    int64_t st_blocks;
    int32_t st_blksize;
    uint32_t st_flags, st_gen;
    int32_t st_lspare;
    int64_t st_qspare[2];
};
typedef struct { int fd; } DIR;
struct dirent {
    uint64_t d_ino, d_seekoff;
    uint16_t d_reclen, d_namlen;
    uint8_t d_type;
    char d_name[1024];
};
struct pollfd { int fd; short events, revents; };
#define F_GETFD 1
#define F_SETFD 2
#define F_DUPFD_CLOEXEC 67
#define F_GETFL 3
#define F_SETFL 4
#define FD_CLOEXEC 1
#define O_RDONLY 0
#define O_WRONLY 1
#define O_NONBLOCK 4
#define O_CREAT 0x200
#define POLLIN 1
#define POLLOUT 4
#define POLLHUP 16
int open(const char *path, int flags, ...);
int fcntl(int fd, int command, ...);

#define RLIMIT_NOFILE 8
typedef uint64_t rlim_t;
struct rlimit {
    rlim_t rlim_cur;
    rlim_t rlim_max;
};
int getrlimit(int resource, struct rlimit *limit);
int close(int fd);
ssize_t read(int fd, void *buffer, size_t count);
ssize_t write(int fd, const void *buffer, size_t count);
int pipe(int ends[2]);
int poll(struct pollfd *entries, unsigned count, int timeout);
int isatty(int fd);
int stat(const char *path, struct stat *form);
int lstat(const char *path, struct stat *form);
int fstat(int fd, struct stat *form);
int unlink(const char *path);
int link(const char *path, const char *other);
int symlink(const char *target, const char *path);
int rename(const char *path, const char *other);
int mkdir(const char *path, mode_t mode);
int rmdir(const char *path);
int mkfifo(const char *path, mode_t mode);
char *mkdtemp(char *path);
DIR *opendir(const char *path);
int closedir(DIR *list);
struct dirent *readdir(DIR *list);
#define FIONREAD 0x4004667f
int ioctl(int fd, unsigned long request, ...);

// MARK: sockets

struct sockaddr { uint8_t sa_len; sa_family_t sa_family; char sa_data[14]; };
struct sockaddr_storage {
    uint8_t ss_len;
    sa_family_t ss_family;
    char __ss_pad1[6];
    int64_t __ss_align;
    char __ss_pad2[112];
};
struct in_addr { in_addr_t s_addr; };
struct sockaddr_in {
    uint8_t sin_len;
    sa_family_t sin_family;
    in_port_t sin_port;
    struct in_addr sin_addr;
    char sin_zero[8];
};
struct in6_addr { union { uint8_t __u6_addr8[16]; uint32_t __u6_addr32[4]; } __u6_addr; };
struct sockaddr_in6 {
    uint8_t sin6_len;
    sa_family_t sin6_family;
    in_port_t sin6_port;
    uint32_t sin6_flowinfo;
    struct in6_addr sin6_addr;
    uint32_t sin6_scope_id;
};
struct sockaddr_un { uint8_t sun_len; sa_family_t sun_family; char sun_path[104]; };
struct linger { int l_onoff, l_linger; };
struct iovec { void *iov_base; size_t iov_len; };
struct msghdr {
    void *msg_name;
    socklen_t msg_namelen;
    struct iovec *msg_iov;
    int msg_iovlen;
    void *msg_control;
    socklen_t msg_controllen;
    int msg_flags;
};
#define AF_UNSPEC 0
#define AF_UNIX 1
#define AF_INET 2
#define AF_INET6 30
#define SOCK_STREAM 1
#define SHUT_WR 1
#define SOL_SOCKET 0xffff
#define SO_REUSEADDR 0x0004
#define SO_KEEPALIVE 0x0008
#define SO_LINGER 0x0080
#define SO_REUSEPORT 0x0200
#define SO_SNDBUF 0x1001
#define SO_RCVBUF 0x1002
#define SO_SNDTIMEO 0x1005
#define SO_RCVTIMEO 0x1006
#define SO_ERROR 0x1007
#define SO_NOSIGPIPE 0x1022
#define SO_NWRITE 0x1024
#define MSG_DONTWAIT 0x80
#define MSG_NOSIGNAL 0x80000
#define IPPROTO_IP 0
#define IPPROTO_TCP 6
#define IPPROTO_IPV6 41
#define IP_TOS 3
#define IP_BOUND_IF 25
#define IPV6_V6ONLY 27
#define IPV6_TCLASS 36
#define IPV6_BOUND_IF 125
#define TCP_NODELAY 0x01
#define TCP_KEEPALIVE 0x10
#define TCP_RXT_CONNDROPTIME 0x80
#define TCP_KEEPINTVL 0x101
#define TCP_KEEPCNT 0x102
int socket(int family, int type, int protocol);
int bind(int fd, const struct sockaddr *address, socklen_t size);
int connect(int fd, const struct sockaddr *address, socklen_t size);
int listen(int fd, int backlog);
int accept(int fd, struct sockaddr *address, socklen_t *size);
int shutdown(int fd, int direction);
int getsockname(int fd, struct sockaddr *address, socklen_t *size);
int getpeername(int fd, struct sockaddr *address, socklen_t *size);
int getsockopt(int fd, int level, int name, void *value, socklen_t *size);
int setsockopt(int fd, int level, int name, const void *value, socklen_t size);
ssize_t send(int fd, const void *buffer, size_t count, int flags);
ssize_t recv(int fd, void *buffer, size_t count, int flags);
ssize_t sendmsg(int fd, const struct msghdr *message, int flags);
ssize_t recvmsg(int fd, struct msghdr *message, int flags);

// MARK: names and interfaces

struct addrinfo {
    int ai_flags, ai_family, ai_socktype, ai_protocol;
    socklen_t ai_addrlen;
    char *ai_canonname;
    struct sockaddr *ai_addr;
    struct addrinfo *ai_next;
};
#define EAI_AGAIN 2
#define EAI_FAMILY 5
#define EAI_MEMORY 6
#define EAI_NONAME 8
#define EAI_SERVICE 9
#define EAI_SYSTEM 11
int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints,
                struct addrinfo **list);
void freeaddrinfo(struct addrinfo *list);
struct ifaddrs {
    struct ifaddrs *ifa_next;
    char *ifa_name;
    unsigned ifa_flags;
    struct sockaddr *ifa_addr, *ifa_netmask, *ifa_dstaddr;
    void *ifa_data;
};
int getifaddrs(struct ifaddrs **list);
void freeifaddrs(struct ifaddrs *list);
unsigned if_nametoindex(const char *name);

// MARK: threads and signals

struct _opaque_pthread_t { long __sig; void *__cleanup_stack; char __opaque[8176]; };
struct _opaque_pthread_attr_t { long __sig; char __opaque[56]; };
typedef struct _opaque_pthread_t *pthread_t;
typedef struct _opaque_pthread_attr_t pthread_attr_t;
int pthread_create(pthread_t _Nullable * _Nonnull thread,
                   const pthread_attr_t * _Nullable attributes,
                   void * _Nullable (* _Nonnull start)(void * _Nonnull), void * _Nullable argument);
int pthread_join(pthread_t _Nonnull thread, void * _Nullable * _Nullable result);
int pthread_detach(pthread_t _Nonnull thread);
int pthread_equal(pthread_t _Nullable one, pthread_t _Nullable other);
pthread_t _Nonnull pthread_self(void);
int pthread_atfork(void (* _Nullable prepare)(void), void (* _Nullable parent)(void),
                   void (* _Nullable child)(void));
int pthread_setname_np(const char *name);
int pthread_sigmask(int how, const sigset_t *set, sigset_t *old);
int os_sync_wait_on_address(void *address, uint64_t value, size_t size, uint32_t flags);
int os_sync_wait_on_address_with_timeout(void *address, uint64_t value, size_t size,
                                         uint32_t flags, uint32_t clock, uint64_t nanoseconds);
int os_sync_wake_by_address_any(void *address, size_t size, uint32_t flags);
int os_sync_wake_by_address_all(void *address, size_t size, uint32_t flags);
#define OS_SYNC_WAIT_ON_ADDRESS_NONE 0
#define OS_SYNC_WAKE_BY_ADDRESS_NONE 0
#define OS_CLOCK_MACH_ABSOLUTE_TIME 32
#define SIG_SETMASK 3
#define SIGINT 2
#define SIGILL 4
#define SIGTRAP 5
#define SIGABRT 6
#define SIGFPE 8
#define SIGBUS 10
#define SIGSEGV 11
#define SIGSYS 12
#define SIGPIPE 13
#define SIGTERM 15
#define SIGPROF 27
int sigfillset(sigset_t *set);
int sigdelset(sigset_t *set, int signal);
void (*signal(int number, void (*handler)(int)))(int);

// MARK: memory, text, the process

#define PROT_READ 1
#define PROT_WRITE 2
#define MAP_PRIVATE 2
#define MAP_ANON 0x1000
#define MADV_DONTNEED 4
#define MAP_FAILED ((void *)-1)
void *mmap(void *address, size_t size, int protection, int flags, int fd, off_t offset);
int madvise(void *address, size_t size, int advice);
int munmap(void *address, size_t size);
void *malloc(size_t size);
void free(void *block);
typedef struct _malloc_zone_t malloc_zone_t;
size_t malloc_zone_pressure_relief(malloc_zone_t *zone, size_t goal);
void arc4random_buf(void *buffer, size_t count);
void *memset(void *block, int byte, size_t count);
void *memcpy(void *to, const void *from, size_t count);
int memcmp(const void *one, const void *other, size_t count);
int strcmp(const char *one, const char *other);
char *strerror(int code);
char *getenv(const char *name);
int setenv(const char *name, const char *value, int replaces);
pid_t getpid(void);
pid_t getppid(void);
int atexit(void (* _Nonnull body)(void));
_Noreturn void exit(int status);
_Noreturn void _exit(int status);
