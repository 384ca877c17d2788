#include "base/command.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define GRACE 5 /* seconds between SIGTERM and SIGKILL */

/* --- words ---------------------------------------------------------------- */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* Whether a backslash before a character takes it as it is. */
static bool
escapes(char quote, char next)
{
	if (quote == '"')
		return next && strchr("\"\\$`", next);
	return next && quote == '\0';
}

/* Copies one word without its quotes; NULL where a quote stays open. */
static const char *
take_word(const char *text, char *to)
{
	char quote = '\0';

	for (; *text && (quote || !is_blank(*text)); text++) {
		if (quote == '\0' && (*text == '\'' || *text == '"')) {
			quote = *text;
		} else if (quote && *text == quote) {
			quote = '\0';
		} else {
			if (*text == '\\' && escapes(quote, text[1]))
				text++;
			*to++ = *text;
		}
	}
	*to = '\0';
	return quote ? NULL : text;
}

bool
command_parse(struct command *command, const char *text, struct arena *arena,
    struct error *err)
{
	size_t n = strlen(text), count = 0;
	/* A word takes a byte and a blank at least. */
	char **argv = arena_array(arena, n / 2 + 2, sizeof(*argv));
	char *words = arena_alloc(arena, n + 1);

	if (!argv || !words)
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	for (;;) {
		while (is_blank(*text))
			text++;
		if (!*text)
			break;
		argv[count++] = words;
		text = take_word(text, words);
		if (!text)
			return error_set(err, ERR_USAGE, pos_none(),
			    "a quote is not closed");
		words += strlen(words) + 1;
	}
	command->argv = argv;
	if (count == 0 || !argv[0][0])
		return error_set(err, ERR_USAGE, pos_none(),
		    "no command is named");
	return true;
}

/* --- running -------------------------------------------------------------- */

static bool
failed(struct error *err, int number, const char *what)
{
	errno = number;
	return error_errno(err, pos_none(), "%s", what);
}

/* Waits for the child until a moment of the monotonic clock; 0: for ever. */
static bool
wait_until(pid_t child, time_t until, int *status)
{
	struct timespec now, left = {0};
	sigset_t set;
	pid_t got;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	for (;;) {
		got = waitpid(child, status, until ? WNOHANG : 0);
		if (got == child || (got < 0 && errno != EINTR))
			return true;
		clock_gettime(CLOCK_MONOTONIC, &now);
		if (until && now.tv_sec >= until)
			return false;
		left.tv_sec = until ? until - now.tv_sec : 1;
		sigtimedwait(&set, NULL, &left);
	}
}

static bool
judge(int status, struct error *err)
{
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	if (WIFSIGNALED(status))
		return error_set(err, ERR_VALUE, pos_none(),
		    "ended by signal %d", WTERMSIG(status));
	return error_set(err, ERR_VALUE, pos_none(), "status %d",
	    WEXITSTATUS(status));
}

static bool
wait_for(pid_t child, unsigned limit, struct error *err)
{
	struct timespec now;
	int status = -1;
	time_t until;

	clock_gettime(CLOCK_MONOTONIC, &now);
	until = now.tv_sec + (time_t)limit + 1;
	if (wait_until(child, limit ? until : 0, &status))
		return judge(status, err);
	kill(-child, SIGTERM);
	if (!wait_until(child, until + GRACE, &status))
		kill(-child, SIGKILL);
	wait_until(child, 0, &status);
	return error_set(err, ERR_VALUE, pos_none(),
	    "not done within %u s: ended", limit);
}

static int
spawn(const struct command *command, char *const *env, int input,
    const sigset_t *mask, pid_t *child)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t plain;
	int number;

	sigemptyset(&plain);
	sigaddset(&plain, SIGPIPE);
	sigaddset(&plain, SIGCHLD);
	number = posix_spawn_file_actions_init(&actions);
	if (number)
		return number;
	number = posix_spawnattr_init(&attr);
	if (number) {
		posix_spawn_file_actions_destroy(&actions);
		return number;
	}
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP |
					    POSIX_SPAWN_SETSIGMASK |
					    POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setpgroup(&attr, 0);
	posix_spawnattr_setsigmask(&attr, mask);
	posix_spawnattr_setsigdefault(&attr, &plain);
	if (input >= 0)
		number = posix_spawn_file_actions_adddup2(&actions, input, 0);
	else
		number = posix_spawn_file_actions_addopen(&actions, 0,
		    "/dev/null", O_RDONLY, 0);
	if (number == 0)
		number = posix_spawnp(child, command->argv[0], &actions, &attr,
		    command->argv, env);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	return number;
}

bool
command_run(const struct command *command, char *const *env, int input,
    unsigned limit, struct error *err)
{
	struct sigaction plain = {.sa_handler = SIG_DFL}, before;
	sigset_t block, mask;
	pid_t child;
	int number;
	bool ok;

	if (input >= 0 && lseek(input, 0, SEEK_SET) < 0)
		return failed(err, errno, "cannot read its input again");
	/* Where our parent ignores it, children vanish without a status. */
	sigaction(SIGCHLD, &plain, &before);
	sigemptyset(&block);
	sigaddset(&block, SIGCHLD);
	sigprocmask(SIG_BLOCK, &block, &mask);
	number = spawn(command, env, input, &mask, &child);
	if (number) {
		ok = failed(err, number, "cannot be run");
		err->code = ERR_ABSENT;
	} else {
		ok = wait_for(child, limit, err);
	}
	sigprocmask(SIG_SETMASK, &mask, NULL);
	sigaction(SIGCHLD, &before, NULL);
	return ok;
}
