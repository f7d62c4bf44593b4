#include "peer.h"

#include <stdio.h>
#include <string.h>

void *context;

static void run_hello(const command *c) {
    (void)c;
    int major, minor, patch;
    zmq_version(&major, &minor, &patch);
    reply("ok peer=libzmq version=%d.%d.%d", major, minor, patch);
}

static void run_halt(const command *c) {
    (void)c;
    reply("ok");
}

static void run_nap(const command *c) {
    nap_us(number(c, "ms", 0) * 1000);
    reply("ok");
}

static const struct {
    const char *name;
    void (*run)(const command *);
} commands[] = {
    {"hello", run_hello}, {"open", run_open}, {"bind", run_endpoint},
    {"connect", run_endpoint}, {"unbind", run_endpoint}, {"disconnect", run_endpoint},
    {"sub", run_subscription}, {"unsub", run_subscription}, {"send", run_send},
    {"pump", run_pump}, {"recv", run_recv}, {"echo", run_echo}, {"ask", run_ask},
    {"put", run_put}, {"take", run_take}, {"stats", run_stats}, {"close", run_close},
    {"halt", run_halt}, {"nap", run_nap},
};

static void run(char *line) {
    command c;
    split(&c, line);
    for (size_t i = 0; c.count > 0 && i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(c.words[0], commands[i].name) == 0) {
            commands[i].run(&c);
            return;
        }
    }
    reply("err usage");
}

int main(void) {
    static char line[1 << 15];
    context = zmq_ctx_new();
    while (read_line(line, sizeof line)) {
        if (strncmp(line, "quit", 4) == 0) {
            close_everything();
            zmq_ctx_term(context);
            reply("ok");
            return 0;
        }
        run(line);
    }
    // The coordinator is gone: nothing is worth waiting for.
    return 0;
}
