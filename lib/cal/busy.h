/*
 * Free/busy time: stretches of time, each with how it is taken (RFC 5545,
 * 3.2.9, 3.8.2.6).
 *
 * A set is filled in any order, then settled: its spans ascend, do not overlap,
 * and of the types that claim a moment the highest has it; neighbours of one
 * type are one span. Times are instants, [from, until).
 */
#ifndef KALENDS_CAL_BUSY_H
#define KALENDS_CAL_BUSY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* In the order of their precedence. */
enum busy_type {
	BUSY_FREE,
	BUSY_UNKNOWN, /* what would tell could not be read */
	BUSY_TENTATIVE,
	BUSY_BUSY,
	BUSY_UNAVAILABLE,
};

#define BUSY_TYPES 5

struct busy_span {
	int64_t from, until;
	enum busy_type type;
};

/* {0} is empty. Like a buf it remembers a failure, so that adding need not be
 * checked each time. */
struct busy_set {
	struct busy_span *spans;
	size_t count, room;
	size_t settled; /* spans there were when it was last settled */
	bool failed;    /* no memory: what is there is not all */
};

void busy_free(struct busy_set *set);
/* Forgets spans and failure, keeps the memory. */
void busy_reset(struct busy_set *set);

/* What of [from, until) lies in [first, last); nothing of no length. Memory
 * follows the number of different spans: a set that grows settles itself. */
void busy_add(struct busy_set *set, int64_t from, int64_t until,
    enum busy_type type);
void busy_add_within(struct busy_set *set, int64_t from, int64_t until,
    enum busy_type type, int64_t first, int64_t last);

/* Adds all spans of another. */
void busy_add_set(struct busy_set *set, const struct busy_set *other);

/* False where the set has failed. */
bool busy_settle(struct busy_set *set);

/* Takes away the time that `holes` has, of any type; both settled. */
bool busy_cut(struct busy_set *set, const struct busy_set *holes);

/* The first span of a settled set that ends after an instant, by index; count
 * where there is none. */
size_t busy_after(const struct busy_set *set, int64_t instant);

/* The highest type in [from, until) of a settled set; BUSY_FREE where nothing
 * is. */
enum busy_type busy_highest(const struct busy_set *set, int64_t from,
    int64_t until);

/* FBTYPE (RFC 5545, 3.2.9) and BUSYTYPE (RFC 7953, 3.2): any case; a value that
 * is none of ours means BUSY. What is unknown is written as X-UNKNOWN, which
 * other programs take for BUSY. */
enum busy_type busy_type_parse(struct str fbtype);
struct str busy_type_fbtype(enum busy_type type);

/* "free", "unknown", "tentative", "busy", "unavailable": for rows. */
struct str busy_type_word(enum busy_type type);

#endif
