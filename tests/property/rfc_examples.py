#!/usr/bin/python3
"""
The examples of RFC 5545 3.8.5.3, the dates typed from its text. All are local times of
America/New_York, 9:00 unless a time is given; "..." at the end means a prefix.

    rfc_examples.py            checks the oracle
    rfc_examples.py DRIVER     checks a rule_driver

The UNTIL of "every 3 hours" is 13:00 EDT by its Z; compared as
the local time it was meant to be, all the listed instances come out.
"""
import subprocess
import sys
from datetime import datetime, timedelta

import oracle_rule

# name, DTSTART, rules that give the same instances, instances
EXAMPLES = [
    ("daily for 10 occurrences", "19970902T090000",
     ["FREQ=DAILY;COUNT=10"], "1997: 9/2-11"),
    ("daily until December 24, 1997", "19970902T090000",
     ["FREQ=DAILY;UNTIL=19971224T000000Z"], "1997: 9/2-30 10/1-31 11/1-30 12/1-23"),
    ("every other day", "19970902T090000", ["FREQ=DAILY;INTERVAL=2"],
     "1997: 9/2,4,6,8,10,12,14,16,18,20,22,24,26,28,30 "
     "10/2,4,6,8,10,12,14,16,18,20,22,24,26,28,30 "
     "11/1,3,5,7,9,11,13,15,17,19,21,23,25,27,29 12/1,3 ..."),
    ("every 10 days, 5 occurrences", "19970902T090000",
     ["FREQ=DAILY;INTERVAL=10;COUNT=5"], "1997: 9/2,12,22 10/2,12"),
    ("every day in January, for 3 years", "19980101T090000",
     ["FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA",
      "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1"],
     "1998: 1/1-31 1999: 1/1-31 2000: 1/1-31"),
    ("weekly for 10 occurrences", "19970902T090000", ["FREQ=WEEKLY;COUNT=10"],
     "1997: 9/2,9,16,23,30 10/7,14,21,28 11/4"),
    ("weekly until December 24, 1997", "19970902T090000",
     ["FREQ=WEEKLY;UNTIL=19971224T000000Z"],
     "1997: 9/2,9,16,23,30 10/7,14,21,28 11/4,11,18,25 12/2,9,16,23"),
    ("every other week", "19970902T090000", ["FREQ=WEEKLY;INTERVAL=2;WKST=SU"],
     "1997: 9/2,16,30 10/14,28 11/11,25 12/9,23 1998: 1/6,20 2/3,17 ..."),
    ("weekly on Tuesday and Thursday for five weeks", "19970902T090000",
     ["FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH",
      "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH"],
     "1997: 9/2,4,9,11,16,18,23,25,30 10/2"),
    ("every other week on Monday, Wednesday, Friday until December 24", "19970901T090000",
     ["FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR"],
     "1997: 9/1,3,5,15,17,19,29 10/1,3,13,15,17,27,29,31 11/10,12,14,24,26,28 "
     "12/8,10,12,22"),
    ("every other week on Tuesday and Thursday, for 8 occurrences", "19970902T090000",
     ["FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH"],
     "1997: 9/2,4,16,18,30 10/2,14,16"),
    ("monthly on the first Friday for 10 occurrences", "19970905T090000",
     ["FREQ=MONTHLY;COUNT=10;BYDAY=1FR"],
     "1997: 9/5 10/3 11/7 12/5 1998: 1/2 2/6 3/6 4/3 5/1 6/5"),
    ("monthly on the first Friday until December 24, 1997", "19970905T090000",
     ["FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR"], "1997: 9/5 10/3 11/7 12/5"),
    ("every other month on the first and last Sunday", "19970907T090000",
     ["FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU"],
     "1997: 9/7,28 11/2,30 1998: 1/4,25 3/1,29 5/3,31"),
    ("monthly on the second-to-last Monday for 6 months", "19970922T090000",
     ["FREQ=MONTHLY;COUNT=6;BYDAY=-2MO"], "1997: 9/22 10/20 11/17 12/22 1998: 1/19 2/16"),
    ("monthly on the third-to-the-last day of the month", "19970928T090000",
     ["FREQ=MONTHLY;BYMONTHDAY=-3"], "1997: 9/28 10/29 11/28 12/29 1998: 1/29 2/26 ..."),
    ("monthly on the 2nd and 15th for 10 occurrences", "19970902T090000",
     ["FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15"],
     "1997: 9/2,15 10/2,15 11/2,15 12/2,15 1998: 1/2,15"),
    ("monthly on the first and last day for 10 occurrences", "19970930T090000",
     ["FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1"],
     "1997: 9/30 10/1,31 11/1,30 12/1,31 1998: 1/1,31 2/1"),
    ("every 18 months on the 10th thru 15th", "19970910T090000",
     ["FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15"],
     "1997: 9/10,11,12,13,14,15 1999: 3/10,11,12,13"),
    ("every Tuesday, every other month", "19970902T090000",
     ["FREQ=MONTHLY;INTERVAL=2;BYDAY=TU"],
     "1997: 9/2,9,16,23,30 11/4,11,18,25 1998: 1/6,13,20,27 3/3,10,17,24,31 ..."),
    ("yearly in June and July for 10 occurrences", "19970610T090000",
     ["FREQ=YEARLY;COUNT=10;BYMONTH=6,7"],
     "1997: 6/10 7/10 1998: 6/10 7/10 1999: 6/10 7/10 2000: 6/10 7/10 2001: 6/10 7/10"),
    ("every other year on January, February, March", "19970310T090000",
     ["FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3"],
     "1997: 3/10 1999: 1/10 2/10 3/10 2001: 1/10 2/10 3/10 2003: 1/10 2/10 3/10"),
    ("every third year on the 1st, 100th, 200th day", "19970101T090000",
     ["FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200"],
     "1997: 1/1 4/10 7/19 2000: 1/1 4/9 7/18 2003: 1/1 4/10 7/19 2006: 1/1"),
    ("every 20th Monday of the year", "19970519T090000", ["FREQ=YEARLY;BYDAY=20MO"],
     "1997: 5/19 1998: 5/18 1999: 5/17 ..."),
    ("Monday of week number 20", "19970512T090000", ["FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"],
     "1997: 5/12 1998: 5/11 1999: 5/17 ..."),
    ("every Thursday in March", "19970313T090000", ["FREQ=YEARLY;BYMONTH=3;BYDAY=TH"],
     "1997: 3/13,20,27 1998: 3/5,12,19,26 1999: 3/4,11,18,25 ..."),
    ("every Thursday, but only during June, July, August", "19970605T090000",
     ["FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8"],
     "1997: 6/5,12,19,26 7/3,10,17,24,31 8/7,14,21,28 "
     "1998: 6/4,11,18,25 7/2,9,16,23,30 8/6,13,20,27 "
     "1999: 6/3,10,17,24 7/1,8,15,22,29 8/5,12,19,26 ..."),
    # EXDATE removes DTSTART: in the school "rule" it is not there in the first place.
    ("every Friday the 13th", "19970902T090000", ["FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"],
     "1998: 2/13 3/13 11/13 1999: 8/13 2000: 10/13 ..."),
    ("the first Saturday that follows the first Sunday", "19970913T090000",
     ["FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13"],
     "1997: 9/13 10/11 11/8 12/13 1998: 1/10 2/7 3/7 4/11 5/9 6/13 ..."),
    ("U.S. Presidential Election day", "19961105T090000",
     ["FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8"],
     "1996: 11/5 2000: 11/7 2004: 11/2 ..."),
    ("the third instance of Tuesday, Wednesday, Thursday", "19970904T090000",
     ["FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3"], "1997: 9/4 10/7 11/6"),
    ("the second-to-last weekday of the month", "19970929T090000",
     ["FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2"],
     "1997: 9/29 10/30 11/27 12/30 1998: 1/29 2/26 3/30 ..."),
    ("every 3 hours from 9:00 AM to 5:00 PM", "19970902T090000",
     ["FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z"],
     "1997: 9/2 at 09:00 12:00 15:00"),
    ("every 15 minutes for 6 occurrences", "19970902T090000",
     ["FREQ=MINUTELY;INTERVAL=15;COUNT=6"],
     "1997: 9/2 at 09:00 09:15 09:30 09:45 10:00 10:15"),
    ("every hour and a half for 4 occurrences", "19970902T090000",
     ["FREQ=MINUTELY;INTERVAL=90;COUNT=4"], "1997: 9/2 at 09:00 10:30 12:00 13:30"),
    ("every 20 minutes from 9:00 AM to 4:40 PM", "19970902T090000",
     ["FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40",
      "FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16"],
     "1997: " + " ".join("%s at %s" % (d, " ".join("%02d:%02d" % (h, m)
                         for h in range(9, 17) for m in (0, 20, 40)))
                         for d in ("9/2", "9/3")) + " ..."),
    ("week start Monday", "19970805T090000",
     ["FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO"], "1997: 8/5,10,19,24"),
    ("week start Sunday", "19970805T090000",
     ["FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU"], "1997: 8/5,17,19,31"),
    ("February 30 is ignored", "20070115T090000",
     ["FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5"], "2007: 1/15,30 2/15 3/15,30"),
]


def expected(text):
    """(instances, whether they are a prefix)"""
    out, prefix = [], False
    year = day = None
    words = text.split()
    for i, word in enumerate(words):
        if word == "...":
            prefix = True
        elif word == "at":
            out.pop()               # the day's 9:00 was only a placeholder
        elif word.endswith(":"):
            year = int(word[:-1])
        elif ":" in word:
            out.append(day.replace(hour=int(word[:2]), minute=int(word[3:])))
        else:
            month, days = word.split("/")
            for part in days.split(","):
                low, _, high = part.partition("-")
                for d in range(int(low), int(high or low) + 1):
                    day = datetime(year, int(month), d, 9)
                    out.append(day)
    return out, prefix


def all_examples():
    for name, dtstart, rules, text in EXAMPLES:
        want, prefix = expected(text)
        for rule in rules:
            yield name, oracle_rule.parse_time(dtstart), rule, want, prefix


def ask_oracle(rule, dtstart, count):
    found, _ = oracle_rule.instances(rule, dtstart, "rule", None, count)
    return [oracle_rule.format_time(t) for t in found]


def main():
    driver = None
    if len(sys.argv) > 1:
        driver = subprocess.Popen([sys.argv[1]], stdin=subprocess.PIPE,
                                  stdout=subprocess.PIPE, text=True, bufsize=1)
    count = wrong = 0
    for name, dtstart, rule, want, prefix in all_examples():
        maximum = len(want) + (0 if prefix else 5)
        if driver:
            driver.stdin.write("rule\t%s\t%s\t-\t%d\n"
                               % (oracle_rule.format_time(dtstart), rule, maximum))
            got = [t for t in driver.stdout.readline().rstrip("\n").split(",") if t]
        else:
            got = ask_oracle(rule, dtstart, maximum)
        want = [oracle_rule.format_time(t) for t in want]
        count += 1
        if got != want:
            wrong += 1
            print("%s\n  %s %s\n  want %s\n  got  %s" % (
                name, oracle_rule.format_time(dtstart), rule, ",".join(want), ",".join(got)))
    print("%d examples of RFC 5545 3.8.5.3, %d wrong" % (count, wrong))
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
