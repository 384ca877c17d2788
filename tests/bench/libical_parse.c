/* libical_parse FILE: parses it whole with libical, as a peer of icsgrep. */
#include <libical/ical.h>
#include <stdio.h>

static char *
next(char *to, size_t size, void *file)
{
	return fgets(to, (int)size, file);
}

int
main(int argc, char **argv)
{
	FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
	icalparser *parser = icalparser_new();
	icalcomponent *root;

	if (!file)
		return 2;
	icalparser_set_gen_data(parser, file);
	root = icalparser_parse(parser, next);
	printf("%d\n",
	    root ? icalcomponent_count_components(root, ICAL_VEVENT_COMPONENT)
		 : 0);
	if (root)
		icalcomponent_free(root);
	icalparser_free(parser);
	fclose(file);
	return 0;
}
