#include "cli/agenda.h"

#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/agenda_item.h"
#include "cli/agenda_line.h"
#include "cli/terminal.h"
#include "cli/words.h"

/* What lasts longer is shown only on days that have something else too. */
#define LONG_DAYS 7

/* An item that goes on over midnight, kept for the days to come. */
struct kept {
	struct buf bytes;
	struct agenda_item item;
	struct kept *next;
};

struct agenda {
	struct agenda_style style;
	struct out *out;
	struct agenda_line line;
	const struct words *words;
	int32_t first, last;        /* days of the range */
	int32_t day;                /* the one whose heading stands */
	bool any_day, any, undated; /* the last heading stands */
	struct kept *kept, **kept_end;

	/* The last one, until it is known who else has it. */
	bool holds;
	struct agenda_item held;
	struct buf held_bytes, calendars;
};

struct agenda *
agenda_new(const struct agenda_style *style, struct out *out)
{
	struct agenda *agenda = calloc(1, sizeof(*agenda));
	size_t width = style->width;

	if (!agenda)
		return NULL;
	if (width == 0)
		width = terminal_width(out->fd);
	agenda->style = *style;
	agenda->out = out;
	agenda->words = words_of(NULL);
	agenda->kept_end = &agenda->kept;
	agenda->first = style->from < LOCAL_FIRST ? CIVIL_FIRST_DAY
	                                          : local_day(style->from);
	agenda->last = style->until > LOCAL_LAST ? CIVIL_LAST_DAY
	                                         : local_day(style->until - 1);
	agenda_line_init(&agenda->line, out, width < 24 ? 24 : width,
	    style->color, nl_langinfo(CODESET));
	return agenda;
}

/* --- days ----------------------------------------------------------------- */

static void
start_day(struct agenda *agenda, int32_t day)
{
	if (agenda->any_day)
		agenda_line_end(&agenda->line);
	agenda->any_day = true;
	agenda->day = day;
	agenda_line_day(&agenda->line, day, day == agenda->style.today);
}

/* --- items ---------------------------------------------------------------- */

static int32_t
first_day(const struct agenda_item *item)
{
	return local_day(item->start);
}

/* The last day that has a part of it. */
static int32_t
last_day(const struct agenda_item *item)
{
	return item->end > item->start ? local_day(item->end - 1)
	                               : local_day(item->start);
}

static void
clock_text(int64_t local, char text[16])
{
	struct civil civil = civil_of_local(local);

	snprintf(text, 16, "%02d:%02d", civil.hour, civil.minute);
}

/* "09:00-10:30", "21:00-", "-01:30", "all day": what of it is on this day. */
static void
time_text(const struct agenda *agenda, const struct agenda_item *item,
    int32_t day, char *text, size_t room)
{
	bool begins = first_day(item) == day, ends = last_day(item) == day;
	char from[16], until[16];

	clock_text(item->start, from);
	clock_text(item->end, until);
	if (item->allday || (!begins && !ends))
		snprintf(text, room, "%s", agenda->words->all_day);
	else if (item->end == item->start)
		snprintf(text, room, "%s", from);
	else if (begins && ends)
		snprintf(text, room, "%s-%s", from, until);
	else if (begins)
		snprintf(text, room, "%s-", from);
	else
		snprintf(text, room, "     -%s", until);
}

/* --- what is said of it --------------------------------------------------- */

static bool
is_cancelled(const struct agenda_item *item)
{
	return str_ieq(item->status, STR("CANCELLED"));
}

static bool
is_tentative(const struct agenda_item *item)
{
	return str_ieq(item->status, STR("TENTATIVE"));
}

static bool
is_private(const struct agenda_item *item)
{
	return item->class.n && !str_ieq(item->class, STR("PUBLIC"));
}

/* One more of the words in parentheses. */
static void
add_word(struct buf *words, const char *word)
{
	buf_add_str(words, words->n ? STR(", ") : STR("("));
	buf_add_str(words, str_of(word));
}

static void
add_numbers(struct buf *words, const char *template, int first, int second)
{
	char one[16], two[16];

	snprintf(one, sizeof(one), "%d", first);
	snprintf(two, sizeof(two), "%d", second);
	add_word(words, "");
	words_fill(words, template, str_of(one), str_of(two));
}

static void
add_task(const struct agenda *agenda, const struct agenda_item *item,
    struct buf *words)
{
	if (item->due)
		add_word(words, agenda->words->due);
	if (item->priority > 0)
		add_numbers(words, agenda->words->priority, item->priority, 0);
	if (item->percent > 0 && !item->completed)
		add_numbers(words, "%1%", item->percent, 0);
}

/* "(cancelled, private, day 2 of 5)" */
static void
add_state(struct agenda *agenda, const struct agenda_item *item, int32_t day)
{
	int32_t days = item->undated ? 1 : last_day(item) - first_day(item) + 1;
	struct buf words = {0};

	if (is_cancelled(item))
		add_word(&words, agenda->words->cancelled);
	if (is_tentative(item))
		add_word(&words, agenda->words->tentative);
	if (is_private(item))
		add_word(&words, agenda->words->private);
	if (days > 1)
		add_numbers(&words, agenda->words->day_of,
		    day - first_day(item) + 1, days);
	add_task(agenda, item, &words);
	if (words.n) {
		buf_add_char(&words, ')');
		agenda_line_note(&agenda->line, buf_str(&words), STYLE_DIM);
	}
	buf_free(&words);
}

static void
add_title(struct agenda *agenda, const struct agenda_item *item)
{
	struct agenda_line *line = &agenda->line;

	if (str_ieq(item->type, STR("todo")))
		agenda_line_words(line,
		    item->completed ? STR("[x] ") : STR("[ ] "), STYLE_PLAIN);
	agenda_line_words(line,
	    item->summary.n ? item->summary : str_of(agenda->words->no_title),
	    is_cancelled(item) ? STYLE_STRUCK : STYLE_TITLE);
}

static void
add_note(struct agenda *agenda, const char *before, struct str text,
    const char *after)
{
	struct buf note = {0};

	if (text.n == 0)
		return;
	buf_add_str(&note, str_of(before));
	buf_add_str(&note, text);
	buf_add_str(&note, str_of(after));
	agenda_line_note(&agenda->line, buf_str(&note), STYLE_DIM);
	buf_free(&note);
}

static void
show(struct agenda *agenda, const struct agenda_item *item, int32_t day)
{
	struct agenda_line *line = &agenda->line;
	char time[64] = "";

	if (!item->undated)
		time_text(agenda, item, day, time, sizeof(time));
	agenda_line_bullet(line, item->color);
	agenda_line_words(line, str_of(time), STYLE_TIME);
	agenda_line_indent(line, 15);
	add_title(agenda, item);
	add_state(agenda, item, day);
	if (item->location.n)
		agenda_line_comma(line);
	add_note(agenda, "", item->location, "");
	add_note(agenda, "{", item->zone_note, "}");
	if (agenda->style.calendars > 1)
		add_note(agenda, "[", item->calendar, "]");
	agenda_line_end(line);
	agenda->any = true;
}

/* --- what goes on over midnight ------------------------------------------- */

static bool
is_long(const struct agenda_item *item)
{
	return last_day(item) - first_day(item) >= LONG_DAYS;
}

/* Shows what goes on on a day, and forgets what ends there. `sure`: the day
 * has something of its own too. */
static void
show_kept(struct agenda *agenda, int32_t day, bool sure)
{
	struct kept **link = &agenda->kept;

	for (struct kept *kept = *link; kept && !sure; kept = kept->next)
		sure = !is_long(&kept->item) || last_day(&kept->item) == day;
	if (sure && (!agenda->any_day || agenda->day != day))
		start_day(agenda, day);
	while (*link) {
		struct kept *kept = *link;

		if (sure)
			show(agenda, &kept->item, day);
		if (last_day(&kept->item) > day) {
			link = &kept->next;
			continue;
		}
		*link = kept->next;
		buf_free(&kept->bytes);
		free(kept);
	}
	agenda->kept_end = link;
}

/* Headings and continued items of the days up to this one. */
static void
go_to(struct agenda *agenda, int32_t day, bool sure)
{
	int32_t next = agenda->any_day ? agenda->day + 1 : agenda->first;

	for (; agenda->kept && next < day; next++)
		show_kept(agenda, next, false);
	if (!agenda->any_day || agenda->day < day)
		show_kept(agenda, day, sure);
}

static bool
keep(struct agenda *agenda, const struct agenda_item *item)
{
	struct kept *kept = calloc(1, sizeof(*kept));

	if (!kept || !agenda_item_pack(item, &kept->bytes)) {
		free(kept);
		return false;
	}
	agenda_item_unpack(&kept->item, buf_str(&kept->bytes));
	*agenda->kept_end = kept;
	agenda->kept_end = &kept->next;
	return true;
}

/* --- one meeting in several calendars ------------------------------------- */

/* Whether they would be shown by the same line but for the calendar, and a
 * place that one of them does not know. */
static bool
is_same(const struct agenda_item *a, const struct agenda_item *b)
{
	return a->uid.n && str_eq(a->uid, b->uid) && a->start == b->start &&
	       a->end == b->end && a->allday == b->allday && a->due == b->due &&
	       a->completed == b->completed && a->priority == b->priority &&
	       a->percent == b->percent && str_eq(a->summary, b->summary) &&
	       (str_eq(a->location, b->location) || a->location.n == 0 ||
		   b->location.n == 0) &&
	       is_cancelled(a) == is_cancelled(b) &&
	       is_tentative(a) == is_tentative(b) &&
	       is_private(a) == is_private(b) && str_eq(a->type, b->type);
}

static bool
hold(struct agenda *agenda, const struct agenda_item *item)
{
	buf_reset(&agenda->held_bytes);
	if (!agenda_item_pack(item, &agenda->held_bytes))
		return false;
	agenda_item_unpack(&agenda->held, buf_str(&agenda->held_bytes));
	agenda->holds = true;
	return true;
}

/* Tasks that are never due come last. */
static void
show_undated(struct agenda *agenda, const struct agenda_item *item)
{
	if (!agenda->undated) {
		if (agenda->kept)
			go_to(agenda, agenda->last, false);
		if (agenda->any)
			agenda_line_end(&agenda->line);
		agenda_line_words(&agenda->line, str_of(agenda->words->no_date),
		    STYLE_HEADING);
		agenda_line_end(&agenda->line);
	}
	agenda->undated = true;
	show(agenda, item, 0);
}

static bool
show_held(struct agenda *agenda)
{
	struct agenda_item *item = &agenda->held;
	int32_t day = first_day(item);

	if (!agenda->holds)
		return true;
	agenda->holds = false;
	item->calendar = buf_str(&agenda->calendars);
	if (item->undated) {
		show_undated(agenda, item);
		return true;
	}
	if (day < agenda->first)
		day = agenda->first;
	go_to(agenda, day, true);
	show(agenda, item, day);
	return last_day(item) <= day || keep(agenda, item);
}

bool
agenda_add(struct agenda *agenda, const struct agenda_item *item)
{
	bool ok = true;

	if (agenda->holds && is_same(&agenda->held, item)) {
		buf_add_str(&agenda->calendars, STR(", "));
		if (agenda->held.location.n == 0)
			ok = hold(agenda, item);
	} else {
		ok = show_held(agenda) && hold(agenda, item);
		buf_reset(&agenda->calendars);
	}
	return buf_add_str(&agenda->calendars, item->calendar) && ok &&
	       agenda->out->failure == 0;
}

/* "Nothing from ... to ..." */
static void
write_nothing(struct agenda *agenda)
{
	const struct words *words = agenda->words;
	struct buf first = {0}, last = {0}, text = {0};
	const char *template = words->nothing;

	if (agenda->first == CIVIL_FIRST_DAY || agenda->last == CIVIL_LAST_DAY)
		template = words->nothing_ever;
	else if (agenda->first == agenda->last)
		template = words->nothing_on;
	words_date(&first, DATE_PLAIN, agenda->first, &agenda->line.charset);
	words_date(&last, DATE_PLAIN, agenda->last, &agenda->line.charset);
	words_fill(&text, template, buf_str(&first), buf_str(&last));
	agenda_line_words(&agenda->line, buf_str(&text), STYLE_PLAIN);
	agenda_line_end(&agenda->line);
	buf_free(&first);
	buf_free(&last);
	buf_free(&text);
}

bool
agenda_finish(struct agenda *agenda)
{
	bool ok = show_held(agenda);

	if (agenda->any_day && agenda->kept && !agenda->undated)
		go_to(agenda, agenda->last, false);
	if (!agenda->any)
		write_nothing(agenda);
	return ok && agenda->out->failure == 0;
}

void
agenda_free(struct agenda *agenda)
{
	while (agenda->kept) {
		struct kept *next = agenda->kept->next;

		buf_free(&agenda->kept->bytes);
		free(agenda->kept);
		agenda->kept = next;
	}
	buf_free(&agenda->held_bytes);
	buf_free(&agenda->calendars);
	agenda_line_free(&agenda->line);
	free(agenda);
}
