/*
 * Small texts, each with one difficulty of the syntax, for the laws that hold
 * of every text. More of them lie in tests/cases.
 */
#ifndef KALENDS_TESTS_HARD_TEXTS_H
#define KALENDS_TESTS_HARD_TEXTS_H

#include "base/str.h"

#define EVENT "BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n"

/* clang-format off */
static const struct str hard_texts[] = {
	STR_C(""), STR_C("\n"), STR_C("\r"), STR_C("\r\r"), STR_C("\r\r\n"),
	STR_C("\r\r\r\n\r\r\n\n\r"), STR_C(" "), STR_C("\t\n "), STR_C("\0"),
	STR_C("\xef\xbb\xbf"), STR_C("\xef\xbb\xbf\r\n"), STR_C(":"), STR_C("="),
	STR_C("BEGIN"), STR_C("BEGIN:VCALENDAR"), STR_C("END:VCALENDAR"),
	/* line ends */
	STR_C("BEGIN:VCALENDAR\r\n" EVENT "END:VCALENDAR\r\n"),
	STR_C("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR\n"),
	STR_C("BEGIN:VCALENDAR\rBEGIN:VEVENT\rUID:1\rEND:VEVENT\rEND:VCALENDAR"),
	STR_C("BEGIN:VCALENDAR\r\r\nBEGIN:VEVENT\r\r\nUID:1\r\r\n X\r\r\n"
	      "END:VEVENT\r\r\nEND:VCALENDAR\r\r\n\r\r\n"),
	STR_C("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\nUID:1\rSUMMARY:x\n\rY:1\n"
	      "END:VEVENT\r\r\nEND:VCALENDAR\r"),
	/* folds */
	STR_C("BEG\r\n IN:VCAL\n\tENDAR\r\nB\r EGIN:VEVE\r\n NT\r\n\r\n"
	      "SUMM\r\n ARY:\xc3\r\n \xa9\r\n E\r\n ND:VEVENT\r\n"
	      "END\r\n :VEVENT\r\nEND:VCALENDA\r\n R\r\n"),
	STR_C("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n \r\n \r\n\t\r\nUID:1\r\n \r\n"
	      "\r\n folded blank\r\nEND:VEVENT\r\n \r\nEND:VCALENDAR\r\n \r\n"),
	STR_C("\r\n BEGIN:VCALENDAR\r\n\r\n BEGIN:VEVENT\r\nUID:1\r\n\r\n END:VE"
	      "VENT\r\nEND:VCALENDAR\r\n"),
	/* around and between */
	STR_C("\xef\xbb\xbf" "BEGIN:VCALENDAR\r\n" EVENT "END:VCALENDAR\r\n"
	      "\xef\xbb\xbf" "BEGIN:VCALENDAR\r\n\xef\xbb\xbf" EVENT
	      "END:VCALENDAR\r\n"),
	STR_C("Dear all,\n\nBEGIN:VCALENDAR\n" EVENT "\n\nX-A:1\nEND:VCALENDAR\n"
	      "--\nBEGIN:VCALENDAR\nEND:VCALENDAR\n" EVENT "BEGIN:VTODO\nfoot"),
	STR_C("begin:vcalendar\r\nbegin:vevent\r\nuid:1\r\nend:vevent \r\n"
	      "End:vCalendar\r\n"),
	/* ENDs missing, crossed, too many */
	STR_C("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n" EVENT
	      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VCALENDAR\r\n"
	      "END:VEVENT\r\nEND:VCALENDAR\r\nEND:VCALENDAR\r\n"),
	STR_C("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nBEGIN:VALARM\r\nEND:VEVENT\r\n"
	      "BEGIN:VEVENT\r\nEND:VALARM\r\nEND:VTODO\r\nX"),
	STR_C("BEGIN:VEVENT\r\nBEGIN:VALARM\r\nBEGIN:VEVENT\r\nEND:VALARM\r\n"
	      "END:VEVENT\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
	STR_C("BEGIN:VPOLL\nBEGIN:VEVENT\nEND:VEVENT\nBEGIN:VEVENT\nEND:VEVENT\n"
	      "END:VPOLL\n"),
	STR_C("BEGIN:VEVENT\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\n"
	      "BEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\n"
	      "BEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\nX:1\nEND:A\nBEGIN:B\nEND:A\n"
	      "END:A\nEND:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR\n"),
	/* vCalendar 1.0 */
	STR_C("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
	      "SUMMARY;ENCODING=QUOTED-PRINTABLE:a=\r\nEND:VEVENT=\r\n=\r\n b\r\n"
	      "DESCRIPTION;QUOTED-PRINTABLE:=0D=0A=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n"
	      "=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n"
	      "=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n"
	      "END:VEVENT\r\nUID:=\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"),
	/* too long for windows, lines and records of tiny_reader.h */
	STR_C("BEGIN:VCALENDAR\nX-LONG:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	      "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	      "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\r"
	      "\nBEGIN:VEVENT\nATTACH:ccccccccccccccccccccccccccccccccccccccccccccccc"
	      "cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
	      "ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc\r"
	      "\r\n ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	      "\r\n ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	      "\r\n ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	      "\r\n END:VEVENT\r\nEND:VEVENT\n\n" EVENT "END:VCALENDAR\n" EVENT),
	STR_C("BEGIN:VCALENDAR\nBEGIN:VEVENT\nA:1111111111111111111111111111111111"
	      "\nA:22222222222222222222222222222222222222222222222222222222222222222"
	      "\nA:33333333333333333333333333333333333333333333333333333333333333333"
	      "\n\nA:4444444444444444444444444444444444444444444444444444444444444444"
	      "\nA:55555555555555555555555555555555555555555555555555555555555555555"
	      "\nA:66666666666666666666666666666666666666666666666666666666666666666"
	      "\nBEGIN:VALARM\nA:7777777777777777777777777777777777777777777777777777"
	      "\nA:88888888888888888888888888888888888888888888888888888888888888888"
	      "\nEND:VALARM\nEND:VEVENT\n" EVENT EVENT EVENT EVENT "END:VCALENDAR\n"
	      "BEGIN:VCALENDAR\n" EVENT EVENT EVENT EVENT EVENT EVENT
	      "END:VCALENDAR\n"),
};
/* clang-format on */

#define HARD_TEXTS (sizeof(hard_texts) / sizeof(hard_texts[0]))

#endif
