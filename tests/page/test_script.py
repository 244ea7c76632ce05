"""The script of a page does what the program does, step by step."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acupress.model import Phase
from acupress.session.planning import plan
from acupress.session.playhead import (
    DeviceEvent,
    Key,
    Pause,
    Performance,
    Quit,
    begin,
    elapse,
    landing,
    over,
    react,
    until_next_look,
)
from acupress.session.screening import Answers, PregnancyAnswer, screen
from acupress.session.timeline import Timeline, lay_out, lengthen
from acupress.stage.sounds import COUNTED, file_name
from acupress.stage.voice import speaking_seconds
from acupress.text import session_words, speech
from support.catalogue import REAL
from support.command import home_in, invoke
from support.pages import script

NAMES = ("lower-back", "upper-back", "upper-back-partner", "desk-break", "nausea")


def laid_out(name: str, *, gated: bool = False) -> Timeline:
    """Return the timeline of a whole routine: the first plan of its page."""
    made = plan(screen(REAL[name], Answers(PregnancyAnswer.NO)))
    return lay_out(made, gated=gated)


def told(timeline: Timeline) -> dict[str, Any]:
    """Return what is heard and said in *timeline*, as the script has it."""
    return {
        "cues": [[cue.at, cue.sound.value] for cue in timeline.cues],
        "files": [
            file_name(timeline.moment(cue.at)).removesuffix(".wav")
            for cue in timeline.cues
        ],
        "said": [list(speech.phrases(timeline, cue)) for cue in timeline.cues],
        "breaths": [
            (breath := timeline.breath(at)) and [breath.way.value, *breath[1:]]
            for at in range(timeline.duration)
        ],
        "coming": [
            session_words.coming(timeline, segment.start)
            for segment in timeline.segments
        ],
        "announced": [
            session_words.announcement(timeline, segment)[0]
            for segment in timeline.segments
            if segment.phase is not Phase.READY
        ],
    }


TOLD = """
((timeline) => ({
  cues: timeline.cues.map(({ at, sound }) => [at, sound]),
  files: timeline.cues.map(({ at }) => fileOf(momentAt(timeline, at))),
  said: timeline.cues.map((cue) => phrases(data, timeline, cue)),
  breaths: [...Array(timeline.duration).keys()].map((at) => {
    const breath = breathAt(timeline, at);
    return breath && [breath.way, breath.start, breath.seconds];
  }),
  coming: timeline.segments.map(({ start }) => coming(data, timeline, start)),
  announced: timeline.segments.filter(({ phase }) => phase !== "ready")
    .map((segment) => announcement(data, timeline, segment)),
}))
"""


@pytest.mark.parametrize("name", NAMES)
def test_it_rings_and_says_the_same(name: str) -> None:
    """Cues, sounds, phrases, breaths and announcements, every second of a session."""
    assert script(name).run(f"{TOLD}(layOut(data, 0))") == told(laid_out(name))


@pytest.mark.parametrize("name", NAMES)
def test_it_does_so_when_lengthened(name: str) -> None:
    """Ten seconds more at each of its segments, as far as these may grow."""
    timeline = laid_out(name)
    for segment in timeline.segments:
        longer = f"lengthen(layOut(data, 0), {segment.start}, 10)"
        assert script(name).run(f"{TOLD}({longer})") == told(
            lengthen(timeline, segment.start, 10)
        )


@pytest.mark.parametrize("name", ["lower-back", "relaxing", "quiet"])
def test_a_hold_grows_as_far_as_in_the_program(name: str) -> None:
    """Again and again ten seconds more: up to the longest hold, and longest side."""
    timeline = laid_out(name)
    for segment in timeline.segments:
        longer = timeline
        for _ in range(13):
            longer = lengthen(longer, segment.start, 10)
        grown = f"(grown) => lengthen(grown, {segment.start}, 10)"
        found = f"[...Array(13)].reduce({grown}, layOut(data, 0)).duration"
        assert script(name).run(found) == longer.duration


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_there_is_time_for(name: str) -> None:
    """Of the phrases for a cue it takes the first that ends before the next sound."""
    timeline = laid_out(name)
    chosen = (
        "((timeline) => timeline.cues.map((cue) => phraseFor(data, timeline, cue, 1)))"
    )
    for cue, phrase in zip(
        timeline.cues, script(name).run(f"{chosen}(layOut(data, 0))"), strict=True
    ):
        later = [
            each.at
            for each in timeline.cues
            if each.at > cue.at and each.sound not in COUNTED
        ]
        fitting = [
            each
            for each in speech.phrases(timeline, cue)
            if not later or 1 + speaking_seconds(each) <= later[0] - cue.at
        ]
        assert phrase == next(iter(fitting), "")


KEYS: dict[str, Key | DeviceEvent] = {
    "enter": Key.ENTER,
    "pause": Key.PAUSE,
    "next": Key.NEXT,
    "back": Key.BACK,
    "longer": Key.LONGER,
    "again": Key.AGAIN,
    "mute": Key.MUTE,
    "quit": Key.QUIT,
    "away": DeviceEvent.RESUMED,
    "long away": DeviceEvent.LONG_AWAY,
}
# Binary fractions, so that both add up to the same.
SECONDS = st.integers(1, 320).map(lambda quarters: quarters / 4)
# More often what goes on than what ends a session.
TURNS = st.lists(
    st.one_of(SECONDS, SECONDS, st.sampled_from(list(KEYS)[:8]))
    | st.sampled_from(list(KEYS)),
    max_size=40,
)
STATE = """
({ timeline, position, held, elapsed, done, pause, stood, muted, ending, note }) => ({
  position, held, elapsed, done, pause, stood, muted, ending, note,
  duration: timeline.duration,
})
"""
PLAY = """
((turns, gated) => {
  const state = STATE;
  let session = begin(layOut(data, 0), gated);
  const states = [];
  for (const turn of turns) {
    if (isOver(session)) break;
    session = typeof turn === "number"
      ? elapse(session, turn, turn + 0.5) : react(session, turn);
    const look = untilNextLook(session);
    const { at, sound } = landing(session);
    states.push([state(session), look === Infinity ? null : look, [at, sound]]);
  }
  return states;
})
""".replace("STATE", STATE.strip())


def state(performance: Performance) -> dict[str, Any]:
    """Return the head as the script has it."""
    head = performance.head
    endings = {Quit.ASKED: "asked", Quit.STALE: "stale", None: None}
    pause, stood = (each.value if each else None for each in (head.pause, head.stood))
    segments = range(len(performance.timeline.segments))
    assert not isinstance(head.ending, tuple)
    return {
        "position": head.position,
        "held": list(head.held),
        "elapsed": head.elapsed,
        "done": [at in head.done for at in segments],
        "pause": pause,
        "stood": stood,
        "muted": head.muted,
        "ending": endings[head.ending],
        "note": head.note.value if head.note else None,
        "duration": performance.timeline.duration,
    }


@pytest.mark.parametrize("name", ["upper-back", "nausea"])
@given(turns=TURNS, gated=st.booleans())
def test_every_key_does_the_same(
    name: str, turns: list[float | str], *, gated: bool
) -> None:
    """Whatever is pressed and whenever, the page stands where the program would."""
    performance = begin(laid_out(name, gated=gated))
    states = []
    for turn in turns:
        if over(performance):
            break
        if isinstance(turn, str):
            performance = react(performance, KEYS[turn])
        else:
            performance = elapse(performance, turn, turn + 0.5, 1)
        look: float | None = until_next_look(performance)
        ringing = landing(performance)
        states.append(
            [
                state(performance),
                None if performance.head.pause else look,
                [ringing.at, ringing.sound.value],
            ]
        )

    assert script(name).run(f"{PLAY}({json.dumps([turns, gated])[1:-1]})") == states


@pytest.mark.parametrize("seconds", [0.0, 1.75, 2.0, 2.25])
def test_back_goes_to_the_point_before_at_once_only(seconds: float) -> None:
    """Up to two seconds after a point began, to the point before it."""
    turns: list[float | str] = ["next", "next", seconds, "back"]
    performance = begin(laid_out("upper-back"))
    for turn in (Key.NEXT, Key.NEXT):
        performance = react(performance, turn)
    performance = elapse(performance, seconds, seconds, 1)
    wanted = react(performance, Key.BACK).head.position
    played = script("upper-back").run(f"{PLAY}({json.dumps(turns)}, false)")

    assert played[-1][0]["position"] == wanted


@pytest.mark.parametrize(
    ("late", "pause", "ending"),
    [(0.5, None, None), (2.5, Pause.GAP.value, None), (3700, None, Quit.STALE.value)],
)
def test_time_that_nobody_saw_is_not_counted(
    late: float, pause: str | None, ending: str | None
) -> None:
    """Where a phone slept, the page pauses; after an hour it starts again."""
    moved = f"elapse(begin(layOut(data, 0), false), {1 + late}, 1)"
    found = script("upper-back").run(f"({STATE})({moved})")

    assert (found["pause"], found["ending"]) == (pause, ending)
    assert found["elapsed"] == (0 if pause or ending else 1 + late)


LINE = 'journalLine(data, played, "2026-11-29T09:30:00+01:00", 5, 3)'


def test_the_journal_takes_the_line_of_a_page(tmp_path: Path) -> None:
    """What the page shows at its end can be pasted, and counts as a session."""
    line = script("upper-back").run(
        "((played) => " + LINE + ")([...Array(900)].reduce("
        "(session) => elapse(session, 1, 1), begin(layOut(data, 0), false)))"
    )

    ran = invoke(*line.split()[1:], **home_in(tmp_path))
    kept = json.loads(invoke("journal", "--json", **home_in(tmp_path)).stdout)

    assert line == (
        "acupress journal add --routine upper-back --at 2026-11-29T09:30:00+01:00 "
        "--pressed 400 --finished --pain 5 --after 3"
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert kept == [
        {
            "started": "2026-11-29T09:30:00+01:00",
            "routine": "upper-back",
            "pressed_seconds": 400,
            "finished": True,
            "before": 5,
            "after": 3,
            "note": None,
            "week": "2026-W48",
            "weeks_in_a_row": 0,
        }
    ]
