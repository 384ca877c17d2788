#include "time/zone_names.h"
#include "time/zones_impl.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define DEPTH      3 /* America/Argentina/Salta */
#define NAMES      4096
#define PATH_BYTES 4096

static void
add(struct zone_list *list, struct str name)
{
	struct str copy;

	if (list->count == list->room) {
		size_t room = list->room ? list->room * 2 : 512;
		struct str *names = realloc(list->names, room * sizeof(*names));

		if (!names)
			return;
		list->names = names;
		list->room = room;
	}
	copy = arena_copy(&list->arena, name);
	if (copy.p)
		list->names[list->count++] = copy;
}

/* `path` is the folder's, of which the first `root` bytes lead to the names. */
static void
walk(struct zone_list *list, char *path, size_t root, int depth)
{
	size_t n = strlen(path);
	DIR *dir = opendir(path);
	struct dirent *entry;
	struct stat st;

	if (!dir)
		return;
	while ((entry = readdir(dir)) != NULL && list->count < NAMES) {
		size_t more = strlen(entry->d_name);
		struct str name;

		/* the tz database's names begin with a capital; its other
		 * files, and "posix" and "right", do not */
		if (entry->d_name[0] < 'A' || entry->d_name[0] > 'Z' ||
		    n + more + 2 > PATH_BYTES)
			continue;
		path[n] = '/';
		memcpy(path + n + 1, entry->d_name, more + 1);
		name = str_of(path + root);
		if (!zone_name_is_safe(name) || stat(path, &st) != 0)
			continue;
		if (S_ISREG(st.st_mode))
			add(list, name);
		else if (S_ISDIR(st.st_mode) && depth > 1)
			walk(list, path, root, depth - 1);
	}
	path[n] = '\0';
	closedir(dir);
}

void
zone_list_read(struct zone_list *list, const char *dir)
{
	char path[PATH_BYTES];
	int n = snprintf(path, sizeof(path), "%s", dir);

	if (n > 0 && (size_t)n < sizeof(path))
		walk(list, path, (size_t)n + 1, DEPTH);
}

void
zone_list_free(struct zone_list *list)
{
	arena_free(&list->arena);
	free(list->names);
	*list = (struct zone_list){0};
}

struct str
zone_list_fold(const struct zone_list *list, struct str name)
{
	for (size_t i = 0; i < list->count; i++)
		if (str_ieq(list->names[i], name))
			return list->names[i];
	return (struct str){NULL, 0};
}

static struct str
place_of(struct str name)
{
	while (name.n) {
		size_t slash = str_find_byte(name, '/');

		if (slash == SIZE_MAX)
			break;
		name = str_from(name, slash + 1);
	}
	return name;
}

/* Few letters apart as a whole, or in the place alone: "Pari" is near
 * Europe/Paris. In ties the first in alphabetical order, so that the answer
 * does not hang on the folder's order. */
struct str
zone_list_near(const struct zone_list *list, struct str name)
{
	struct str best = zone_list_fold(list, name);
	size_t least = name.n / 4 < 3 ? name.n / 4 + 1 : 4;

	if (best.n)
		return best;
	for (size_t i = 0; i < list->count; i++) {
		struct str other = list->names[i];
		size_t apart = zone_name_distance(name, other, least);
		size_t place = zone_name_distance(name, place_of(other), least);

		if (place < apart)
			apart = place;
		if (apart < least ||
		    (apart == least && best.n && str_cmp(other, best) < 0)) {
			best = other;
			least = apart;
		}
	}
	return best;
}
