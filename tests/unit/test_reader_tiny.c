/* The laws of the reader on hard texts, with windows of some bytes. */
#include "tests/unit/tiny_reader.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "tests/unit/hard_texts.h"

static void
hold(struct str text, unsigned step, size_t pad, const char *what, size_t i)
{
	static const char padding[64] =
	    "................................................................";
	struct buf input = {0};
	const char *law;

	buf_add(&input, padding, pad);
	if (pad)
		buf_add_char(&input, '\n');
	buf_add_str(&input, text);
	law = tiny_laws(buf_str(&input), step);
	buf_free(&input);
	if (law)
		fail_msg("%s %zu, padding %zu, step %u: does not hold: %s",
		    what, i, pad, step, law);
}

/* A step, then another text: what a text does must not depend on either. */
static void
hard_texts_hold(void **state)
{
	static const unsigned steps[] = {1, 2, 3, 7, 30, 64, 1000};

	(void)state;
	for (size_t i = 0; i < HARD_TEXTS; i++)
		for (size_t s = 0; s < sizeof(steps) / sizeof(*steps); s++)
			for (size_t pad = 0; pad < 40; pad++)
				hold(hard_texts[i], steps[s], pad, "text", i);
}

/* Cut after each byte: every input may end anywhere. */
static void
cut_texts_hold(void **state)
{
	(void)state;
	for (size_t i = 0; i < HARD_TEXTS; i++)
		for (size_t n = 0; n < hard_texts[i].n; n++)
			hold(str_head(hard_texts[i], n), 5, 0, "cut text", i);
}

static void
pairs_hold(void **state)
{
	struct buf pair = {0};

	(void)state;
	for (size_t i = 0; i < HARD_TEXTS; i++)
		for (size_t j = 0; j < HARD_TEXTS; j++) {
			buf_reset(&pair);
			buf_add_str(&pair, hard_texts[i]);
			buf_add_str(&pair, hard_texts[j]);
			hold(buf_str(&pair), 11, 0, "pair", i * 100 + j);
		}
	buf_free(&pair);
}

/* Texts put together of the words that mean something to a reader. */
static void
random_texts_hold(void **state)
{
	static const char *const words[] = {"BEGIN:VCALENDAR", "BEGIN:VEVENT",
	    "BEGIN:VALARM", "END:VALARM", "END:VEVENT", "END:VCALENDAR", "\r\n",
	    "\r\n", "\r\n", "\n", "\n", "\r", "\r\r\n", " ", "\t", "=",
	    "X;QUOTED-PRINTABLE:", "\xef\xbb\xbf", "A:b", ":", "B", "E",
	    "dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"};
	unsigned seed = 1;
	struct buf text = {0};

	(void)state;
	for (size_t round = 0; round < 4000; round++) {
		buf_reset(&text);
		for (size_t n = round % 60; n > 0; n--) {
			const char *word;

			seed = seed * 1103515245u + 12345u;
			word = words[(seed >> 16) %
				     (sizeof(words) / sizeof(*words))];
			buf_add_str(&text, str_of(word));
		}
		hold(buf_str(&text), 1 + seed % 50, 0, "random text", round);
	}
	buf_free(&text);
}

static void
cases_hold(void **state)
{
	DIR *dir = opendir("tests/cases");
	struct dirent *entry;
	char path[400];
	size_t files = 0;

	(void)state;
	/* The cases belong to the project: without them nothing is tested. */
	assert_non_null(dir);
	if (!dir)
		return;
	while ((entry = readdir(dir))) {
		struct buf text = {0};
		int fd;
		ssize_t n;

		snprintf(path, sizeof(path), "tests/cases/%s", entry->d_name);
		fd = open(path, O_RDONLY);
		while (fd >= 0 && buf_reserve(&text, 4096) &&
		       (n = read(fd, text.p + text.n, 4096)) > 0)
			text.n += (size_t)n;
		close(fd);
		hold(buf_str(&text), 9, 0, entry->d_name, 0);
		files += text.n > 0;
		buf_free(&text);
	}
	closedir(dir);
	assert_true(files > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(hard_texts_hold),
	    cmocka_unit_test(cut_texts_hold),
	    cmocka_unit_test(pairs_hold),
	    cmocka_unit_test(random_texts_hold),
	    cmocka_unit_test(cases_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
