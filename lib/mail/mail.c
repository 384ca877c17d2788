#include "mail/mail.h"

#include <pwd.h>
#include <time.h>
#include <unistd.h>

#include "base/module.h"
#include "base/utf8.h"
#include "mail/mail_module.h"
#include "text/row.h"

#define ADDRESS_MOST 254                /* RFC 5321, 4.5.3.1.3 */
#define TO_MOST      100                /* recipients (4.5.3.1.8) */
#define SUBJECT_MOST ((size_t)400)      /* bytes; the rest is cut */
#define TEXT_MOST    ((size_t)64 << 10) /* the same */

bool
mail_address_ok(struct str address)
{
	const struct str bad = STR("()<>[]:;,\\\"");
	size_t at = str_find_byte(address, '@');

	if (address.n == 0 || address.n > ADDRESS_MOST || address.p[0] == '-' ||
	    at == 0 || at + 1 == address.n ||
	    (at != SIZE_MAX &&
		str_find_byte(str_from(address, at + 1), '@') != SIZE_MAX))
		return false;
	for (size_t i = 0; i < address.n; i++) {
		char c = address.p[i];

		if (c <= ' ' || c > '~' || str_find_byte(bad, c) != SIZE_MAX)
			return false;
	}
	return true;
}

bool
mail_own_address(struct buf *out)
{
	const struct passwd *user = getpwuid(geteuid());
	char host[256] = "";

	gethostname(host, sizeof(host) - 1);
	buf_add_str(out, user ? str_of(user->pw_name) : STR("icsalarm"));
	buf_add_char(out, '@');
	return buf_add_str(out, host[0] ? str_of(host) : STR("localhost"));
}

static bool
check_addresses(const struct mail *mail, struct error *err)
{
	struct str bad = mail->from;
	bool ok = mail_address_ok(mail->from);

	for (size_t i = 0; ok && i < mail->to_count; i++) {
		bad = mail->to[i];
		ok = mail_address_ok(bad);
	}
	if (ok && mail->to_count > TO_MOST)
		return error_set(err, ERR_LIMIT, pos_none(),
		    "more than %d recipients", TO_MOST);
	if (ok)
		return true;
	return error_set(err, ERR_VALUE, pos_none(),
	    "\"%.*s\" is no address for a mail", STR_ARG(str_head(bad, 80)));
}

/* At most so many bytes, whole characters. */
static struct str
cut(struct str text, size_t most)
{
	if (text.n <= most)
		return text;
	while (most && utf8_is_tail(text.p[most]))
		most--;
	return str_head(text, most);
}

static bool
clean_lines(struct str text, struct buf *out)
{
	struct str line;

	while (text.n && str_cut(&text, '\n', &line)) {
		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		text_for_terminal(out, line);
		buf_add_char(out, '\n');
	}
	return buf_ok(out);
}

bool
mail_compose(const struct mail *mail, struct buf *out, struct error *err)
{
	struct buf subject = {0}, text = {0};
	const struct mail_module *module;
	struct mail clean = *mail;
	void *handle = NULL;
	bool ok;

	if (!check_addresses(mail, err))
		return false;
	module = module_open("mail", "kalends_mail", &handle, err);
	if (!module)
		return false;
	ok = text_for_terminal(&subject, cut(mail->subject, SUBJECT_MOST)) &&
	     clean_lines(cut(mail->text, TEXT_MOST), &text);
	clean.subject = buf_str(&subject);
	clean.text = buf_str(&text);
	ok = ok && module->compose(&clean, out);
	buf_free(&subject);
	buf_free(&text);
	module_close(handle);
	if (!ok)
		error_set(err, ERR_MEMORY, pos_none(), "no memory");
	return ok;
}

/* --- mailboxes ------------------------------------------------------------ */

/* ">From ", ">>From " and so on get one more. */
static bool
looks_like_separator(struct str line)
{
	while (line.n && line.p[0] == '>')
		line = str_from(line, 1);
	return str_starts(line, STR("From "));
}

static bool
add_separator(struct str from, int64_t date, struct buf *out)
{
	static const char days[][4] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri",
	    "Sat"};
	static const char months[][4] = {"Jan", "Feb", "Mar", "Apr", "May",
	    "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	time_t at = (time_t)date;
	struct tm tm = {0};

	if (!gmtime_r(&at, &tm))
		tm = (struct tm){.tm_mday = 1, .tm_year = 70, .tm_wday = 4};
	return buf_printf(out, "From %.*s %s %s %2d %02d:%02d:%02d %d\n",
	    STR_ARG(from), days[tm.tm_wday], months[tm.tm_mon], tm.tm_mday,
	    tm.tm_hour, tm.tm_min, tm.tm_sec, tm.tm_year + 1900);
}

bool
mail_to_mbox(struct str message, struct str from, int64_t date, struct buf *out)
{
	struct str line;

	add_separator(from, date, out);
	while (message.n && str_cut(&message, '\n', &line)) {
		if (looks_like_separator(line))
			buf_add_char(out, '>');
		buf_add_str(out, line);
		buf_add_char(out, '\n');
	}
	return buf_add_char(out, '\n');
}
