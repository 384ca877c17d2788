/* engine ours|libical RULE COUNT: instances a second, each converted to an
 * instant in Europe/Paris. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "time/rule.h"
#include "time/zones.h"

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* From 2000 on, again and again until there are `count`: rules end in 9999. */
static int64_t
ours(const char *text, long count)
{
	struct zones *zones = zones_new(NULL);
	const struct zone *zone = zones_system(zones, STR("Europe/Paris"));
	struct zone_cursor cursor = {0};
	struct civil start = {2000, 1, 3, 9, 0, 0};
	struct rule rule;
	int64_t sum = 0, local;

	if (!zone || !rule_parse(&rule, str_of(text), pos_none(), NULL))
		exit(2);
	while (count > 0) {
		struct rule_iter *iter =
		    rule_iter_new(&rule, civil_local(&start), RULE_START_RULE);

		for (int i = 0;
		     i < 2000 && count > 0 && rule_iter_next(iter, &local);
		     i++, count--)
			sum += zone_instant(&cursor, zone, local, NULL);
		rule_iter_free(iter);
	}
	zones_free(zones);
	return sum;
}

static int64_t
libical(const char *text, long count)
{
	icaltimezone *zone = icaltimezone_get_builtin_timezone("Europe/Paris");
	struct icaltimetype start = icaltime_from_string("20000103T090000");
	int64_t sum = 0;

	while (count > 0) {
		struct icalrecurrencetype rule =
		    icalrecurrencetype_from_string(text);
		icalrecur_iterator *iter = icalrecur_iterator_new(rule, start);

		for (int i = 0; i < 2000 && count > 0; i++, count--) {
			struct icaltimetype time =
			    icalrecur_iterator_next(iter);

			if (icaltime_is_null_time(time))
				break;
			sum += icaltime_as_timet_with_zone(time, zone);
		}
		icalrecur_iterator_free(iter);
	}
	return sum;
}

int
main(int argc, char **argv)
{
	double start = now();
	long count;
	int64_t sum;

	if (argc != 4)
		return 2;
	count = strtol(argv[3], NULL, 10);
	sum =
	    argv[1][0] == 'o' ? ours(argv[2], count) : libical(argv[2], count);
	printf("%.0f %lld\n", (double)count / (now() - start), (long long)sum);
	return 0;
}
