"""``acupress routines``: what a session can be about."""

from __future__ import annotations

from acupress import notices
from acupress.commands import options
from acupress.commands.loading import load_routines
from acupress.commands.printing import print_page, print_table
from acupress.layout import Line, Tone
from acupress.pages import routine_table


def run(*, as_json: options.Json = False) -> None:
    """List the routines, with their minutes, points and company."""
    routines = load_routines()
    if as_json:
        from acupress.documents import routine_document, written  # noqa: PLC0415

        print(written([routine_document(routine) for routine in routines]))
        return
    print_table(*routine_table(routines))
    print_page((Line(), Line(notices.EVIDENCE, Tone.QUIET)))
