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
	STR_C(""),
	STR_C("\n"),
	STR_C("\r"),
	STR_C("\r\r"),
	STR_C("\r\r\n"),
	STR_C("\r\r\r\n\r\r\n\n\r"),
	STR_C(" "),
	STR_C("\t\n "),
	STR_C("\0"),
	STR_C("\xef\xbb\xbf"),
	STR_C("\xef\xbb\xbf\r\n"),
	STR_C(":"),
	STR_C("="),
	STR_C("BEGIN"),
	STR_C("BEGIN:VCALENDAR"),
	STR_C("END:VCALENDAR"),
	/* line ends */
	STR_C("BEGIN:VCALENDAR\r\n" EVENT "END:VCALENDAR\r\n"),
	STR_C("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\n"
	      "END:VEVENT\nEND:VCALENDAR\n"),
	STR_C("BEGIN:VCALENDAR\rBEGIN:VEVENT\rUID:1\r"
	      "END:VEVENT\rEND:VCALENDAR"),
	STR_C("BEGIN:VCALENDAR\r\r\nBEGIN:VEVENT\r"
	      "\r\nUID:1\r\r\n X\r\r\n"
	      "END:VEVENT\r\r\nEND:VCALENDAR\r\r\n" "\r\r\n"),
	STR_C("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\nUID:1\r"
	      "SUMMARY:x\n\rY:1\n" "END:VEVENT\r\r\nEND:VCALENDAR\r"),
	/* folds */
	STR_C("BEG\r\n IN:VCAL\n\tENDAR\r\nB\r EGIN:VEVE\r\n"
	      " NT\r\n\r\n" "SUMM\r\n ARY:\xc3\r\n \xa9\r\n E\r\n"
	      " ND:VEVENT\r\n" "END\r\n :VEVENT\r\nEND:VCALENDA\r\n"
	      " R\r\n"),
	STR_C("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
	      " \r\n \r\n\t\r\nUID:1\r\n \r\n"
	      "\r\n folded blank\r\nEND:VEVENT\r\n"
	      " \r\nEND:VCALENDAR\r\n \r\n"),
	STR_C("\r\n BEGIN:VCALENDAR\r\n\r\n BEGIN:VEVENT\r\n"
	      "UID:1\r\n\r\n END:VE" "VENT\r\nEND:VCALENDAR\r\n"),
	/* around and between */
	STR_C("\xef\xbb\xbf" "BEGIN:VCALENDAR\r\n" EVENT
	      "END:VCALENDAR\r\n" "\xef\xbb\xbf"
	      "BEGIN:VCALENDAR\r\n\xef\xbb\xbf" EVENT "END:VCALENDAR\r\n"),
	STR_C("Dear all,\n\nBEGIN:VCALENDAR\n" EVENT
	      "\n\nX-A:1\nEND:VCALENDAR\n"
	      "--\nBEGIN:VCALENDAR\nEND:VCALENDAR\n" EVENT
	      "BEGIN:VTODO\nfoot"),
	STR_C("begin:vcalendar\r\nbegin:vevent\r\n"
	      "uid:1\r\nend:vevent \r\n" "End:vCalendar\r\n"),
	/* ENDs missing, crossed, too many */
	STR_C("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" "UID:1\r\n" EVENT
	      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
	      "UID:1\r\nEND:VCALENDAR\r\n"
	      "END:VEVENT\r\nEND:VCALENDAR\r\nEND:VCALENDAR\r\n"),
	STR_C("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
	      "BEGIN:VALARM\r\nEND:VEVENT\r\n"
	      "BEGIN:VEVENT\r\nEND:VALARM\r\nEND:VTODO\r\n" "X"),
	STR_C("BEGIN:VEVENT\r\nBEGIN:VALARM\r\nBEGIN:VEVENT\r\n"
	      "END:VALARM\r\n"
	      "END:VEVENT\r\nBEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
	STR_C("BEGIN:VPOLL\nBEGIN:VEVENT\nEND:VEVENT\n"
	      "BEGIN:VEVENT\nEND:VEVENT\n" "END:VPOLL\n"),
	STR_C("BEGIN:VEVENT\nBEGIN:A\nBEGIN:A\nBEGIN:A\n"
	      "BEGIN:A\nBEGIN:A\nBEGIN:A\n"
	      "BEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\n"
	      "BEGIN:A\nBEGIN:A\nBEGIN:A\n"
	      "BEGIN:A\nBEGIN:A\nBEGIN:A\nBEGIN:A\n"
	      "X:1\nEND:A\nBEGIN:B\nEND:A\n"
	      "END:A\nEND:VCALENDAR\nBEGIN:VCALENDAR\n" "END:VCALENDAR\n"),
	/* vCalendar 1.0 */
	STR_C("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"
	      "SUMMARY;ENCODING=QUOTED-PRINTABLE:a=\r\n"
	      "END:VEVENT=\r\n=\r\n b\r\n"
	      "DESCRIPTION;QUOTED-PRINTABLE:=0D=0A=\r\n"
	      "=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n"
	      "=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n"
	      "=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n"
	      "=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n"
	      "=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n=\r\n"
	      "END:VEVENT\r\nUID:=\r\nEND:VEVENT\r\n" "END:VCALENDAR\r\n"),
	/* too long for windows, lines and records of tiny_reader.h */
	STR_C("BEGIN:VCALENDAR\nX-LONG:bbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	      "bbbbbbbbbbbbbbb"
	      "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	      "bbbbbbbbbbbbbbb"
	      "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	      "bbbbbbbbbbbbbb\r"
	      "\nBEGIN:VEVENT\nATTACH:cccccccccccccccccccccccccccccc"
	      "ccccccccccccccccc"
	      "ccccccccccccccccccccccccccccccccccccccccccccccccccccc"
	      "ccccccccccccccc"
	      "ccccccccccccccccccccccccccccccccccccccccccccccccccccc"
	      "cccccccccccccc\r"
	      "\r\n dddddddddddddddddddddddddddddddddddddddddddddddd"
	      "ddddddddddddddddd"
	      "\r\n dddddddddddddddddddddddddddddddddddddddddddddddd"
	      "ddddddddddddddddd"
	      "\r\n dddddddddddddddddddddddddddddddddddddddddddddddd"
	      "ddddddddddddddddd" "\r\n END:VEVENT\r\nEND:VEVENT\n\n"
	      EVENT "END:VCALENDAR\n" EVENT),
	STR_C("BEGIN:VCALENDAR\nBEGIN:VEVENT\nA:11111111111111111111"
	      "11111111111111"
	      "\nA:2222222222222222222222222222222222222222222222222"
	      "2222222222222222"
	      "\nA:3333333333333333333333333333333333333333333333333"
	      "3333333333333333"
	      "\n\nA:44444444444444444444444444444444444444444444444"
	      "44444444444444444"
	      "\nA:5555555555555555555555555555555555555555555555555"
	      "5555555555555555"
	      "\nA:6666666666666666666666666666666666666666666666666"
	      "6666666666666666"
	      "\nBEGIN:VALARM\nA:77777777777777777777777777777777777"
	      "77777777777777777"
	      "\nA:8888888888888888888888888888888888888888888888888"
	      "8888888888888888" "\nEND:VALARM\nEND:VEVENT\n" EVENT EVENT
	      EVENT EVENT "END:VCALENDAR\n" "BEGIN:VCALENDAR\n" EVENT
	      EVENT EVENT EVENT EVENT EVENT "END:VCALENDAR\n"),
};
/* clang-format on */

#define HARD_TEXTS (sizeof(hard_texts) / sizeof(hard_texts[0]))

#endif
