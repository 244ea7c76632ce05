"""
Who else may have written a file, and so decided where somebody presses.

On Windows owners and modes mean nothing: what keeps others out there is the access
list that everything below a person's profile inherits.
"""

from __future__ import annotations

import os
import stat
import sys

OF_ANOTHER = "belongs to another user (was acupress run with sudo?): chown it"
"""What is said of a file or folder that is not its reader's."""

WRITABLE = "can be written by other users, so it is not used: chmod go-w it"
"""What is said of a file or folder that is not its owner's alone to change."""

_ROOT = 0


def of_another(found: os.stat_result) -> bool:
    """Tell whether *found* belongs to another user."""
    return sys.platform != "win32" and found.st_uid != os.geteuid()


def fault(found: os.stat_result) -> str:
    """
    Return why what *found* tells of is not to be believed, and what to do; or nothing.

    What root owns is as good as our own: root could write anything of ours.
    """
    if sys.platform == "win32":
        return ""
    if of_another(found) and found.st_uid != _ROOT:
        return OF_ANOTHER
    others = found.st_mode & stat.S_IWOTH
    if others or (found.st_mode & stat.S_IWGRP and not _nobody_else_in(found.st_gid)):
        return WRITABLE
    return ""


def _nobody_else_in(number: int) -> bool:
    """
    Tell whether the group *number* is a person's own, with nobody else in it.

    Where each has one, as on Ubuntu and Fedora, files are made writable for it.
    """
    if sys.platform == "win32":
        return True
    import grp  # noqa: PLC0415 - seldom asked
    import pwd  # noqa: PLC0415

    try:
        group, name = grp.getgrgid(number), pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return False
    return group.gr_name == name and not {*group.gr_mem} - {name}
