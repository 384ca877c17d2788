#include "cli/terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define COLUMNS_MOST 1000

static size_t
from_environment(const char *name)
{
	const char *value = getenv(name);
	uint64_t number;

	if (!value || !str_number(str_of(value), COLUMNS_MOST, &number))
		return 0;
	return (size_t)number;
}

size_t
terminal_width(int fd)
{
	size_t width = from_environment("COLUMNS");
	struct winsize size;

	if (width)
		return width;
	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col)
		return size.ws_col < COLUMNS_MOST ? size.ws_col : COLUMNS_MOST;
	return 80;
}

size_t
terminal_height(int fd)
{
	size_t height = from_environment("LINES");
	struct winsize size;

	if (height)
		return height;
	if (ioctl(fd, TIOCGWINSZ, &size) == 0)
		return size.ws_row;
	return 0;
}

static bool
is_dumb(void)
{
	const char *term = getenv("TERM");

	return !term || !*term || str_eq(str_of(term), STR("dumb"));
}

bool
terminal_has(int fd, size_t columns)
{
	struct winsize size;

	return isatty(fd) && !is_dumb() && ioctl(fd, TIOCGWINSZ, &size) == 0 &&
	       size.ws_col >= columns;
}

bool
terminal_has_color(int fd, enum cli_color wanted)
{
	const char *no = getenv("NO_COLOR");

	if (wanted != COLOR_AUTO)
		return wanted == COLOR_ALWAYS;
	return (!no || !*no) && isatty(fd) && !is_dumb();
}
