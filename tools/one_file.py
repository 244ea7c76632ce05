"""
Make one file of the installed program, for those without Python: PyInstaller does.

``python tools/one_file.py FOLDER`` writes ``FOLDER/acupress``, or ``acupress.exe``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

_START = "from acupress.__main__ import main\n\nmain()\n"
# Commands are imported by name when they run, and wakepy only in a session.
_WHOLE = ("--collect-all=acupress", "--collect-submodules=wakepy")
_QUIET = ("--log-level=WARN", "--noconfirm", "--onefile", "--name=acupress")


def make(folder: Path) -> None:
    """Write the program into *folder*."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        script = work / "start.py"
        script.write_text(_START, "utf-8")
        places = (f"--distpath={folder}", f"--workpath={work}", f"--specpath={work}")
        command = (sys.executable, "-m", "PyInstaller", *_QUIET, *_WHOLE, *places)
        subprocess.run((*command, str(script)), check=True)  # noqa: S603 - ours


make(Path(sys.argv[1]).resolve())
