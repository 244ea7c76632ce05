"""The manual page: what each command's help says, and what no help has room for."""

from __future__ import annotations

from acupress import __version__
from acupress.commands.inventory import Command, Parameter
from acupress.text.session_words import HELP

_DESCRIPTION = """\
acupress asks first about pregnancy, about warning signs and about your body today, and
leaves out every point that is not for you.
Then it walks you through what remains: find the point, press, hold while a countdown
runs, release, change sides, next point.
It rings when to press and when to let go, so that both hands can stay where they are.
It waits at each point until a routine has been finished three times, and from then on
moves on by itself.

It is for adults with ordinary back ache.
It is no substitute for care, diagnoses nothing and promises nothing.
Stop at once if there is sharp, shooting or electric pain, numbness or tingling that
stays, dizziness, chest pain, or an ache that gets worse.

A POINT is a WHO code such as BL60, the code of another chart, or a name in English,
pinyin or Chinese.
A name that means two points is never guessed: both are told.

Answers that are given as options can be read by others while the program runs, and
stay in the history of the shell: being asked is better.
"""

OPTIONS = (
    (
        "-h, --help",
        "Print help; after a command, help on it: as `acupress help COMMAND`.",
    ),
    ("-V, --version", "Print the version."),
    ("--no-color", "Print without colours; it may stand anywhere."),
    ("--install-completion", "Teach the shell the commands, routines and points."),
    ("--show-completion", "Print what that would be."),
)

EXIT_STATUS = (
    ("0", "done, or ended with q"),
    ("1", "a fault of acupress"),
    ("2", "wrong use: an unknown or ambiguous name, a bad option"),
    ("3", "not started, for safety or unanswered; or nobody was there"),
    ("4", "a data file cannot be used"),
    ("5", "reading or writing failed"),
    ("128+n", "ended by signal n"),
)

ENVIRONMENT = """\
NO_COLOR, FORCE_COLOR, CLICOLOR and CLICOLOR_FORCE are obeyed; PAGER shows what is long;
ACCESSIBLE=1 asks for plain lines without pictures.
TERM, COLORTERM, COLUMNS, the locale and the XDG folders are read.
ACUPRESS_TRACEBACK=1 has a fault of acupress say where in the program it was, without
what you answered.
No variable answers a question.
"""

PLACES = (
    ("~/.config/acupress/config.toml", "Preferences; never an answer."),
    ("~/.config/acupress/points/*.yaml", "Points of your own."),
    ("~/.config/acupress/routines/*.yaml", "Routines of your own."),
    ("~/.cache/acupress/", "What was read of these; it may be deleted."),
    (
        "~/.local/share/acupress/journal.db",
        "Past sessions: when, which routine, how long, pain; no answer, no point.",
    ),
    (
        "~/.local/share/acupress/resume.json",
        "For an hour, the point that a session had come to; no answer.",
    ),
)

_SOURCES = "The README of the sources tells where each statement comes from."

_EXAMPLES = (
    ("acupress session lower-back", "Ask three questions and guide the session."),
    (
        "acupress session upper-back --minutes 5 --voice",
        "The same for the upper back, in five minutes, with eyes shut.",
    ),
    ("acupress show GB21", "Where a point is, and who should leave it alone."),
    ("acupress plan desk-break --pregnancy no --save desk.html", "A sheet to print."),
    (
        "acupress plan upper-back --save session.html --play",
        "A page that asks the questions, and plays the session on a phone.",
    ),
    ("acupress new", "A routine of your own, made by questions."),
    ("acupress add tea-break.yaml", "A routine that somebody sent, looked at first."),
)


def page(commands: list[Command]) -> str:
    """Return the manual page, as roff."""
    summary = "guide a timed self-acupressure session for ordinary back ache"
    names = (f".B acupress {each.name}\n{_plain(each.usage)}" for each in commands)
    sections = (
        f'.TH ACUPRESS 1 "" "acupress {__version__}" "User Commands"',
        f".SH NAME\nacupress \\- {_plain(summary)}",
        ".SH SYNOPSIS\n" + "\n.br\n".join(names),
        f".SH DESCRIPTION\n{_paragraphs(_DESCRIPTION)}",
        ".SH COMMANDS",
        *map(_command, commands),
        f".SH OPTIONS\n{_list(OPTIONS)}",
        f".SH KEYS\nWhile a session runs:\n{_list(HELP)}",
        f".SH EXIT STATUS\n{_list(EXIT_STATUS)}",
        f".SH ENVIRONMENT\n{_paragraphs(ENVIRONMENT)}",
        f".SH FILES\n{_list(PLACES)}",
        f".SH EXAMPLES\n{_list(_EXAMPLES)}",
        f".SH SEE ALSO\n{_SOURCES}",
    )
    return "\n".join(sections) + "\n"


def _command(command: Command) -> str:
    told = [(_written(each), each.help) for each in command.parameters if each.help]
    for words, what in command.examples:
        told.append((f"acupress {words}", f"Example: {what}."))
    title = f".SS acupress {command.name} {_plain(command.usage)}"
    return "\n".join(filter(None, (title, _paragraphs(command.help), _list(told))))


def _written(parameter: Parameter) -> str:
    return " ".join(filter(None, (", ".join(parameter.words), parameter.value)))


def _list(entries: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> str:
    return "\n".join(
        f".TP\n.B {_plain(name)}\n{_plain(text)}" for name, text in entries
    )


def _paragraphs(text: str) -> str:
    """Return *text* with a request for each blank line."""
    paragraphs = text.strip().split("\n\n")
    return "\n.PP\n".join(
        "\n".join(map(_plain, paragraph.splitlines())) for paragraph in paragraphs
    )


def _plain(text: str) -> str:
    """Return *text* so that roff prints it as it is."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped
