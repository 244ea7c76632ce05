"""A desktop that keeps its screen on when asked: a service on a message bus of ours."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

import pytest

GNOME = "org.gnome.SessionManager"
FREEDESKTOP = "org.freedesktop.ScreenSaver"
BUS = "DBUS_SESSION_BUS_ADDRESS"

HELD = ["held by wakepy"]
LET_GO = [*HELD, "let go"]

needs_a_bus = pytest.mark.skipif(
    not shutil.which("dbus-daemon"), reason="dbus-daemon is the bus"
)


class Desktop(NamedTuple):
    """The address of its bus, and ``held by NAME`` and ``let go``, as they came."""

    address: str
    log: list[str]


@contextmanager
def desktop(service: str, *, refusing: bool = False) -> Iterator[Desktop]:
    """Run a bus with *service* on it, which holds, or says that it may not."""
    with subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"],  # noqa: S607
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as bus:
        assert bus.stdout
        made = Desktop(bus.stdout.readline().strip(), [])
        listening = threading.Event()
        thread = threading.Thread(
            target=_serve, args=(made, service, listening, refusing)
        )
        thread.start()
        listening.wait()
        try:
            yield made
        finally:
            bus.terminate()  # which ends the thread, too: its connection is closed
            thread.join()


def _serve(
    made: Desktop,
    service: str,
    listening: threading.Event,
    refusing: bool,  # noqa: FBT001 - an argument of a thread
) -> None:
    # Imported here: not where there is no D-Bus, such as Windows.
    from jeepney import (  # noqa: PLC0415
        HeaderFields,
        MatchRule,
        MessageType,
        message_bus,
        new_error,
        new_method_return,
    )
    from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415

    holders: set[str] = set()
    with open_dbus_connection(made.address) as connection:
        left = MatchRule(type="signal", member="NameOwnerChanged")
        connection.send_and_get_reply(message_bus.AddMatch(left))
        connection.send_and_get_reply(message_bus.RequestName(service))
        listening.set()
        with suppress(ConnectionError):  # the bus may end while we answer
            while True:
                message = connection.receive()
                fields = message.header.fields
                sender = fields.get(HeaderFields.sender)
                match fields.get(HeaderFields.member):
                    case "Inhibit" if refusing:
                        denied = "org.freedesktop.DBus.Error.AccessDenied"
                        reply = new_error(message, denied, "s", ("not for you",))
                        connection.send(reply)
                    case "Inhibit":
                        holders.add(sender)
                        made.log.append(f"held by {message.body[0]}")
                        connection.send(new_method_return(message, "u", (7,)))
                    case "Uninhibit" | "UnInhibit" if message.body == (7,):
                        holders.discard(sender)
                        made.log.append("let go")
                        connection.send(new_method_return(message))
                    case "NameOwnerChanged" if message.body[0] in holders:
                        holders.discard(message.body[0])
                        made.log.append("let go")
                    case _ if message.header.message_type is MessageType.method_call:
                        unknown = "org.freedesktop.DBus.Error.UnknownMethod"
                        connection.send(new_error(message, unknown))
