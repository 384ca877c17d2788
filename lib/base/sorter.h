/*
 * Sorting more than memory holds: entries of a key and a payload, given back
 * in the byte order of their keys, stable. What goes over the memory it may
 * use is written as sorted runs to one unlinked temporary file and merged.
 */
#ifndef KALENDS_BASE_SORTER_H
#define KALENDS_BASE_SORTER_H

#include "base/error.h"
#include "base/str.h"

struct sorter;

/* memory: bytes held at most, entries and their bookkeeping included, at
 * least 256 KiB is used. NULL without memory. */
struct sorter *sorter_new(size_t memory);
void sorter_free(struct sorter *sorter);

/* Adds an entry; both slices are copied. An entry larger than the memory goes
 * to the file by itself. False on ERR_IO or ERR_MEMORY. */
bool sorter_add(struct sorter *sorter, struct str key, struct str payload,
    struct error *err);

/* Ends adding, begins giving back. */
bool sorter_finish(struct sorter *sorter, struct error *err);

/* The next entry; slices live until the next call. False at the end (err->code
 * ERR_NONE) or on an error. */
bool sorter_next(struct sorter *sorter, struct str *key, struct str *payload,
    struct error *err);

/* Empty again, ready for adding; keeps its memory and file. */
bool sorter_reset(struct sorter *sorter, struct error *err);

/* Appends an int64 to a key so that byte order is numeric order. */
struct buf;
bool sorter_key_int(struct buf *key, int64_t number);

/* The number that a key begins with. */
int64_t sorter_key_read(struct str key);

#endif
