/* Short forms for the tests of recurrence rules. */
#ifndef KALENDS_TESTS_RULE_HELP_H
#define KALENDS_TESTS_RULE_HELP_H

#include "time/rule.h"
#include "time/when.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

static inline int64_t
at(struct str text)
{
	struct when when;

	assert_true(when_parse(&when, text, pos_none(), NULL));
	return when.local;
}

/* UNTIL in UTC is taken as local: these tests have no zone. */
static inline struct rule
parsed(const char *text)
{
	struct rule rule;
	struct error err;

	if (!rule_parse(&rule, str_of(text), pos_none(), &err))
		fail_msg("%s: %s", text, err.message);
	if (rule.until_kind == UNTIL_UTC)
		rule.until_kind = UNTIL_LOCAL;
	return rule;
}

static inline struct rule_iter *
expanding(const char *start, const char *text, enum rule_start school)
{
	struct rule rule = parsed(text);
	struct rule_iter *iter =
	    rule_iter_new(&rule, at(str_of(start)), school);

	assert_non_null(iter);
	return iter;
}

static inline void
expect_next(struct rule_iter *iter, int64_t want, const char *text)
{
	struct when when = {.kind = WHEN_FLOATING, .local = LOCAL_FIRST};
	struct buf buf = {0};

	if (rule_iter_next(iter, &when.local) && when.local == want)
		return;
	when_write(&when, &buf);
	buf_add_str(&buf, STR(" instead of "));
	when.local = want;
	when_write(&when, &buf);
	fail_msg("%s: %.*s", text, (int)buf.n, buf.p);
}

/* One word of expect(). */
static inline void
expect_word(struct rule_iter *iter, struct str word, int *month, int32_t time,
    const char *text)
{
	struct str to = word, from;
	uint64_t first, last;

	if (word.n == 15) {
		expect_next(iter, at(word), text);
		return;
	}
	if (word.n == 6) {
		assert_true(str_number(word, 999912, &first));
		*month = (int)first;
		return;
	}
	str_cut(&to, '-', &from);
	assert_true(str_number(from, 31, &first));
	last = first;
	if (to.p)
		assert_true(str_number(to, 31, &last));
	for (; first <= last; first++) {
		int64_t day = civil_day(*month / 100, *month % 100, (int)first);

		expect_next(iter, day * SECONDS_A_DAY + time, text);
	}
}

/*
 * Days as the RFC prints them, at the time of start: "199709 2-11 15 199710 3".
 * A full time stands for itself. "..." at the end: the rule goes on; else it
 * ends there.
 */
static inline void
expect(const char *start, const char *text, enum rule_start school,
    const char *wanted)
{
	struct rule_iter *iter = expanding(start, text, school);
	int32_t time = local_second(at(str_of(start)));
	struct str rest = str_of(wanted), word;
	bool goes_on = false;
	int64_t local;
	int month = 0;

	while (str_cut(&rest, ' ', &word)) {
		if (str_eq(word, STR("...")))
			goes_on = true;
		else if (word.n)
			expect_word(iter, word, &month, time, text);
	}
	if (rule_iter_next(iter, &local) != goes_on)
		fail_msg("%s: %s", text, goes_on ? "it ends" : "it goes on");
	rule_iter_free(iter);
}

#endif
