"""
The files in ``data/`` as checked values: sources, points and routines.

What is checked beyond single keys: every statement rests on a source, sides fit
the code, doses keep within the limits, names and codes are nobody else's and find
their own point, and a routine uses each of its points once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TypeVar

from acupress.errors import FileError
from acupress.model import (
    LONGEST_HOLD,
    LONGEST_PUBLISHED_HOLD,
    LONGEST_ROUTINE,
    LONGEST_SIDE,
    NEVER_PRESSED,
    Body,
    Citation,
    Dose,
    Kind,
    Origin,
    Pattern,
    Point,
    Pregnancy,
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
from acupress.naming import Unknown, codes, fold, index, resolve
from acupress.records import Reader, Record, list_of, one_of, text, truth, whole
from acupress.strictyaml import Node, read

T = TypeVar("T")

Points = Mapping[str, Point]
Sources = Mapping[str, Source]
Taken = dict[str, tuple[str, str]]
"""Folded names: the key that gives each, and whose it is, in which file."""


class Basis(Enum):
    """What the level of a reference point in pregnancy rests on."""

    NAMED = "named"
    LISTED = "listed"
    REGION = "region"
    UNRATED = "unrated"


REFERENCE = "reference.yaml"
"""The file of the reference points, many in one; all others hold one each."""

# Only these may hold a point for as long as a source says, beyond our own limit.
_MAY_HOLD_LONGER = frozenset({"relaxing", "nausea"})

_CODE = re.compile(
    r"(?:LU|LI|ST|SP|HT|SI|BL|KI|PC|TE|GB|LR|GV|CV)[1-9][0-9]?"
    r"|EX-(?:HN|CA|B|UE|LE)[1-9][0-9]?|ANMIAN"
)
_WORD = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_ADDRESS = re.compile(r"https://[^\s/.]+\.[^\s]+")
_MIDDLE = re.compile(r"(?:GV|CV)[0-9]+|EX-HN3|EX-B8")
_BY_NUMBER = re.compile(r"(?:[A-Z]{2})[1-9][0-9]?")

# What a name means before any point is known: codes, old codes, shared names.
_NO_POINTS = index(())

_STATEMENTS = frozenset(
    ["names", "where", "find", "pregnancy", "cautions", "traditional"]
)
_STATEMENTS_OF_TAUGHT = _STATEMENTS | frozenset(["hand", "press", "dose", "how_often"])
_STATEMENTS_OF_ROUTINE = frozenset({"dose", "evidence"})


def bundled() -> Path:
    """
    Return the folder of the bundled data.

    It lies in the installed package, or beside ``src`` in a checkout.
    """
    package = Path(__file__).parent
    checkout = package.parent.parent
    if (package / "data").is_dir() or not (checkout / "pyproject.toml").is_file():
        return package / "data"
    return checkout / "data"


def read_sources(folder: Path) -> Sources:
    """Read the sources in *folder*, by their id; raises FileError."""
    faults: list[FileError] = []
    record = Record(read(folder / "sources.yaml"), faults)
    listed = record.take("sources", list_of(lambda node: node, most=200)) or ()
    record.close()
    sources: dict[str, Source] = {}
    for node in listed:
        source = _source(node, faults)
        if source.id in sources:
            faults.append(node.error_at("id", f"{source.id!r} is given twice"))
        sources[source.id] = source
    _raise_first(faults)
    return sources


def read_points(folder: Path, sources: Sources) -> Points:
    """
    Read the points in *folder* that have a file each, by their code.

    Raises FileError. The many others are read by :func:`read_reference`.
    """
    points: dict[str, Point] = {}
    taken: Taken = {}
    for path in _files(folder / "points"):
        if path.name == REFERENCE:
            continue
        node = read(path)
        point = _checked(partial(_point, node, sources))
        if path.stem != point.code:
            raise node.error_at("code", f"this file must be called {point.code}.yaml")
        points[point.code] = point
        _check_names(node, point, taken)
        taken |= _taken(point)
    return points


def read_reference(folder: Path, points: Points, sources: Sources) -> Points:
    """
    Read the reference points that *folder* has besides *points*, by their code.

    Raises FileError. They are many, and reading them takes longer than all that
    most commands do: only read them for a name that *points* does not have.
    """
    node = read(folder / "points" / REFERENCE)
    faults: list[FileError] = []
    record = Record(node, faults)
    listed = record.take("points", list_of(lambda node: node, most=500)) or ()
    record.close()
    faults += [
        node.error(f"rests on the source {name!r}: add it to sources.yaml")
        for name in _RESTS_ON
        if name not in sources
    ]
    _raise_first(faults)
    found: dict[str, Point] = {}
    taken: Taken = {}
    for point in points.values():
        taken |= _taken(point)
    for node in listed:
        point = _checked(partial(_reference, node, sources))
        if point.code in points or point.code in found:
            raise node.error_at("code", f"{point.code} is told of already")
        _check_names(node, point, taken)
        taken |= _taken(point, REFERENCE)
        found[point.code] = point
    return found


def read_routines(
    folder: Path, points: Points, sources: Sources
) -> tuple[Routine, ...]:
    """Read the routines in *folder*, in the order they give themselves."""
    routines = []
    for path in _files(folder / "routines"):
        node = read(path)
        routine = _checked(partial(_routine, node, points, sources))
        if path.stem != routine.id:
            raise node.error_at("id", f"this file must be called {routine.id}.yaml")
        routines.append(routine)
    return tuple(sorted(routines, key=lambda routine: (routine.order, routine.id)))


def _files(folder: Path) -> list[Path]:
    # Hidden files are what editors and systems leave behind, never a record.
    found = sorted(p for p in folder.glob("*.yaml") if not p.name.startswith("."))
    if not found:
        message = "has no YAML files: the installation is damaged, install it again"
        raise FileError(str(folder), 1, 1, message)
    return found


def _checked(build: Callable[[list[FileError]], T | None]) -> T:
    """Return what *build* makes when it notes no fault, else raise the first."""
    faults: list[FileError] = []
    value = build(faults)
    _raise_first(faults)
    if value is None:
        message = "a record without faults has a value"
        raise AssertionError(message)
    return value


def _raise_first(faults: list[FileError]) -> None:
    if faults:
        raise min(faults, key=lambda fault: (fault.line, fault.column))


def _source(node: Node, faults: list[FileError]) -> Source:
    record = Record(node, faults)
    source = Source(
        record.take("id", _word),
        record.take("title", text(200)),
        record.take("url", _address),
        record.take("good_for", text(300)),
    )
    record.close()
    return source


def _word(node: Node) -> str:
    word = text(40)(node)
    if not _WORD.fullmatch(word):
        raise node.error("write lower-case words joined by hyphens")
    return word


def _address(node: Node) -> str:
    address = text(300, empty=True)(node)
    if address and not _ADDRESS.fullmatch(address):
        raise node.error('write an https address, or "" where there is none')
    return address


def _code(node: Node) -> str:
    code = text(10)(node)
    meant = codes(resolve(code, _NO_POINTS))
    if not _CODE.fullmatch(code) or (_BY_NUMBER.fullmatch(code) and meant != (code,)):
        raise node.error(_no_code(code))
    return code


def _no_code(code: str) -> str:
    outcome = resolve(code, _NO_POINTS)
    meant = codes(outcome) or getattr(outcome, "suggestions", ())
    hint = f": did you mean {' or '.join(meant)}?" if meant else " such as BL60"
    letters = "" if code.isascii() else ", in the letters A to Z"
    return f"write a WHO code{letters}{hint}"


def _tier(node: Node) -> Tier | None:
    if node.value == "none":
        return None
    try:
        return one_of(Tier)(node)
    except FileError as error:
        raise node.error(f"{error.message}, none") from None


def _point(node: Node, sources: Sources, faults: list[FileError]) -> Point | None:
    record = Record(node, faults)
    kind = record.take("kind", one_of(Kind))
    unread = kind is None and "hand" in record.entries  # its keys are no fault then
    technique = _technique(record) if unread or kind is Kind.TAUGHT else None
    wanted = _STATEMENTS_OF_TAUGHT if technique else _STATEMENTS
    values = (
        record.take("code", _code),
        kind,
        record.take("name", text(60)),
        record.take("pinyin", text(40)),
        record.take("pinyin_toned", text(40)),
        record.take("hanzi", text(10)),
        record.take("aliases", list_of(text(60))),
        record.take("regions", list_of(one_of(Region))),
        record.take("body", one_of(Body)),
        record.take("traditional", list_of(text(60))),
        record.take("sides", one_of(Sides)),
        record.take("reach", one_of(Reach)),
        record.take("pregnancy", one_of(Pregnancy)),
        record.take("pregnancy_tier", _tier),
        record.take("pregnancy_note", text(400)),
        record.take("cautions", list_of(one_of(Tag))),
        record.take("where", text(300)),
        record.take("find", text(700)),
        technique,
        record.take("notes", list_of(text(400))),
        _citations(record, sources, wanted),
    )
    record.close()
    if faults:
        return None
    point = Point(*values, Origin.BUNDLED)
    _check_point(record, point)
    return point


def _technique(record: Record) -> Technique:
    spoken = record.take("spoken", text(90))
    hand = record.take("hand", text(400))
    press = record.take("press", text(400))
    pressure = record.take("pressure", one_of(Pressure))
    dose = Dose(
        record.take("pattern", one_of(Pattern)),
        record.take("hold_seconds", whole(1, LONGEST_HOLD)),
        record.take("repetitions", whole(1, 20)),
    )
    how_often = record.take("how_often", text(300))
    return Technique(spoken, hand, press, pressure, dose, how_often)


def _citations(
    record: Record, sources: Sources, wanted: frozenset[str]
) -> tuple[Citation, ...]:
    before = len(record.faults)
    nodes = record.take("sources", list_of(lambda node: node)) or ()
    citations = [_citation(node, sources, wanted, record.faults) for node in nodes]
    told = {what for citation in citations for what in citation.supports or ()}
    if len(record.faults) == before and (missing := sorted(wanted - told)):
        record.fault_at("sources", f"no source supports: {', '.join(missing)}")
    return tuple(citations)


def _citation(
    node: Node, sources: Sources, wanted: frozenset[str], faults: list[FileError]
) -> Citation:
    def statement(node: Node) -> str:
        what = text(40)(node)
        if what not in wanted:
            raise node.error(f"write some of: {', '.join(sorted(wanted))}")
        return what

    record = Record(node, faults)
    citation = Citation(
        record.take("id", _known(sources)),
        record.take("supports", list_of(statement)),
        record.take("says", text(240)),
    )
    record.close()
    return citation


def _known(sources: Sources) -> Reader[Source]:
    def reader(node: Node) -> Source:
        name = text(40)(node)
        if name not in sources:
            raise node.error(f"{name!r} is not in sources.yaml: add it there first")
        return sources[name]

    return reader


def _check_point(record: Record, point: Point) -> None:
    if point.sides is not _sides(point.code):
        record.fault_at("sides", f"write {_sides(point.code).value}")
    if fold(point.pinyin_toned) != fold(point.pinyin):
        record.fault_at("pinyin_toned", f"write {point.pinyin} with its tones")
    if (point.pregnancy is Pregnancy.OK) is not (point.pregnancy_tier is None):
        record.fault_at("pregnancy_tier", "write none for ok, and a tier otherwise")
    if point.technique is None:
        return
    if point.code in NEVER_PRESSED:
        record.fault_at("kind", "write reference: an artery of the neck lies here")
    _check_dose(record, "hold_seconds", point, point.technique.dose)


def _sides(code: str) -> Sides:
    return Sides.MIDDLE if _MIDDLE.fullmatch(code) else Sides.BOTH


def _check_dose(record: Record, hold: str, point: Point, dose: Dose) -> None:
    middle = point.sides is Sides.MIDDLE
    if middle is not (dose.pattern is Pattern.MIDDLE):
        patterns = "middle" if middle else "both, alternate or one-then-other"
        record.fault_at("pattern", f"{point.code} needs the pattern {patterns}")
    if dose.hold * dose.repetitions > LONGEST_SIDE:
        message = f"more than {LONGEST_SIDE} seconds on one side is too long"
        record.fault_at(hold, message)


def _check_names(node: Node, point: Point, taken: Taken) -> None:
    """
    Refuse a name in *node* that is *taken*, or that means another point.

    Only the pinyin of two points may be alike without its tones: ``naming`` then
    asks which is meant.
    """
    for alias in point.aliases:
        outcome = resolve(alias, _NO_POINTS)
        if not isinstance(outcome, Unknown) and codes(outcome) != (point.code,):
            meant = " or ".join(codes(outcome))
            raise node.error_at("aliases", f"{alias!r} means {meant}: take it out")
    for name, key in sorted(_names(point).items()):
        theirs, whose = taken.get(name, ("", ""))
        if whose and not key == theirs == "pinyin":
            raise node.error_at(key, f"{name!r} already names {whose}")


def _taken(point: Point, file: str = "") -> Taken:
    whose = f"{point.code}, in {file or point.code + '.yaml'}"
    return {name: (key, whose) for name, key in _names(point).items()}


def _names(point: Point) -> dict[str, str]:
    """Return the folded names of *point*, each with the key that gives it."""
    keys = {fold(alias): "aliases" for alias in point.aliases}
    keys |= {fold(point.pinyin): "pinyin", fold(point.hanzi): "hanzi"}
    return keys | {fold(point.name): "name", fold(point.code): "code"}


# What the level in pregnancy rests on: the level that follows, and the sentence.
# Where a list decides, the record says so itself.
_RULES = {
    Basis.NAMED: (
        Pregnancy.AVOID,
        (
            "Named by the list of the source article and by reviews. Studies of "
            "needling have not shown harm; this tool stays on the careful side."
        ),
    ),
    Basis.REGION: (
        Pregnancy.AVOID,
        (
            "The belly, the groin and pelvic floor, and the lower back down to the "
            "tailbone are left out in pregnancy. The rule was written for needles; we "
            "follow it as extra care."
        ),
    ),
    Basis.UNRATED: (
        Pregnancy.CAUTION,
        "We have not rated this point, so it is not used in pregnancy.",
    ),
}

_WHO, _SECOND, _OURS = "who-2008", "wikipedia-points", "acupress"
_ON_LEVELS = {
    Basis.NAMED: (
        ("article", "Its list for pregnancy names the point."),
        ("carr-2015", "Discusses the points that lists name; read as an abstract."),
    ),
    Basis.REGION: (("who-1999", "Leaves these parts of the body out, for needles."),),
}
_RESTS_ON = (
    _WHO,
    _SECOND,
    _OURS,
    *(n for told in _ON_LEVELS.values() for n, _ in told),
)


def _reference(node: Node, sources: Sources, faults: list[FileError]) -> Point | None:
    """
    Read one point of the long list.

    What follows from a rule is not in the file: the kind, the pinyin without its
    tones, the sides, the tier, and most sources.
    """
    record = Record(node, faults)
    none: tuple[str, ...] = ()
    code = record.take("code", _code)
    name = record.take("name", text(60))
    toned = record.take("pinyin_toned", text(40))
    hanzi = record.take("hanzi", text(10))
    aliases = record.maybe("aliases", list_of(text(60)), otherwise=none)
    body = record.take("body", one_of(Body))
    reach = record.take("reach", one_of(Reach))
    pregnancy, tier, basis, note = _pregnancy(record)
    cautions = record.take("cautions", list_of(one_of(Tag)))
    where = record.take("where", text(300))
    notes = record.maybe("notes", list_of(text(400)), otherwise=none)
    place = record.maybe("source", _known(sources), otherwise=sources[_WHO])
    english = place if "source" in record.entries else sources[_SECOND]
    named = record.maybe("name_source", _known(sources), otherwise=english)
    warned = record.maybe("never_press", truth, otherwise=False)
    record.close()
    if faults:
        return None
    if warned is not (code in NEVER_PRESSED):
        wanted = "write" if not warned else "take out"
        record.fault_at("code", f"{wanted} `never_press: true` at {code}")
    return Point(
        code=code,
        kind=Kind.REFERENCE,
        name=name,
        pinyin=fold(toned).capitalize(),
        pinyin_toned=toned,
        hanzi=hanzi,
        aliases=aliases,
        regions=(),
        body=body,
        traditional=(),
        sides=_sides(code),
        reach=reach,
        pregnancy=pregnancy,
        pregnancy_tier=tier,
        pregnancy_note=note,
        cautions=cautions,
        where=where,
        find=where,
        technique=None,
        notes=notes,
        citations=_rests_on(basis, place.id, named.id, sources),
        origin=Origin.BUNDLED,
    )


def _pregnancy(record: Record) -> tuple[Pregnancy, Tier | None, Basis, str]:
    level = record.take("pregnancy", one_of(Pregnancy))
    basis = record.take("pregnancy_basis", one_of(Basis))
    if basis in _RULES:
        wanted, note = _RULES[basis]
        if level is not None and level is not wanted:
            message = f"write {wanted.value}, or another pregnancy_basis"
            record.fault_at("pregnancy", message)
    elif basis is Basis.LISTED:
        note = record.take("pregnancy_note", text(400))
    else:  # the word could not be read, and what goes with it is no fault then
        note = record.maybe("pregnancy_note", text(400), otherwise="")
    named = Tier.NAMED if basis is Basis.NAMED else Tier.EXTRA_CARE
    return level, None if level is Pregnancy.OK else named, basis, note


def _rests_on(
    basis: Basis, place: str, named: str, sources: Sources
) -> tuple[Citation, ...]:
    """Return the sources of a point that lies as *place* says, named by *named*."""
    told = [
        (place, "names where find", "Gives the name, the characters and the place.")
    ]
    if place == _WHO:  # the second list ends with the meridians
        told.append((_SECOND, "names", "Pinyin and characters were compared with it."))
    ours = "The English name is the sense of the characters."
    told.append((named, "names", ours if named == _OURS else "Gives the English name."))
    told += [(name, "pregnancy", says) for name, says in _ON_LEVELS.get(basis, ())]
    told.append((_OURS, "pregnancy cautions", "Level, note and tags are our choice."))
    names = dict.fromkeys(name for name, _, _ in told)
    return tuple(
        _cited(sources[name], [each for each in told if each[0] == name])
        for name in names
    )


def _cited(source: Source, told: list[tuple[str, str, str]]) -> Citation:
    supports = dict.fromkeys(what for _, each, _ in told for what in each.split())
    return Citation(source, tuple(supports), " ".join(says for *_, says in told))


def _routine(
    node: Node, points: Points, sources: Sources, faults: list[FileError]
) -> Routine | None:
    record = Record(node, faults)
    partner = record.take("partner", truth)
    listed = list_of(lambda node: node, most=20)
    none: tuple[Node, ...] = ()
    steps, replacements = (
        [_step(node, points, sources, faults) for node in nodes or none]
        for nodes in (
            record.take("steps", listed),
            record.maybe("replacements", listed, otherwise=none),
        )
    )
    values = (
        record.take("id", _word),
        record.take("title", text(80)),
        record.take("about", text(300)),
        record.take("region", one_of(Region)),
        record.take("order", whole(1, 99)),
        partner,
        record.take("evidence", text(400)),
        tuple(step for step in steps if step is not None),
        tuple(step for step in replacements if step is not None),
        _citations(record, sources, _STATEMENTS_OF_ROUTINE),
    )
    record.close()
    if faults:
        return None
    routine = Routine(*values, Origin.BUNDLED)
    _check_routine(record, routine)
    return routine


def _step(
    node: Node, points: Points, sources: Sources, faults: list[FileError]
) -> Step | None:
    before = len(faults)
    record = Record(node, faults)
    pattern = record.take("pattern", one_of(Pattern))
    published = record.maybe("published_hold", _known(sources), otherwise=None)
    longer = "published_hold" in record.entries
    most = LONGEST_PUBLISHED_HOLD if longer else LONGEST_HOLD
    hold = record.take("hold", whole(1, most))
    repetitions = record.take("repetitions", whole(1, 20))
    rest, switch, first = _gaps(record, pattern, repetitions)
    values = (
        record.take("point", _point_of(points)),
        Dose(pattern, hold, repetitions),
        record.take("setup", whole(5, 60)),
        rest,
        switch,
        first,
        record.take("rank", whole(1, 20)),
        record.take("pressure", one_of(Pressure)),
        record.take("posture", text(200)),
        record.take("hand", text(400)),
        record.maybe("ball", truth, otherwise=False),
        record.take("basis", text(300)),
        published,
    )
    record.close()
    if len(faults) > before:
        return None
    step = Step(*values)
    _check_dose(record, "hold", step.point, step.dose)
    return step


def _gaps(
    record: Record, pattern: Pattern | None, repetitions: int | None
) -> tuple[int, int, int]:
    """
    Take the gaps that *pattern* has; any other is an unknown key.

    Where the pattern or the repetitions could not be read, any gap may be there.
    """
    seconds = whole(1, 60)
    if pattern is None or repetitions is None:
        for key in ("rest", "switch", "first_switch"):
            record.maybe(key, seconds, otherwise=0)
        return 0, 0, 0
    alternating = pattern is Pattern.ALTERNATE
    one_sided = pattern in {Pattern.MIDDLE, Pattern.BOTH}
    rest = 0
    if not alternating and repetitions > 1:
        rest = record.take("rest", seconds)
    if one_sided:
        return rest, 0, 0
    switch = record.take("switch", seconds)
    return rest, switch, record.maybe("first_switch", seconds, otherwise=switch)


def _point_of(points: Points) -> Reader[Point]:
    def reader(node: Node) -> Point:
        code = _code(node)
        if code not in points:
            raise node.error(f"{code} is not in the catalogue")
        if points[code].technique is None:
            raise node.error(f"{code} is a reference point and can not be a step")
        return points[code]

    return reader


def _check_routine(record: Record, routine: Routine) -> None:
    if not routine.steps:
        record.fault_at("steps", "has no steps: write at least one")
    every = (*routine.steps, *routine.replacements)
    codes = [step.point.code for step in every]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        record.fault_at("steps", f"{code} is given twice")
    bundled_one = routine.origin is Origin.BUNDLED and routine.id in _MAY_HOLD_LONGER
    for step in every:
        if step.published_hold and not bundled_one:
            message = f"{step.point.code} may not have a published_hold in this routine"
            record.fault_at("steps", message)
        if step.point.reach is Reach.PARTNER and not routine.partner:
            message = f"{step.point.code} needs a partner: write `partner: true`"
            record.fault_at("partner", message)
    if sum(map(_seconds, every)) > LONGEST_ROUTINE:
        minutes = LONGEST_ROUTINE // 60
        record.fault_at("steps", f"last more than {minutes} minutes: take some out")


def _seconds(step: Step) -> int:
    return step.seconds
