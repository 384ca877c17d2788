/* What options say of which alarms count. */
#include "cal/alarm.h"

bool
alarm_choice_include(struct alarm_choice *choice, struct str list,
    struct error *err)
{
	struct str word;

	while (str_cut(&list, ',', &word)) {
		if (str_ieq(word, STR("cancelled")))
			choice->cancelled = true;
		else if (str_ieq(word, STR("completed")))
			choice->completed = true;
		else if (str_ieq(word, STR("declined")))
			choice->declined = true;
		else if (str_ieq(word, STR("acknowledged")))
			choice->acknowledged = true;
		else
			return error_set(err, ERR_USAGE, pos_none(),
			    "--include %.*s: cancelled, completed, declined or "
			    "acknowledged",
			    STR_ARG(word));
	}
	return true;
}

bool
alarm_defaults_add(struct alarm_defaults *defaults, struct str list,
    struct error *err)
{
	struct str word;

	while (str_cut(&list, ',', &word)) {
		struct alarm_default *one = &defaults->list[defaults->count];
		bool after = str_starts(word, STR("+"));
		bool sign = after || str_starts(word, STR("-"));

		if (defaults->count == ALARM_DEFAULTS_MOST)
			return error_set(err, ERR_USAGE, pos_none(),
			    "more than %d default alarms", ALARM_DEFAULTS_MOST);
		if (!duration_parse(&one->offset, str_from(word, sign), true,
			pos_none(), err))
			return false;
		if (!after) {
			one->offset.days = -one->offset.days;
			one->offset.seconds = -one->offset.seconds;
		}
		one->text = word;
		defaults->count++;
	}
	return true;
}
