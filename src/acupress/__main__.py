"""The entry point of ``acupress`` and ``python -m acupress``."""

import signal

# Ctrl-C ends the program at once, even during imports; a session installs its own
# handler. If the parent ignored SIGINT (nohup), keep ignoring it.
if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import os
import sys
from typing import NoReturn

from acupress.exit import end_with
from acupress.paths import drop_relative_programs


def main() -> NoReturn:
    """Run the command line and end the process with its exit code."""
    drop_relative_programs(os.environ)
    if sys.platform == "win32":
        from acupress.terminal.windows import prepare  # noqa: PLC0415 - Windows only

        prepare()
    end_with(_run)


def _run() -> int:
    from acupress import cli  # noqa: PLC0415 - loads Typer: output is set up first

    return cli.run()


if __name__ == "__main__":
    main()
