// Topics that look random and of which a subscriber wants one in so many.
#ifndef BENCH_TOPICS_H
#define BENCH_TOPICS_H

#include <stdint.h>

// Bytes of a topic: a mark and seven digits.
enum { BENCH_TOPIC_SIZE = 8, BENCH_TOPICS_A_CLASS = 100000 };

struct bench_topics {
    uint64_t one_in;        // 1: everybody wants everything
    uint64_t subscriptions; // of each subscriber, at most BENCH_TOPICS_A_CLASS
};

// Writes topic `number` of the class that subscriber `index` wants.
static inline void bench_topic_write(char *topic, uint64_t class, uint64_t number) {
    uint64_t rest = class * BENCH_TOPICS_A_CLASS + number;
    topic[0] = 1;
    for (int place = BENCH_TOPIC_SIZE - 1; place > 0; place--) {
        topic[place] = (char)('0' + rest % 10);
        rest /= 10;
    }
}

// Writes the topic of a message, by its number in the stream.
static inline void bench_topic_of_message(
    char *topic, const struct bench_topics *topics, uint64_t message
) {
    uint64_t scattered = message / topics->one_in * 7919;
    bench_topic_write(topic, message % topics->one_in, scattered % topics->subscriptions);
}

#endif
