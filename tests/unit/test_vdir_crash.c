/* A vdir after a writer has died, and beside writers that know no lock. */
#include "store_help.h"

#include <errno.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <time.h>

#include "store/vdir_impl.h"

#define OLD     EVENT_TEXT("one", "SUMMARY:old\r\n")
#define NEW     EVENT_TEXT("one", "SUMMARY:new\r\n")
#define FOREIGN EVENT_TEXT("one", "SUMMARY:foreign\r\n")
#define NEWEST  EVENT_TEXT("one", "SUMMARY:newest\r\n")

/* Leaves a temporary file as a change of "one.ics" from OLD to NEW has it. */
static void
leave(const struct place *place, char letter, const char *text)
{
	struct digest old = digest_of(STR(OLD)), new = digest_of(STR(NEW));
	char temp[TEMP_NAME];

	if (letter == 'd')
		memset(&new, 0, sizeof(new));
	vdir_temp_name(temp, letter, &old, &new, "one.ics");
	foreign_write(place, temp, text);
}

static void
sweep(const struct place *place)
{
	vdir_close(open_place(place));
}

static void
sweeps_what_was_being_written(void **state)
{
	struct place place;
	char name[64];

	(void)state;
	place_make(&place);
	foreign_write(&place, "one.ics", OLD);
	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof(name), TEMP_START "w-77-%d" TEMP_END, i);
		foreign_write(&place, name, "BEGIN:VCAL");
	}
	foreign_write(&place, ".other.tmp", "somebody's");
	sweep(&place);
	assert_string_equal(text_of(&place, "one.ics"), OLD);
	assert_string_equal(text_of(&place, ".other.tmp"), "somebody's");
	assert_int_equal(files_in(place.path), 2);
	place_free(&place);
}

/* What lies at the name and what aside, and what must be at the name after the
 * sweep; NULL: nothing. */
static const struct {
	char letter;
	const char *name, *aside, *after;
} left[] = {
    {'r', OLD, NEW, OLD},           /* died before the swap */
    {'r', NEW, OLD, NEW},           /* after it */
    {'r', NEW, FOREIGN, FOREIGN},   /* before it went back */
    {'r', FOREIGN, NEW, FOREIGN},   /* after it went back */
    {'r', NEWEST, FOREIGN, NEWEST}, /* somebody wrote again meanwhile */
    {'r', NULL, OLD, NULL},         /* somebody removed it */
    {'d', NULL, OLD, NULL},         /* died before the removal's end */
    {'d', NULL, FOREIGN, FOREIGN},  /* before it went back */
    {'d', NEWEST, FOREIGN, NEWEST},
    {'d', NEWEST, OLD, NEWEST},
};

static void
sweeps_up_after_swaps(void **state)
{
	size_t n = sizeof(left) / sizeof(*left);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct place place;
		const char *after = left[i].after;

		place_make(&place);
		if (left[i].name)
			foreign_write(&place, "one.ics", left[i].name);
		leave(&place, left[i].letter, left[i].aside);
		sweep(&place);
		assert_string_equal(text_of(&place, "one.ics"),
		    after ? after : "(none)");
		assert_int_equal(files_in(place.path), after ? 1 : 0);
		place_free(&place);
	}
	print_message("%zu cases\n", n);
}

/* What cannot be read comes back too, under a name of its own. */
static void
puts_back_what_it_cannot_read(void **state)
{
	struct place place;
	struct digest digest = digest_of(STR("half a"));
	struct str none = {NULL, 0};
	char name[VDIR_NAME];

	(void)state;
	place_make(&place);
	leave(&place, 'd', "half a");
	sweep(&place);
	vdir_name(name, none, &digest, 0);
	assert_string_equal(text_of(&place, name), "half a");
	assert_int_equal(files_in(place.path), 1);
	place_free(&place);
}

/* --- locks ---------------------------------------------------------------- */

static bool
is_locked(const char *path)
{
	int fd = open(path, O_RDONLY);
	bool locked = flock(fd, LOCK_EX | LOCK_NB) < 0;

	assert_true(fd >= 0);
	assert_true(!locked || errno == EWOULDBLOCK);
	close(fd);
	return locked;
}

static void
one_writer_a_folder(void **state)
{
	struct place place;
	struct vdir *vdir;

	(void)state;
	place_make(&place);
	vdir = open_place(&place);
	assert_true(is_locked(place.path));
	/* A folder that is no part of a store gets nothing hidden. */
	assert_int_equal(files_in(place.path), 0);
	assert_int_equal(files_in(place.root), 1);
	vdir_close(vdir);
	assert_false(is_locked(place.path));
	place_free(&place);
}

static void
one_writer_a_store(void **state)
{
	struct place place;
	struct vdir *vdir;
	struct error err;
	char *lock;
	int fd;

	(void)state;
	place_make(&place);
	lock = place_file(&place, "../.kalends/lock");
	fd = store_lock_root(place.root, &err);
	assert_true(fd >= 0);
	assert_true(is_locked(lock));
	/* Who has it opens vdirs below without waiting for himself. */
	vdir = vdir_open(place.path, VDIR_WRITE | VDIR_LOCKED, &err);
	assert_non_null(vdir);
	vdir_close(vdir);
	close(fd);
	assert_false(is_locked(lock));
	vdir = open_place(&place);
	assert_true(is_locked(lock));
	vdir_close(vdir);
	assert_false(is_locked(lock));
	place_free(&place);
}

static void
radicale_is_waited_for(void **state)
{
	struct place place;
	struct vdir *vdir;
	struct digest identity = digest_of(STR("one"));
	struct error err;
	struct timespec pause = {0, 200000000};
	int ready[2], status;
	pid_t child;
	char *lock, c;

	(void)state;
	place_make(&place);
	foreign_write(&place, "../.Radicale.lock", "");
	lock = place_file(&place, "../.Radicale.lock");
	vdir = open_place(&place);
	assert_true(
	    vdir_add(vdir, STR("one"), &identity, content_of(NEW), 0, &err));
	/* Not held while the caller decides. */
	assert_false(is_locked(lock));
	assert_int_equal(pipe(ready), 0);
	child = fork();
	if (child == 0) {
		int fd = open(lock, O_RDWR);
		bool there;

		flock(fd, LOCK_EX);
		(void)!write(ready[1], "x", 1);
		nanosleep(&pause, NULL);
		there = access(place_file(&place, "one.ics"), F_OK) == 0;
		_exit(there ? 1 : 0);
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	assert_int_equal(commit(vdir).outcome, VDIR_DONE);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_false(is_locked(lock));
	vdir_close(vdir);
	close(ready[0]);
	close(ready[1]);
	place_free(&place);
}

/* --- against somebody who writes all the time ----------------------------- */

#define ROUNDS 1500

/* Writes versions "F1", "F2", ... and a pause now and then. */
static void
write_all_the_time(const struct place *place)
{
	struct timespec pause = {0, 100000};
	char text[256];

	for (int i = 1; i <= ROUNDS; i++) {
		snprintf(text, sizeof(text),
		    EVENT_TEXT("one", "SUMMARY:F%d\r\n"), i);
		foreign_write(place, "one.ics", text);
		if (i % 7 == 0)
			nanosleep(&pause, NULL);
	}
	_exit(0);
}

static int
version_in(const char *text)
{
	const char *at = strstr(text, "SUMMARY:");

	assert_non_null(at);
	assert_non_null(strstr(text, "END:VCALENDAR\r\n"));
	return (int)strtol(strpbrk(at, "0123456789"), NULL, 10);
}

/* Each of our versions says of which foreign one it is made. If one of theirs
 * were lost, the last word would not be made of their last. */
static void
no_foreign_version_is_lost(void **state)
{
	struct place place;
	struct vdir *vdir;
	struct vdir_item item = {0};
	struct buf bytes = {0};
	struct error err;
	char text[256];
	pid_t child;
	int done = 0, refused = 0, status;
	bool over = false;

	(void)state;
	place_make(&place);
	foreign_write(&place, "one.ics", EVENT_TEXT("one", "SUMMARY:F0\r\n"));
	vdir = open_place(&place);
	child = fork();
	if (child == 0)
		write_all_the_time(&place);
	while (!over) {
		over = waitpid(child, &status, WNOHANG) == child;
		if (!vdir_find(vdir, STR("one"), &item, &err) ||
		    !vdir_bytes(vdir, &item, &bytes, &err))
			continue;
		assert_true(buf_add_char(&bytes, '\0'));
		snprintf(text, sizeof(text),
		    EVENT_TEXT("one", "SUMMARY:ours of F%d\r\n"),
		    version_in(bytes.p));
		assert_true(vdir_replace(vdir, "one.ics", &item.version,
		    content_of(text), 0, &err));
		if (commit(vdir).outcome == VDIR_DONE)
			done++;
		else
			refused++;
	}
	assert_int_equal(status, 0);
	print_message("%d replaced, %d refused\n", done, refused);
	assert_true(done > 0);
	assert_int_equal(version_in(text_of(&place, "one.ics")), ROUNDS);
	assert_int_equal(files_in(place.path), 1);
	buf_free(&bytes);
	vdir_item_free(&item);
	vdir_close(vdir);
	place_free(&place);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sweeps_what_was_being_written),
	    cmocka_unit_test(sweeps_up_after_swaps),
	    cmocka_unit_test(puts_back_what_it_cannot_read),
	    cmocka_unit_test(one_writer_a_folder),
	    cmocka_unit_test(one_writer_a_store),
	    cmocka_unit_test(radicale_is_waited_for),
	    cmocka_unit_test(no_foreign_version_is_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
