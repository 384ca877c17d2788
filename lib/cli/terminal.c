#include "cli/terminal.h"

#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define COLUMNS_MOST 1000

size_t
terminal_width(int fd)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	uint64_t width;

	if (columns && str_number(str_of(columns), COLUMNS_MOST, &width) &&
	    width)
		return (size_t)width;
	if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col)
		return size.ws_col < COLUMNS_MOST ? size.ws_col : COLUMNS_MOST;
	return 80;
}

static bool
is_dumb(void)
{
	const char *term = getenv("TERM");

	return !term || !*term || str_eq(str_of(term), STR("dumb"));
}

bool
terminal_has_color(int fd, enum cli_color wanted)
{
	const char *no = getenv("NO_COLOR");

	if (wanted != COLOR_AUTO)
		return wanted == COLOR_ALWAYS;
	return (!no || !*no) && isatty(fd) && !is_dumb();
}
