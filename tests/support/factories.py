"""Small points, steps and routines for tests that need no catalogue."""

from __future__ import annotations

from acupress.model import (
    Body,
    Citation,
    Dose,
    Origin,
    Pattern,
    Point,
    PointKind,
    PregnancyLevel,
    Pressure,
    Reach,
    Region,
    Routine,
    Sides,
    Source,
    Step,
    Tag,
    Technique,
    Tier,
)

SOURCE = Source("book", "A book", "https://example.org/book", "places")


def point(
    code: str = "TE3",
    *,
    name: str | None = None,
    pregnancy: PregnancyLevel = PregnancyLevel.OK,
    tier: Tier | None = None,
    cautions: tuple[Tag, ...] = (),
    sides: Sides = Sides.BOTH,
    origin: Origin = Origin.BUNDLED,
    kind: PointKind = PointKind.TAUGHT,
) -> Point:
    """Return a point that differs from the others only where a test says so."""
    pattern = Pattern.BOTH if sides is Sides.BOTH else Pattern.MIDDLE
    dose = Dose(pattern, 30, 2)
    technique = Technique(
        spoken="Behind the knuckle.",
        hand="a thumb",
        press="Slowly in.",
        stop="Stop if it tingles.",
        pressure=Pressure.MEDIUM,
        dose=dose,
        how_often="Daily.",
    )
    return Point(
        code=code,
        kind=kind,
        name=name or f"Name of {code}",
        pinyin=f"Pinyin{code}",
        pinyin_toned=f"pīnyīn{code}",
        hanzi="点",
        aliases=(),
        regions=(Region.UPPER_BACK,),
        body=Body.HAND,
        traditional=("stiff neck",),
        sides=sides,
        reach=Reach.SELF,
        pregnancy=pregnancy,
        pregnancy_tier=tier,
        pregnancy_note="What is known.",
        cautions=cautions,
        where="Back of the hand.",
        find="Behind the ring knuckle.",
        technique=technique if kind is PointKind.TAUGHT else None,
        notes=(),
        citations=(Citation(SOURCE, ("where",), "the place"),),
        origin=origin,
    )


def step(
    pressed: Point | None = None,
    *,
    pattern: Pattern = Pattern.BOTH,
    hold: int = 30,
    repetitions: int = 2,
    setup: int = 15,
    rest: int = 10,
    switch: int = 5,
    first_switch: int | None = None,
    rank: int = 1,
    ball: bool = False,
    standing: bool = False,
    prone: bool = False,
    published_hold: Source | None = None,
) -> Step:
    """Return a step of *pressed*, or of TE3."""
    return Step(
        point=pressed or point(),
        dose=Dose(pattern, hold, repetitions),
        setup=setup,
        rest=rest,
        switch=switch,
        first_switch=switch if first_switch is None else first_switch,
        rank=rank,
        pressure=Pressure.MEDIUM,
        posture="Seated.",
        hand="A thumb.",
        ball=ball,
        basis="a choice",
        published_hold=published_hold,
        standing=standing,
        prone=prone,
    )


def routine(
    *steps: Step,
    name: str = "a-routine",
    partner: bool = False,
    replacements: tuple[Step, ...] = (),
) -> Routine:
    """Return a routine of *steps*, or of one."""
    return Routine(
        id=name,
        title="A routine",
        about="What it is.",
        region=Region.UPPER_BACK,
        order=1,
        partner=partner,
        evidence="Limited.",
        how_often="Once a day.",
        steps=steps or (step(),),
        replacements=replacements,
        citations=(Citation(SOURCE, ("dose",), "the dose"),),
        origin=Origin.BUNDLED,
    )


OWN_POINT = """\
code: MYPT
kind: taught
name: My own point
pinyin: Wodexue
pinyin_toned: wǒdexué
hanzi: 我穴
aliases: []
regions: [neck]
body: neck
traditional: []
sides: both
reach: self
pregnancy: ok
pregnancy_tier: none
pregnancy_note: I believe so.
cautions: []
where: Where it aches.
find: Feel for it.
spoken: Where it aches.
hand: A thumb.
press: Slowly.
pressure: light
hold_seconds: 30
repetitions: 2
pattern: both
how_often: Now and then.
notes: []
sources:
  - id: own
    supports: [names, where, find, pregnancy, cautions, traditional, hand]
    says: What I know.
  - id: own
    supports: [press, dose, how_often]
    says: What I know.
"""
