#include "cli/busy_grid.h"

#include <langinfo.h>
#include <stdlib.h>

#include "cli/agenda_line.h"
#include "cli/color.h"
#include "cli/grapheme.h"
#include "text/row.h"
#include "time/civil.h"

#define NAME_MOST 24 /* columns of a name */

struct row {
	struct buf name;
	struct busy_set time;
};

struct busy_grid {
	struct busy_grid_style style;
	struct row *rows;
	size_t count, room;
	struct agenda_line line;
	size_t name_width;
	unsigned seen; /* types that were shown */
};

/* A day, or the part of it that fits side by side. */
struct strip {
	int64_t start; /* instant of its first slot */
	size_t slots;
	struct zone_cursor cursor;
};

struct busy_grid *
busy_grid_new(const struct busy_grid_style *style)
{
	struct busy_grid *grid = calloc(1, sizeof(*grid));

	if (grid)
		grid->style = *style;
	return grid;
}

void
busy_grid_free(struct busy_grid *grid)
{
	for (size_t i = 0; i < grid->count; i++) {
		buf_free(&grid->rows[i].name);
		busy_free(&grid->rows[i].time);
	}
	free(grid->rows);
	free(grid);
}

bool
busy_grid_add(struct busy_grid *grid, struct str who,
    const struct busy_set *set)
{
	struct row *row;

	if (grid->count == grid->room) {
		size_t room = grid->room ? grid->room * 2 : 16;
		struct row *rows = realloc(grid->rows, room * sizeof(*rows));

		if (!rows)
			return false;
		grid->rows = rows;
		grid->room = room;
	}
	row = &grid->rows[grid->count++];
	*row = (struct row){0};
	text_for_terminal(&row->name, who);
	busy_add_set(&row->time, set);
	return busy_settle(&row->time) && buf_ok(&row->name);
}

/* --- names ---------------------------------------------------------------- */

/* The front of a name that fits, and how wide it is. */
static struct str
fitting(struct str name, size_t most, size_t *width)
{
	struct str rest = name;
	struct grapheme one;
	size_t n = 0;

	*width = 0;
	while (rest.n) {
		grapheme_next(&rest, &one);
		if (*width + one.width > most)
			break;
		*width += one.width;
		n += one.bytes.n;
	}
	return str_head(name, n);
}

/* Names as the terminal can show them, and how wide the widest is. */
static void
measure_names(struct busy_grid *grid)
{
	struct buf reduced = {0};

	grid->name_width = 0;
	for (size_t i = 0; i < grid->count; i++) {
		struct buf *name = &grid->rows[i].name;
		size_t width;

		if (!grid->line.charset.utf8) {
			buf_reset(&reduced);
			charset_reduce(&grid->line.charset, &reduced,
			    buf_str(name));
			buf_reset(name);
			buf_add_str(name, buf_str(&reduced));
		}
		fitting(buf_str(name), NAME_MOST, &width);
		if (width > grid->name_width)
			grid->name_width = width;
	}
	buf_free(&reduced);
}

static void
write_name(struct busy_grid *grid, struct str name)
{
	size_t width;
	struct str front = fitting(name, grid->name_width, &width);
	bool isolate = grid->line.charset.utf8 && text_is_rtl(front);

	/* FSI and PDI: what follows stays where it is. */
	if (isolate)
		agenda_line_add(&grid->line, STR("\342\201\250"), STYLE_PLAIN);
	agenda_line_add(&grid->line, front, STYLE_PLAIN);
	if (isolate)
		agenda_line_add(&grid->line, STR("\342\201\251"), STYLE_PLAIN);
	agenda_line_indent(&grid->line, grid->name_width + 1);
}

/* --- slots ---------------------------------------------------------------- */

static const struct {
	char sign;
	const char *color;
} looks[BUSY_TYPES] = {
    [BUSY_FREE] = {'.', NULL},
    [BUSY_UNKNOWN] = {'?', "deepskyblue"},
    [BUSY_TENTATIVE] = {'~', "gold"},
    [BUSY_BUSY] = {'#', "tomato"},
    [BUSY_UNAVAILABLE] = {'x', "mediumorchid"},
};

static void
write_run(struct busy_grid *grid, enum busy_type type, size_t count)
{
	struct agenda_line *line = &grid->line;
	struct color color = {0};
	char sgr[COLOR_SGR_ROOM];
	bool colored = line->color && looks[type].color &&
	               color_parse(&color, str_of(looks[type].color));

	grid->seen |= 1u << type;
	agenda_line_add(line, STR(""), STYLE_PLAIN);
	if (colored) {
		color_sgr(sgr, color_readable(color), color_depth());
		buf_printf(&line->line, "\033[%sm", sgr);
	}
	for (size_t i = 0; i < count; i++)
		buf_add_char(&line->line, looks[type].sign);
	if (colored)
		buf_add_str(&line->line, STR("\033[0m"));
}

/* Slots outside of the range are blank. */
static void
write_slots(struct busy_grid *grid, const struct strip *strip,
    const struct busy_set *time)
{
	const struct busy_grid_style *style = &grid->style;
	enum busy_type run = BUSY_FREE;
	size_t count = 0;

	for (size_t i = 0; i < strip->slots; i++) {
		int64_t from = strip->start + (int64_t)i * style->slot;
		int64_t until = from + style->slot;
		enum busy_type type;

		if (until <= style->from) {
			grid->line.blanks++;
			continue;
		}
		if (from >= style->until)
			break;
		type = busy_highest(time, from, until);
		if (count && type != run) {
			write_run(grid, run, count);
			count = 0;
		}
		run = type;
		count++;
	}
	if (count)
		write_run(grid, run, count);
}

/* The hours above: a number every so many, where there is room for it. */
static void
write_hours(struct busy_grid *grid, struct strip *strip)
{
	static const int steps[] = {1, 2, 3, 4, 6, 12};
	const struct busy_grid_style *style = &grid->style;
	int step = 24;
	size_t free_from = 0;

	for (size_t i = 6; i-- > 0;)
		if (steps[i] * 3600 >= 3 * style->slot)
			step = steps[i];
	for (size_t i = 0; i < strip->slots; i++) {
		struct civil at = civil_of_local(zone_local(&strip->cursor,
		    style->zone, strip->start + (int64_t)i * style->slot));
		char text[4] = {(char)('0' + at.hour / 10),
		    (char)('0' + at.hour % 10), '\0', '\0'};

		if (i < free_from || at.hour % step ||
		    at.minute * 60 + at.second >= style->slot)
			continue;
		agenda_line_indent(&grid->line, grid->name_width + 1 + i);
		agenda_line_add(&grid->line, str_of(text), STYLE_TIME);
		free_from = i + 3;
	}
	agenda_line_end(&grid->line);
}

static void
write_strip(struct busy_grid *grid, struct strip *strip)
{
	write_hours(grid, strip);
	for (size_t i = 0; i < grid->count; i++) {
		write_name(grid, buf_str(&grid->rows[i].name));
		write_slots(grid, strip, &grid->rows[i].time);
		agenda_line_end(&grid->line);
	}
}

/* --- days ----------------------------------------------------------------- */

/* The hours of a day that are shown: from the first to the last. */
static void
hours_shown(const struct hours *hours, int64_t midnight, int64_t *from,
    int64_t *until)
{
	int32_t first = (int32_t)SECONDS_A_DAY, last = 0;

	for (size_t i = 0; i < hours->count; i++) {
		int32_t start = hours->stretches[i].from;
		int32_t end = hours->stretches[i].until;

		if (end <= start) {
			start = 0;
			end = (int32_t)SECONDS_A_DAY;
		}
		first = start < first ? start : first;
		last = end > last ? end : last;
	}
	*from = midnight + first;
	*until = midnight + last;
}

/* As many slots a strip as the width has room for, whole hours of them. */
static size_t
slots_a_strip(const struct busy_grid *grid)
{
	size_t most = 1, hour = 1;

	if (grid->style.width > grid->name_width + 2)
		most = grid->style.width - grid->name_width - 1;
	if (grid->style.slot < 3600)
		hour = (size_t)(3600 / grid->style.slot);
	return hour && most > hour ? most / hour * hour : most;
}

static void
write_day(struct busy_grid *grid, int32_t day)
{
	const struct busy_grid_style *style = &grid->style;
	struct strip strip = {0};
	int64_t from, until, end;
	size_t most = slots_a_strip(grid), left;

	hours_shown(&style->hours, (int64_t)day * SECONDS_A_DAY, &from, &until);
	strip.start = zone_instant(&strip.cursor, style->zone, from, NULL);
	end = zone_instant(&strip.cursor, style->zone, until, NULL);
	if (strip.start >= style->until || end <= style->from)
		return;
	agenda_line_day(&grid->line, day, day == style->today);
	left = (size_t)((end - strip.start + style->slot - 1) / style->slot);
	while (left) {
		strip.slots = left < most ? left : most;
		write_strip(grid, &strip);
		left -= strip.slots;
		strip.start += (int64_t)strip.slots * style->slot;
	}
	agenda_line_end(&grid->line);
}

/* What the signs mean that were shown. */
static void
write_legend(struct busy_grid *grid)
{
	for (int type = 0; type < BUSY_TYPES; type++) {
		if (!(grid->seen & 1u << type))
			continue;
		write_run(grid, (enum busy_type)type, 1);
		agenda_line_add(&grid->line, STR(" "), STYLE_PLAIN);
		agenda_line_add(&grid->line,
		    busy_type_word((enum busy_type)type), STYLE_PLAIN);
		grid->line.blanks += 2;
	}
	grid->line.blanks = 0;
	agenda_line_end(&grid->line);
}

bool
busy_grid_write(struct busy_grid *grid, struct out *out)
{
	const struct busy_grid_style *style = &grid->style;
	struct zone_cursor cursor = {0};
	int32_t day = local_day(zone_local(&cursor, style->zone, style->from));
	int32_t last =
	    local_day(zone_local(&cursor, style->zone, style->until - 1));

	agenda_line_init(&grid->line, out, style->width, style->color,
	    nl_langinfo(CODESET));
	measure_names(grid);
	for (; day <= last; day++)
		if (style->hours.days & 1u << civil_weekday(day))
			write_day(grid, day);
	if (grid->seen)
		write_legend(grid);
	agenda_line_free(&grid->line);
	return out->failure == 0;
}
