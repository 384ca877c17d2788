/*
 * Any bytes, sorted with windows of some bytes: nothing is lost, and what is
 * sorted stays as it is. The first byte says how.
 */
#define _GNU_SOURCE /* memfd_create */
#include "tests/unit/tiny_reader.h"

#include <sys/mman.h>

#define VALUE_MOST ((uint64_t)60)
/* NOLINTNEXTLINE(bugprone-suspicious-include) */
#include "lib/cal/sorting.c"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static const char *const keys[] = {"start", "end:r", "summary:i,uid",
    "x:n,type:r", "dtstamp,start", "status,organizer:r", "uid", "attach"};

static size_t reports;

static void
count(void *arg, const struct error *err)
{
	(void)arg;
	(void)err;
	reports++;
}

static void
hold(bool holds, const char *law)
{
	if (holds)
		return;
	fprintf(stderr, "does not hold: %s\n", law);
	abort();
}

/* Sorts into `to`; gives the line of a misplaced component. */
static size_t
sort(struct str input, unsigned how, bool check, struct buf *to)
{
	static struct zones *zones;
	struct order order = {0};
	struct sorting sorting;
	struct tiny tiny;
	struct error err = {0};
	struct out out;
	ssize_t got;
	int fd = memfd_create("sorted", 0);

	if (!zones)
		zones = zones_new("/usr/share/zoneinfo");
	order_add(&order, str_of(keys[how & 7]), NULL);
	order_settle(&order, 0);
	tiny_open(&tiny, input, how & 8, how & 16 ? 7 : 0);
	tiny.reader.report = count;
	hold(fd >= 0 && zones && out_init(&out, fd) &&
		 sorting_init(&sorting, &tiny.reader, &out, 1, &err),
	    "there is memory");
	sorting.large.memory = sorting.envelope.memory = 30;
	sorting.waiting.memory = sorting.between.memory = 30;
	sorting.order = &order;
	sorting.series = how & 32;
	sorting.check = check;
	sorting.context.zones = zones;
	sorting.context.zone = zone_utc();
	sorting.context.policy = how & 64 ? ZONES_STREAM : ZONES_BY_NAME;
	sorting.context.report = count;
	do
		hold(reader_next(&tiny.reader, &err) &&
			 sorting_take(&sorting, &err),
		    err.message);
	while (tiny.reader.item != ITEM_NONE);
	hold(sorting_end(&sorting, &err) && out_flush(&out), err.message);
	buf_reset(to);
	hold(buf_reserve(to, (size_t)out.written + 1), "there is memory");
	got = pread(fd, to->p, (size_t)out.written + 1, 0);
	hold(got == (ssize_t)out.written, "all is written");
	to->n = (size_t)got;
	out_free(&out);
	close(fd);
	sorting_free(&sorting);
	tiny_close(&tiny);
	return sorting.misplaced;
}

/* The same bytes but for a line end that was missing. */
static void
compare(struct str in, struct str out)
{
	size_t counts[256] = {0};

	hold(out.n >= in.n && out.n <= in.n + 4, "about the same size");
	for (size_t i = 0; i < out.n; i++)
		counts[(unsigned char)out.p[i]]++;
	for (size_t i = 0; i < in.n; i++)
		hold(counts[(unsigned char)in.p[i]]-- > 0, "nothing is lost");
	for (int c = 0; c < 256; c++)
		hold(counts[c] == 0 || c == '\r' || c == '\n',
		    "nothing is added");
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str input = {(const char *)bytes, n};
	struct buf once = {0}, twice = {0};
	unsigned how;
	bool faulty;

	if (n == 0 || n > 20000)
		return 0;
	how = bytes[0];
	input = str_from(input, 1);
	reports = 0;
	sort(input, how, false, &once);
	faulty = reports > 0;
	compare(input, buf_str(&once));
	sort(buf_str(&once), how, false, &twice);
	compare(buf_str(&once), buf_str(&twice));
	/* Faults may mean something else in another place. */
	if (!faulty) {
		hold(str_eq(buf_str(&once), buf_str(&twice)),
		    "sorted stays sorted");
		hold(sort(buf_str(&once), how, true, &twice) == 0,
		    "what is sorted is found sorted");
		sort(input, how ^ 8, false, &twice);
		hold(str_eq(buf_str(&once), buf_str(&twice)),
		    "a pipe is as good as a file");
	}
	buf_free(&once);
	buf_free(&twice);
	return 0;
}
