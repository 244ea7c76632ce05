"""Hypothesis strategies: answers, routines, keys, and text that nobody expects."""

from __future__ import annotations

from hypothesis import strategies as st

from acupress.model import Origin, Point, PregnancyLevel, Routine, Tag, Tier
from acupress.session.playhead import DeviceEvent, Ended, Key
from acupress.session.screening import Answers, Caution, PregnancyAnswer
from support.factories import point, routine, step

answers = st.builds(
    Answers, st.sampled_from(PregnancyAnswer), st.frozensets(st.sampled_from(Caution))
)


points = st.builds(
    point,
    st.sampled_from(["TE3", "LI4", "KI27", "BL60", "SI3", "XX1", "GB21"]),
    pregnancy=st.sampled_from(PregnancyLevel),
    tier=st.sampled_from([Tier.NAMED, Tier.EXTRA_CARE, None]),
    cautions=st.lists(st.sampled_from(Tag), max_size=3, unique=True).map(tuple),
    origin=st.sampled_from(Origin),
)


def parted(chosen: list[Point], at: int) -> Routine:
    """Return a routine whose steps are *chosen* up to *at*, the rest replacing."""
    steps = [step(each, rank=rank) for rank, each in enumerate(chosen, 1)]
    return routine(*steps[:at], replacements=tuple(steps[at:]))


routines = st.builds(
    parted,
    st.lists(points, min_size=1, max_size=6, unique_by=lambda p: p.code),
    st.integers(1, 6),
)


TYPED = ["n", "no", "N", " no ", "NO", "y", "yes", "u", "unsure", "", " ", "\t", "0"]


TYPED += [
    "q",
    "maybe",
    "nope",
    "no no",
    "n.",
    "\u00a0no",
    "ｎｏ",
    "1",
    "не",
    "false",
    "off",
]


lines = st.lists(st.one_of(st.sampled_from(TYPED), st.text(max_size=6)), max_size=5)


SOUP = (
    *("a: ", "b: ", "- ", "? ", ": ", "&a ", "*a", "<<: ", "!!int ", "!x ", "%YAML"),
    *("[", "]", "{", "}", ",", "'", '"', "|", ">-", "#", "---\n", "...\n", "~", "null"),
    *("\n", "\n  ", "\n\t", "\r\n", "\r", " ", "\x1b", "\\x1b", "\\u202e", "\u2028"),
    *("\ufeff", "\xad", "\x00", "\\ud800", "1", "1.5", "true", "no", "030", "é", "中"),
)


events = st.sampled_from([*Key, *DeviceEvent, Ended(15)])


scripts = st.lists(
    st.tuples(st.floats(0.0, 400.0, allow_nan=False), events), max_size=25
).map(
    lambda pairs: {**dict(pairs), 1000.0: Key.QUIT, 1000.5: Key.QUIT, 1001.0: Key.QUIT}
)
