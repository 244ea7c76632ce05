"""
Examples for the help of each command; the manual page and docs/ have them, too.

`journal add` has none: the page of `plan --play` writes its whole line.
"""

from __future__ import annotations

from collections.abc import Mapping

Examples = tuple[tuple[str, str], ...]

EXAMPLES: Mapping[str, Examples] = {
    "session": (
        ("session lower-back", "ask, show the plan, begin"),
        ("session upper-back --minutes 5 --voice", "five minutes, spoken"),
        ("session BL60 --rehearse", "one point, only to see it"),
    ),
    "plan": (
        ("plan lower-back --minutes 10", "at most ten minutes"),
        ("plan neck --pregnancy no --save neck.html", "a sheet to print"),
        ("plan neck --save page.html --play", "a page for a phone"),
    ),
    "show": (
        ("show GB21", "by its code"),
        ("show jian jing --all", "by its name, with every source"),
        ("show BL60 --save bl60.svg", "its picture, for paper"),
    ),
    "list": (
        ("list --region neck", "for an ache, with a map"),
        ("list --reach self --pregnancy ok", "what fits all of that"),
        ("list --all --json", "all, for other programs"),
    ),
    "find": (
        ("find stiff neck", "for an ache, with sessions"),
        ("find sholder wel", "spelt as you think"),
    ),
    "routines": (
        ("routines", "a line each"),
        ("routines sleep", "all about one"),
        ("routines sleep --yaml", "to make one of your own from"),
    ),
    "how": (
        ("how", "before a first session"),
        ("show BL60", "how one point is pressed"),
    ),
    "care": (
        ("care", "what to do besides"),
        ("find headache", "what serves for another ache"),
    ),
    "journal": (
        ("journal", "the last six weeks"),
        ("journal --days 90 --routine lower-back", "one routine, for longer"),
        ("journal --save visit.svg", "to take to a doctor"),
    ),
    "journal export": (
        ("journal export --csv mine.csv", "for a spreadsheet"),
        ("journal export --json", "for other programs"),
    ),
    "journal erase": (
        ("journal erase", "asks first"),
        ("journal erase --yes", "does not ask"),
    ),
    "journal set-aside": (("journal set-aside", "when one can not be used"),),
    "remind": (
        ("remind neck --at 11:00,15:00 --save a.ics", "every day"),
        ("remind neck --at 9:00 --days mon-fri --cron", "on workdays"),
    ),
    "new": (
        ("new", "by questions"),
        ("new --ache neck --points GB20,TE3", "each point as it is dosed here"),
    ),
    "add": (
        ("add tea-break.yaml", "look at it, then say yes or no"),
        ("routines hip --yaml", "the other way: a text to pass on"),
    ),
    "check": (
        ("check", "all files of your own"),
        ("check evening.yaml", "one file"),
        ("check --schema", "for an editor"),
    ),
    "help": (
        ("help session", "one command"),
        ("help journal export", "a command of a group"),
    ),
}
