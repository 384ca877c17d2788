/* spawn COUNT PROGRAM ARGUMENT... -- PROGRAM ARGUMENT... [-- ...]: starts each
 * in turn, COUNT times, and prints for each the median milliseconds of the
 * whole process, and of its processor time. Output goes to /dev/null. */
#define _GNU_SOURCE /* wait4 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PROGRAMS 8

struct contestant {
	char **command;
	double *wall, *processor;
};

static double
milliseconds(const struct timeval *time)
{
	return (double)time->tv_sec * 1e3 + (double)time->tv_usec / 1e3;
}

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void
run(struct contestant *who, size_t n, posix_spawn_file_actions_t *actions)
{
	struct rusage usage;
	double start = now();
	pid_t pid;
	int status;

	if (posix_spawn(&pid, who->command[0], actions, NULL, who->command,
		environ) != 0 ||
	    wait4(pid, &status, 0, &usage) != pid || !WIFEXITED(status) ||
	    WEXITSTATUS(status) > 1) {
		fprintf(stderr, "%s does not run\n", who->command[0]);
		exit(2);
	}
	who->wall[n] = now() - start;
	who->processor[n] =
	    milliseconds(&usage.ru_utime) + milliseconds(&usage.ru_stime);
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *values, size_t n)
{
	qsort(values, n, sizeof(*values), compare);
	return values[n / 2];
}

int
main(int argc, char **argv)
{
	struct contestant who[PROGRAMS] = {{.command = argv + 2}};
	size_t count = argc > 2 ? strtoul(argv[1], NULL, 10) : 0, programs = 1;
	posix_spawn_file_actions_t actions;

	if (count == 0)
		return 2;
	for (int i = 2; i < argc; i++)
		if (strcmp(argv[i], "--") == 0 && programs < PROGRAMS) {
			argv[i] = NULL;
			who[programs++].command = argv + i + 1;
		}
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	for (size_t i = 0; i < programs; i++) {
		if (!who[i].command[0])
			exit(2);
		who[i].wall = calloc(count, sizeof(double));
		who[i].processor = calloc(count, sizeof(double));
		if (!who[i].wall || !who[i].processor)
			exit(2);
	}
	for (size_t n = 0; n < count; n++)
		for (size_t i = 0; i < programs; i++)
			run(&who[i], n, &actions);
	for (size_t i = 0; i < programs; i++) {
		printf("%.4f %.4f %s\n", median(who[i].wall, count),
		    median(who[i].processor, count), who[i].command[0]);
		free(who[i].wall);
		free(who[i].processor);
	}
	return 0;
}
