/*
 * Inputs: files, folders and standard input, one after the other.
 *
 * An operand may be "name=PATH" or "name<address>=PATH": the name of that
 * calendar and its owner's address. An operand that names an existing file is
 * that file, also with "=" in its name. A folder gives every .ics (or .vcf)
 * file below it, in the order of their names, a folder's own files before those
 * of the folders in it; hidden ones are passed over, as vdir's rules say.
 */
#ifndef KALENDS_CLI_INPUT_H
#define KALENDS_CLI_INPUT_H

#include "base/arena.h"
#include "base/error.h"

struct input {
	const char *path;   /* for messages; "(standard input)" */
	struct str label;   /* of "label=PATH"; else empty */
	struct str address; /* of "label<address>=PATH"; else empty */
	size_t operand;     /* which operand it came from, from 0 */
	const char *root;   /* the folder operand that was gone through */
	const char *folder; /* the folder it was found in; NULL for a file that
			       is an operand itself */
	int fd;
};

struct inputs {
	char **operands;
	size_t count, next;
	const char *ending; /* ".ics", ".ics|.ifb" */
	struct input current;
	struct arena arena; /* labels and paths; they live till the end */
	char **files;       /* of the folder being gone through, sorted */
	size_t file_count, file_next;
};

/* No operands mean standard input. */
void inputs_init(struct inputs *inputs, char **operands, size_t count,
    const char *ending);
void inputs_free(struct inputs *inputs);

/* Opens the next one; the one before is closed. False at the end (err->code
 * ERR_NONE), or for one that could not be opened (ERR_IO): the caller reports
 * it and asks again. */
bool inputs_next(struct inputs *inputs, struct error *err);

/* The path of an operand, with its label and address set apart. */
const char *input_split(struct input *input, const char *operand);

/* Of a vdir: the first line of its "displayname" or "color" file, or empty.
 * False without memory. */
bool input_folder_note(struct str *text, const char *folder, const char *note,
    struct arena *arena);

#endif
