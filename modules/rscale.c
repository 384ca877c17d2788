/*
 * kalends-rscale.so: recurrence rules of other calendars (RFC 7529), by libical
 * on ICU. It is right there (it is not elsewhere: see doc/deviations.md), but
 * slow, large, and on some rules without end inside of one call. So each rule
 * runs in a child process of little time that writes local times to a pipe; and
 * what all children may take together, in the whole process, grows slowly with
 * the number of rules.
 */
#include <errno.h>
#include <fcntl.h>
#include <libical/ical.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "cal/rscale_module.h"

/* Seconds of the processor: one rule; and all, with what each adds. */
#define RULE_SECONDS 1
#define PATIENCE     20.0
#define RULE_ADDS    0.01

#define BATCH 128

/* What a child says first. */
enum { CHILD_STARTS = 1, CHILD_REFUSES };

struct state {
	int fd; /* of the pipe */
	pid_t child;
	int64_t batch[BATCH];
	size_t next, ready;
	int64_t start, until;
	uint64_t left; /* of COUNT; UINT64_MAX: no COUNT */
	bool start_first, ended;
	char rscale[32]; /* for messages */
};

static double spent, patience = PATIENCE;

static struct icaltimetype
to_ical(int64_t local)
{
	struct civil civil = civil_of_local(local);
	struct icaltimetype time = icaltime_null_time();

	time.year = civil.year;
	time.month = civil.month;
	time.day = civil.day;
	time.hour = civil.hour;
	time.minute = civil.minute;
	time.second = civil.second;
	return time;
}

static int64_t
from_ical(struct icaltimetype time)
{
	struct civil civil = {time.year, time.month, time.day, time.hour,
	    time.minute, time.second};

	return civil_local(&civil);
}

/* COUNT and UNTIL are counted here: libical compares UNTIL in UTC as if it
 * were local, and does not count a DTSTART that the rule does not give. */
static bool
parse(const struct rule *rule, struct icalrecurrencetype *recurrence)
{
	struct rule bare = *rule;
	struct buf text = {0};
	bool ok;

	bare.count = 0;
	bare.until_kind = UNTIL_NONE;
	ok = rule_write(&bare, &text) && buf_add_char(&text, '\0');
	if (ok)
		*recurrence = icalrecurrencetype_from_string(text.p);
	buf_free(&text);
	return ok && recurrence->freq != ICAL_NO_RECURRENCE;
}

/* Whether ICU has the calendar; reads its tables, so that each child need not.
 * A rule without parts is no danger. */
static bool
has_calendar(const struct rule *rule)
{
	struct rule plain = {.freq = FREQ_YEARLY, .interval = 1};
	struct icalrecurrencetype recurrence;
	icalrecur_iterator *iter = NULL;
	bool parsed;

	memcpy(plain.rscale, rule->rscale, sizeof(plain.rscale));
	parsed = parse(&plain, &recurrence);
	if (parsed)
		iter = icalrecur_iterator_new(recurrence,
		    to_ical(INT64_C(1700000000)));
	if (iter)
		icalrecur_iterator_free(iter);
	if (parsed)
		free(recurrence.rscale);
	return iter != NULL;
}

/* --- the child ------------------------------------------------------------ */

static void
send(int fd, const int64_t *times, size_t n)
{
	const char *p = (const char *)times;
	size_t size = n * sizeof(*times);

	while (size) {
		ssize_t done = write(fd, p, size);

		if (done <= 0)
			_exit(1);
		p += done;
		size -= (size_t)done;
	}
}

/* Where a seek is as good as the way there: libical loses the phase of an
 * INTERVAL. Two years earlier, for what SKIP moves. */
static void
seek(icalrecur_iterator *iter, const struct rule *rule, int64_t from)
{
	from -= 800 * SECONDS_A_DAY;
	if (rule->count || rule->interval > 1 || rule->has_setpos ||
	    from < LOCAL_FIRST)
		return;
	icalrecur_iterator_set_start(iter, to_ical(from));
}

static void
run_child(int fd, const struct rule *rule, const struct state *state,
    int64_t from)
{
	struct rlimit limit = {RULE_SECONDS, RULE_SECONDS}, none = {0, 0};
	int64_t hello = CHILD_REFUSES, start = state->start;
	int64_t last = state->start_first ? start : start - 1;
	int64_t times[BATCH];
	struct icalrecurrencetype recurrence;
	icalrecur_iterator *iter = NULL;
	size_t n = 0, most = 2;

	setrlimit(RLIMIT_CPU, &limit);
	setrlimit(RLIMIT_CORE, &none);
	signal(SIGPIPE, SIG_DFL);
	if (parse(rule, &recurrence))
		iter = icalrecur_iterator_new(recurrence, to_ical(start));
	if (!iter) {
		send(fd, &hello, 1);
		return;
	}
	if (from > start)
		seek(iter, rule, from);
	hello = CHILD_STARTS;
	send(fd, &hello, 1);
	for (;;) {
		struct icaltimetype time = icalrecur_iterator_next(iter);
		int64_t local;

		if (icaltime_is_null_time(time))
			break;
		local = from_ical(time);
		if (local <= last)
			continue;
		times[n++] = last = local;
		if (n < most)
			continue;
		send(fd, times, n);
		n = 0;
		most = most * 2 > BATCH ? BATCH : most * 2;
	}
	send(fd, times, n);
}

/* Nothing of the parent's may stay open in here, or who reads its output would
 * wait for the child. */
static void
close_others(int fd)
{
	for (int other = 0; other < 256; other++)
		if (other != fd)
			close(other);
}

static bool
start_child(struct state *state, const struct rule *rule, int64_t from)
{
	int ends[2];

	if (pipe(ends) != 0)
		return false;
	state->child = fork();
	if (state->child == 0) {
		close_others(ends[1]);
		run_child(ends[1], rule, state, from);
		_exit(0);
	}
	close(ends[1]);
	if (state->child < 0) {
		close(ends[0]);
		return false;
	}
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	state->fd = ends[0];
	return true;
}

/* --- the parent ----------------------------------------------------------- */

static double
seconds(const struct timeval *time)
{
	return (double)time->tv_sec + (double)time->tv_usec / 1e6;
}

/* Waits for the child; false where it did not end by itself. */
static bool
end_child(struct state *state)
{
	struct rusage before, after;
	int status = 0;
	pid_t done;

	if (state->child <= 0)
		return true;
	close(state->fd);
	getrusage(RUSAGE_CHILDREN, &before);
	do
		done = waitpid(state->child, &status, 0);
	while (done < 0 && errno == EINTR);
	getrusage(RUSAGE_CHILDREN, &after);
	state->child = 0;
	spent += seconds(&after.ru_utime) - seconds(&before.ru_utime) +
	         seconds(&after.ru_stime) - seconds(&before.ru_stime);
	return done > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Whole times from the pipe, at least one; 0 at its end. */
static size_t
receive(int fd, int64_t *times, size_t most)
{
	char *to = (char *)times;
	size_t size = 0;

	while (size == 0 || size % sizeof(*times) != 0) {
		ssize_t got = read(fd, to + size, most * sizeof(*times) - size);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return 0;
		size += (size_t)got;
	}
	return size / sizeof(*times);
}

static bool
too_long(const struct state *state, struct error *err)
{
	return error_set(err, ERR_LIMIT, pos_none(),
	    "RSCALE=%s: takes too long: the rest of this series is left out",
	    state->rscale);
}

static bool
open_child(struct state *state, const struct rule *rule, int64_t from,
    struct error *err)
{
	int64_t hello = 0;

	patience += RULE_ADDS;
	if (spent > patience)
		return too_long(state, err);
	if (!start_child(state, rule, from))
		return error_errno(err, pos_none(), "RSCALE");
	if (receive(state->fd, &hello, 1) == 1 && hello == CHILD_STARTS)
		return true;
	if (!end_child(state))
		return too_long(state, err);
	return error_set(err, ERR_ABSENT, pos_none(),
	    "RSCALE=%s: a rule that ICU does not know, or without an instance",
	    rule->rscale);
}

static void
close_state(void *arg)
{
	struct state *state = arg;

	if (state->child > 0)
		kill(state->child, SIGKILL);
	end_child(state);
	free(state);
}

static void *
open_state(const struct rule *rule, int64_t start, bool start_is_instance,
    int64_t from, struct error *err)
{
	struct state *state;

	if (rule->freq < FREQ_DAILY) {
		error_set(err, ERR_VALUE, pos_none(),
		    "RSCALE=%s with a FREQ below a day is not expanded",
		    rule->rscale);
		return NULL;
	}
	if (!has_calendar(rule)) {
		error_set(err, ERR_ABSENT, pos_none(),
		    "RSCALE=%s: a calendar that ICU does not know",
		    rule->rscale);
		return NULL;
	}
	state = calloc(1, sizeof(*state));
	if (!state) {
		error_set(err, ERR_MEMORY, pos_none(), "no memory");
		return NULL;
	}
	state->start = start;
	state->until = INT64_MAX;
	if (rule->until_kind != UNTIL_NONE)
		state->until =
		    rule->until +
		    (rule->until_kind == UNTIL_UTC ? SECONDS_A_DAY : 0);
	state->left = rule->count ? rule->count : UINT64_MAX;
	state->start_first = start_is_instance;
	memcpy(state->rscale, rule->rscale, sizeof(state->rscale));
	if (open_child(state, rule, from, err))
		return state;
	close_state(state);
	return NULL;
}

/* The rule's own next local time. */
static bool
step(struct state *state, int64_t *local, struct error *err)
{
	if (state->next == state->ready) {
		state->next = 0;
		state->ready = receive(state->fd, state->batch, BATCH);
		if (state->ready == 0) {
			state->ended = true;
			if (end_child(state))
				return false;
			return too_long(state, err);
		}
	}
	*local = state->batch[state->next++];
	return true;
}

static bool
next(void *arg, int64_t *local, struct error *err)
{
	struct state *state = arg;

	if (state->left == 0 || state->ended)
		return false;
	if (state->start_first)
		*local = state->start;
	else if (!step(state, local, err))
		return false;
	state->start_first = false;
	if (*local > state->until)
		return false;
	if (state->left != UINT64_MAX)
		state->left--;
	return true;
}

__attribute__((visibility("default")))
const struct rscale_module kalends_rscale = {open_state, next, close_state};
