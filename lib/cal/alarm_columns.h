/*
 * The columns of a row of icsalarm: what can be said of an alarm that is due,
 * and all that columns.h says of its occurrence.
 */
#ifndef KALENDS_CAL_ALARM_COLUMNS_H
#define KALENDS_CAL_ALARM_COLUMNS_H

#include "cal/alarm_find.h"
#include "cal/columns.h"

/* Every column there is, for alarm_columns_parse(). */
extern const char alarm_columns_all[];

struct alarm_columns {
	size_t count;
	struct str names[COLUMNS_MOST];
	uint8_t own[COLUMNS_MOST]; /* which of the alarm's, or of `rest` */
	struct columns rest;
};

bool alarm_columns_parse(struct alarm_columns *columns, struct str list,
    struct error *err);

/* One for each struct alarm_columns that is filled; {0} with these set. */
struct alarm_columns_context {
	struct columns_context rest; /* to be freed */
	int64_t now;                 /* what `late` counts to */
	struct arena *arena;         /* texts of the alarm live here */
};

/* Fills fields[columns->count]. False without memory. */
bool alarm_columns_fill(const struct alarm_columns *columns,
    const struct alarm_due *due, struct alarm_columns_context *context,
    struct field *fields);

#endif
