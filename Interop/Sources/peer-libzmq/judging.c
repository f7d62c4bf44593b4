// What came in, against what was to come in.

#include "peer.h"

#include <stdio.h>
#include <string.h>

void judge_start(judge *j, const shape *t) {
    memset(j, 0, sizeof *j);
    j->count = t->key_count ? t->key_count : 1;
    for (int i = 0; i < j->count; i++) {
        traffic_tracker_init(&j->trackers[i], t->has_first, t->first);
    }
}

static int key_of(const shape *t, const uint8_t *bytes, size_t size) {
    for (int i = 0; i < t->key_count; i++) {
        size_t length = strlen(t->keys[i]);
        if (size >= length && memcmp(bytes, t->keys[i], length) == 0) {
            return i;
        }
    }
    return -1;
}

/// The number in the first body that is long enough to carry one.
static uint64_t sequence_of(
    zmq_msg_t *parts, int frames, size_t prefix, const traffic_tracker *tracker) {
    uint64_t sequence = traffic_tracker_expected(tracker);
    for (int f = 0; f < frames; f++, prefix = 0) {
        const uint8_t *bytes = zmq_msg_data(&parts[f]);
        if (traffic_sequence(bytes + prefix, zmq_msg_size(&parts[f]) - prefix, &sequence)) {
            break;
        }
    }
    return sequence;
}

static bool intact(
    judge *j, const shape *t, zmq_msg_t *parts, int frames, size_t prefix, uint64_t sequence) {
    int wanted = shape_frames(t, sequence);
    if (frames != wanted) {
        snprintf(j->note, sizeof j->note, "message_%llu_has_%d_frames_not_%d",
            (unsigned long long)sequence, frames, wanted);
        return false;
    }
    for (int f = 0; f < frames; f++, prefix = 0) {
        size_t size = zmq_msg_size(&parts[f]) - prefix;
        size_t wanted_size = shape_size(t, sequence, f);
        const uint8_t *bytes = zmq_msg_data(&parts[f]);
        if (size != wanted_size) {
            snprintf(j->note, sizeof j->note, "message_%llu_frame_%d_has_%zu_bytes_not_%zu",
                (unsigned long long)sequence, f, size, wanted_size);
            return false;
        }
        if (!traffic_matches(bytes + prefix, size, sequence, (uint32_t)f, (uint32_t)frames)) {
            snprintf(j->note, sizeof j->note, "message_%llu_frame_%d_damaged",
                (unsigned long long)sequence, f);
            return false;
        }
    }
    return true;
}

static void note_sender(judge *j, zmq_msg_t *id) {
    const uint8_t *bytes = zmq_msg_data(id);
    for (size_t i = 0; i < zmq_msg_size(id) && i < 255; i++) {
        snprintf(j->from + 2 * i, 3, "%02x", bytes[i]);
    }
}

/// Counts one message. False: it was a beacon and does not count.
bool judge_message(judge *j, const shape *t, zmq_msg_t *parts, int count) {
    int skip = t->envelope + (t->delimiter ? 1 : 0);
    if (count <= skip || (t->delimiter && zmq_msg_size(&parts[skip - 1]) != 0)) {
        snprintf(j->note, sizeof j->note, "envelope_wrong_in_%d_frames", count);
        j->trackers[0].corrupt++;
        j->got++;
        return true;
    }
    if (t->envelope > 0) {
        note_sender(j, &parts[0]);
    }
    const uint8_t *bytes = zmq_msg_data(&parts[skip]);
    int key = t->key_count ? key_of(t, bytes, zmq_msg_size(&parts[skip])) : 0;
    if (key < 0) {
        if (zmq_msg_size(&parts[skip]) > 0 && bytes[0] == BEACON) {
            return false;
        }
        snprintf(j->note, sizeof j->note, "unknown_key");
        j->trackers[0].corrupt++;
        j->got++;
        return true;
    }
    traffic_tracker *tracker = &j->trackers[key];
    size_t prefix = t->key_count ? strlen(t->keys[key]) : 0;
    uint64_t sequence = sequence_of(parts + skip, count - skip, prefix, tracker);
    bool good = intact(j, t, parts + skip, count - skip, prefix, sequence);
    traffic_tracker_add(tracker, sequence, good);
    j->got++;
    return true;
}

/// Counts one body cut from a byte stream.
void judge_bytes(judge *j, const shape *t, const uint8_t *body, size_t size) {
    uint64_t sequence = traffic_tracker_expected(&j->trackers[0]);
    traffic_sequence(body, size, &sequence);
    bool good = size == shape_size(t, sequence, 0)
        && traffic_matches(body, size, sequence, 0, 1);
    if (!good) {
        snprintf(j->note, sizeof j->note, "stream_damaged_at_%llu", (unsigned long long)sequence);
    }
    traffic_tracker_add(&j->trackers[0], sequence, good);
    j->got++;
}

static size_t report_keys(judge *j, const shape *t, char *out, size_t limit) {
    size_t used = 0;
    for (int i = 0; i < t->key_count && used < limit; i++) {
        traffic_tracker *k = &j->trackers[i];
        used += (size_t)snprintf(out + used, limit - used,
            " got.%s=%llu lost.%s=%llu first.%s=%lld last.%s=%lld", t->keys[i],
            (unsigned long long)k->got, t->keys[i], (unsigned long long)traffic_tracker_lost(k),
            t->keys[i], k->got ? (long long)k->first_seen : -1, t->keys[i],
            k->got ? (long long)k->next - 1 : -1);
    }
    return used;
}

/// The reply of every receiving command; `ending` is empty, or why it ended early.
void judge_report(judge *j, const shape *t, const char *ending) {
    traffic_tracker sum = {0};
    uint64_t lost = 0;
    char keys[2048] = "";
    report_keys(j, t, keys, sizeof keys);
    for (int i = 0; i < j->count; i++) {
        lost += traffic_tracker_lost(&j->trackers[i]);
        sum.duplicate += j->trackers[i].duplicate;
        sum.disorder += j->trackers[i].disorder;
        sum.corrupt += j->trackers[i].corrupt;
        traffic_tracker_free(&j->trackers[i]);
    }
    bool bad = sum.duplicate || sum.disorder || sum.corrupt || (lost && !t->gaps);
    const char *verdict = bad ? "err mismatch" : *ending ? "err" : "ok";
    reply("%s%s%s got=%llu lost=%llu dup=%llu order=%llu corrupt=%llu%s%s%s%s%s", verdict,
        *ending ? " " : "", ending, (unsigned long long)j->got, (unsigned long long)lost,
        (unsigned long long)sum.duplicate, (unsigned long long)sum.disorder,
        (unsigned long long)sum.corrupt, keys, *j->from ? " from=" : "", j->from,
        *j->note ? " note=" : "", j->note);
}
