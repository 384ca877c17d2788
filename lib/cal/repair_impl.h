/*
 * Inside repair: repair.c has the table, repair_*.c the repairs. Each is a
 * function of a draft, which is a component or (with an empty name) lines of a
 * calendar. Nobody else includes this.
 */
#ifndef KALENDS_CAL_REPAIR_IMPL_H
#define KALENDS_CAL_REPAIR_IMPL_H

#include "cal/property.h"
#include "cal/repair.h"
#include "time/when.h"

/* Says what the repair at work did. */
void repair_say(const struct repair *repair, const struct draft_line *line,
    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The buffer, emptied; what it holds, kept. */
struct buf *repair_buf(struct repair *repair);
struct str repair_made(struct repair *repair);

/* Whether it is an event, task, journal or free/busy. */
bool repair_is_main(const struct draft_part *part);

/* The value and its zone as a when; ZONED where the zone is known. */
bool repair_when(const struct repair *repair, const struct draft_line *line,
    struct str value, struct when *when);

/* Lines. */
void repair_encoding(struct repair *repair, struct draft *draft);
void repair_blanks(struct repair *repair, struct draft *draft);
void repair_colon(struct repair *repair, struct draft *draft);
void repair_line_break(struct repair *repair, struct draft *draft);
void repair_end(struct repair *repair, struct draft *draft);
void repair_method(struct repair *repair, struct draft *draft);
void repair_escape(struct repair *repair, struct draft *draft);
void repair_html(struct repair *repair, struct draft *draft);

/* Zones. */
void repair_zone_offset(struct repair *repair, struct draft *draft);
void repair_zone_empty(struct repair *repair, struct draft *draft);

/* Times. */
void repair_date_form(struct repair *repair, struct draft *draft);
void repair_value(struct repair *repair, struct draft *draft);
void repair_utc(struct repair *repair, struct draft *draft);
void repair_stamp(struct repair *repair, struct draft *draft);
void repair_all_day(struct repair *repair, struct draft *draft);
void repair_end_before(struct repair *repair, struct draft *draft);
void repair_end_type(struct repair *repair, struct draft *draft);
void repair_duration(struct repair *repair, struct draft *draft);

/* Recurrences. */
void repair_rule(struct repair *repair, struct draft *draft);
void repair_until(struct repair *repair, struct draft *draft);
void repair_exdate(struct repair *repair, struct draft *draft);

/* A rule of a component that becomes all-day: UNTIL as the day on which it lies
 * in the zone that its DTSTART has had. */
void repair_until_day(struct repair *repair, struct draft_line *line,
    const struct when *start);

/* Others. */
void repair_alarm(struct repair *repair, struct draft *draft);
void repair_address(struct repair *repair, struct draft *draft);
void repair_add_uid(struct repair *repair, struct draft *draft);
void repair_uid_twice(struct repair *repair, struct draft *draft);

#endif
