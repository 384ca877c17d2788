/* Why a slot is as good as it is, in words. */
#include "cal/meet.h"

#include "time/civil.h"

#define NAMES_MOST     3 /* named of who cannot come, or has gaps */
#define OBSTACLES_MOST 10

enum meet_answer
meet_ask(const struct meet *meet, const struct meet_person *person, size_t slot,
    struct busy_span *span)
{
	const struct meet_options *options = &meet->options;
	int64_t from = meet->starts[slot], until = from + options->duration;
	int64_t buffer = person->role == MEET_ROOM ? 0 : options->buffer;
	const struct busy_set *time = &person->time;
	bool unknown = false;

	for (size_t i = busy_after(time, from - buffer);
	     i < time->count && time->spans[i].from < until + buffer; i++) {
		*span = time->spans[i];
		unknown |= span->type == BUSY_UNKNOWN && span->until > from &&
		           span->from < until;
		if (span->type < options->blocks)
			continue;
		return span->type == BUSY_UNAVAILABLE ? MEET_AWAY
		       : span->type == BUSY_TENTATIVE ? MEET_TENTATIVE
		                                      : MEET_BUSY;
	}
	if (busy_highest(&person->holidays, from, until) != BUSY_FREE)
		return MEET_HOLIDAY;
	if (busy_highest(&person->off, from, until) != BUSY_FREE)
		return MEET_OFF;
	return unknown ? MEET_UNKNOWN : MEET_FREE;
}

static void
next_part(struct buf *out, size_t start)
{
	if (out->n > start)
		buf_add_str(out, STR("; "));
}

static void
add_clock(struct buf *out, int64_t local)
{
	struct civil civil = civil_of_local(local);

	buf_printf(out, "%02d:%02d", civil.hour, civil.minute);
}

/* What of a span is on the slot's day: "09:30-11:00", "until 12:00", "from
 * 16:00", "all day". */
static void
add_span(const struct meet *meet, size_t slot, const struct busy_span *span,
    struct buf *out)
{
	struct zone_cursor cursor = {0};
	const struct zone *zone = meet->options.zone;
	int64_t start = zone_local(&cursor, zone, meet->starts[slot]);
	int64_t midnight = start - local_second(start);
	int64_t from = zone_local(&cursor, zone, span->from);
	int64_t until = zone_local(&cursor, zone, span->until);
	bool before = from <= midnight;
	bool after = until >= midnight + SECONDS_A_DAY;

	if (before && after) {
		buf_add_str(out, STR("all day"));
		return;
	}
	if (before || after)
		buf_add_str(out, before ? STR("until ") : STR("from "));
	if (!before)
		add_clock(out, from);
	if (!before && !after)
		buf_add_char(out, '-');
	if (!after)
		add_clock(out, until);
}

/* --- the parts ------------------------------------------------------------ */

/* "bob busy 09:30-11:00", "carol out of hours". */
static void
add_obstacle(const struct meet *meet, size_t slot,
    const struct meet_person *person, enum meet_answer answer,
    const struct busy_span *span, struct buf *out)
{
	static const char *const words[] = {[MEET_FREE] = "",
	    [MEET_UNKNOWN] = " unknown",
	    [MEET_BUSY] = " busy ",
	    [MEET_AWAY] = " away ",
	    [MEET_TENTATIVE] = " tentatively busy ",
	    [MEET_OFF] = " out of hours",
	    [MEET_HOLIDAY] = " on holiday"};

	buf_add_str(out, person->name);
	buf_add_str(out, str_of(words[answer]));
	if (answer == MEET_BUSY || answer == MEET_AWAY ||
	    answer == MEET_TENTATIVE)
		add_span(meet, slot, span, out);
}

/* Who stands in the way, and whose time nobody knows. */
static void
add_required(const struct meet *meet, size_t slot, struct buf *out)
{
	size_t free = 0, named = 0;
	struct buf others = {0};

	for (size_t i = 0; i < meet->count; i++) {
		const struct meet_person *person = &meet->people[i];
		struct busy_span span;
		enum meet_answer answer;

		if (person->role != MEET_REQUIRED)
			continue;
		answer = meet_ask(meet, person, slot, &span);
		if (answer == MEET_FREE) {
			free++;
			continue;
		}
		if (named++ >= OBSTACLES_MOST)
			continue;
		buf_add_str(&others, STR("; "));
		add_obstacle(meet, slot, person, answer, &span, &others);
	}
	if (meet->required && free == meet->required)
		buf_printf(out, "all %zu free", free);
	else if (meet->required)
		buf_printf(out, "%zu of %zu free", free, meet->required);
	buf_add_str(out, buf_str(&others));
	if (named > OBSTACLES_MOST)
		buf_printf(out, "; and %zu more", named - OBSTACLES_MOST);
	buf_free(&others);
}

/* "2 of 3 optional, not dora" */
static void
add_optional(const struct meet *meet, size_t slot, struct buf *out)
{
	size_t absent = meet->optional - meet->tallies[slot].optional;
	size_t named = 0;

	if (meet->optional == 0)
		return;
	buf_printf(out, "%u of %zu optional",
	    (unsigned)meet->tallies[slot].optional, meet->optional);
	for (size_t i = 0; i < meet->count && named < NAMES_MOST; i++) {
		const struct meet_person *person = &meet->people[i];
		struct busy_span span;

		if (person->role != MEET_OPTIONAL ||
		    meet_ask(meet, person, slot, &span) == MEET_FREE)
			continue;
		buf_add_str(out, named++ ? STR(", ") : STR(", not "));
		buf_add_str(out, person->name);
	}
	if (absent > named)
		buf_printf(out, " and %zu more", absent - named);
}

static void
add_room(const struct meet *meet, size_t slot, struct buf *out)
{
	uint32_t room = meet->tallies[slot].room;

	if (meet->rooms == 0)
		return;
	if (!room) {
		buf_add_str(out, STR("no room free"));
		return;
	}
	buf_add_str(out, STR("room "));
	buf_add_str(out, meet->people[room - 1].name);
}

/* The shorter of the gaps between the slot and what is before and after it. */
static int64_t
gap_of(const struct meet *meet, const struct meet_person *person, size_t slot)
{
	int64_t from = meet->starts[slot];
	int64_t until = from + meet->options.duration, least = MEET_GAP;
	const struct busy_set *time = &person->time;

	for (size_t i = busy_after(time, from - MEET_GAP);
	     i < time->count && time->spans[i].from < until + MEET_GAP; i++) {
		const struct busy_span *span = &time->spans[i];
		int64_t gap = span->until <= from ? from - span->until
		                                  : span->from - until;

		if (span->type >= meet->options.blocks && gap > 0 &&
		    gap < least)
			least = gap;
	}
	return least < MEET_GAP ? least : 0;
}

/* "leaves alice a 10 minute gap, bob a 20 minute gap" */
static void
add_gaps(const struct meet *meet, size_t slot, size_t start, struct buf *out)
{
	size_t named = 0;

	for (size_t i = 0; i < meet->count && named < NAMES_MOST; i++) {
		const struct meet_person *person = &meet->people[i];
		struct busy_span span;
		int64_t gap;

		if (person->role != MEET_REQUIRED ||
		    meet_ask(meet, person, slot, &span) != MEET_FREE)
			continue;
		gap = gap_of(meet, person, slot);
		if (gap == 0)
			continue;
		if (named++ == 0) {
			next_part(out, start);
			buf_add_str(out, STR("leaves "));
		} else {
			buf_add_str(out, STR(", "));
		}
		buf_add_str(out, person->name);
		buf_printf(out, " a %d minute gap", (int)((gap + 59) / 60));
	}
}

bool
meet_reasons(const struct meet *meet, size_t slot, struct buf *out)
{
	size_t start = out->n;
	const struct meet_tally *tally = &meet->tallies[slot];

	add_required(meet, slot, out);
	if (tally->attend < meet->options.min_attend) {
		next_part(out, start);
		buf_printf(out, "only %u can come", (unsigned)tally->attend);
	}
	if (meet->optional) {
		next_part(out, start);
		add_optional(meet, slot, out);
	}
	if (meet->rooms) {
		next_part(out, start);
		add_room(meet, slot, out);
	}
	add_gaps(meet, slot, start, out);
	return buf_ok(out);
}
