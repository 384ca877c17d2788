/*
 * A depot: text that has been read and will be written later, in another order
 * or changed in places, without being held in memory.
 *
 * What lies in a large regular file stays there and is read again: the file is
 * held open, so that another one may take its name meanwhile. All other text is
 * kept in a spool. Either way a stretch of it is a `piece`, a plain value.
 *
 * A ledger is a list of pieces, itself in a spool once it is long.
 */
#ifndef KALENDS_TEXT_DEPOT_H
#define KALENDS_TEXT_DEPOT_H

#include "text/reader.h"

#define DEPOT_FILES 128 /* held open at once; others are kept in the spool */

struct fragment {
	uint64_t at, size;
	uint16_t source; /* 0: the spool; else the number of a held file */
	uint8_t kind;    /* the caller's */
	uint8_t ends;    /* whether its last byte ends a line */
	uint32_t group;  /* the caller's */
	uint64_t number; /* the caller's */
};

struct depot {
	struct spool spool;
	int files[DEPOT_FILES];
	size_t file_count;
	uint64_t read_from; /* first byte of the open file's source */
	int reading;        /* number of the file that is read; 0: it is not
			       held; -1: not known yet */
	bool again;         /* what is read now is a piece, `source` */
	struct fragment source;
};

void depot_init(struct depot *depot, size_t memory);
void depot_free(struct depot *depot);

/* Forgets all text. */
bool depot_reset(struct depot *depot, struct error *err);

/* The reader has opened another input. */
void depot_input(struct depot *depot);

/* Keeps the reader's item, or a part of it; see record_place(). Fills at, size,
 * source and ends of the piece. */
bool depot_keep(struct depot *depot, struct reader *reader,
    struct fragment *piece, struct error *err);
bool depot_keep_part(struct depot *depot, struct reader *reader, uint64_t from,
    uint64_t size, struct fragment *piece, struct error *err);

/* Keeps bytes. */
bool depot_add(struct depot *depot, struct str bytes, struct fragment *piece,
    struct error *err);

/* Bytes of a piece from an offset, as spool_read(). */
bool depot_read(struct depot *depot, const struct fragment *piece,
    uint64_t from, char *to, size_t n, size_t *got, struct error *err);

bool depot_copy(struct depot *depot, const struct fragment *piece,
    struct out *out, struct error *err);

/* Reads a piece again, with another reader; what is kept of its items until
 * depot_close() are parts of the piece. */
bool depot_open(struct depot *depot, const struct fragment *piece,
    struct reader *reader, const char *name, struct error *err);
void depot_close(struct depot *depot);

struct ledger {
	struct spool list;
	struct fragment last; /* not in the list yet; none while size is 0 */
	struct fragment buffer[64];
	size_t buffered, next;
	uint64_t at; /* of the next one to be read */
};

void ledger_init(struct ledger *ledger);
void ledger_free(struct ledger *ledger);
bool ledger_reset(struct ledger *ledger, struct error *err);

/* Appends a piece. One that goes on where the last one ended, with the same
 * kind, group and number, makes that longer. Empty pieces are dropped. */
bool ledger_add(struct ledger *ledger, const struct fragment *piece,
    struct error *err);

/* Reading, from the first piece on; nothing may be added meanwhile. False at
 * the end (err->code ERR_NONE) or on an error. */
bool ledger_rewind(struct ledger *ledger, struct error *err);
bool ledger_next(struct ledger *ledger, struct fragment *piece,
    struct error *err);

/* A place to come back to. */
uint64_t ledger_place(const struct ledger *ledger);
void ledger_go(struct ledger *ledger, uint64_t place);

#endif
