/* Any expression on any component: no fault of memory, and the laws of
 * negation, of parentheses and of places of errors. The expression ends at the
 * first NUL; the component follows. */
#define _GNU_SOURCE /* memfd_create */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cal/query.h"
#include "text/reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static struct arena arena;

static bool
ask(struct query *query, const struct record *record)
{
	struct error trouble = {0};
	bool matches = query_matches(query, record, &arena, &trouble);

	arena_reset(&arena);
	return matches;
}

static void
hold(bool law, const char *what, struct str expression)
{
	if (law)
		return;
	fprintf(stderr, "%s: %.*s\n", what, STR_ARG(expression));
	abort();
}

static struct query *
parsed(struct str expression, int flags)
{
	struct error err = {0};
	struct query *query = query_parse(expression, flags, &err);

	hold(query || err.code != ERR_NONE, "no error told", expression);
	hold(query || err.pos.column <= expression.n + 1, "column outside",
	    expression);
	hold(query || err.code != ERR_SYNTAX || err.pos.column > 0, "no column",
	    expression);
	return query;
}

/* What is within parentheses is the same. Values may have parentheses of
 * their own, which an open one would take along. */
static void
within(struct str expression, int flags, const struct record *record, bool want)
{
	struct buf text = {0};
	struct query *query;

	if (str_find_byte(expression, '(') != SIZE_MAX ||
	    str_find_byte(expression, '\\') != SIZE_MAX)
		return;
	buf_printf(&text, "not (%.*s )", STR_ARG(expression));
	query = parsed(buf_str(&text), flags);
	hold(query != NULL, "not within parentheses", expression);
	hold(ask(query, record) != want, "another within parentheses",
	    expression);
	query_free(query);
	buf_free(&text);
}

static void
laws(struct str expression, int flags, const struct record *record)
{
	struct query *query = parsed(expression, flags);
	bool matches;

	if (!query)
		return;
	matches = ask(query, record);
	hold(ask(query, record) == matches, "asked again", expression);
	within(expression, flags, record, matches);
	query = query_and(query_not(query), parsed(expression, flags));
	hold(!ask(query, record), "both it and not", expression);
	query_free(query);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str input = {(const char *)bytes, n};
	size_t cut = str_find_byte(input, '\0');
	struct reader reader;
	struct error err;
	int fd;

	if (cut == SIZE_MAX || cut > 2000 || n > 20000)
		return 0;
	fd = memfd_create("fuzz", MFD_CLOEXEC);
	if (fd < 0 ||
	    write(fd, bytes + cut + 1, n - cut - 1) != (ssize_t)(n - cut - 1) ||
	    lseek(fd, 0, SEEK_SET) != 0 ||
	    !reader_init(&reader, fd, "fuzz", &err))
		abort();
	while (reader_next(&reader, &err) && reader.item != ITEM_NONE) {
		if (reader.item != ITEM_RECORD)
			continue;
		laws(str_head(input, cut), 0, &reader.record);
		laws(str_head(input, cut), QUERY_FOLD, &reader.record);
	}
	reader_free(&reader);
	close(fd);
	return 0;
}
