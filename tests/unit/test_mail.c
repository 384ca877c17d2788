/* Mails: addresses, what cannot get into a header, mailboxes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "mail/mail.h"

static void
addresses(void **state)
{
	static const char *const good[] = {"a@b", "root", "a.b+c=d@e.example",
	    "o'brien@example.org", "a/b@example.org"};
	static const char *const bad[] = {"", "@b", "a@", "a@b@c", "a b@c",
	    "a@b\n", "a@b\r", "<a@b>", "a,b@c", "\"a\"@b", "a\\b@c", "(x)a@b",
	    "-oQ@b", "\xc3\xa9@b", "a;b@c", "a@[1.2.3.4]", "a\177@b"};
	char longest[256];

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(mail_address_ok(str_of(good[i])));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (mail_address_ok(str_of(bad[i])))
			fail_msg("\"%s\" is an address", bad[i]);
	memset(longest, 'a', sizeof(longest));
	assert_true(mail_address_ok((struct str){longest, 254}));
	assert_false(mail_address_ok((struct str){longest, 255}));
}

static struct str
compose(const struct mail *mail, struct buf *out)
{
	struct error err;

	buf_reset(out);
	if (!mail_compose(mail, out, &err))
		fail_msg("%s", err.message);
	return buf_str(out);
}

/* Lines that begin with a word, in the header. */
static size_t
headers(struct str message, struct str word)
{
	struct str line;
	size_t n = 0;

	while (str_cut(&message, '\n', &line) && line.n)
		n += str_istarts(line, word);
	return n;
}

static void
clean_headers(void **state)
{
	struct str to[] = {STR_C("a@example.org"), STR_C("b@example.org")};
	struct mail mail = {.from = STR("c@example.org"),
	    .to = to,
	    .to_count = 2,
	    .subject = STR("Hi\r\nBcc: x@example.org\n\nbody\0\x1b[31m"),
	    .text = STR("Bcc: y@example.org\n\x1b]0;x\a\n"),
	    .id = STR("1@example.org")};
	struct buf out = {0};
	struct str message;

	(void)state;
	message = compose(&mail, &out);
	assert_int_equal(headers(message, STR("Bcc")), 0);
	assert_int_equal(headers(message, STR("Subject:")), 1);
	assert_int_equal(headers(message, STR("To:")), 1);
	assert_int_equal(headers(message, STR("From:")), 1);
	assert_int_equal(headers(message, STR("Date:")), 1);
	assert_int_equal(headers(message, STR("Message-Id:")), 1);
	assert_true(str_find(message, STR("a@example.org, b@example.org\n")) !=
		    SIZE_MAX);
	assert_true(str_find(message, STR("\x1b")) == SIZE_MAX);
	assert_true(str_find(message, STR("\r")) == SIZE_MAX);
	mail.to_count = 0;
	mail.date = INT64_MAX; /* no such time: no Date, and no crash */
	message = compose(&mail, &out);
	assert_int_equal(headers(message, STR("To:")), 0);
	buf_free(&out);
}

/* Whatever the text, no line of a mail is longer than RFC 5322 allows. */
static void
long_texts(void **state)
{
	static char text[200000];
	struct mail mail = {.from = STR("c@example.org"),
	    .subject = {text, sizeof(text)},
	    .text = {text, sizeof(text)}};
	struct buf out = {0};
	struct str message, line;

	(void)state;
	for (int kind = 0; kind < 3; kind++) {
		for (size_t i = 0; i < sizeof(text); i++)
			text[i] = kind == 0   ? 'a'
			          : kind == 1 ? "\xe6\x97\xa5"[i % 3]
			                      : (char)(i * 7);
		message = compose(&mail, &out);
		assert_true(message.n < 300000);
		while (str_cut(&message, '\n', &line))
			assert_true(line.n <= 998);
	}
	buf_free(&out);
}

static void
refused(void **state)
{
	struct str to = STR("a b");
	struct mail mail = {.from = STR("c@example.org"),
	    .to = &to,
	    .to_count = 1};
	struct buf out = {0};
	struct error err;

	(void)state;
	assert_false(mail_compose(&mail, &out, &err));
	assert_int_equal(err.code, ERR_VALUE);
	assert_int_equal(out.n, 0);
	buf_free(&out);
}

static void
mailboxes(void **state)
{
	struct buf out = {0};

	(void)state;
	assert_true(
	    mail_to_mbox(STR("To: a\n\nFrom me\n>From me\nFromage\n From me\n"),
		STR("a@b"), 1795508100, &out));
	assert_true(mail_to_mbox(STR(""), STR("a@b"), INT64_MAX, &out));
	assert_true(str_eq(buf_str(&out),
	    STR("From a@b Tue Nov 24 08:15:00 2026\n"
		"To: a\n\n>From me\n>>From me\nFromage\n From me\n\n"
		"From a@b Thu Jan  1 00:00:00 1970\n\n")));
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(addresses),
	    cmocka_unit_test(clean_headers),
	    cmocka_unit_test(long_texts),
	    cmocka_unit_test(refused),
	    cmocka_unit_test(mailboxes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
