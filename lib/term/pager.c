#include "term/pager.h"

#include <stdlib.h>

#include "base/memory.h"

/* What a page can show of a text at most. */
#define TEXT_SHOWN 2048

struct pager {
	struct page page;
	int32_t last; /* of all pages */
	struct arena arenas[2];
	int arena; /* which has the texts of the page's items */
	struct page_item *items;
	size_t room;
};

/* The range is at most the years 1 to 9999. */
static int32_t
day_of_range(struct view *view, int64_t instant)
{
	int32_t day = view_day_of(view, instant);

	if (day < CIVIL_FIRST_DAY)
		return CIVIL_FIRST_DAY;
	return day > CIVIL_LAST_DAY ? CIVIL_LAST_DAY : day;
}

static void
turn_to(struct view *view, struct pager *pager, int32_t first)
{
	struct page *page = &pager->page;

	*page = (struct page){.first = first, .items = pager->items};
	page->days = view->kind->pages.next(view, first) - first;
}

void *
pager_start(struct view *view)
{
	struct pager *pager = calloc(1, sizeof(*pager));

	if (!pager)
		return NULL;
	pager->last = day_of_range(view, view->until - 1);
	turn_to(view, pager,
	    view->kind->pages.first(view, day_of_range(view, view->from)));
	return pager;
}

/* --- items ---------------------------------------------------------------- */

static struct str
shown(struct str text)
{
	size_t n = TEXT_SHOWN;

	if (text.n <= n)
		return text;
	while (n > TEXT_SHOWN - 4 && ((unsigned char)text.p[n] & 0xc0) == 0x80)
		n--;
	return str_head(text, n);
}

/* Copies the texts into the arena. */
static bool
take_texts(struct agenda_item *item, struct arena *arena)
{
	struct str *texts[] = {&item->summary, &item->location, &item->calendar,
	    &item->status, &item->transp, &item->class, &item->color};
	bool ok = true;

	item->type = str_ieq(item->type, STR("todo"))      ? STR("todo")
	             : str_ieq(item->type, STR("journal")) ? STR("journal")
	                                                   : STR("event");
	item->zone_note = item->uid = item->parent = item->children =
	    (struct str){NULL, 0};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		size_t n = texts[i]->n;

		*texts[i] = arena_copy(arena, shown(*texts[i]));
		ok = ok && (n == 0 || texts[i]->p);
	}
	return ok;
}

static void
count_lost(struct page *page, const struct page_item *item)
{
	for (int32_t i = 0; i < page->days; i++)
		if (page_item_is(item, page->first + i, SIZE_MAX))
			page->lost[i]++;
}

static bool
make_room(struct pager *pager, size_t memory)
{
	size_t used = pager->arenas[pager->arena].used +
	              pager->page.count * sizeof(struct page_item);
	struct page_item *more;

	if (memory && used > memory)
		return false;
	if (pager->page.count < pager->room)
		return true;
	more = realloc(pager->items,
	    (pager->room * 2 + 64) * sizeof(struct page_item));
	if (!more) {
		memory_note_short();
		return false;
	}
	pager->room = pager->room * 2 + 64;
	pager->items = more;
	pager->page.items = more;
	return true;
}

static void
put(struct view *view, struct pager *pager, const struct page_item *item)
{
	struct page_item taken = *item;

	if (!make_room(pager, view->memory) ||
	    !take_texts(&taken.item, &pager->arenas[pager->arena])) {
		count_lost(&pager->page, item);
		return;
	}
	pager->items[pager->page.count++] = taken;
	pager->page.bars += taken.bar;
}

/* --- pages ---------------------------------------------------------------- */

/* Draws the page and turns to the next; what goes on is kept. */
static void
draw(struct view *view, struct pager *pager)
{
	struct page old = pager->page;
	int32_t next = old.first + old.days;

	view->kind->pages.draw(view, &old);
	arena_reset(&pager->arenas[!pager->arena]);
	pager->arena = !pager->arena;
	turn_to(view, pager, next);
	for (size_t i = 0; i < old.count; i++)
		if (pager->items[i].last >= next) {
			/* It moves to the front, over what has been moved. */
			struct page_item item = pager->items[i];

			put(view, pager, &item);
		}
}

void
pager_add(struct view *view, void *state, const struct agenda_item *item)
{
	struct pager *pager = state;
	struct page_item added = {.item = *item};

	view_item_days(view, item, &added.first, &added.last);
	added.bar = item->allday || item->until - item->from >= SECONDS_A_DAY;
	while (added.first >= pager->page.first + pager->page.days &&
	       pager->page.first + pager->page.days <= pager->last &&
	       !view->failed)
		draw(view, pager);
	put(view, pager, &added);
}

void
pager_finish(struct view *view, void *state)
{
	struct pager *pager = state;

	while (pager->page.first <= pager->last && !view->failed)
		draw(view, pager);
	for (int i = 0; i < 2; i++)
		arena_free(&pager->arenas[i]);
	free(pager->items);
	free(pager);
}
