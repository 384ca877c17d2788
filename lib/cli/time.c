/* The options of time: -z, --now, -f, -t. */
#include <time.h>

#include "cli/cli.h"
#include "time/when.h"

static void
parse_word(struct cli *cli, const char *option, const char *word,
    struct when_word *when)
{
	struct error err = {0};

	if (!when_word_parse(when, str_of(word), cli->now, cli->zone, &err))
		cli_usage(cli, "%s: %s", option, err.message);
}

static void
release(struct cli *cli)
{
	zones_free(cli->zones);
}

void
cli_resolve_time(struct cli *cli, const char *from_default,
    const char *to_default)
{
	const char *from = cli->from_word ? cli->from_word : from_default;
	const char *to = cli->to_word ? cli->to_word : to_default;
	struct error err = {0};
	struct when_word word;

	cli->release = release;
	cli->zones = zones_new(NULL);
	if (!cli->zones) {
		error_set(&err, ERR_MEMORY, pos_none(), "no memory");
		cli_die(cli, &err);
	}
	cli->zone = cli->zone_word
	                ? zones_option(cli->zones, str_of(cli->zone_word), &err)
	                : zones_local(cli->zones);
	if (!cli->zone)
		cli_usage(cli, "-z: %s", err.message);
	cli->now = (int64_t)time(NULL);
	if (cli->now_word) {
		parse_word(cli, "--now", cli->now_word, &word);
		cli->now = word.from;
	}
	cli->from = INT64_MIN;
	cli->until = INT64_MAX;
	if (from) {
		parse_word(cli, "-f", from, &word);
		cli->from = word.from;
	}
	if (to) {
		parse_word(cli, "-t", to, &word);
		cli->until = word.until;
	}
	if (cli->from_word && cli->to_word && cli->until <= cli->from)
		cli_usage(cli,
		    "-t %s is not after -f %s: the range would be empty",
		    cli->to_word, cli->from_word);
}
