"""``acupress journal``: shows, adds, exports and erases recorded sessions."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from acupress import files
from acupress.commands import completion, options
from acupress.errors import EndedBySignalError, NotStartedError, WrongUseError, quoted
from acupress.journal import aside, resume, store
from acupress.journal.remarks import count_sessions
from acupress.journal.stats import Chosen, choose
from acupress.journal.store import Entry
from acupress.journal.weeks import weeks_in_a_row
from acupress.terminal.paging import paging
from acupress.terminal.printing import print_page, width
from acupress.text.layout import Line

Entries = tuple[Entry, ...]

_MOST_DAYS = 9999
_LONGEST_ADDED = 7200  # seconds, of a session with many holds again and longer
_CLOCKS_DIFFER = timedelta(minutes=5)  # the phone's and ours
_NOTHING = "Nothing is recorded yet: a session is kept here when it ends."
_NOT_ERASED = (
    "What it can not reach: backups, files that you exported, and what your shell or "
    "your disk remembers."
)


def group(
    settings: dict[str, Any], parent: type[TyperGroup], leaf: type[TyperCommand]
) -> typer.Typer:
    """Return the command, a group of class *parent* with commands of class *leaf*."""
    app = typer.Typer(
        cls=parent,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=settings,
        invoke_without_command=True,
    )
    app.callback()(run)
    app.command("add", cls=leaf, short_help="Keep a session of a page.")(add)
    app.command("export", cls=leaf, short_help="Write all sessions to a file.")(export)
    app.command("erase", cls=leaf)(erase)
    app.command("set-aside", cls=leaf, short_help="Move a damaged one away.")(set_aside)
    return app


def run(  # noqa: PLR0913 - an option each
    context: typer.Context,
    *,
    days: Annotated[
        int | None,
        typer.Option(
            parser=options.whole_number(1, _MOST_DAYS),
            metavar="NUMBER",
            help="Only the last so many days, 1 to 9999; without it, six weeks.",
        ),
    ] = None,
    routine: Annotated[
        str | None,
        typer.Option(
            metavar="ROUTINE",
            autocompletion=completion.routines,
            help="Only the sessions of this routine.",
        ),
    ] = None,
    no_pager: options.NoPager = False,
    as_json: options.Json = False,
    save: Annotated[
        Path | None,
        typer.Option(metavar="FILE.svg", help="Draw it, to print or to take along."),
    ] = None,
) -> None:
    """Show past sessions, minutes a week, and pain before and after."""
    name = context.invoked_subcommand
    if name and (days or routine or as_json or save):
        raise WrongUseError(f"these options go with `acupress journal`, not {name}")
    if name:
        return
    if save and as_json:
        raise WrongUseError("--save and --json exclude each other: give one")
    if save and save.suffix.lower() != ".svg":
        message = "--save saves a picture: give it a name that ends in .svg"
        raise WrongUseError(message)
    entries = store.read_entries(store.where())
    if as_json:
        _print_json(entries, Wanted(days, routine))
    elif save:
        _save(save, entries, Wanted(days, routine))
    else:
        with paging(allowed=not no_pager):
            _print(entries, Wanted(days, routine))


def _moment(typed: str) -> datetime:
    """Parse local time with its offset, to the second."""
    try:
        if re.fullmatch(r"[0-9-]{10}T[0-9:]{8}[+-][0-9]{2}:[0-9]{2}", typed):
            return datetime.fromisoformat(typed)
    except ValueError:
        pass
    message = "write the time and its offset as 2026-11-29T09:30:00+01:00"
    raise typer.BadParameter(message)


def _pain(when: str) -> Any:  # noqa: ANN401 - as typer.Option is typed
    scale = options.whole_number(store.LEAST_PAIN, store.MOST_PAIN)
    told = f"The pain {when} it, 0 to 10."
    return typer.Option(parser=scale, metavar="NUMBER", help=told)


def add(  # noqa: PLR0913 - an option each
    *,
    routine: Annotated[
        str,
        typer.Option(
            metavar="ROUTINE",
            autocompletion=completion.routines,
            help="The routine that was played.",
        ),
    ],
    at: Annotated[
        datetime,
        typer.Option(
            parser=_moment,
            metavar="TIME",
            help="When it began, as 2026-11-29T09:30:00+01:00.",
        ),
    ],
    pressed: Annotated[
        int,
        typer.Option(
            parser=options.whole_number(store.LEAST_PRESSED, _LONGEST_ADDED),
            metavar="SECONDS",
            help="How many seconds were pressed, 10 to 7200.",
        ),
    ],
    finished: Annotated[
        bool, typer.Option("--finished", help="It was played to its end.")
    ] = False,
    pain: Annotated[int | None, _pain("before")] = None,
    after: Annotated[int | None, _pain("after")] = None,
) -> None:
    """Keep a session that a page of `acupress plan --play` has played."""
    entry = Entry(at, _known(routine), pressed, finished, pain, after)
    if at > datetime.now(UTC) + _CLOCKS_DIFFER:
        raise WrongUseError(f"--at: {at.isoformat()} is still to come")
    past = store.read_entries(store.where())
    if (entry.started, entry.routine) in {(e.started, e.routine) for e in past}:
        raise WrongUseError("this session is in the journal already: nothing to add")
    from acupress.dialogue.closing import keep  # noqa: PLC0415 - loads the terminal
    from acupress.journal import remarks  # noqa: PLC0415

    kept = keep(entry)
    recent = choose(kept.entries, at.date()).entries
    where = remarks.kept(files.display_path(store.where())) if kept.first else ()
    said = Line(f"Added: {store.by_hand(entry)}.")
    in_a_row = weeks_in_a_row(kept.entries, at.date())
    print_page((said, *remarks.closing(entry, recent, in_a_row), *where))


def _known(routine: str) -> str:
    """Return *routine* if it is one; raises WrongUseError."""
    from acupress.catalogue.loading import load_routines  # noqa: PLC0415

    if routine in {store.ONE_POINT, *(each.id for each in load_routines())}:
        return routine
    message = f"{quoted(routine)} is no routine: `acupress routines` lists them"
    raise WrongUseError(f"--routine: {message}")


def export(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="A new file; without it, or as -, it is written here."
        ),
    ] = None,
    *,
    as_csv: Annotated[
        bool, typer.Option("--csv", help="As a table, for a spreadsheet.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Write all sessions as CSV or JSON; never over a file that is there."""
    if as_csv == as_json:
        raise WrongUseError(
            "add --csv for a spreadsheet, or --json for other programs: "
            "`acupress journal export --csv mine.csv`"
        )
    from acupress.journal import export  # noqa: PLC0415

    entries = store.read_entries(store.where())
    rows = export.session_documents(entries, entries)
    text = export.as_json(rows) + "\n"
    if as_csv:
        text = export.as_csv(rows, export.ENTRY_KEYS)
    if file is None or str(file) == "-":
        sys.stdout.write(text)
        return
    file = files.expanded(file)
    mark = export.byte_order_mark(text) if as_csv else ""
    files.save_new(file, f"{mark}{text}")
    print(f"saved {files.display_path(file)}: {count_sessions(len(rows))}")


def erase(
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Erase without asking.")] = False,
) -> None:
    """
    Erase all sessions for good, after asking.

    What could still be resumed is forgotten with them.
    """
    file = store.where()
    entries = store.read_entries(file)
    if not files.ensure_private(file):
        resume.forget(resume.where())
        print("There is no journal to erase.")
        _print_set_aside(file)
        return
    if not yes and not _confirmed(len(entries), file):
        print("Nothing was erased.")
        return
    store.erase(file)
    resume.forget(resume.where())
    print(f"Erased: {files.display_path(file)}. {_NOT_ERASED}")
    _print_set_aside(file)


def set_aside() -> None:
    """Move a journal that can not be used into a folder of its own; lose nothing."""
    file = store.where()
    place = aside.set_aside(file, _today())
    if place is not None:
        print(
            f"Set aside as it was, in {files.display_path(place)}. "
            "The next session begins a new journal."
        )
    elif files.ensure_private(file):
        named = files.display_path(file)
        print(f"Nothing is wrong with {named}: it was left where it is.")
    else:
        print("There is no journal to set aside.")


def _print_set_aside(file: Path) -> None:
    for place in aside.places(file):
        print(f"Not erased, since it was set aside: {files.display_path(place)}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options that select sessions."""

    days: int | None
    routine: str | None


def _print(entries: Entries, wanted: Wanted) -> None:
    from acupress.journal.report import journal_page  # noqa: PLC0415

    known = sorted({entry.routine for entry in entries})
    if not known:
        print(_NOTHING)
    elif wanted.routine is not None and wanted.routine not in known:
        name = quoted(wanted.routine)
        listed = ", ".join(known)
        print(f"No session of {name} is recorded, only of {listed}.")
    else:
        in_a_row = weeks_in_a_row(_of(entries, wanted.routine), _today())
        print_page(journal_page(_chosen(entries, wanted), width(), in_a_row))


def _save(file: Path, entries: Entries, wanted: Wanted) -> None:
    from acupress.journal.svg import journal_svg  # noqa: PLC0415

    chosen = _chosen(entries, wanted)
    if not chosen.entries:
        raise WrongUseError("no session is recorded that fits: nothing to draw")
    file = files.expanded(file)
    files.save_new(file, journal_svg(chosen))
    print(f"saved {files.display_path(file)}")


def _print_json(entries: Entries, wanted: Wanted) -> None:
    """Print the *wanted* sessions as JSON; without days, all of them."""
    from acupress.journal import export  # noqa: PLC0415

    chosen = every = _of(entries, wanted.routine)
    if wanted.days is not None:
        chosen = _chosen(entries, wanted).entries
    print(export.as_json(export.session_documents(chosen, every)))


def _of(entries: Entries, routine: str | None) -> Entries:
    """Return the sessions of *routine*; all of them without one."""
    return tuple(each for each in entries if routine in {None, each.routine})


def _chosen(entries: Entries, wanted: Wanted) -> Chosen:
    return choose(entries, _today(), wanted.days, wanted.routine)


def _today() -> date:
    return datetime.now(UTC).astimezone().date()


def _confirmed(number: int, file: Path) -> bool:
    """Ask before erasing *number* sessions; raises NotStartedError with no terminal."""
    from acupress.terminal.device import Terminal  # noqa: PLC0415
    from acupress.terminal.system import both_ends  # noqa: PLC0415

    if not both_ends():
        message = "without a terminal nothing is asked: add --yes to erase the journal"
        raise NotStartedError(message)
    from acupress.exit import die_of  # noqa: PLC0415
    from acupress.journal.remarks import erase_question  # noqa: PLC0415

    signal = None
    with Terminal(full=True) as terminal:
        try:
            line = terminal.ask(
                erase_question(number, files.display_path(file)), "yes / no"
            )
        except EndedBySignalError as ended:
            signal = ended.number
    if signal is not None:
        die_of(signal)
    return line is not None and line.strip().lower() in {"y", "yes"}
