#define _GNU_SOURCE
#include "native.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

int winsdk_take_unread(int fd) {
    int count = 0;
    struct pollfd entry = {.fd = fd, .events = POLLIN};
    if (ioctl(fd, FIONREAD, &count) != 0) count = -1;
    if (count == 0 && poll(&entry, 1, 0) == 1 && entry.revents & (POLLHUP | POLLERR)) count = -1;
    close(fd);
    return count;
}

long long winsdk_limit_descriptors(int process, unsigned long long limit) {
    struct rlimit old, fresh;
    if (prlimit(process, RLIMIT_NOFILE, NULL, &old) != 0) return -1;
    fresh = old;
    fresh.rlim_cur = limit;
    return prlimit(process, RLIMIT_NOFILE, &fresh, NULL) != 0 ? -1 : (long long)old.rlim_cur;
}
