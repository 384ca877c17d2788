/* Commands: words without a shell, and how they end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/command.h"
#include "base/spool.h"

static struct arena arena;

/* The words, each in brackets; the error where there are none. */
static void
words(const char *text, const char *want)
{
	struct command command;
	struct error err;
	char got[256];
	size_t n = 0;

	if (!command_parse(&command, text, &arena, &err)) {
		assert_int_equal(err.code, ERR_USAGE);
		assert_string_equal(err.message, want);
		return;
	}
	for (size_t i = 0; command.argv[i]; i++) {
		size_t k = strlen(command.argv[i]);

		assert_true(n + k + 3 < sizeof(got));
		got[n++] = '[';
		memcpy(got + n, command.argv[i], k);
		n += k;
		got[n++] = ']';
	}
	got[n] = '\0';
	assert_string_equal(got, want);
}

static void
cutting(void **state)
{
	(void)state;
	words("sendmail -ti", "[sendmail][-ti]");
	words(" \t a\n b  ", "[a][b]");
	words("a 'b c' \"d e\" f\\ g", "[a][b c][d e][f g]");
	words("a '' \"\"", "[a][][]");
	words("a'b'\"c\"d", "[abcd]");
	words("'a\\b' \"a\\b\\\\\\\"\\$\\`\"", "[a\\b][a\\b\\\"$`]");
	words("sh -c 'echo \"$X\"; :'", "[sh][-c][echo \"$X\"; :]");
	words("a $HOME `b` *", "[a][$HOME][`b`][*]");
	words("a\\", "[a\\]");
	words("", "no command is named");
	words("  ", "no command is named");
	words("'' a", "no command is named");
	words("a 'b", "a quote is not closed");
	words("a \"b\\\"", "a quote is not closed");
}

/* How "sh -c TEXT" ends: "" where well. */
static void
ends(const char *text, int input, unsigned limit, const char *want)
{
	char *argv[] = {(char[]){"sh"}, (char[]){"-c"}, NULL, NULL};
	char *env[] = {(char[]){"PATH=/usr/bin:/bin"}, (char[]){"X=a b"}, NULL};
	struct command command = {argv};
	struct error err = {0};

	argv[2] = arena_cstr(&arena, str_of(text));
	assert_int_equal(command_run(&command, env, input, limit, &err),
	    !*want);
	assert_string_equal(err.message, want);
}

static void
running(void **state)
{
	int fd = spool_file(NULL);

	(void)state;
	ends("exit 0", -1, 0, "");
	ends("exit 75", -1, 0, "status 75");
	ends("kill -9 $$", -1, 0, "ended by signal 9");
	ends("test \"$X\" = 'a b' && test -z \"$HOME\"", -1, 0, "");
	ends("test -z \"$(cat)\"", -1, 10, "");
	assert_int_equal(write(fd, "text", 4), 4);
	ends("test \"$(cat)\" = text", fd, 10, "");
	ends("test \"$(cat)\" = text", fd, 10, "");
	close(fd);
}

/* Also where our parent ignores SIGCHLD, so that statuses would be lost. */
static void
ignored(void **state)
{
	(void)state;
	signal(SIGCHLD, SIG_IGN);
	ends("exit 3", -1, 0, "status 3");
	ends("exit 0", -1, 5, "");
	signal(SIGCHLD, SIG_DFL);
}

static void
too_long(void **state)
{
	struct timespec start, end;

	(void)state;
	clock_gettime(CLOCK_MONOTONIC, &start);
	/* What it has started goes with it. */
	ends("sleep 100 & sleep 100", -1, 1, "not done within 1 s: ended");
	clock_gettime(CLOCK_MONOTONIC, &end);
	assert_true(end.tv_sec - start.tv_sec < 30);
	ends("sleep 0.1", -1, 20, "");
}

static void
absent(void **state)
{
	char *argv[] = {(char[]){"no such command"}, NULL}, *env[] = {NULL};
	struct command command = {argv};
	struct error err;

	(void)state;
	assert_false(command_run(&command, env, -1, 0, &err));
	assert_int_equal(err.code, ERR_ABSENT);
	assert_string_equal(err.message,
	    "cannot be run: No such file or directory");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(cutting),
	    cmocka_unit_test(running),
	    cmocka_unit_test(ignored),
	    cmocka_unit_test(too_long),
	    cmocka_unit_test(absent),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_free(&arena);
	return failed;
}
