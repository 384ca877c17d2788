/* A folder to try vdirs in, and what lies in it. */
#ifndef KALENDS_TESTS_STORE_HELP_H
#define KALENDS_TESTS_STORE_HELP_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/vdir.h"

#define EVENT_TEXT(uid, rest)                                   \
	"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n"     \
	"BEGIN:VEVENT\r\nUID:" uid "\r\n" rest "END:VEVENT\r\n" \
	"END:VCALENDAR\r\n"

struct place {
	char root[64]; /* the store */
	char path[80]; /* a vdir in it */
};

static inline void
place_make(struct place *place)
{
	snprintf(place->root, sizeof(place->root), "/tmp/kalends-test.XXXXXX");
	assert_non_null(mkdtemp(place->root));
	snprintf(place->path, sizeof(place->path), "%s/work", place->root);
	assert_int_equal(mkdir(place->path, 0700), 0);
}

static inline char *
place_file(const struct place *place, const char *name)
{
	static char path[4][512];
	static unsigned turn;
	char *to = path[turn++ % 4];

	snprintf(to, sizeof(path[0]), "%s/%s", place->path, name);
	return to;
}

static inline void
empty_folder(int fd)
{
	DIR *dir = fdopendir(fd);
	const struct dirent *entry;

	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0 ||
		    unlinkat(fd, entry->d_name, 0) == 0)
			continue;
		empty_folder(openat(fd, entry->d_name, O_RDONLY | O_DIRECTORY));
		unlinkat(fd, entry->d_name, AT_REMOVEDIR);
	}
	closedir(dir);
}

static inline void
place_free(struct place *place)
{
	empty_folder(open(place->root, O_RDONLY | O_DIRECTORY));
	assert_int_equal(rmdir(place->root), 0);
}

/* Writes as other programs do: beside, then renamed. */
static inline void
foreign_write(const struct place *place, const char *name, const char *text)
{
	char *temp = place_file(place, ".foreign");
	FILE *file = fopen(temp, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(rename(temp, place_file(place, name)), 0);
}

/* The text of a file, or "(none)"; lives until the next call. */
static inline const char *
text_of(const struct place *place, const char *name)
{
	static char text[65536];
	FILE *file = fopen(place_file(place, name), "r");
	size_t n;

	if (!file)
		return "(none)";
	n = fread(text, 1, sizeof(text) - 1, file);
	text[n] = '\0';
	fclose(file);
	return text;
}

/* How many files there are, hidden ones included. */
static inline int
files_in(const char *path)
{
	DIR *dir = opendir(path);
	int count = 0;

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}

static inline struct spool *
content_of(const char *text)
{
	static struct spool spool;
	static bool ready;
	struct error err;

	if (!ready)
		spool_init(&spool, 0);
	ready = true;
	assert_true(spool_reset(&spool, &err));
	assert_true(spool_add(&spool, str_of(text), &err));
	return &spool;
}

/* The last outcome of a commit. */
struct last {
	int count;
	enum vdir_outcome outcome;
	char name[VDIR_NAME];
	uint64_t token;
};

static inline void
keep_last(void *arg, const struct vdir_result *result)
{
	struct last *last = arg;

	last->count++;
	last->outcome = result->outcome;
	last->token = result->token;
	snprintf(last->name, sizeof(last->name), "%s", result->name);
}

static inline struct last
commit(struct vdir *vdir)
{
	struct last last = {0};
	struct error err;

	assert_true(vdir_commit(vdir, keep_last, &last, &err));
	return last;
}

static inline struct vdir *
open_place(const struct place *place)
{
	struct error err;
	struct vdir *vdir = vdir_open(place->path, VDIR_WRITE, &err);

	assert_non_null(vdir);
	return vdir;
}

#endif
