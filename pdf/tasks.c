/* Tasks, the most urgent first, parts below what they are parts of. */
#include "cli/task_series.h"
#include "pdf/galley.h"

static bool
add(struct agenda_paper *agenda, struct task_tree *tree,
    struct task_series *series, struct entry *entry)
{
	const struct agenda_item *item = &entry->item;
	bool open =
	    !item->completed && !str_ieq(item->status, STR("CANCELLED"));
	bool overdue =
	    open && task_is_overdue(item, agenda->now, agenda->today);
	bool joins = open && item->recurs && !agenda->ranged;
	struct task *task;

	if (joins && task_series_join(series, tree, item, overdue)) {
		entry->shown = true;
		return true;
	}
	task = task_tree_add(tree);
	if (!task)
		return false;
	task->item = *item;
	task->open = open;
	task->overdue = overdue;
	return !joins || task_series_add(series, tree, overdue);
}

static bool
build(struct sheet *sheet, struct task_tree *tree, struct entry **entries)
{
	struct agenda_paper *agenda = sheet->agenda;
	struct task_series series = {0};
	bool ok = true;

	for (size_t i = 0; i < agenda->count && ok; i++) {
		size_t before = tree->count;

		ok = add(agenda, tree, &series, &agenda->entries[i]);
		if (tree->count > before)
			entries[before] = &agenda->entries[i];
	}
	task_series_free(&series);
	return ok && task_tree_build(tree, true);
}

/* --- one ------------------------------------------------------------------ */

static void
add_part(struct buf *to, struct str text)
{
	if (to->n && text.n)
		buf_add_str(to, STR(" · "));
	buf_add_str(to, text);
}

static void
add_due(struct sheet *sheet, const struct task *task, struct buf *to)
{
	const struct agenda_item *item = &task->item;
	int64_t local = item->due ? item->deadline : item->start;

	if (item->undated)
		return;
	if (item->due) {
		buf_add_str(to, str_of(sheet->agenda->words->due));
		buf_add_char(to, ' ');
	}
	sheet_date(sheet, to, DATE_SHORT, local_day(local));
	if (!item->allday) {
		buf_add_char(to, ' ');
		language_clock(sheet->agenda->language, to,
		    local_second(local) / 60);
	}
	if (task->overdue)
		add_part(to, str_of(sheet->agenda->words->overdue));
}

static void
add_remarks(struct sheet *sheet, const struct task *task, struct buf *to)
{
	const struct agenda_paper *agenda = sheet->agenda;
	const struct agenda_item *item = &task->item;
	struct buf part = {0};

	add_due(sheet, task, to);
	if (item->priority > 0) {
		language_number(agenda->language, &part,
		    (uint64_t)item->priority);
		if (to->n)
			buf_add_str(to, STR(" · "));
		words_fill(to, agenda->words->priority, buf_str(&part),
		    STR(""));
	}
	if (item->percent > 0 && !item->completed) {
		buf_reset(&part);
		language_number(agenda->language, &part,
		    (uint64_t)item->percent);
		buf_add_str(&part, STR(" %"));
		add_part(to, buf_str(&part));
	}
	if (str_ieq(item->status, STR("CANCELLED")))
		add_part(to, str_of(agenda->words->cancelled));
	if (agenda->fields & FIELD_LOCATION)
		add_part(to, item->location);
	if (agenda->fields & FIELD_PEOPLE)
		add_part(to, item->people);
	if (agenda->calendar_count > 1 && agenda->fields & FIELD_CALENDAR)
		add_part(to, agenda->calendars[item->number].name);
	buf_free(&part);
}

/* A box to be ticked, ticked where the task is done. */
static void
draw_box(struct sheet *sheet, const struct task *task, double x, double y)
{
	double side = sheet_body(sheet) * 0.9;
	double top = y + (sheet_line(sheet, sheet_body(sheet)) - side) / 2;

	sheet_frame(sheet, x, top, side, side, 0.6, grey(0.2), false);
	if (task->item.completed) {
		sheet_rule(sheet, x + side * 0.2, top + side * 0.5,
		    x + side * 0.42, top + side * 0.78, 1, 0.1, false);
		sheet_rule(sheet, x + side * 0.42, top + side * 0.78,
		    x + side * 0.85, top + side * 0.15, 1, 0.1, false);
	} else if (!task->open) {
		sheet_rule(sheet, x, top + side, x + side, top, 0.6, 0.2,
		    false);
	}
}

/* How much of it is done. */
static void
draw_percent(struct galley *galley, const struct task *task, double y)
{
	struct sheet *sheet = galley->sheet;
	double w = 40 * sheet->scale, h = 3 * sheet->scale;
	double x = galley->x + galley->w - w;
	struct entry entry = {.item = task->item};
	struct paint paint;
	int percent = task->item.percent > 100 ? 100 : task->item.percent;

	if (percent <= 0 || task->item.completed)
		return;
	paint_of(sheet, &entry, &paint);
	sheet_fill(sheet, x, y, w * percent / 100, h, paint.bar);
	sheet_frame(sheet, x, y, w, h, 0.4, grey(0.3), false);
}

static void
draw_task(struct galley *galley, const struct task *task, struct entry *entry,
    double indent)
{
	struct sheet *sheet = galley->sheet;
	double line = sheet_line(sheet, sheet_body(sheet)), top;
	struct text_style style = {.size = sheet_body(sheet),
	    .color = grey(task->open ? 0.05 : 0.35),
	    .bold = task->open && task->item.priority > 0 &&
	            task->item.priority < 5,
	    .strike = !task->open && !task->item.completed};
	struct buf title = {0}, remarks = {0};
	double text = indent + sheet_body(sheet) * 1.5;

	galley_need(galley, 2 * line + 2);
	top = galley->y;
	draw_box(sheet, task, galley->x + indent, top);
	draw_percent(galley, task, top + line * 0.4);
	entry_title(sheet, entry, &title);
	if (task->earlier)
		buf_printf(&title, " +%zu", task->earlier);
	add_remarks(sheet, task, &remarks);
	galley->aside = 44 * sheet->scale;
	galley_lines(galley, text, STR(""), buf_str(&title), &style);
	style = (struct text_style){.size = sheet_small(sheet),
	    .color = task->overdue ? (struct rgb){0.7, 0.1, 0} : grey(0.3),
	    .bold = task->overdue};
	if (remarks.n)
		galley_lines(galley, text, STR(""), buf_str(&remarks), &style);
	style =
	    (struct text_style){.size = sheet_small(sheet), .color = grey(0.3)};
	if (sheet->agenda->fields & FIELD_DESCRIPTION &&
	    task->item.description.n)
		galley_lines(galley, text, STR(""), task->item.description,
		    &style);
	galley->aside = 0;
	sheet_dump(sheet, "task", galley->x + indent, top, galley->w - indent,
	    galley->y > top ? galley->y - top : line, entry, NULL, false);
	entry->shown = true;
	galley->y += 3 * sheet->scale;
	sheet->failed |= !buf_ok(&title) || !buf_ok(&remarks);
	buf_free(&title);
	buf_free(&remarks);
}

void
draw_tasks(struct sheet *sheet)
{
	struct agenda_paper *agenda = sheet->agenda;
	struct task_tree tree = {0};
	struct buf beside = {0};
	struct galley galley = {.sheet = sheet,
	    .columns = sheet->width > sheet->height ? 2 : 1,
	    .title = str_of(agenda->words->tasks)};
	size_t at = TASK_NONE, depth;
	struct entry **entries =
	    arena_array(&sheet->arena, agenda->count + 1, sizeof(*entries));

	sheet->scale *= 1.25;
	buf_add_str(&beside, agenda_subject(agenda));
	if (beside.n)
		buf_add_str(&beside, STR(" · "));
	sheet_date(sheet, &beside, DATE_PLAIN, agenda->today);
	galley.beside = buf_str(&beside);
	if (!entries || !build(sheet, &tree, entries))
		sheet->failed = true;
	else if (agenda->count == 0)
		galley_nothing(&galley);
	else
		while ((at = task_tree_next(&tree, at, &depth)) != TASK_NONE)
			draw_task(&galley, &tree.tasks[at], entries[at],
			    14 * sheet->scale *
				(double)(depth < 10 ? depth : 10));
	galley_end(&galley);
	sheet->scale /= 1.25;
	task_tree_free(&tree);
	buf_free(&beside);
}
