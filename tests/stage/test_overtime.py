"""A helper program that hangs is given up in time, and no other, on a given clock."""

from __future__ import annotations

from pathlib import Path

from acupress.model import Pattern
from acupress.session.player import play
from acupress.session.timeline import Timeline
from acupress.stage.announcer import Announcer
from acupress.stage.overtime import GRACE, Overtime
from acupress.stage.sounds import Bell, Player, player
from acupress.stage.voice import speaking_seconds, voice
from support.factories import point, routine, step
from support.plans import timeline_of
from support.programs import fake_program, lines, settle, until
from support.stage import SOUNDS, Listener

HANGING = "exec /bin/sleep 900"
READY = 0.5 + GRACE
"""When the first sound, ``get-ready.wav`` of half a second, is given up."""


def hung_at(overtime: Overtime, now: float, *, for_seconds: int = 20) -> float | None:
    """Look every second from *now* on; return when the program is given up."""
    seconds = (now + each for each in range(1, for_seconds + 1))
    return next((each for each in seconds if overtime.hangs(each)), None)


def test_its_length_and_two_seconds() -> None:
    """Not before the length of its file and two seconds, and not later either."""
    overtime = Overtime()
    overtime.begin(100.0, 1.5)

    assert [overtime.hangs(at) for at in (101.0, 102.0, 103.0, 103.4, 103.5)] == [
        *([False] * 4),
        True,
    ]


def test_what_ends_is_never_given_up() -> None:
    """However often it plays, a player that ends by itself has no overtime."""
    overtime = Overtime()
    for at in range(0, 100, 2):
        overtime.begin(at, 0.5)
        overtime.hangs(at + 1)  # late, but not for long
        overtime.end()

        assert hung_at(overtime, at + 1, for_seconds=1) is None


def test_a_sound_that_cuts_another_off_saves_nobody() -> None:
    """Sounds that follow each other each second add up: none of them ever ended."""
    overtime = Overtime()
    for at in range(4):
        overtime.begin(at, 0.25)
        if overtime.hangs(at):
            break

    assert at == 3  # three times three quarters of a second


def test_what_is_cut_off_before_its_end_is_not_late() -> None:
    """A rehearsal cuts every sound off: nothing is overdue there."""
    overtime = Overtime()
    for at in range(100):
        overtime.begin(at * 0.1, 0.5)

        assert not overtime.hangs(at * 0.1)


def test_a_machine_that_slept_is_not_counted() -> None:
    """A player that slept with the machine has its time left when that wakes."""
    overtime = Overtime()
    overtime.begin(0.0, 1.5)
    overtime.hangs(1.0)

    assert not overtime.hangs(3601.0)
    assert hung_at(overtime, 3601.0) == 3604.0


def session(hold: int) -> Timeline:
    """Return a session of two presses of *hold* seconds, sides in turn."""
    one = step(point("TE3"), pattern=Pattern.ALTERNATE, hold=hold, repetitions=1)
    return timeline_of(routine(one))


def played_by(folder: Path, timeline: Timeline) -> tuple[Listener, Player, list[float]]:
    """Play *timeline* through the programs in *folder*; return when the bell rang."""
    stage, rung = Listener(), list[float]()
    bell = Bell(lambda: rung.append(stage.clock))
    sounds = player(SOUNDS, bell, str(folder))
    assert isinstance(sounds, Player)
    stage.announcer = Announcer(sounds, voice(str(folder)), 1)
    play(timeline, stage)
    settle(sounds.channel)
    return stage, sounds, rung


def test_a_player_that_hangs_is_the_bell(tmp_path: Path) -> None:
    """
    The bell rings for the cue that was owed, and from then on for all.

    Nothing is left running, the player is not tried again, and one line says so.
    """
    fake_program(tmp_path, "paplay", HANGING)
    stage, sounds, rung = played_by(tmp_path, session(30))

    assert READY <= rung[0] < READY + 1
    assert rung[1:] == [15.0, 30.0, 45.0, 50.0, 65.0, 80.0]
    assert sounds.channel.running is None
    assert stage.announcer.troubles == [
        "paplay did not end its sounds: from then on the terminal's bell rang."
    ]


def test_short_holds_hide_no_player_that_hangs(tmp_path: Path) -> None:
    """Where no two seconds pass without a sound, it is noticed all the same."""
    fake_program(tmp_path, "aplay", HANGING)
    stage, _, rung = played_by(tmp_path, session(5))

    assert rung
    assert stage.announcer.troubles == [
        "aplay did not end its sounds: from then on the terminal's bell rang."
    ]


def test_a_player_that_works_is_kept(tmp_path: Path) -> None:
    """Nothing rings and nothing is said where every sound ends."""
    fake_program(tmp_path, "paplay", "")
    rung: list[float] = []
    sounds = player(SOUNDS, Bell(lambda: rung.append(0.0)), str(tmp_path))
    assert isinstance(sounds, Player)
    timeline = session(30)
    for cue in timeline.cues:
        sounds.play(timeline.moment(cue.at), float(cue.at))
        settle(sounds.channel)
        sounds.check(cue.at + 0.9)

    assert (sounds.trouble, rung) == ("", [])


def test_a_voice_that_hangs_is_given_up(tmp_path: Path) -> None:
    """The words end, the sounds stay, and one line says so."""
    fake_program(tmp_path, "espeak-ng", HANGING)
    fake_program(tmp_path, "paplay", "")
    speaking = voice(str(tmp_path))
    assert speaking
    speaking.say("Press.", 0.0)
    late = speaking_seconds("Press.") + 5.0
    said = [speaking.given_up(at / 2) for at in range(int(late * 2) + 2)]

    assert {*said[:-1]} == {""}
    assert (
        said[-1] == "espeak-ng did not end its words: from then on nothing was spoken."
    )
    speaking.stop()
    settle(speaking.channel)


def test_a_voice_that_fails_is_told(tmp_path: Path) -> None:
    """An engine that reports an error is not asked for another phrase."""
    log = tmp_path / "log"
    fake_program(tmp_path, "espeak-ng", f"echo >> {log}; exit 1")
    stage = Listener()
    stage.announcer.voice = speaking = voice(str(tmp_path))
    assert speaking
    speaking.say("Press.", 0.0)
    until(lambda: speaking.channel.failed)
    stage.announcer.check(1.0)
    play(session(30), stage)

    assert lines(log) == [""]
    assert stage.announcer.troubles == [
        "espeak-ng failed: from then on nothing was spoken."
    ]
