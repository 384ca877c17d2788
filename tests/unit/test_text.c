/* TEXT (RFC 5545, 3.3.11), quoted-printable and CHARSET of vCalendar 1.0, and
 * writing lines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "text/line.h"

static struct arena arena;

static void
assert_str(struct str s, struct str want)
{
	if (!str_eq(s, want))
		fail_msg("\"%.*s\" is not \"%.*s\"", STR_ARG(s), STR_ARG(want));
}

static void
escapes(void **state)
{
	struct str plain = STR("plain");

	(void)state;
	assert_str(text_unescape(STR("a\\nb\\Nc\\,d\\;e\\\\f"), &arena),
	    STR("a\nb\nc,d;e\\f"));
	assert_str(text_unescape(STR("\\x\\:\\"), &arena), STR("x:\\"));
	assert_str(text_unescape(STR("\\\\n"), &arena), STR("\\n"));
	assert_str(text_unescape(STR("\\\0"), &arena), STR("\0"));
	assert_ptr_equal(text_unescape(plain, &arena).p, plain.p);
}

static void
lists(void **state)
{
	struct str rest = STR("a\\,b,c\\\\,,d\\"), item;

	(void)state;
	assert_true(text_list_next(&rest, ',', &item));
	assert_str(item, STR("a\\,b"));
	assert_true(text_list_next(&rest, ',', &item));
	assert_str(item, STR("c\\\\"));
	assert_true(text_list_next(&rest, ',', &item));
	assert_str(item, STR(""));
	assert_true(text_list_next(&rest, ',', &item));
	assert_str(item, STR("d\\"));
	assert_false(text_list_next(&rest, ',', &item));
	rest = STR(";a\\;b");
	assert_true(text_list_next(&rest, ';', &item));
	assert_str(item, STR(""));
	assert_true(text_list_next(&rest, ';', &item));
	assert_str(item, STR("a\\;b"));
	assert_false(text_list_next(&rest, ';', &item));
	rest = (struct str){NULL, 0};
	assert_false(text_list_next(&rest, ';', &item));
}

static void
escaping_comes_back(void **state)
{
	char all[256];
	struct buf out = {0};
	struct str text = {all, 0};

	(void)state;
	for (int i = 0; i < 256; i++)
		if (i != '\r')
			all[text.n++] = (char)i;
	assert_true(text_escape(&out, text));
	assert_int_equal(str_find_byte(buf_str(&out), '\n'), SIZE_MAX);
	assert_str(text_unescape(buf_str(&out), &arena), text);
	buf_reset(&out);
	assert_true(text_escape(&out, STR("a\r\nb\rc\n,;\\")));
	assert_str(buf_str(&out), STR("a\\nb\\nc\\n\\,\\;\\\\"));
	buf_free(&out);
}

static void
reads(struct str raw, struct str want)
{
	struct line line;

	assert_true(line_parse(&line, raw, pos_none(), &arena, NULL));
	assert_str(line_text(&line, &arena), want);
}

static void
people_read(void **state)
{
	(void)state;
	reads(STR("A:x\\, y\r\n"), STR("x, y"));
	reads(STR("A;LANGUAGE=fr:x\\ny"), STR("x\ny"));
	reads(STR("A:=41"), STR("=41"));
}

/* vCalendar 1.0, 2.1.5: quoted-printable of MIME. */
static void
quoted_printable(void **state)
{
	(void)state;
	reads(STR("A;ENCODING=QUOTED-PRINTABLE:a=0D=0Ab=c3=A9"),
	    STR("a\r\nb\xc3\xa9"));
	reads(STR("A;QUOTED-PRINTABLE:a=\r\nb=\nc=\rd=\r\r\ne"), STR("abcde"));
	reads(STR("A;encoding=quoted-printable:=3d3D"), STR("=3D"));
	reads(STR("A;ENCODING=\"QUOTED-PRINTABLE\":=3D"), STR("="));
	/* An indented continuation: the blank is a fold's. */
	reads(STR("A;QUOTED-PRINTABLE:a=\r\n b"), STR("ab"));
	reads(STR("A;QUOTED-PRINTABLE:a\r\n b"), STR("ab"));
	/* What is no code stays; a "=" at the end is a break. */
	reads(STR("A;QUOTED-PRINTABLE:a=zz=4=\r\n"), STR("a=zz=4"));
	reads(STR("A;QUOTED-PRINTABLE:=00"), STR("\0"));
	/* The backslash is not an escape of quoted-printable. */
	reads(STR("A;QUOTED-PRINTABLE:C:\\new"), STR("C:\\new"));
}

static void
character_sets(void **state)
{
	(void)state;
	reads(STR("A;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:=E9"),
	    STR("\xc3\xa9"));
	reads(STR("A;CHARSET=ISO-8859-1:\xe9\\, \xe8"),
	    STR("\xc3\xa9, \xc3\xa8"));
	reads(STR("A;CHARSET=utf-8:\xc3\xa9"), STR("\xc3\xa9"));
	reads(STR("A;CHARSET=X-UNHEARD-OF:\xe9"), STR("\xe9"));
	reads(STR("A;CHARSET=:x"), STR("x"));
	reads(STR("A;CHARSET=../../etc/passwd:x"), STR("x"));
	reads(STR("A;CHARSET=ISO-8859-1:"), STR(""));
	/* Not of that character set: as it came. */
	reads(STR("A;CHARSET=UTF-16LE:abc"), STR("abc"));
	/* Its second byte looks like a backslash: U+8868. */
	reads(STR("A;CHARSET=SHIFT_JIS:\x95\\n\\, x"), STR("\xe8\xa1\xa8n, x"));
	/* The last character waits for a combining one. */
	reads(STR("A;CHARSET=WINDOWS-1258;QUOTED-PRINTABLE:Ta"), STR("Ta"));
}

static size_t
unfolded_matches(struct str written, struct str want)
{
	struct line line;
	struct str rest = written, part;
	size_t lines = 0;

	while (str_cut(&rest, '\n', &part) && rest.p) {
		assert_true(part.n > 0 && part.p[part.n - 1] == '\r');
		assert_true(part.n - 1 <= 75);
		if (utf8_valid(want))
			assert_true(utf8_valid(part));
		lines++;
	}
	assert_int_equal(part.n, 0);
	assert_true(line_parse(&line, written, pos_none(), &arena, NULL));
	assert_str(line.value, str_from(want, 2));
	return lines;
}

/* "Lines of text SHOULD NOT be longer than 75 octets, excluding the line
 * break"; characters stay whole. */
static void
writes_folded(void **state)
{
	static const struct str fillers[] = {STR_C("x"), STR_C("\xc3\xa9"),
	    STR_C("\xe2\x82\xac"), STR_C("\xf0\x9f\x98\x80"), STR_C("\x80"),
	    STR_C("\xff\xbf\xbf")};
	struct buf text = {0}, out = {0};

	(void)state;
	for (size_t f = 0; f < sizeof(fillers) / sizeof(*fillers); f++)
		for (size_t n = 0; n < 400; n++) {
			arena_reset(&arena);
			buf_reset(&text);
			buf_reset(&out);
			buf_add_str(&text, STR("A:"));
			for (size_t i = 0; i < n % 4; i++)
				buf_add_char(&text, 'a');
			while (text.n < n)
				buf_add_str(&text, fillers[f]);
			assert_true(line_write(&out, buf_str(&text)));
			unfolded_matches(buf_str(&out), buf_str(&text));
		}
	buf_reset(&text);
	buf_reset(&out);
	buf_add_str(&text, STR("A:"));
	while (text.n < 75)
		buf_add_char(&text, 'x');
	line_write(&out, buf_str(&text));
	assert_int_equal(unfolded_matches(buf_str(&out), buf_str(&text)), 1);
	buf_free(&text);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(escapes),
	    cmocka_unit_test(lists),
	    cmocka_unit_test(escaping_comes_back),
	    cmocka_unit_test(people_read),
	    cmocka_unit_test(quoted_printable),
	    cmocka_unit_test(character_sets),
	    cmocka_unit_test(writes_folded),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_free(&arena);
	return failed;
}
