/*
 * VFREEBUSY and VAVAILABILITY of arbitrary calendars. The first byte chooses a
 * window, the rest is the calendar. What follows from them ascends, does not
 * overlap and lies in the window; written as a VFREEBUSY and read again it is
 * the same.
 */
#define _GNU_SOURCE /* memfd_create */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cal/availability.h"
#include "cal/expand.h"
#include "cal/freebusy.h"

enum { MANY = 20000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct looking {
	struct reader reader;
	struct expand expand;
	struct person person;
	int64_t from, until;
};

static void
report(void *arg, const struct error *err)
{
	(void)arg;
	(void)err;
}

static bool
found(void *arg, const struct occurrence *occurrence)
{
	struct looking *looking = arg;

	busy_add_within(&looking->person.events, occurrence->from,
	    occurrence->until, BUSY_BUSY, looking->from, looking->until);
	return true;
}

static void
take_report(struct looking *looking)
{
	const struct record *record = &looking->reader.record;
	struct freebusy freebusy;
	struct busy_span reach;
	struct layer *layer;

	if (!freebusy_read(&freebusy, record, &looking->expand.context))
		return;
	layer = person_layer(&looking->person, LAYER_REPORT);
	if (!layer)
		abort();
	freebusy_read_periods(record, &looking->expand.context, looking->from,
	    looking->until, &layer->set, &reach);
	layer->rank = freebusy.stamp;
	layer->from =
	    freebusy.from > looking->from ? freebusy.from : looking->from;
	layer->until =
	    freebusy.until < looking->until ? freebusy.until : looking->until;
	looking->person.has_reports = true;
}

static void
take_availability(struct looking *looking)
{
	struct layer *layer =
	    person_layer(&looking->person, LAYER_AVAILABILITY);

	if (!layer)
		abort();
	if (!availability_read(layer, &looking->reader.record,
		&looking->expand.context, &looking->expand.options))
		looking->person.layer_count--;
}

static bool
take_calendar(struct looking *looking, struct error *err)
{
	struct expand *expand = &looking->expand;
	struct walk *walk = &expand->walk;
	const struct record *record = &looking->reader.record;

	if (!expand_begin(expand, err))
		return false;
	while (walk_next(walk, err)) {
		if (walk->reader->item != ITEM_RECORD)
			continue;
		if (str_ieq(record->name, STR("VFREEBUSY")))
			take_report(looking);
		else if (str_ieq(record->name, STR("VAVAILABILITY")))
			take_availability(looking);
		else if (!walk_is_member(walk))
			expand_record(expand);
		else if (!walk_put_aside(walk, err))
			return false;
	}
	while (walk_next_group(walk, err))
		expand_group(expand);
	return err->code == ERR_NONE && walk_end(walk, err);
}

static void
look(struct looking *looking, struct zones *zones, int fd)
{
	struct expand *expand = &looking->expand;
	struct error err;

	if (lseek(fd, 0, SEEK_SET) != 0 ||
	    !reader_init(&looking->reader, fd, "fuzz", &err) ||
	    !expand_init(expand, &looking->reader, 1 << 20, &err))
		abort();
	expand->options = (struct series_options){.from = looking->from,
	    .until = looking->until,
	    .zone = zone_utc(),
	    .limit = MANY};
	expand->types = 1u << EVENT_EVENT;
	expand->zones = zones;
	expand->found = found;
	expand->report = report;
	expand->arg = looking;
	while (reader_next(&looking->reader, &err) &&
	       looking->reader.item != ITEM_NONE)
		if (walk_starts(&expand->walk) && !take_calendar(looking, &err))
			break;
	expand_free(expand);
	reader_free(&looking->reader);
}

static void
check(const struct looking *looking, const struct busy_set *set)
{
	for (size_t i = 0; i < set->count; i++) {
		const struct busy_span *span = &set->spans[i];

		if (span->from >= span->until || span->from < looking->from ||
		    span->until > looking->until || span->type == BUSY_FREE)
			abort();
		if (i > 0 && (span[-1].until > span->from ||
				 (span[-1].until == span->from &&
				     span[-1].type == span->type)))
			abort();
	}
}

static int
file_of(struct str text)
{
	int fd = memfd_create("fuzz", MFD_CLOEXEC);

	if (fd < 0 || write(fd, text.p, text.n) != (ssize_t)text.n)
		abort();
	return fd;
}

/* What is unknown is written as busy to everybody else: not compared. */
static void
check_again(const struct looking *first, struct zones *zones,
    const struct busy_set *set)
{
	struct freebusy_text text = {.program = STR("fuzz"),
	    .method = STR("PUBLISH"),
	    .uid = STR("u"),
	    .from = first->from,
	    .until = first->until};
	struct looking again = {.from = first->from, .until = first->until};
	struct busy_set other = {0};
	struct buf out = {0};
	int fd;

	if (!freebusy_write(&out, &text, set))
		abort();
	fd = file_of(buf_str(&out));
	look(&again, zones, fd);
	if (!person_settle(&again.person, again.from, again.until, &other) ||
	    other.count != set->count)
		abort();
	for (size_t i = 0; i < set->count; i++)
		if (set->spans[i].from != other.spans[i].from ||
		    set->spans[i].until != other.spans[i].until ||
		    set->spans[i].type != other.spans[i].type)
			abort();
	close(fd);
	busy_free(&other);
	person_free(&again.person);
	buf_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const int64_t lengths[] = {60, 3600, 86400, 86400 * 31, 86400 * 400};
	struct looking looking = {0};
	struct busy_set set = {0};
	struct zones *zones;
	int fd;

	if (size < 1 || size > 20000)
		return 0;
	looking.from =
	    INT64_C(1704067200) + (data[0] >> 3) * INT64_C(3600) * 631;
	looking.until = looking.from + lengths[data[0] % 5];
	fd = file_of((struct str){(const char *)data + 1, size - 1});
	zones = zones_new(NULL);
	if (!zones)
		abort();
	look(&looking, zones, fd);
	if (!person_settle(&looking.person, looking.from, looking.until, &set))
		abort();
	check(&looking, &set);
	check_again(&looking, zones, &set);
	zones_free(zones);
	close(fd);
	busy_free(&set);
	person_free(&looking.person);
	return 0;
}
