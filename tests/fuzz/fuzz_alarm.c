/*
 * Alarms of arbitrary calendars. The first byte chooses a window, the rest is
 * the calendar. What is found lies in the window, and what is found in its
 * halves is what is found in the whole.
 */
#define _GNU_SOURCE /* memfd_create */
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cal/alarm_find.h"
#include "cal/expand.h"

enum { MANY = 20000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct looking {
	struct reader reader;
	struct expand expand;
	struct alarm_choice choice;
	struct alarm_find find;
	size_t count;
	uint64_t sum; /* of what was found, in whatever order */
};

static bool
found(void *arg, const struct alarm_due *due)
{
	struct looking *looking = arg;

	if (due->at < looking->find.from || due->at >= looking->find.until ||
	    due->repeat > due->alarm->repeat)
		abort();
	looking->count++;
	looking->sum += (uint64_t)due->at * 31 +
	                (uint64_t)due->occurrence->from * 7 + due->repeat +
	                due->alarm->trigger.n;
	return looking->count < MANY;
}

static bool
series(void *arg, const struct event *master,
    const struct event *const *overrides, size_t count)
{
	struct looking *looking = arg;

	return alarm_find(&looking->find, master, overrides, count);
}

static void
report(void *arg, const struct error *err)
{
	(void)arg;
	(void)err;
}

static void
start(struct looking *looking, struct zones *zones, int64_t from, int64_t until)
{
	struct expand *expand = &looking->expand;

	expand->options = (struct series_options){.from = from,
	    .until = until,
	    .zone = zone_utc(),
	    .limit = MANY};
	expand->types = 1u << EVENT_EVENT | 1u << EVENT_TODO;
	expand->zones = zones;
	expand->series = series;
	expand->report = report;
	expand->arg = looking;
	alarm_defaults_add(&looking->choice.timed, STR("15m,+1d"), NULL);
	alarm_defaults_add(&looking->choice.allday, STR("15h"), NULL);
	looking->find = (struct alarm_find){.from = from,
	    .until = until,
	    .choice = &looking->choice,
	    .context = &expand->context,
	    .series = &expand->options,
	    .found = found,
	    .arg = looking};
}

/* False where a bound was met, so that nothing can be compared. */
static bool
look(struct looking *looking, struct zones *zones, int fd, int64_t from,
    int64_t until)
{
	struct error err;
	bool whole = true;

	*looking = (struct looking){0};
	if (lseek(fd, 0, SEEK_SET) != 0 ||
	    !reader_init(&looking->reader, fd, "fuzz", &err) ||
	    !expand_init(&looking->expand, &looking->reader, 1 << 20, &err))
		abort();
	start(looking, zones, from, until);
	while (whole && reader_next(&looking->reader, &err) &&
	       looking->reader.item != ITEM_NONE)
		if (walk_starts(&looking->expand.walk))
			whole = expand_calendar(&looking->expand, &err);
	expand_free(&looking->expand);
	reader_free(&looking->reader);
	return whole;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const int64_t lengths[] = {60, 3600, 86400, 86400 * 31, 86400 * 400};
	struct looking whole, first, second;
	int64_t from, until, middle;
	struct zones *zones;
	int fd;

	if (size < 1 || size > 20000)
		return 0;
	from = INT64_C(1704067200) + (data[0] >> 3) * INT64_C(3600) * 631;
	until = from + lengths[data[0] % 5];
	middle = from + (until - from) / 3;
	fd = memfd_create("fuzz", MFD_CLOEXEC);
	zones = zones_new(NULL);
	if (fd < 0 || !zones ||
	    write(fd, data + 1, size - 1) != (ssize_t)(size - 1))
		abort();
	/* A series that is too long gives a part, and not the same one. */
	if (look(&whole, zones, fd, from, until) && whole.count < MANY / 4 &&
	    look(&first, zones, fd, from, middle) &&
	    look(&second, zones, fd, middle, until) &&
	    (whole.count != first.count + second.count ||
		whole.sum != first.sum + second.sum))
		abort();
	zones_free(zones);
	close(fd);
	return 0;
}
