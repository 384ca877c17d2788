/* Names of items: a hostile UID neither leaves the folder nor takes another's
 * place. */
#include "store_help.h"

#include "base/utf8.h"

static struct digest
identity_of(struct str uid)
{
	return digest_of(uid);
}

static void
harmless_uids_are_names(void **state)
{
	static const char *const uids[] = {"a", "color", "displayname",
	    "20261123T090000Z-12@example.org", "x.ics", "x.tmp", "A_b+c-d.e",
	    "-", "--help"};
	char name[VDIR_NAME], want[VDIR_NAME];

	(void)state;
	for (size_t i = 0; i < sizeof(uids) / sizeof(*uids); i++) {
		struct digest identity = identity_of(str_of(uids[i]));

		vdir_name(name, str_of(uids[i]), &identity, 0);
		snprintf(want, sizeof(want), "%s.ics", uids[i]);
		assert_string_equal(name, want);
	}
}

static bool
is_hex_name(const char *name)
{
	return strspn(name, "0123456789abcdef") == 40 &&
	       strcmp(name + 40, ".ics") == 0;
}

static void
others_are_named_by_hash(void **state)
{
	static const struct str uids[] = {STR_C(""), STR_C("."), STR_C(".."),
	    STR_C(".hidden"), STR_C("../../etc/passwd"), STR_C("/etc/passwd"),
	    STR_C("a/b"), STR_C("a\0b"), STR_C("a b"), STR_C("a\nb"),
	    STR_C("a\\b"), STR_C("caf\xc3\xa9"), STR_C("\xff\xfe"),
	    STR_C("a:b"), STR_C("{7F3C2A10-5B1E}"), STR_C("a*"), STR_C("$x"),
	    STR_C("a%00"), STR_C("con|prn"), STR_C("\x1b[2J")};
	size_t n = sizeof(uids) / sizeof(*uids);
	char names[sizeof(uids) / sizeof(*uids)][VDIR_NAME];

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct digest identity = identity_of(uids[i]);

		vdir_name(names[i], uids[i], &identity, 0);
		assert_true(is_hex_name(names[i]));
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(names[i], names[k]);
	}
	print_message("%zu UIDs\n", n);
}

static void
long_uids_fit(void **state)
{
	char uid[10240], name[VDIR_NAME];
	struct digest identity;

	(void)state;
	memset(uid, 'x', sizeof(uid));
	for (size_t n = 1; n <= sizeof(uid); n += n < 300 ? 1 : 997) {
		struct str s = {uid, n};

		identity = identity_of(s);
		vdir_name(name, s, &identity, 0);
		assert_true(strlen(name) < 210);
		assert_int_equal(is_hex_name(name), n > 200);
	}
}

/* Every name to try is another one, for every UID. */
static void
further_names_differ(void **state)
{
	static const char *const uids[] = {"safe", "not safe"};
	char names[10][VDIR_NAME];

	(void)state;
	for (size_t u = 0; u < 2; u++) {
		struct digest identity = identity_of(str_of(uids[u]));

		for (unsigned n = 0; n < 10; n++) {
			vdir_name(names[n], str_of(uids[u]), &identity, n);
			assert_null(strchr(names[n], '/'));
			for (unsigned k = 0; k < n; k++)
				assert_string_not_equal(names[n], names[k]);
		}
	}
}

static void
names_that_people_gave(void **state)
{
	static const struct {
		const char *text, *name;
	} cases[] = {
	    {"alice@example.org", "alice@example.org.ics"},
	    {"Almanach du Ponant \xe2\x80\x94 \xc3\xa9quipe",
		"Almanach-du-Ponant-\xc3\xa9quipe.ics"},
	    {"../../etc/passwd", "etc-passwd.ics"},
	    {"...", "x.ics"},
	    {"", "x.ics"},
	    {"///", "x.ics"},
	    {"a\x1b[31mb", "a-31mb.ics"},
	    {"\xe2\x80\xae"
	     "cod.exe",
		"cod.exe.ics"},
	    {"\xff"
	     "a\xff",
		"a.ics"},
	    {"\xc2\x9b"
	     "31m",
		"31m.ics"},
	};
	size_t n = sizeof(cases) / sizeof(*cases);
	char name[VDIR_NAME], text[4096];

	(void)state;
	for (size_t i = 0; i < n; i++) {
		vdir_safe_name(name, str_of(cases[i].text));
		assert_string_equal(name, cases[i].name);
	}
	/* Cut off between two characters. */
	for (size_t shift = 0; shift < 3; shift++) {
		for (size_t i = 0; i + 3 <= sizeof(text); i += 3)
			memcpy(text + i, "\xe2\x82\xac", 3);
		memset(text, 'a', shift);
		vdir_safe_name(name, (struct str){text, sizeof(text)});
		assert_true(strlen(name) < 210);
		assert_true(utf8_valid(str_of(name)));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(harmless_uids_are_names),
	    cmocka_unit_test(others_are_named_by_hash),
	    cmocka_unit_test(long_uids_fit),
	    cmocka_unit_test(further_names_differ),
	    cmocka_unit_test(names_that_people_gave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
