"""
The command line: which commands there are, and how each way out ends.

A command's module is imported only when that command runs. Errors that a person
can put right become one line on standard error and the exit code of their kind;
a signal ends the program as that signal.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from acupress import __version__
from acupress.errors import (
    AcupressError,
    EndedBySignalError,
    StorageError,
    WrongUseError,
)
from acupress.naming import quoted

_COMMANDS = (
    *("session", "plan", "show", "list", "find", "routines"),
    *("journal", "check"),
)
_LISTED = ", ".join(_COMMANDS)

_HELP = """\
Guide a timed self-acupressure session for ordinary back ache.

\b
  acupress session lower-back    asks three questions, then guides the session
  acupress show GB21             where a point is, and who should leave it alone
  acupress list --region neck    the points that are used for an ache
"""


class LazyGroup(TyperGroup):
    """The commands, each imported when it is first wanted."""

    def list_commands(self, _context: object) -> list[str]:
        """Return the names in the order a newcomer needs them."""
        return list(_COMMANDS)

    def get_command(self, _context: object, name: str) -> Any | None:  # noqa: ANN401
        """Return the command called *name*, or ``None``."""
        if name not in _COMMANDS:
            return None
        module = importlib.import_module(f"acupress.commands.{name}")
        if group := getattr(module, "group", None):
            return typer.main.get_command(group(_SETTINGS))
        single = typer.Typer(
            add_completion=False,
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
            context_settings=_SETTINGS,
        )
        single.command(name)(module.run)
        return typer.main.get_command(single)

    def resolve_command(
        self,
        context: Any,  # noqa: ANN401 - Typer keeps the type to itself
        args: list[str],
    ) -> Any:  # noqa: ANN401
        """Find the command in *args*, or say which one may have been meant."""
        name = args[0]
        if name in _COMMANDS or name.startswith("-"):
            return super().resolve_command(context, args)
        import difflib  # noqa: PLC0415 - only needed once something is wrong

        near = difflib.get_close_matches(name, _COMMANDS, 1)
        meant = f"did you mean {near[0]}?" if near else f"there are {_LISTED}"
        raise WrongUseError(f"no command called {quoted(name)}; {meant}")


_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

app = typer.Typer(
    cls=LazyGroup,
    help=_HELP,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings=_SETTINGS,
    invoke_without_command=True,
)


def _version(asked: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if asked:
        print(f"acupress {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    *,
    _version_asked: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        print(context.get_help())


def main() -> NoReturn:
    """Run the command line and end the process with its exit code."""
    nowhere = sys.stdout is None
    if nowhere:
        sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - stays open
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    code = _run()
    sys.exit(code or (StorageError.exit_code if nowhere else 0))


def _run() -> int:
    try:
        code = app(prog_name="acupress", standalone_mode=False)
        sys.stdout.flush()
    except (AcupressError, TyperException) as error:
        return _complain(_one_line(error), error.exit_code)
    except EndedBySignalError as end:
        _die_of(end.number)
    except OSError as error:
        sys.stdout = None  # nothing more can be written
        reason = error.strerror or "unknown reason"
        return _complain(f"the output was not written: {reason}", _NOT_WRITTEN)
    return code if isinstance(code, int) else 0


_NOT_WRITTEN = StorageError.exit_code


def _one_line(error: AcupressError | TyperException) -> str:
    message = error.format_message() if isinstance(error, TyperException) else error
    return " ".join(str(message).split()).rstrip(".")


def _complain(message: str, code: int) -> int:
    if sys.stderr is not None:
        sys.stderr.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        print(f"acupress: {message}", file=sys.stderr)
    return code


def _die_of(number: int) -> NoReturn:
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    sys.exit(128 + number)
