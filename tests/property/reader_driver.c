/*
 * The reader, to be tried on files and streams from outside.
 *
 *   reader_driver items [FILE]   prints items, marks and faults
 *   reader_driver once|twice     copies standard input item by item, where
 *                                `twice` each calendar has been read before;
 *                                says to standard error: peak memory in KiB,
 *                                most bytes kept of a pipe
 *   reader_driver check FILE...  the laws for each file, as file and as pipe
 */
#include <fcntl.h>
#include <string.h>

#include "tests/unit/reader_help.h"

static int
print_items(int fd)
{
	struct reader reader;
	struct error err;
	struct buf text = {0};

	if (!reader_init(&reader, fd, "input", &err))
		return 2;
	reader.report = trace_fault;
	reader.report_arg = &text;
	do {
		if (!reader_next(&reader, &err)) {
			fprintf(stderr, "%s\n", err.message);
			return 2;
		}
		trace_item(&reader, &text);
		fwrite(text.p, 1, text.n, stdout);
		buf_reset(&text);
	} while (reader.item != ITEM_NONE);
	buf_free(&text);
	reader_free(&reader);
	return fflush(stdout) == 0 ? 0 : 2;
}

/* Of this program alone; ru_maxrss remembers who started it. */
static long
peak_memory(void)
{
	FILE *status = fopen("/proc/self/status", "r");
	char line[200];
	long kib = 0;

	while (status && fgets(line, sizeof(line), status))
		if (strncmp(line, "VmHWM:", 6) == 0)
			kib = strtol(line + 6, NULL, 10);
	if (status)
		fclose(status);
	return kib;
}

/* As a stream program does: nothing is kept but what the reader keeps. */
static int
copy(bool twice)
{
	struct reading reading = {0};
	struct out out;

	if (!out_init(&out, STDOUT_FILENO))
		return 2;
	reading.out = &out;
	reading.plain = true;
	reading_run(&reading, STDIN_FILENO, twice);
	if (!out_flush(&out) && !reading.fault)
		reading.fault = "cannot write";
	out_free(&out);
	fprintf(stderr, "%ld %llu\n", peak_memory(),
	    (unsigned long long)reading.kept);
	if (reading.fault)
		fprintf(stderr, "%s\n", reading.fault);
	return reading.fault ? 2 : 0;
}

static bool
load(const char *path, struct buf *text)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = -1;

	while (fd >= 0 && buf_reserve(text, 65536) &&
	       (n = read(fd, text->p + text->n, 65536)) > 0)
		text->n += (size_t)n;
	if (fd >= 0)
		close(fd);
	return n == 0;
}

static const char *
check_text(struct str text, size_t step)
{
	struct buf file = {0}, pipe = {0}, again = {0};
	const char *fault = help_reads(text, 0, false, &file, NULL);

	if (!fault)
		fault = help_reads(text, 0, true, &again, NULL);
	if (!fault)
		fault = help_reads(text, step, step & 1, &pipe, NULL);
	if (!fault && !str_eq(buf_str(&file), buf_str(&pipe)))
		fault = "a pipe reads otherwise than a file";
	if (!fault && !str_eq(buf_str(&file), buf_str(&again)))
		fault = "a file reads otherwise when it is marked";
	buf_free(&file);
	buf_free(&pipe);
	buf_free(&again);
	return fault;
}

static int
check(char **paths, size_t count)
{
	struct buf text = {0};
	int status = 0;

	for (size_t i = 0; i < count; i++) {
		const char *fault = "cannot read";

		buf_reset(&text);
		if (load(paths[i], &text))
			fault = check_text(buf_str(&text),
			    1 + (text.n * 7919 + i) % 70000);
		if (!fault)
			continue;
		printf("%s: %s\n", paths[i], fault);
		status = 1;
	}
	buf_free(&text);
	return status;
}

int
main(int argc, char **argv)
{
	const char *job = argc > 1 ? argv[1] : "";

	if (strcmp(job, "items") == 0)
		return print_items(
		    argc > 2 ? open(argv[2], O_RDONLY) : STDIN_FILENO);
	if (strcmp(job, "once") == 0 || strcmp(job, "twice") == 0)
		return copy(strcmp(job, "twice") == 0);
	if (strcmp(job, "check") == 0)
		return check(argv + 2, (size_t)argc - 2);
	fprintf(stderr, "usage: reader_driver items|once|twice|check ...\n");
	return 2;
}
