"""The resume file: what it tells, for how long, and what happens to it in failures."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from itertools import combinations_with_replacement
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acupress.errors import StorageError
from acupress.journal import resume
from acupress.journal.resume import ResumePoint, SessionOptions, state_of
from acupress.journal.resume_writer import ResumeWriter
from acupress.model import PregnancyLevel, Routine
from acupress.session.planning import plan
from acupress.session.playhead import Performance, Quit, begin
from acupress.session.screening import Answers, Caution, PregnancyAnswer, screen
from acupress.session.timeline import Timeline, lay_out
from support.catalogue import REAL, ROUTINES
from support.factories import point, routine, step
from support.journals import TODAY
from support.terminal import needs_unix

if sys.platform != "win32":
    import resource

ROOT = sys.platform != "win32" and os.geteuid() == 0
OPTIONS = SessionOptions(minutes=10, wait=True)
REACHED = ResumePoint(TODAY, "lower-back", 7, "BL60", OPTIONS)
LATER = TODAY + timedelta(minutes=12)


EVERY_USE: tuple[Callable[[Path], object], ...] = (
    partial(resume.read, now=LATER),
    partial(resume.write, reached=REACHED),
    resume.forget,
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return where the file is of somebody whose data are in a folder of the test."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    return resume.where()


@pytest.fixture
def written(file: Path) -> Path:
    """Return a file that offers BL60."""
    resume.write(file, REACHED)
    return file


def changed(file: Path, **values: object) -> None:
    """Write *values* into the file, as somebody with an editor would."""
    content = {**json.loads(file.read_text("utf-8")), **values}
    file.write_text(json.dumps(content), "utf-8")


def test_what_is_written_is_read(written: Path) -> None:
    """For an hour, and by nobody else; an hour is all."""
    assert resume.read(written, TODAY) == REACHED
    assert resume.read(written, TODAY + timedelta(hours=1)) == REACHED
    assert resume.read(written, TODAY + timedelta(hours=1, seconds=1)) is None
    if sys.platform != "win32":
        assert stat.S_IMODE(written.stat().st_mode) == 0o600
        assert stat.S_IMODE(written.parent.stat().st_mode) == 0o700


def test_the_file_has_nothing_else(written: Path) -> None:
    """One point, and what was known before the first question."""
    assert json.loads(written.read_text("utf-8")) == {
        "version": 1,
        "written": TODAY.isoformat(),
        "routine": "lower-back",
        "state": 7,
        "point": "BL60",
        "minutes": 10,
        "starter": None,
        "wait": True,
        "get_ready": None,
        "change_sides": None,
    }


def test_a_clock_that_was_set_back(written: Path) -> None:
    """What was written later than now is no offer."""
    assert resume.read(written, TODAY - timedelta(seconds=1)) is None


@pytest.mark.parametrize(
    "values",
    [
        {"version": 2},
        {"version": True},
        {"point": None},
        {"point": ["BL60", "LR3"]},
        {"written": "yesterday"},
        {"written": "2025-06-14T20:00:00"},
        {"state": -1},
        {"minutes": 0},
        {"minutes": 10**9},
        {"minutes": True},
        {"minutes": 3.5},
        {"get_ready": -5},
        {"change_sides": "5"},
        {"starter": 1},
        {"wait": "no"},
        {"pregnancy": "no"},
    ],
)
def test_another_content_is_no_offer(written: Path, values: dict[str, object]) -> None:
    """Another version, a key too many, and a value that no command could give."""
    changed(written, **values)

    assert resume.read(written, LATER) is None


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"\xff\xfe", b"null", b"[]", b'"BL60"', b"{}", b"[" * 1999, b"{" * 1999),
        *(b'{"version": 1}', b"1" * 1999, b'{"version": NaN}', b"\x00" * 100),
    ],
)
def test_garbage_is_no_offer(written: Path, data: bytes) -> None:
    """Whatever the file holds, there is no offer and no exception."""
    written.write_bytes(data)

    assert resume.read(written, LATER) is None


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 250), st.integers(0, 250))
def test_a_damaged_file_is_no_offer(
    tmp_path_factory: pytest.TempPathFactory, other: bytes, begin_: int, end: int
) -> None:
    """With any part of it replaced it is not valid, or offers a point all the same."""
    file = tmp_path_factory.mktemp("data") / "acupress" / "resume.json"
    resume.write(file, REACHED)
    data = file.read_bytes()
    file.write_bytes(data[:begin_] + other + data[end:])
    found = resume.read(file, LATER)

    assert found is None or isinstance(found, ResumePoint)


def test_a_link_is_not_followed(written: Path, tmp_path: Path) -> None:
    """It is refused, left as it is, and so is what it leads to."""
    other = tmp_path / "other"
    other.write_bytes(written.read_bytes())
    before = other.read_bytes()
    written.unlink()
    written.symlink_to(other)
    for use in EVERY_USE:
        with pytest.raises(StorageError, match="is a link, which is not followed"):
            use(written)

    assert written.is_symlink()
    assert other.read_bytes() == before


def test_a_folder_that_is_a_link(written: Path, tmp_path: Path) -> None:
    """It is refused like a file that is one."""
    written.parent.rename(tmp_path / "elsewhere")
    written.parent.symlink_to(tmp_path / "elsewhere")
    for use in EVERY_USE:
        with pytest.raises(StorageError, match="is a link"):
            use(written)


def test_what_is_no_file(written: Path) -> None:
    """A folder, a FIFO and too large a file are refused in a line, and never block."""
    needs_unix()
    written.write_bytes(b" " * 3000)
    with pytest.raises(StorageError, match="is too large"):
        resume.read(written, LATER)
    written.unlink()
    os.mkfifo(written)
    with pytest.raises(StorageError, match="is not a plain file"):
        resume.read(written, LATER)
    written.unlink()
    written.mkdir()
    with pytest.raises(StorageError, match="is not a plain file"):
        resume.read(written, LATER)


@pytest.mark.skipif(not ROOT, reason="only root can give files away")
def test_what_belongs_to_someone_else(written: Path) -> None:
    """It is refused, with what to do about it."""
    os.chown(written, 12345, 12345)

    with pytest.raises(StorageError, match="belongs to another user"):
        resume.read(written, LATER)


def test_nothing_is_there(file: Path) -> None:
    """No file, and nothing to forget, is no fault; no folder is made for it."""
    assert resume.read(file, LATER) is None
    resume.forget(file)
    assert not file.parent.exists()


def test_forgetting_leaves_nothing(written: Path) -> None:
    """Neither the file nor what a killed session had half written, and no more."""
    (written.parent / "resume.json.0123.new").write_text("half", "utf-8")
    (written.parent / "journal.db").write_text("another", "utf-8")
    resume.forget(written)

    assert [each.name for each in written.parent.iterdir()] == ["journal.db"]


def test_a_full_disk(written: Path) -> None:
    """The old file is as it was, nothing is left beside it, and a line says why."""
    needs_unix()
    before = written.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10, limits[1]))
    try:
        with pytest.raises(StorageError, match="File too large"):
            resume.write(written, REACHED)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert written.read_bytes() == before
    assert list(written.parent.iterdir()) == [written]


def test_a_changed_routine_is_noticed() -> None:
    """Any step, dose or sentence of it; the same one is the same in another process."""
    some = REAL["lower-back"]
    shorter = some._replace(steps=some.steps[:-1])
    gentler = some._replace(
        steps=(some.steps[0]._replace(setup=some.steps[0].setup + 1), *some.steps[1:])
    )

    assert len({state_of(each) for each in (some, shorter, gentler)}) == 3
    assert state_of(some) == state_of(some._replace(title=some.title))


# While a session runs


def at(timeline: Timeline, number: int) -> Performance:
    """Return a session that has come to the point of that *number*, from 1."""
    performance = begin(timeline)
    position = float(timeline.arrivals[number - 1])
    return performance._replace(head=performance.head._replace(position=position))


def writer(some: Routine, since: str = "") -> ResumeWriter:
    """Return what keeps the place in *some*, however long that takes."""
    own = frozenset(step.point.code for step in some.steps)
    first = ResumePoint(TODAY, some.id, state_of(some), since, OPTIONS)
    return ResumeWriter(first, own, lambda: TODAY, patience=None)


def reached(some: Routine, answers: Answers, number: int) -> ResumePoint | None:
    """Return what is left when a session is stopped at the point of that *number*."""
    timeline = lay_out(plan(screen(some, answers)))
    with writer(some) as kept:
        for each in range(1, number + 1):
            kept.see(at(timeline, each))
    return resume.read(resume.where(), TODAY)


def every_answer() -> Iterator[Answers]:
    """Yield each answer about pregnancy with no caution, one, and each two."""
    for pregnancy in PregnancyAnswer:
        yield Answers(pregnancy)
        for pair in combinations_with_replacement(Caution, 2):
            yield Answers(pregnancy, frozenset(pair))


def test_no_answer_is_in_the_file(file: Path) -> None:
    """
    For every answer the file is the same but for the one point.

    That is one of the routine as it is written, never one that takes the place of
    another; the first that is pressed is not written, whichever it is.
    """
    for some in (REAL["lower-back"], REAL["upper-back"], REAL["relaxing"]):
        texts: set[str] = set()
        codes = [each.point.code for each in some.steps]
        for answers in every_answer():
            screened = screen(some, answers)
            if not screened.runs:
                continue
            timeline = lay_out(plan(screened))
            with writer(some) as kept:
                kept.see(at(timeline, 1))
            assert not file.exists()
            found = reached(some, answers, timeline.steps)
            if found is None:
                continue
            assert found.point in codes
            texts.add(file.read_text("utf-8").replace(f'"{found.point}"', '"POINT"'))

        assert len(texts) == 1, some.id
        (text,) = texts
        assert not [code for code in codes if code in text]


def test_what_takes_the_place_of_a_point_is_not_written(file: Path) -> None:
    """Who is pressed there has answered yes or unsure; the point before stays."""
    avoided = step(point("LI4", pregnancy=PregnancyLevel.AVOID), rank=2)
    steps = (step(point("TE3")), avoided, step(point("SI3"), rank=3))
    instead = (step(point("PC6"), rank=4),)
    some = routine(*steps, replacements=instead)
    found = reached(some, Answers(PregnancyAnswer.YES), 3)

    assert found is not None
    assert found.point == "SI3"
    assert "PC6" not in file.read_text("utf-8")


def test_every_routine_with_replacements_keeps_them_out() -> None:
    """Whatever is bundled: no code of a replacement is a point that can be written."""
    for some in ROUTINES:
        own = {step.point.code for step in some.steps}
        instead = {step.point.code for step in some.replacements} - own
        for number in range(1, 9):
            answers = Answers(PregnancyAnswer.UNSURE)
            screened = screen(some, answers)
            if instead and screened.runs and number <= len(plan(screened).steps):
                found = reached(some, answers, number)

                assert found is None or found.point not in instead


def test_a_stopped_session_leaves_its_point_and_a_finished_one_nothing(
    file: Path,
) -> None:
    """However it was stopped; an earlier offer is gone as soon as a session begins."""
    some = REAL["lower-back"]
    timeline = lay_out(plan(screen(some, Answers(PregnancyAnswer.NO))))
    third = at(timeline, 3)
    stopped = third._replace(head=third.head._replace(ending=Quit.ASKED))
    over = third._replace(head=third.head._replace(position=float(timeline.duration)))
    with writer(some) as kept:
        kept.see(third)
        kept.see(stopped)
    found = resume.read(file, TODAY)

    assert found is not None
    assert found.point == timeline.at(timeline.arrivals[2]).point.code

    with writer(some) as kept:
        kept.see(at(timeline, 1))
    assert not file.exists()

    with writer(some) as kept:
        kept.see(third)
        kept.see(over)
    assert not file.exists()


def test_a_resumed_session_can_be_resumed(file: Path) -> None:
    """In its first point it leaves where it began; later on, where it has come to."""
    some = REAL["lower-back"]
    timeline = lay_out(plan(screen(some, Answers(PregnancyAnswer.NO))))
    for number, expected in ((1, "BL40"), (2, timeline.plan.steps[1].point.code)):
        with writer(some, since="BL40") as kept:
            for each in range(1, number + 1):
                kept.see(at(timeline, each))
        found = resume.read(file, TODAY)

        assert found is not None
        assert found.point == expected


def test_two_sessions_at_once(file: Path) -> None:
    """The last that comes to a point is the one that can be resumed."""
    lower, upper = REAL["lower-back"], REAL["upper-back"]
    no = Answers(PregnancyAnswer.NO)
    timelines = [lay_out(plan(screen(each, no))) for each in (lower, upper)]
    with writer(lower) as one:
        one.see(at(timelines[0], 2))
        with writer(upper) as other:
            other.see(at(timelines[1], 3))
        found = resume.read(file, TODAY)

        assert found is not None
        assert found.routine == "upper-back"

    found = resume.read(file, TODAY)
    assert found is not None
    assert found.routine == "lower-back"


def test_what_can_not_be_written_ends_nothing(file: Path, tmp_path: Path) -> None:
    """A link, a home that is gone, a file where the folder should be: no exception."""
    some = REAL["lower-back"]
    timeline = lay_out(plan(screen(some, Answers(PregnancyAnswer.NO))))
    file.parent.mkdir()
    file.symlink_to(tmp_path / "other")
    with writer(some) as kept:
        kept.see(at(timeline, 2))
    file.unlink()
    file.parent.rmdir()
    file.parent.write_text("a file", "utf-8")
    with writer(some) as kept:
        kept.see(at(timeline, 2))

    assert file.parent.read_text("utf-8") == "a file"
    assert not (tmp_path / "other").exists()


def test_a_disk_that_does_not_answer_holds_nothing_up() -> None:
    """Each point is noted at once, and the end waits no longer than it is told to."""
    some = REAL["lower-back"]
    timeline = lay_out(plan(screen(some, Answers(PregnancyAnswer.NO))))
    answers, asked = Event(), Event()
    kept: list[str] = []

    def keep(found: ResumePoint) -> None:
        asked.set()
        answers.wait()
        kept.append(found.point)

    own = frozenset(step.point.code for step in some.steps)
    first = ResumePoint(TODAY, some.id, state_of(some), "", OPTIONS)
    with ResumeWriter(first, own, lambda: TODAY, 0.0, keep) as stuck:
        asked.wait()
        for number in range(1, 6):
            stuck.see(at(timeline, number))
    assert kept == []
    answers.set()


def test_options_given_now_come_before_those_then() -> None:
    """What the command does not say is as in the session resumed."""
    then = SessionOptions(10, starter=True, wait=True, get_ready=30)
    now = SessionOptions(5, wait=False)

    assert now.filled(then) == SessionOptions(5, starter=True, wait=False, get_ready=30)
    assert SessionOptions().filled(then) == then
