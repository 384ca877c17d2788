/*
 * Calendars from arbitrary bytes, edited and joined. The first byte chooses
 * what is done. Whatever comes in: --normalize writes lines as RFC 5545 has
 * them, and doing the same again changes nothing.
 */
#include <stdlib.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cal/compose.h"

#define SIZE_MOST 20000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static void
ignore(void *arg, const struct error *err)
{
	/* Messages are for people: one line each. */
	must(strlen(err->message) < sizeof(err->message));
	(void)arg;
}

static void
ignore_row(void *arg, struct str row)
{
	(void)arg;
	must(row.n && row.p[row.n - 1] == '\n');
}

static struct zones *zones;

/* Composes what is in one file into another. */
static void
compose_file(unsigned choice, int from, int to)
{
	const struct compose_group group = {.number = choice & 1,
	    .name = STR("name"),
	    .apple_color = STR("#ff0000")};
	struct compose compose = {.normalize = choice & 2,
	    .dedupe = choice & 8,
	    .memory = (size_t)1 << 20,
	    .zones = zones,
	    .report = ignore,
	    .tell = ignore,
	    .row = ignore_row};
	struct reader reader;
	struct error err;
	struct out out;

	if (choice & 4)
		must(repair_parse(&compose.repairs, choice & 16 ? "all" : NULL,
		    &err));
	if (choice & 32)
		compose.name = STR("a, b");
	must(ftruncate(to, 0) == 0 && lseek(to, 0, SEEK_SET) == 0);
	lseek(from, 0, SEEK_SET);
	must(out_init(&out, to) && reader_init(&reader, -1, NULL, &err));
	compose.out = &out;
	must(compose_start(&compose, &err));
	reader_open(&reader, from, "fuzz");
	must(compose_input(&compose, &group, &err));
	while (reader_next(&reader, &err) && reader.item != ITEM_NONE)
		/* A limit is a named error, which ends it. */
		if (!compose_item(&compose, &reader, &err)) {
			must(err.code == ERR_LIMIT);
			break;
		}
	must(compose_finish(&compose, &err) || err.code == ERR_LIMIT);
	must(out_flush(&out));
	out_free(&out);
	compose_free(&compose);
	reader_free(&reader);
}

static struct str
content(int fd, char **bytes)
{
	off_t n = lseek(fd, 0, SEEK_END);

	must(n >= 0 && (*bytes = malloc((size_t)n + 1)));
	must(pread(fd, *bytes, (size_t)n, 0) == n);
	return (struct str){*bytes, (size_t)n};
}

static void
is_strict(struct str text)
{
	struct str line;

	must(utf8_valid(text));
	if (text.n == 0)
		return;
	must(text.p[--text.n] == '\n');
	while (str_cut(&text, '\n', &line)) {
		must(line.n > 1 && line.n <= 76 && line.p[--line.n] == '\r');
		for (size_t i = 0; i < line.n; i++)
			must((unsigned char)line.p[i] >= ' ' ||
			     line.p[i] == '\t');
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int in, once, twice;
	char *first, *second;
	struct str a, b;

	if (size < 1 || size > SIZE_MOST)
		return 0;
	if (!zones) {
		zones = zones_new(NULL);
		in = spool_file(NULL);
		once = spool_file(NULL);
		twice = spool_file(NULL);
		must(zones && in >= 0 && once >= 0 && twice >= 0);
	}
	must(ftruncate(in, 0) == 0);
	must(pwrite(in, data + 1, size - 1, 0) == (ssize_t)(size - 1));
	compose_file(data[0], in, once);
	compose_file(data[0], once, twice);
	a = content(once, &first);
	b = content(twice, &second);
	if (data[0] & 2) {
		is_strict(a);
		/* A zone that only a duplicate used is left out later; UIDs
		 * meet that stood in two calendars. */
		must((data[0] & 8) || (data[0] & 5) == 5 || str_eq(a, b));
	}
	free(first);
	free(second);
	return 0;
}
