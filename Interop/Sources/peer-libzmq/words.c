// Words of a command line.

#include "peer.h"

#include <stdlib.h>
#include <string.h>

void split(command *c, char *line) {
    char *rest = NULL;
    c->count = 0;
    for (char *w = strtok_r(line, " \r\n", &rest); w && c->count < MAX_WORDS;
         w = strtok_r(NULL, " \r\n", &rest)) {
        c->words[c->count++] = w;
    }
}

const char *option(const command *c, const char *name, const char *fallback) {
    size_t length = strlen(name);
    for (int i = 1; i < c->count; i++) {
        if (strncmp(c->words[i], name, length) == 0 && c->words[i][length] == '=') {
            return c->words[i] + length + 1;
        }
    }
    return fallback;
}

long number(const command *c, const char *name, long fallback) {
    const char *text = option(c, name, NULL);
    return text ? strtol(text, NULL, 10) : fallback;
}

static int parse_list(const char *text, size_t *sizes, int *ints) {
    int count = 0;
    while (*text && count < MAX_LIST) {
        char *end = NULL;
        unsigned long long value = strtoull(text, &end, 10);
        if (sizes) {
            sizes[count] = (size_t)value;
        } else {
            ints[count] = (int)value;
        }
        count++;
        text = *end == ',' ? end + 1 : "";
    }
    return count;
}

static int parse_keys(const char *text, const char **keys) {
    static char copy[1024];
    char *rest = NULL;
    int count = 0;
    strncpy(copy, text, sizeof copy - 1);
    for (char *k = strtok_r(copy, ",", &rest); k && count < MAX_LIST;
         k = strtok_r(NULL, ",", &rest)) {
        keys[count++] = k;
    }
    return count;
}

bool shape_parse(shape *s, const command *c) {
    memset(s, 0, sizeof *s);
    const char *count = option(c, "count", "1");
    s->count = strcmp(count, "all") == 0 ? UINT64_MAX : strtoull(count, NULL, 10);
    s->has_first = option(c, "first", NULL) != NULL;
    s->first = (uint64_t)number(c, "first", 0);
    s->size_count = parse_list(option(c, "size", "32"), s->sizes, NULL);
    s->frame_count = parse_list(option(c, "frames", "1"), NULL, s->frames);
    s->key_count = parse_keys(option(c, "keys", ""), s->keys);
    s->to_count = from_hex(option(c, "to", ""), s->to, sizeof s->to);
    s->delimiter = number(c, "delim", 0) != 0;
    s->gaps = number(c, "gaps", 0) != 0;
    s->retry = number(c, "retry", 0) != 0;
    s->envelope = (int)number(c, "envelope", 0);
    s->timeout = number(c, "timeout", 10000);
    s->idle = number(c, "idle", 3000);
    s->pace = number(c, "pace", 0);
    s->delay = number(c, "delay", 0);
    s->extra = number(c, "extra", 0);
    s->sabotage = option(c, "sabotage", "");
    return s->size_count > 0 && s->frame_count > 0;
}

size_t shape_size(const shape *s, uint64_t sequence, int frame) {
    return s->sizes[(sequence + (uint64_t)frame) % (uint64_t)s->size_count];
}

int shape_frames(const shape *s, uint64_t sequence) {
    return s->frames[sequence % (uint64_t)s->frame_count];
}

static int digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

size_t from_hex(const char *text, uint8_t *out, size_t limit) {
    size_t count = 0;
    while (count < limit && digit(text[0]) >= 0 && digit(text[1]) >= 0) {
        out[count++] = (uint8_t)(digit(text[0]) * 16 + digit(text[1]));
        text += 2;
    }
    return count;
}
