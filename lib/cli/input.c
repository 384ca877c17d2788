#include "cli/input.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDERS_DEEP 32

void
inputs_init(struct inputs *inputs, char **operands, size_t count,
    const char *ending)
{
	*inputs = (struct inputs){.operands = operands,
	    .count = count,
	    .ending = ending};
	inputs->current.fd = -1;
}

static void
close_current(struct inputs *inputs)
{
	if (inputs->current.fd > STDIN_FILENO)
		close(inputs->current.fd);
	inputs->current.fd = -1;
}

static void
forget_files(struct inputs *inputs)
{
	for (size_t i = 0; i < inputs->file_count; i++)
		free(inputs->files[i]);
	free(inputs->files);
	inputs->files = NULL;
	inputs->file_count = inputs->file_next = 0;
}

void
inputs_free(struct inputs *inputs)
{
	close_current(inputs);
	forget_files(inputs);
	arena_free(&inputs->arena);
}

static bool
no_memory(struct error *err)
{
	return error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

static bool
add_file(struct inputs *inputs, const char *folder, const char *name,
    struct error *err)
{
	size_t n = strlen(folder) + strlen(name) + 2;
	char **files;

	/* Room doubles each time the count reaches a power of two. */
	if ((inputs->file_count & (inputs->file_count - 1)) == 0) {
		size_t room = inputs->file_count ? inputs->file_count * 2 : 1;

		files = realloc(inputs->files, room * sizeof(*files));
		if (!files)
			return no_memory(err);
		inputs->files = files;
	}
	inputs->files[inputs->file_count] = malloc(n);
	if (!inputs->files[inputs->file_count])
		return no_memory(err);
	snprintf(inputs->files[inputs->file_count++], n, "%s/%s", folder, name);
	return true;
}

static bool
has_ending(const char *name, const char *endings)
{
	struct str rest = str_of(endings), ending;
	size_t n = strlen(name);

	while (str_cut(&rest, '|', &ending))
		if (n > ending.n &&
		    str_ieq(str_from(str_of(name), n - ending.n), ending))
			return true;
	return false;
}

/* A folder on the way down; links may lead back to one. */
struct level {
	const struct level *above;
	dev_t device;
	ino_t number;
	int depth;
};

static bool
is_above(const struct level *level, const struct stat *st)
{
	for (; level; level = level->above)
		if (level->device == st->st_dev && level->number == st->st_ino)
			return true;
	return false;
}

/* One level of a folder, deeper ones after it. */
static bool
walk(struct inputs *inputs, const char *folder, const struct level *above,
    struct error *err)
{
	DIR *dir = opendir(folder);
	struct pos pos = {arena_cstr(&inputs->arena, str_of(folder)), 0, 0};
	struct level level = {.above = above};
	struct dirent *entry;
	char path[4096];
	struct stat st;
	bool ok = true;

	if (!dir)
		return error_errno(err, pos, "cannot read the folder");
	if (fstat(dirfd(dir), &st) == 0) {
		level.device = st.st_dev;
		level.number = st.st_ino;
		level.depth = above ? above->depth + 1 : 0;
	}
	while (ok && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		if (snprintf(path, sizeof(path), "%s/%s", folder,
			entry->d_name) >= (int)sizeof(path))
			continue;
		if (stat(path, &st) < 0)
			continue;
		if (S_ISDIR(st.st_mode) && level.depth < FOLDERS_DEEP)
			ok = is_above(&level, &st) ||
			     walk(inputs, path, &level, err);
		else if (S_ISREG(st.st_mode) &&
			 has_ending(entry->d_name, inputs->ending))
			ok = add_file(inputs, folder, entry->d_name, err);
	}
	closedir(dir);
	return ok;
}

/* The files of a folder come before those of the folders in it. */
static int
by_name(const void *a, const void *b)
{
	const char *one = *(char *const *)a, *two = *(char *const *)b;
	size_t n = (size_t)(strrchr(one, '/') - one);
	size_t m = (size_t)(strrchr(two, '/') - two);
	int order = str_cmp((struct str){one, n}, (struct str){two, m});

	return order ? order : strcmp(one + n, two + m);
}

/* An operand that is a file as it stands has no label. */
const char *
input_split(struct input *input, const char *operand)
{
	const char *equals = strchr(operand, '=');
	struct str label;
	size_t at;

	if (!equals || access(operand, F_OK) == 0)
		return operand;
	label = (struct str){operand, (size_t)(equals - operand)};
	at = str_find_byte(label, '<');
	if (at != SIZE_MAX && label.p[label.n - 1] == '>') {
		input->address =
		    (struct str){label.p + at + 1, label.n - at - 2};
		label = str_head(label, at);
	}
	input->label = label;
	return equals + 1;
}

static bool
open_path(struct inputs *inputs, const char *path, struct error *err)
{
	struct pos pos = {path, 0, 0};

	inputs->current.path = path;
	inputs->current.fd = open(path, O_RDONLY | O_CLOEXEC);
	if (inputs->current.fd < 0)
		return error_errno(err, pos, "cannot open");
	return true;
}

/* The folder of a file stays the same string while it stays the same. */
static bool
set_folder(struct inputs *inputs, const char *path)
{
	struct input *input = &inputs->current;
	const char *slash = strrchr(path, '/');
	struct str folder = {path, slash ? (size_t)(slash - path) : 0};

	if (!str_eq(folder, str_of(input->folder)))
		input->folder = arena_cstr(&inputs->arena, folder);
	return input->folder != NULL;
}

static bool
next_file(struct inputs *inputs, struct error *err)
{
	char *path = arena_cstr(&inputs->arena,
	    str_of(inputs->files[inputs->file_next++]));

	if (!path || !set_folder(inputs, path))
		return no_memory(err);
	return open_path(inputs, path, err);
}

static bool
open_operand(struct inputs *inputs, struct error *err)
{
	struct input *input = &inputs->current;
	const char *path;
	struct stat st;
	bool whole;

	*input = (struct input){.fd = -1, .operand = inputs->next};
	path = input_split(input, inputs->operands[inputs->next++]);
	if (strcmp(path, "-") == 0) {
		input->path = "(standard input)";
		input->fd = STDIN_FILENO;
		return true;
	}
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		forget_files(inputs);
		input->folder = input->root = path;
		whole = walk(inputs, path, NULL, err);
		if (inputs->file_count)
			qsort(inputs->files, inputs->file_count,
			    sizeof(*inputs->files), by_name);
		return whole;
	}
	return open_path(inputs, path, err);
}

bool
inputs_next(struct inputs *inputs, struct error *err)
{
	err->code = ERR_NONE;
	close_current(inputs);
	if (inputs->count == 0) {
		if (inputs->next++ > 0)
			return false;
		inputs->current = (struct input){.path = "(standard input)",
		    .fd = STDIN_FILENO};
		return true;
	}
	for (;;) {
		if (inputs->file_next < inputs->file_count)
			return next_file(inputs, err);
		if (inputs->next == inputs->count)
			return false;
		if (!open_operand(inputs, err))
			return false;
		if (inputs->current.fd >= 0)
			return true;
	}
}

bool
input_folder_note(struct str *text, const char *folder, const char *note,
    struct arena *arena)
{
	struct str line = {NULL, 0};
	char path[PATH_MAX], bytes[1024];
	ssize_t n;
	int fd;

	*text = line;
	if (snprintf(path, sizeof(path), "%s/%s", folder, note) >=
	    (int)sizeof(path))
		return true;
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0)
		return true;
	do
		n = read(fd, bytes, sizeof(bytes));
	while (n < 0 && errno == EINTR);
	close(fd);
	if (n <= 0)
		return true;
	line = (struct str){bytes, (size_t)n};
	line = str_trim(str_head(line, str_find_byte(line, '\n')));
	*text = arena_copy(arena, line);
	return line.n == 0 || text->p;
}
