/*
 * The columns of a row of cardgrep: what can be said of a card.
 */
#ifndef KALENDS_CARD_COLUMNS_H
#define KALENDS_CARD_COLUMNS_H

#include "text/record.h"
#include "text/row.h"

#define CARD_COLUMNS_MOST 64

struct card_columns {
	size_t count;
	uint8_t which[CARD_COLUMNS_MOST];
	struct str names[CARD_COLUMNS_MOST];
};

/* "name,mail,phone". An unknown name: ERR_USAGE. */
bool card_columns_parse(struct card_columns *columns, struct str list,
    struct error *err);

/* The fields of a card, as many as columns; `book` is what it came from. All
 * of them live as long as the arena and the record. */
void card_columns_fill(const struct card_columns *columns,
    const struct record *record, struct str book, struct arena *arena,
    struct field *fields);

#endif
