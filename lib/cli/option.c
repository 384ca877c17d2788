#include "cli/option.h"

#include <string.h>

#include "base/str.h"

int
option_word(const char *words, const char *word)
{
	struct str rest = str_of(words), part;
	struct str want = str_of(word);

	for (int i = 0; str_cut(&rest, '|', &part); i++)
		if (str_eq(part, want))
			return i;
	return -1;
}

static bool
may_be_left_out(const char *arg)
{
	return arg && arg[0] == '[';
}

static void
help_row(const struct option_row *row, FILE *to)
{
	char left[64];
	int n = 0;

	if (row->key < 256)
		n = snprintf(left, sizeof(left), "-%c, ", row->key);
	else
		n = snprintf(left, sizeof(left), "    ");
	n += snprintf(left + n, sizeof(left) - (size_t)n, "--%s%s%s", row->name,
	    row->arg && !may_be_left_out(row->arg) ? " " : "",
	    row->arg ? row->arg : "");
	if (n <= 26)
		fprintf(to, "  %-26s %s\n", left, row->help);
	else
		fprintf(to, "  %s\n  %-26s %s\n", left, "", row->help);
}

void
option_help(const struct program *program, FILE *to)
{
	fprintf(to, "usage: %s [options] %s\n%s\n\n", program->name,
	    program->operands, program->purpose);
	for (const struct option_row *row = program->rows; row->name; row++)
		help_row(row, to);
	if (program->notes)
		fprintf(to, "\n%s\n", program->notes);
}

/* --- completions ---------------------------------------------------------- */

static bool
is_word_list(const char *arg)
{
	return arg && strchr(arg, '|');
}

static void
print_words(const char *words, FILE *to)
{
	for (const char *c = words; *c; c++)
		fputc(*c == '|' ? ' ' : *c, to);
}

static void
bash_cases(const struct program *program, FILE *to)
{
	for (const struct option_row *row = program->rows; row->name; row++) {
		if (!row->arg || may_be_left_out(row->arg))
			continue;
		fprintf(to, "\t--%s", row->name);
		if (row->key < 256)
			fprintf(to, " | -%c", row->key);
		fputs(")\n", to);
		if (is_word_list(row->arg)) {
			fputs("\t\tCOMPREPLY=($(compgen -W \"", to);
			print_words(row->arg, to);
			fputs("\" -- \"$cur\"))\n", to);
		} else if (strcmp(row->arg, "FILE") == 0) {
			fputs("\t\tCOMPREPLY=($(compgen -f -- \"$cur\"))\n",
			    to);
		} else if (strcmp(row->arg, "ZONE") == 0) {
			fputs("\t\tCOMPREPLY=($(compgen -W \"$(awk '/^[^#]/ "
			      "{print $3}' /usr/share/zoneinfo/tzdata.zi "
			      "/usr/share/zoneinfo/zone.tab 2>/dev/null | "
			      "grep /)\" -- \"$cur\"))\n",
			    to);
		} else {
			fputs("\t\tCOMPREPLY=()\n", to);
		}
		fputs("\t\treturn\n\t\t;;\n", to);
	}
}

static void
bash(const struct program *program, FILE *to)
{
	fprintf(to,
	    "# bash completion for %s; made by %s --completion=bash\n"
	    "_kalends_%s()\n{\n"
	    "\tlocal cur=${COMP_WORDS[COMP_CWORD]}\n"
	    "\tlocal prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
	    "\tif [ \"$cur\" = = ]; then cur=; fi\n"
	    "\tif [ \"$prev\" = = ]; then "
	    "prev=${COMP_WORDS[COMP_CWORD - 2]}; fi\n"
	    "\tcase $prev in\n",
	    program->name, program->name, program->name);
	bash_cases(program, to);
	fputs("\tesac\n\tif [[ $cur == -* ]]; then\n"
	      "\t\tCOMPREPLY=($(compgen -W \"",
	    to);
	for (const struct option_row *row = program->rows; row->name; row++)
		fprintf(to, "%s--%s", row == program->rows ? "" : " ",
		    row->name);
	fprintf(to,
	    "\" -- \"$cur\"))\n\t\treturn\n\tfi\n"
	    "\tcompopt -o filenames 2>/dev/null\n"
	    "\tCOMPREPLY=($(compgen -f -X '!*.%s' -- \"$cur\") "
	    "$(compgen -d -- \"$cur\"))\n}\n"
	    "complete -F _kalends_%s %s\n",
	    program->inputs, program->name, program->name);
}

/* Within single quotes and a zsh [description]. */
static void
zsh_text(const char *text, FILE *to)
{
	for (const char *c = text; *c; c++) {
		if (*c == '\'')
			fputs("'\\''", to);
		else if (*c == '[' || *c == ']' || *c == ':')
			fprintf(to, "\\%c", *c);
		else
			fputc(*c, to);
	}
}

static void
zsh_row(const struct option_row *row, FILE *to)
{
	if (row->key < 256)
		fprintf(to, "\t'(-%c --%s)'{-%c%s,--%s%s}'[", row->key,
		    row->name, row->key, row->arg ? "+" : "", row->name,
		    row->arg ? "=" : "");
	else
		fprintf(to, "\t'--%s%s[", row->name,
		    may_be_left_out(row->arg) ? "=-"
		    : row->arg                ? "="
					      : "");
	zsh_text(row->help, to);
	fputs("]", to);
	if (is_word_list(row->arg)) {
		fprintf(to, ":%s:(", row->name);
		print_words(row->arg, to);
		fputs(")", to);
	} else if (row->arg && strcmp(row->arg, "FILE") == 0) {
		fputs(":file:_files", to);
	} else if (row->arg && strcmp(row->arg, "ZONE") == 0) {
		fputs(":zone:_time_zone", to);
	} else if (may_be_left_out(row->arg)) {
		fputs("::list: ", to);
	} else if (row->arg) {
		fprintf(to, ":%s: ", row->arg);
	}
	fputs("' \\\n", to);
}

static void
zsh(const struct program *program, FILE *to)
{
	fprintf(to,
	    "#compdef %s\n# made by %s --completion=zsh\n\n"
	    "_arguments -s -S \\\n",
	    program->name, program->name);
	for (const struct option_row *row = program->rows; row->name; row++)
		zsh_row(row, to);
	fprintf(to, "\t'*:input:_files -g \"*.%s(-.)\"'\n", program->inputs);
}

static void
fish_text(const char *text, FILE *to)
{
	for (const char *c = text; *c; c++) {
		if (*c == '\'' || *c == '\\')
			fputc('\\', to);
		fputc(*c, to);
	}
}

static void
fish(const struct program *program, FILE *to)
{
	fprintf(to, "# made by %s --completion=fish\n", program->name);
	for (const struct option_row *row = program->rows; row->name; row++) {
		fprintf(to, "complete -c %s", program->name);
		if (row->key < 256)
			fprintf(to, " -s %c", row->key);
		fprintf(to, " -l %s", row->name);
		if (is_word_list(row->arg)) {
			fputs(" -x -a '", to);
			print_words(row->arg, to);
			fputs("'", to);
		} else if (row->arg && strcmp(row->arg, "FILE") == 0) {
			fputs(" -r", to);
		} else if (row->arg && !may_be_left_out(row->arg)) {
			fputs(" -x", to);
		}
		fputs(" -d '", to);
		fish_text(row->help, to);
		fputs("'\n", to);
	}
}

int
option_completion(const struct program *program, const char *shell, FILE *to)
{
	if (strcmp(shell, "bash") == 0)
		bash(program, to);
	else if (strcmp(shell, "zsh") == 0)
		zsh(program, to);
	else if (strcmp(shell, "fish") == 0)
		fish(program, to);
	else
		return 0;
	return 1;
}
