#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "bench_process.h"
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int start(
    struct bench_child *child, const char *const *words, const int in[2], const int out[2]
) {
    posix_spawn_file_actions_t actions;
    pid_t pid = 0;
    int code = posix_spawn_file_actions_init(&actions);
    if (code) return code;
    posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    code = posix_spawn(&pid, words[0], &actions, NULL, (char *const *)words, environ);
    posix_spawn_file_actions_destroy(&actions);
    child->pid = pid;
    child->to = in[1];
    child->from = out[0];
    return code;
}

int bench_child_start(struct bench_child *child, const char *const *words) {
    int in[2], out[2];
    if (pipe(in)) return errno;
    if (pipe(out)) {
        int code = errno;
        close(in[0]);
        close(in[1]);
        return code;
    }
    for (int i = 0; i < 2; i++) {
        fcntl(in[i], F_SETFD, FD_CLOEXEC);
        fcntl(out[i], F_SETFD, FD_CLOEXEC);
    }
    int code = start(child, words, in, out);
    close(in[0]);
    close(out[1]);
    if (code) {
        close(in[1]);
        close(out[0]);
    }
    return code;
}

void bench_child_end(struct bench_child *child) {
    int status;
    close(child->to);
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR) {
    }
    close(child->from);
}
