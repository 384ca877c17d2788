#include "cli/input_list.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/buf.h"

static bool
read_all(int fd, struct buf *text)
{
	ssize_t n;

	for (;;) {
		if (!buf_reserve(text, 1 << 16)) {
			errno = ENOMEM;
			return false;
		}
		n = read(fd, text->p + text->n, 1 << 16);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0;
		text->n += (size_t)n;
	}
}

static bool
add_lines(struct str text, char ***operands, size_t *count, struct arena *arena)
{
	size_t lines = 1, n = *count;
	struct str line;
	char **all;

	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	all = arena_array(arena, n + lines, sizeof(*all));
	if (!all)
		return false;
	if (n)
		memcpy(all, *operands, n * sizeof(*all));
	while (text.n && str_cut(&text, '\n', &line)) {
		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		if (line.n == 0)
			continue;
		all[n] = arena_cstr(arena, line);
		if (!all[n++])
			return false;
	}
	*operands = all;
	*count = n;
	return true;
}

bool
input_list_read(const char *path, char ***operands, size_t *count,
    struct arena *arena, struct error *err)
{
	bool standard = strcmp(path, "-") == 0;
	struct pos pos = {standard ? "(standard input)" : path, 0, 0};
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	struct buf text = {0};
	bool ok;

	if (fd < 0)
		return error_errno(err, pos, "cannot read the list of inputs");
	ok = read_all(fd, &text);
	if (!ok)
		error_errno(err, pos, "cannot read the list of inputs");
	else if (!add_lines(buf_str(&text), operands, count, arena))
		ok = error_set(err, ERR_MEMORY, pos, "no memory");
	buf_free(&text);
	if (!standard)
		close(fd);
	return ok;
}
