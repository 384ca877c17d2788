#include "base/memory.h"

static bool memory_short;

void
memory_note_short(void)
{
	memory_short = true;
}

bool
memory_was_short(void)
{
	return memory_short;
}
