/*
 * One document: what is wished of it, what is read for it, and its pages.
 */
#ifndef KALENDS_PDF_PRINT_H
#define KALENDS_PDF_PRINT_H

#include "pdf/intake.h"
#include "pdf/sheet.h"

enum period { PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_YEAR, PERIOD_ALL };

struct print_view {
	const char *name;
	enum period period;
	bool landscape;
	void (*draw)(struct sheet *sheet);
};

/* NULL for a name that is none. */
const struct print_view *print_view_named(const char *name);

struct print {
	/* Wishes, set by the caller. */
	struct cli *cli;
	const struct print_view *view;
	const struct paper *paper;             /* NULL: the locale's */
	const char *orientation;               /* NULL: the view's */
	const char *language;                  /* NULL: the locale's */
	const char *holidays;                  /* a file; NULL: none */
	double size;                           /* of type, 1: as it is */
	int week_start, days;                  /* -1: as usual */
	int week_numbers, declined, cancelled; /* -1: as usual; else a bool */
	enum sheet_format format;
	bool mask, strict, dump, verbose;
	struct agenda_paper wish; /* palette, core, fields, ... */

	bool name_outputs; /* in what is said of a document */

	/* Private from here. */
	struct language tongue;
	int32_t read_first, read_until; /* days */
	int64_t series_until;
	struct press press;
	struct intake kept; /* the holidays */
	char stamp[32];
};

/* What one document is of. */
struct print_job {
	char **inputs; /* as operands */
	size_t count;
	const char *output; /* NULL: what the cli has open */
	struct str title;   /* empty: the wish's */
	struct str name;    /* of its bookmark, where several are joined */
};

/* Settles language, range, paper; reads the holidays. Exits where a wish
 * cannot be. */
void print_prepare(struct print *print);
/* Fonts: not before the process is forked. Exits where there are none. */
void print_ready(struct print *print);
void print_free(struct print *print);

/* Reads and draws it, to the job's output. False where it could not be; what
 * was wrong is said, and the cli's `trouble` tells whether something was. */
bool print_document(struct print *print, const struct print_job *job);

/* All of them in one document, a bookmark each. */
bool print_joined(struct print *print, const struct print_job *jobs,
    size_t count);

#endif
