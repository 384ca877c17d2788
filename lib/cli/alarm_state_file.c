/* The file of icsalarm's state: see alarm_state.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/alarm_state_impl.h"

#define MAGIC  "icsalarm 1\n"
#define WAITS  600 /* of 50 ms, for another run */
#define N_MOST 100000

static struct pos
pos_of(const struct alarm_state *state, size_t line)
{
	return (struct pos){state->name, line, line ? 1 : 0};
}

static bool
io(const struct alarm_state *state, struct error *err, const char *what)
{
	return error_errno(err, pos_of(state, 0), "%s", what);
}

/* --- opening -------------------------------------------------------------- */

/* The owner of a lock that stands in the way, or 0. */
static bool
lock(int fd, pid_t *owner)
{
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	*owner = 0;
	if (fcntl(fd, F_SETLK, &whole) == 0)
		return true;
	if (errno != EACCES && errno != EAGAIN)
		return false;
	if (fcntl(fd, F_GETLK, &whole) == 0 && whole.l_type != F_UNLCK)
		*owner = whole.l_pid;
	errno = EAGAIN;
	return false;
}

/* Whether the path still names the file that is open: another run may have
 * put a new one in its place while we waited. */
static bool
is_current(struct alarm_state *state, bool *current)
{
	struct stat ours, named;

	*current = false;
	if (fstat(state->fd, &ours) < 0)
		return false;
	if (stat(state->path, &named) < 0)
		return errno == ENOENT;
	*current = ours.st_dev == named.st_dev && ours.st_ino == named.st_ino;
	state->size = (uint64_t)ours.st_size;
	return true;
}

static bool
open_once(struct alarm_state *state, struct error *err)
{
	struct stat st;

	state->fd = open(state->path,
	    O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NONBLOCK, 0600);
	if (state->fd < 0)
		return io(state, err, "cannot open the state");
	if (fstat(state->fd, &st) < 0)
		return io(state, err, "cannot look at the state");
	if (!S_ISREG(st.st_mode))
		return error_set(err, ERR_IO, pos_of(state, 0),
		    "the state must be a regular file");
	return true;
}

static bool
open_and_lock(struct alarm_state *state, struct error *err)
{
	const struct timespec pause = {0, 50000000};
	pid_t owner = 0;
	bool current;

	for (int i = 0; i < WAITS; i++) {
		if (state->fd < 0 && !open_once(state, err))
			return false;
		if (lock(state->fd, &owner)) {
			if (!is_current(state, &current))
				return io(state, err, "cannot open the state");
			if (current)
				return true;
			close(state->fd);
			state->fd = -1;
			continue;
		}
		if (errno != EAGAIN)
			return io(state, err, "cannot lock the state");
		nanosleep(&pause, NULL);
	}
	return error_set(err, ERR_LIMIT, pos_of(state, 0),
	    "process %ld is at work on this state: nothing done", (long)owner);
}

/* --- reading -------------------------------------------------------------- */

static bool
read_int(struct str word, int64_t *number)
{
	bool negative = word.n && word.p[0] == '-';
	uint64_t value;

	if (!str_number(str_from(word, negative), INT64_MAX / 2, &value))
		return false;
	*number = negative ? -(int64_t)value : (int64_t)value;
	return true;
}

/* "EPOCH N CALENDAR UID RECURRENCE ACTION", apart by TABs. */
static bool
read_alarm(struct alarm_state *state, struct str rest, bool fired,
    bool *no_memory)
{
	struct alarm_memory *memory = NULL;
	struct alarm_entry *entry;
	struct str at, number;
	uint64_t n;
	int64_t when;

	if (!str_cut(&rest, '\t', &at) || !str_cut(&rest, '\t', &number) ||
	    !read_int(at, &when) || !str_number(number, N_MOST, &n) ||
	    rest.n == 0)
		return false;
	if (when < state->since)
		return true;
	entry = alarm_entry_of(state, when, rest);
	if (entry)
		memory = alarm_memory_of(state, entry, (uint32_t)n);
	*no_memory = !memory;
	if (!memory)
		return false;
	if (fired)
		memory->fired = memory->saved = true;
	else
		memory->tries++;
	return true;
}

static bool
read_line(struct alarm_state *state, struct str line, bool *no_memory)
{
	struct str word;

	if (!str_cut(&line, '\t', &word))
		return false;
	if (str_eq(word, STR("since")))
		return read_int(line, &state->since);
	if (str_eq(word, STR("last")))
		return read_int(line, &state->last);
	if (str_eq(word, STR("fired")) || str_eq(word, STR("failed")))
		return read_alarm(state, line, word.n == 5, no_memory);
	return false;
}

static bool
read_lines(struct alarm_state *state, struct str text, struct error *err)
{
	bool no_memory = false;

	if (!str_starts(text, STR(MAGIC)))
		return error_set(err, ERR_SYNTAX, pos_of(state, 0),
		    "no state of icsalarm: another file is left as it is");
	text = str_from(text, sizeof(MAGIC) - 1);
	for (state->lines = 1; text.n; state->lines++) {
		size_t end = str_find_byte(text, '\n');

		if (end == SIZE_MAX) {
			state->fresh = true; /* cut off: write it anew */
			break;
		}
		if (!read_line(state, str_head(text, end), &no_memory))
			return error_set(err,
			    no_memory ? ERR_MEMORY : ERR_SYNTAX,
			    pos_of(state, state->lines + 1),
			    no_memory ? "no memory"
				      : "no line of a state of icsalarm");
		text = str_from(text, end + 1);
	}
	return true;
}

bool
alarm_file_open(struct alarm_state *state, struct error *err)
{
	struct buf text = {0};
	ssize_t n = 1;
	bool ok;

	if (!open_and_lock(state, err))
		return false;
	while (n > 0) {
		if (!buf_reserve(&text, 1 << 16)) {
			buf_free(&text);
			return error_set(err, ERR_MEMORY, pos_of(state, 0),
			    "no memory");
		}
		n = read(state->fd, text.p + text.n, 1 << 16);
		if (n > 0)
			text.n += (size_t)n;
		else if (n < 0 && errno == EINTR)
			n = 1;
	}
	if (n < 0)
		ok = io(state, err, "cannot read the state");
	else
		ok = text.n == 0 || read_lines(state, buf_str(&text), err);
	buf_free(&text);
	return ok;
}

/* --- writing -------------------------------------------------------------- */

static bool
write_all(int fd, struct str text)
{
	while (text.n) {
		ssize_t n = write(fd, text.p, text.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		text = str_from(text, (size_t)n);
	}
	return true;
}

bool
alarm_file_line(struct alarm_state *state, const char *word,
    const struct alarm_entry *entry, uint32_t n)
{
	state->lines++;
	return buf_printf(&state->text, "%s\t%lld\t%u\t", word,
		   (long long)entry->at, n) &&
	       buf_add_str(&state->text, entry->key) &&
	       buf_add_char(&state->text, '\n');
}

bool
alarm_file_append(struct alarm_state *state, bool sync, struct error *err)
{
	if (!buf_ok(&state->text))
		return error_set(err, ERR_MEMORY, pos_of(state, 0),
		    "no memory");
	if (!write_all(state->fd, buf_str(&state->text)) ||
	    (sync && fdatasync(state->fd) < 0)) {
		io(state, err, "cannot write the state");
		/* A cut line is not read, but the next would hang on it. */
		if (ftruncate(state->fd, (off_t)state->size) < 0)
			state->fresh = true;
		return false;
	}
	state->size += state->text.n;
	return true;
}

static void
write_entries(struct alarm_state *state)
{
	buf_reset(&state->text);
	buf_add_str(&state->text, STR(MAGIC));
	buf_printf(&state->text, "since\t%lld\nlast\t%lld\n",
	    (long long)state->since, (long long)state->last);
	state->lines = 3;
	for (size_t i = 0; i < state->count; i++) {
		struct alarm_entry *entry = &state->entries[i];

		for (uint32_t n = 0; n < entry->count; n++) {
			struct alarm_memory *memory = &entry->of[n];

			if (entry->at < state->since)
				continue;
			for (uint32_t t = 0;
			     !memory->fired && t < memory->tries; t++)
				alarm_file_line(state, "failed", entry, n);
			if (memory->fired)
				alarm_file_line(state, "fired", entry, n);
			memory->saved = memory->fired;
		}
	}
}

/* So that the new name is still there after a fall of the machine. */
static bool
sync_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder =
	    slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
	int fd = folder ? open(folder, O_RDONLY | O_CLOEXEC) : -1;
	bool ok = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);

	if (fd >= 0)
		close(fd);
	free(folder);
	return ok;
}

static bool
write_temp(struct alarm_state *state, int fd, const char *temp)
{
	pid_t owner;

	/* Locked before anybody can see it. */
	return fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 &&
	       fcntl(fd, F_SETFL, O_APPEND) == 0 && lock(fd, &owner) &&
	       write_all(fd, buf_str(&state->text)) && fsync(fd) == 0 &&
	       rename(temp, state->path) == 0 && sync_folder(state->path);
}

bool
alarm_file_rewrite(struct alarm_state *state, struct error *err)
{
	size_t n = strlen(state->path) + 8;
	char *temp = malloc(n);
	int fd;

	write_entries(state);
	if (!temp || !buf_ok(&state->text)) {
		free(temp);
		return error_set(err, ERR_MEMORY, pos_of(state, 0),
		    "no memory");
	}
	snprintf(temp, n, "%s.XXXXXX", state->path);
	fd = mkstemp(temp);
	if (fd < 0 || !write_temp(state, fd, temp)) {
		io(state, err, "cannot write the state");
		if (fd >= 0) {
			unlink(temp);
			close(fd);
		}
		free(temp);
		return false;
	}
	free(temp);
	close(state->fd);
	state->fd = fd;
	state->size = state->text.n;
	state->fresh = false;
	return true;
}
