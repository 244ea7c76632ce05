"""Letters, names and characters of charts in other languages, over all tables."""

from __future__ import annotations

import pytest

from acupress.lookup.charts import ENGLISH
from acupress.lookup.resolve import (
    Ambiguous,
    Found,
    Outcome,
    Unknown,
    codes,
    fold,
    resolve,
    sentence,
)
from acupress.lookup.tables import COUNTS, LETTERS, VERTEBRAE, WHO_OF_OLD
from support.catalogue import CHARTS, EVERY, NAMES

WHO = {name.lower() for name in COUNTS}

EVERY_CHART = [
    (letters, meridian, language)
    for letters, used in CHARTS.letters.items()
    for meridian, languages in used.items()
    for language in languages
] + [(letters, meridian, ENGLISH) for letters, meridian in LETTERS.items()]


def found(text: str) -> Outcome:
    """Return what *text* means among all points."""
    return resolve(text, NAMES)


def the_point(text: str) -> str:
    """Return the code of the one point that *text* means, or what is said instead."""
    outcome = found(text)
    return outcome.point.code if isinstance(outcome, Found) else sentence(outcome)


def is_bone(letters: str, number: int) -> bool:
    """Tell whether this is also a bone of the spine, which is never a point."""
    return number <= VERTEBRAE.get(letters, 0)


def told(outcome: Outcome) -> str:
    """Return the codes that *outcome* tells, in a remark or as a suggestion, too."""
    match outcome:
        case Found(point, remark):
            return f"{point.code} {remark}"
        case Unknown(_, suggestions, _):
            return " ".join(suggestions)
    return " ".join(codes(outcome))


def test_nothing_is_a_point_that_its_chart_does_not_mean() -> None:
    """Each code of each chart is its point, or that is told; a bone is no point."""
    untold, taken = {}, {}
    for letters, meridian, language in EVERY_CHART:
        for number in range(1, COUNTS[meridian] + 1):
            typed, meant = f"{letters.upper()} {number}", f"{meridian}{number}"
            outcome = found(typed)
            if meant not in told(outcome).split():
                untold[typed, language] = sentence(outcome)
            if isinstance(outcome, Unknown) and not is_bone(letters, number):
                untold[typed, language] = sentence(outcome)
            if isinstance(outcome, Found) and outcome.point.code != meant:
                taken[typed] = letters in WHO

    assert untold == {}
    assert set(taken.values()) <= {
        True
    }  # a code of the WHO is the WHO's, with a remark
    assert len(EVERY_CHART) > 150


def test_every_collision_of_two_charts_is_told() -> None:
    """A spelling of two meridians names both, with languages, and chooses none."""
    collisions = 0
    for letters in {letters for letters, _, _ in EVERY_CHART} - WHO:
        meant: dict[str, set[str]] = {}
        for other, meridian, language in EVERY_CHART:
            if other == letters:
                meant.setdefault(meridian, set()).add(language)
        for number in range(1, max(COUNTS.values()) + 1):
            both = {name for name in meant if number <= COUNTS[name]}
            if len(both) < 2 or is_bone(letters, number):
                continue
            collisions += 1
            outcome = found(f"{letters}{number}")

            assert isinstance(outcome, Ambiguous), (letters, number)
            assert {f"{name}{number}" for name in both} == set(codes(outcome))
            languages = set().union(*(meant[name] for name in both))
            assert [each for each in languages if each not in outcome.advice] == []

    assert collisions > 100


def test_a_code_of_the_who_is_its_point_and_says_what_else_it_may_be() -> None:
    """ST6 is the Stomach's; that a Polish chart means SP6 is a remark."""
    every = {f"{name}{n}" for name, last in COUNTS.items() for n in range(1, last + 1)}

    assert {code: code for code in every} == {code: the_point(code) for code in every}
    assert sentence(found("ST6")).endswith("ST6 is SP6 in Polish charts")
    assert "chart" not in sentence(found("ST36"))


def test_older_numbers_are_asked_about_in_every_language() -> None:
    """The two numberings of the Bladder are as doubtful under other letters."""
    letters = {each for each, name, _ in EVERY_CHART if name == "BL"} - {"bl"}

    assert {"v", "b", "bexiga", "pm"} <= letters
    assert [
        (each, old)
        for each in letters
        for old in WHO_OF_OLD
        if not isinstance(found(f"{each} {old}"), Ambiguous)
    ] == []


# By the point, what was typed by real people and what is of the same kind.
SAME = {
    "SI3": "Dü 3|Dünndarm 3|DÜ3|ID3|dunne darm 3|intestin grêle 3",
    "LI4": "Di 4|Dickdarm 4|GI4|dikke darm 4|JG 4|合谷穴|合谷 穴位|he2 gu3|he2gu3|LI4?"
    "|Lİ4|lı4|LI4.|point LI4|Punkt Di 4|Hegu point",
    "ST36": "Ma 36|Maag 36|E36|Magen 36|estômago 36|estomago 36|ST\u200b36|\ufeffST36"
    "|zu2 san1 li3|\xa1ST36!|punto E36|zusanlı|ZUSANLİ",
    "SP6": "Mi 6|MP6|RP 6|BP6|Milz 6",
    "SP9": "yin1 ling2 quan2|acupoint SP9.",
    "KI3": "Ni 3|R3|N3|Niere 3|riñón 3|rinon 3",
    "LR3": "Le 3|F3|W3|Lever 3",
    "PC6": "KS 6|Pe6|MC6|CS 6|Maître du Coeur 6",
    "TE5": "3E 5|3e5|TR5|TA 5|Dreifacher Erwärmer 5",
    "GV20": "LG 20|VG20|GRT 20|Lenkergefäß 20",
    "CV6": "KG 6|VC6|GRP6",
    "GB34": "VB34|Ga 34|Gbl 34|GBL34|PŻ34|Galblaas 34",
    "LU10": "P10|Lunge 10",
    "LI20": "IG20",
    "BL23": "腎兪|腎俞|肾俞|V23|B23",
    "BL13": "肺兪",
    "GB22": "渊腋|淵腋",
    "KI1": "湧泉|涌泉",
}


def test_what_charts_of_all_languages_write() -> None:
    """Letters, names, characters, tone numbers and what stands around a name."""
    expected = {
        text: code for code, all_of in SAME.items() for text in all_of.split("|")
    }

    assert expected == {text: the_point(text) for text in expected}


ASKED = {
    **{f"P{n}": {f"PC{n}", f"LU{n}"} for n in range(1, 10)},
    "Co 6": {"LI6", "HT6"},
    "Du 4": {"GV4", "SI4"},
    "H 7": {"HT7", "LR7"},
    "B10": {"BL10", "SP10"},
    "IG4": {"SI4", "LI4"},
    "V54": {"BL54", "BL40"},
    "PO 7": {"LU7", "TE7"},
    "erjian": {"LI2", "EX-HN6"},
    "Zigong": {"CV19", "EX-CA1"},
}


def test_what_two_charts_write_is_asked() -> None:
    """Every point that may be meant is told with its place, and none is chosen."""
    outcomes = {text: found(text) for text in ASKED}

    assert {text: set(codes(outcome)) for text, outcome in outcomes.items()} == ASKED
    assert {type(outcome) for outcome in outcomes.values()} == {Ambiguous}
    assert sentence(outcomes["P7"]) == (
        "P7 names two points. English charts: wrist = PC7 Daling. French, Italian,"
        " Spanish, Portuguese and Polish charts: forearm = LU7 Lieque."
        " Type PC7 or LU7."
    )


def test_the_name_beside_the_number_decides() -> None:
    """P7 with the name of one of the two is that one."""
    assert the_point("P7 (Lieque)") == "LU7"
    assert the_point("P 7 Daling") == "PC7"


@pytest.mark.parametrize("code", sorted(CHARTS.extra))
def test_an_extra_point_is_known_by_name_and_place(code: str) -> None:
    """Its names lead to no other point, and it is told where it lies, no more."""
    extra = CHARTS.extra[code]
    for name in (code, extra.pinyin, extra.hanzi, *extra.aliases):
        outcome = found(name)
        if isinstance(outcome, Ambiguous):
            assert code in codes(outcome)
            continue

        assert isinstance(outcome, Unknown), name
        assert extra.where in sentence(outcome)
        assert not outcome.suggestions
    assert code not in EVERY


def test_all_48_are_known() -> None:
    """With those that have an entry they are the 48 of the WHO, part by part."""
    known = {*CHARTS.extra, *(code for code in EVERY if code.startswith("EX-"))}
    counts = {"HN": 15, "CA": 1, "B": 9, "UE": 11, "LE": 12}

    assert known == {
        f"EX-{part}{n}" for part, last in counts.items() for n in range(1, last + 1)
    }


def test_a_temple_is_no_wrist() -> None:
    """Misspelt, it suggests no point of another part of the body."""
    for text in ("Taiyan", "Taiyng", "taiyuang", "Sishencon"):
        outcome = found(text)

        assert isinstance(outcome, Unknown), text
        assert [c for c in outcome.suggestions if EVERY[c].body.value != "head"] == []


def test_every_form_of_a_character_is_one() -> None:
    """Each name of each point is found in all forms that its characters have."""
    forms: dict[str, list[str]] = {}
    for form, ours in CHARTS.characters.items():
        forms.setdefault(ours, []).append(form)
    typed = {
        f"{point.hanzi[:at]}{form}{point.hanzi[at + 1 :]}": code
        for code, point in EVERY.items()
        for at, char in enumerate(point.hanzi)
        for form in forms.get(char, ())
    }

    assert {
        each: code for each, code in typed.items() if code not in codes(found(each))
    } == {}
    assert len(typed) > 200
    assert not set(CHARTS.characters) & set(CHARTS.characters.values())


def test_overrides_of_direction_are_not_passed_over() -> None:
    """They make a number look like another one."""
    assert not codes(found("BL\u202e32"))
    assert not codes(found("BL\u206732"))


def test_a_word_for_point_is_no_name() -> None:
    """Alone it means nothing, and the names that have it are still found."""
    assert [word for word in CHARTS.words if codes(found(word))] == []
    assert the_point("Three Mile Point") == "ST36"
    assert [
        code
        for code, point in EVERY.items()
        if code not in codes(found(f"{point.pinyin} point"))
        or code not in codes(found(f"{point.hanzi}穴"))
    ] == []


def test_letters_are_kept_as_they_are_looked_up() -> None:
    """In lower case, without spaces, with accents and without."""
    assert {"dü", "du", "3e", "vesículabiliar", "vesiculabiliar"} <= set(CHARTS.letters)
    assert [key for key in CHARTS.letters if key != key.casefold() or " " in key] == []
    assert [key for key in CHARTS.characters if fold(key) != key] == []


# Names as Korean and Vietnamese books write them, and what each leads to.
READ = {
    "합곡": "LI4",
    "합곡혈": "LI4",
    "노궁": "PC8",
    "족삼리": "ST36",
    "삼음교": "SP6",
    "신유": "BL23",
    "위중": "BL40",
    "열결": "LU7",
    "Hợp Cốc": "LI4",
    "huyệt hợp cốc": "LI4",
    "Túc Tam Lý": "ST36",
    "Thận Du": "BL23",
    "Côn Lôn": "BL60",
    "Nội Quan": "PC6",
}


def test_names_that_are_read_in_korean_and_vietnamese() -> None:
    """A name leads to the point whose characters are read so."""
    assert {name: the_point(name) for name in READ} == READ


def test_a_reading_leads_to_its_points_only() -> None:
    """Every reading names every point that is read so, and none that is not."""
    led = {name: codes(found(name)) for name in CHARTS.read}
    told = {
        name: tuple(found(name).told.split()[:1])  # type: ignore[union-attr]
        for name, each in led.items()
        if not each
    }

    assert len(led) > 700
    assert {
        name: (meant, led[name])
        for name, meant in CHARTS.read.items()
        if set(meant) - set(led[name]) - set(told.get(name, ()))
    } == {}
    assert {
        name: each
        for name, each in led.items()
        if set(each) - {*CHARTS.read[name], *NAMES.names.get(name, ())}
    } == {}


def test_points_that_are_read_alike_are_both_told() -> None:
    """Korean writes GB21 and SI9 alike, and Chinese does not: neither is chosen."""
    alike = {name: meant for name, meant in CHARTS.read.items() if len(meant) > 1}

    assert {tuple(sorted(meant)) for meant in alike.values()} >= {
        *(("GB21", "SI9"), ("HT3", "SI8"), ("LR14", "SP11"), ("GB29", "ST3")),
        *(("LI17", "TE10"), ("GB12", "SI4")),
    }
    for name, meant in alike.items():
        assert isinstance(found(name), Ambiguous), name
        assert set(codes(found(name))) == set(meant)


def test_a_slip_is_not_taken_for_a_reading() -> None:
    """ST25 on the belly is Thiên Xu, and Thiên Khu no slip for SP18 on the chest."""
    assert told(found("Thiên Khu")) == ""
    assert told(found("hop coc")) == ""
