/* A vdir: reading, adding, replacing and removing, also against others. */
#include "store_help.h"

#include <errno.h>

#define ONE   EVENT_TEXT("one", "SUMMARY:first\r\n")
#define TWO   EVENT_TEXT("one", "SUMMARY:second\r\n")
#define OTHER EVENT_TEXT("one", "SUMMARY:of somebody else\r\n")

static void
add(struct vdir *vdir, const char *uid, const char *text)
{
	struct digest identity = digest_of(str_of(uid));
	struct error err;

	assert_true(
	    vdir_add(vdir, str_of(uid), &identity, content_of(text), 7, &err));
}

static void
adds_finds_and_reads(void **state)
{
	struct place place;
	struct vdir *vdir;
	struct vdir_item item = {0};
	struct buf bytes = {0};
	struct error err;
	struct last last;
	struct stat st;

	(void)state;
	place_make(&place);
	vdir = open_place(&place);
	assert_false(vdir_find(vdir, STR("one"), &item, &err));
	assert_int_equal(err.code, ERR_ABSENT);
	add(vdir, "one", ONE);
	/* Nothing is there before the commit. */
	assert_string_equal(text_of(&place, "one.ics"), "(none)");
	last = commit(vdir);
	assert_int_equal(last.count, 1);
	assert_int_equal(last.outcome, VDIR_DONE);
	assert_int_equal(last.token, 7);
	assert_string_equal(last.name, "one.ics");
	assert_string_equal(text_of(&place, "one.ics"), ONE);
	assert_int_equal(files_in(place.path), 1);
	assert_int_equal(stat(place_file(&place, "one.ics"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);

	assert_true(vdir_find(vdir, STR("one"), &item, &err));
	assert_string_equal(item.name, "one.ics");
	assert_true(vdir_bytes(vdir, &item, &bytes, &err));
	assert_memory_equal(bytes.p, ONE, sizeof(ONE) - 1);
	bytes.max = 10;
	assert_false(vdir_bytes(vdir, &item, &bytes, &err));
	assert_int_equal(err.code, ERR_LIMIT);
	buf_free(&bytes);
	vdir_item_free(&item);
	vdir_close(vdir);
	place_free(&place);
}

static void
finds_what_others_named(void **state)
{
	struct place place;
	struct vdir *vdir;
	struct vdir_item item = {0};
	struct error err;

	(void)state;
	place_make(&place);
	foreign_write(&place, "7f3c2a10.ics", ONE);
	foreign_write(&place, "garbage.ics", "no calendar\n");
	foreign_write(&place, "cut.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\n");
	/* Neither hidden files nor others are items. */
	foreign_write(&place, ".hidden.ics", EVENT_TEXT("two", ""));
	foreign_write(&place, "x.tmp", EVENT_TEXT("two", ""));
	/* Its likely name belongs to another. */
	foreign_write(&place, "three.ics", EVENT_TEXT("four", ""));
	vdir = open_place(&place);
	assert_true(vdir_find(vdir, STR("one"), &item, &err));
	assert_string_equal(item.name, "7f3c2a10.ics");
	assert_false(vdir_find(vdir, STR("two"), &item, &err));
	assert_int_equal(err.code, ERR_ABSENT);
	assert_false(vdir_find(vdir, STR("three"), &item, &err));
	assert_true(vdir_find(vdir, STR("four"), &item, &err));
	vdir_item_free(&item);
	vdir_close(vdir);
	place_free(&place);
}

static void
replaces_only_what_was_read(void **state)
{
	struct place place;
	struct vdir *vdir;
	struct vdir_item item = {0};
	struct buf bytes = {0};
	struct error err;

	(void)state;
	place_make(&place);
	foreign_write(&place, "one.ics", ONE);
	vdir = open_place(&place);
	assert_true(vdir_find(vdir, STR("one"), &item, &err));
	assert_true(vdir_replace(vdir, "one.ics", &item.version,
	    content_of(TWO), 0, &err));
	assert_int_equal(commit(vdir).outcome, VDIR_DONE);
	assert_string_equal(text_of(&place, "one.ics"), TWO);

	/* It is another by now: with and without a glance in between. */
	assert_false(vdir_bytes(vdir, &item, &bytes, &err));
	assert_int_equal(err.code, ERR_ABSENT);
	foreign_write(&place, "one.ics", OTHER);
	assert_true(vdir_replace(vdir, "one.ics", &item.version,
	    content_of(ONE), 0, &err));
	assert_int_equal(commit(vdir).outcome, VDIR_CHANGED);
	assert_string_equal(text_of(&place, "one.ics"), OTHER);
	/* Gone meanwhile. */
	assert_true(vdir_find(vdir, STR("one"), &item, &err));
	assert_true(vdir_replace(vdir, "one.ics", &item.version,
	    content_of(ONE), 0, &err));
	assert_int_equal(unlink(place_file(&place, "one.ics")), 0);
	assert_int_equal(commit(vdir).outcome, VDIR_CHANGED);
	assert_int_equal(files_in(place.path), 0);
	buf_free(&bytes);
	vdir_item_free(&item);
	vdir_close(vdir);
	place_free(&place);
}

static void
replacing_keeps_the_mode(void **state)
{
	struct place place;
	struct vdir *vdir;
	struct vdir_item item = {0};
	struct error err;
	struct stat st;

	(void)state;
	place_make(&place);
	foreign_write(&place, "one.ics", ONE);
	assert_int_equal(chmod(place_file(&place, "one.ics"), 0644), 0);
	vdir = open_place(&place);
	assert_true(vdir_find(vdir, STR("one"), &item, &err));
	assert_true(vdir_replace(vdir, "one.ics", &item.version,
	    content_of(TWO), 0, &err));
	assert_int_equal(commit(vdir).outcome, VDIR_DONE);
	assert_int_equal(stat(place_file(&place, "one.ics"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
	vdir_item_free(&item);
	vdir_close(vdir);
	place_free(&place);
}

static void
removes_only_what_was_read(void **state)
{
	struct place place;
	struct vdir *vdir;
	struct digest version = digest_of(STR(ONE));
	struct error err;

	(void)state;
	place_make(&place);
	vdir = open_place(&place);
	foreign_write(&place, "one.ics", OTHER);
	assert_true(vdir_remove(vdir, "one.ics", &version, 0, &err));
	assert_int_equal(commit(vdir).outcome, VDIR_CHANGED);
	assert_string_equal(text_of(&place, "one.ics"), OTHER);
	foreign_write(&place, "one.ics", ONE);
	assert_true(vdir_remove(vdir, "one.ics", &version, 0, &err));
	assert_int_equal(commit(vdir).outcome, VDIR_DONE);
	assert_int_equal(files_in(place.path), 0);
	assert_true(vdir_remove(vdir, "one.ics", &version, 0, &err));
	assert_int_equal(commit(vdir).outcome, VDIR_CHANGED);
	vdir_close(vdir);
	place_free(&place);
}

static void
adding_never_overwrites(void **state)
{
	struct place place;
	struct vdir *vdir;
	struct digest identity = digest_of(STR("one"));
	struct last last;
	char hash[VDIR_NAME], second[VDIR_NAME];

	(void)state;
	place_make(&place);
	vdir = open_place(&place);
	/* The same object, which somebody has made since we looked. */
	add(vdir, "one", ONE);
	foreign_write(&place, "one.ics", OTHER);
	assert_int_equal(commit(vdir).outcome, VDIR_CHANGED);
	assert_string_equal(text_of(&place, "one.ics"), OTHER);
	/* Another one, or garbage, under that name, and under the next. */
	vdir_name(hash, STR("one"), &identity, 1);
	vdir_name(second, STR("one"), &identity, 2);
	foreign_write(&place, "one.ics", EVENT_TEXT("two", ""));
	foreign_write(&place, hash, "garbage");
	add(vdir, "one", ONE);
	last = commit(vdir);
	assert_int_equal(last.outcome, VDIR_DONE);
	assert_string_equal(last.name, second);
	assert_string_equal(text_of(&place, second), ONE);
	assert_string_equal(text_of(&place, hash), "garbage");
	assert_int_equal(files_in(place.path), 3);
	vdir_close(vdir);
	place_free(&place);
}

static void
many_changes_at_once(void **state)
{
	struct place place;
	struct vdir *vdir;
	struct last last;
	char uid[32], text[256];
	uint64_t bytes;

	(void)state;
	place_make(&place);
	vdir = open_place(&place);
	for (int i = 0; i < 500; i++) {
		snprintf(uid, sizeof(uid), "%d@example.org", i);
		snprintf(text, sizeof(text), EVENT_TEXT("%s", ""), uid);
		add(vdir, uid, text);
	}
	assert_int_equal(vdir_waiting(vdir, &bytes), 500);
	last = commit(vdir);
	assert_int_equal(last.count, 500);
	assert_int_equal(last.outcome, VDIR_DONE);
	assert_int_equal(files_in(place.path), 500);
	assert_int_equal(vdir_waiting(vdir, &bytes), 0);
	/* Changes that are never committed leave nothing. */
	add(vdir, "late", ONE);
	vdir_close(vdir);
	assert_int_equal(files_in(place.path), 500);
	place_free(&place);
}

static void
puts_under_a_given_name(void **state)
{
	struct place place;
	struct vdir *vdir;
	struct error err;

	(void)state;
	place_make(&place);
	vdir = open_place(&place);
	for (int i = 0; i < 3; i++) {
		const char *text = i < 2 ? ONE : TWO;

		assert_true(
		    vdir_put(vdir, "2026-11.ics", content_of(text), 0, &err));
		assert_int_equal(commit(vdir).outcome, VDIR_DONE);
		assert_string_equal(text_of(&place, "2026-11.ics"), text);
		assert_int_equal(files_in(place.path), 1);
	}
	vdir_close(vdir);
	place_free(&place);
}

static void
follows_no_link_and_waits_for_no_pipe(void **state)
{
	struct place place;
	struct vdir *vdir;
	struct vdir_item item = {0};
	struct digest version = digest_of(STR(ONE));
	struct error err;
	char *outside;

	(void)state;
	place_make(&place);
	outside = place_file(&place, "../outside.ics");
	foreign_write(&place, "../outside.ics", ONE);
	assert_int_equal(symlink(outside, place_file(&place, "one.ics")), 0);
	assert_int_equal(mkfifo(place_file(&place, "two.ics"), 0600), 0);
	assert_int_equal(mkdir(place_file(&place, "three.ics"), 0700), 0);
	vdir = open_place(&place);
	assert_false(vdir_read(vdir, "one.ics", &item, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_false(vdir_read(vdir, "two.ics", &item, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_false(vdir_read(vdir, "three.ics", &item, &err));
	assert_int_equal(err.code, ERR_IO);
	/* Nor by writing: the link stays, the file behind it too. */
	assert_true(
	    vdir_replace(vdir, "one.ics", &version, content_of(TWO), 0, &err));
	assert_int_equal(commit(vdir).outcome, VDIR_CHANGED);
	assert_false(vdir_put(vdir, "one.ics", content_of(TWO), 0, &err));
	assert_true(vdir_remove(vdir, "one.ics", &version, 0, &err));
	assert_int_equal(commit(vdir).outcome, VDIR_CHANGED);
	assert_string_equal(text_of(&place, "../outside.ics"), ONE);
	assert_string_equal(text_of(&place, "one.ics"), ONE);
	assert_int_equal(files_in(place.path), 3);
	vdir_item_free(&item);
	vdir_close(vdir);

	assert_int_equal(symlink(place.path, place_file(&place, "../link")), 0);
	assert_null(
	    vdir_open(place_file(&place, "../link"), VDIR_NOFOLLOW, &err));
	assert_int_equal(err.code, ERR_IO);
	place_free(&place);
}

static void
notes_are_written_once(void **state)
{
	struct place place;
	struct vdir *vdir;
	struct error err;

	(void)state;
	place_make(&place);
	vdir = open_place(&place);
	assert_true(
	    vdir_note(vdir, "displayname", STR("Work\nand more"), &err));
	assert_string_equal(text_of(&place, "displayname"), "Work");
	assert_true(vdir_note(vdir, "displayname", STR("Other"), &err));
	assert_string_equal(text_of(&place, "displayname"), "Work");
	assert_int_equal(files_in(place.path), 1);
	vdir_close(vdir);
	place_free(&place);
}

static void
makes_and_misses_folders(void **state)
{
	struct place place;
	struct vdir *vdir;
	struct error err;
	struct stat st;
	char *path;

	(void)state;
	place_make(&place);
	path = place_file(&place, "../home");
	assert_null(vdir_open(path, VDIR_WRITE, &err));
	assert_int_equal(err.code, ERR_ABSENT);
	vdir = vdir_open(path, VDIR_WRITE | VDIR_CREATE, &err);
	assert_non_null(vdir);
	vdir_close(vdir);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_null(
	    vdir_open(place_file(&place, "no/such"), VDIR_CREATE, &err));
	assert_int_equal(err.code, ERR_IO);
	place_free(&place);
}

static void
several_objects_are_no_item(void **state)
{
	struct place place;
	struct vdir *vdir;
	struct vdir_item item = {0};
	struct error err;

	(void)state;
	place_make(&place);
	foreign_write(&place, "all.ics", ONE EVENT_TEXT("two", ""));
	vdir = open_place(&place);
	assert_true(vdir_read(vdir, "all.ics", &item, &err));
	assert_true(item.several);
	assert_false(vdir_find(vdir, STR("one"), &item, &err));
	assert_int_equal(err.code, ERR_ABSENT);
	vdir_item_free(&item);
	vdir_close(vdir);
	place_free(&place);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(adds_finds_and_reads),
	    cmocka_unit_test(finds_what_others_named),
	    cmocka_unit_test(replaces_only_what_was_read),
	    cmocka_unit_test(replacing_keeps_the_mode),
	    cmocka_unit_test(removes_only_what_was_read),
	    cmocka_unit_test(adding_never_overwrites),
	    cmocka_unit_test(many_changes_at_once),
	    cmocka_unit_test(puts_under_a_given_name),
	    cmocka_unit_test(follows_no_link_and_waits_for_no_pipe),
	    cmocka_unit_test(notes_are_written_once),
	    cmocka_unit_test(makes_and_misses_folders),
	    cmocka_unit_test(several_objects_are_no_item),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
