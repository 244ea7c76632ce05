"""What a typed name is resolved to: one point, several, or suggestions only."""

from __future__ import annotations

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from acupress.errors import printable, quoted
from acupress.lookup.resolve import (
    Ambiguous,
    Candidate,
    Found,
    Index,
    Several,
    Unknown,
    codes,
    fold,
    index,
    resolve,
    sentence,
)
from acupress.model import (
    Body,
    Origin,
    Point,
    PointKind,
    PregnancyLevel,
    Reach,
    Sides,
)
from support.catalogue import CHARTS, EVERY

quick = settings(derandomize=True, max_examples=150, deadline=None, database=None)


DIALECTS = {
    "BL23": "BL23|B23|b 23|UB-23|Bl.23|UB.23|BL023|bl 023|ＢＬ２３|U.B. 23"
    "|BL\u201323|BL\u221223|BL·23|Bladder 23|urinary bladder 23",
    "KI27": "K27|KI27|KID 27|kd27|K 27|Kid. 27|Kidney 27",
    "LR3": "LV3|LIV3|Liv 3|LR3|LV 3|Liver 3",
    "PC6": "PC6|PC-6|HC6|HP6|CX6|Pericardium 6",
    "TE3": "TE3|TW3|SJ3|TH3|TB3|T.B. 3|Th 3|Triple Energizer 3"
    "|Triple Energiser 3|triple warmer 3|San Jiao 3",
    "GV20": "Du20|GV 20|Du 20|VG20|Governing Vessel 20|Governor Vessel 20",
    "CV6": "Ren6|RN6|CV6|CV 6|VC6|Conception Vessel 6",
    "EX-HN3": "Extra 1|EX-HN3|EX HN 3|yintang|EX1|EX-1|HN3|GV24.5|GV29|Du 24.5|exhn3",
    "EX-UE7": "EX-UE7|ex ue 7",
    "HT7": "HE7|He 7|HT7|Heart 7",
    "LU7": "LU7|L7|Lung 7|lu.7",
    "LI4": "LI4|L.I. 4|li 4|Large Intestine 4",
    "GB21": "gb21|GB 21|GB-21|Gb 21|G21|Gallbladder 21|Gall Bladder 21",
    "ST36": "ST36|St 36|S36|Stomach 36",
    "SP6": "sp 6|SP6|Spleen 6",
    "SI19": "si 19|S.I. 19|Small Intestine 19",
    "BL60": "B60|BL60|Bladder 60|UB 60",
    "GB10": "GB10|GB 10",
    "BL10": "BL10|UB10|BL 10",
}


def make_point(
    code: str,
    pinyin: str = "",
    *names: str,
    hanzi: str = "",
    toned: str = "",
    pregnancy: PregnancyLevel = PregnancyLevel.OK,
) -> Point:
    """Return a point of which only the names matter."""
    return Point(
        code=code,
        kind=PointKind.REFERENCE,
        name=names[0] if names else "",
        pinyin=pinyin,
        pinyin_toned=toned,
        hanzi=hanzi,
        aliases=names[1:],
        regions=(),
        body=Body.LOWER_BACK,
        traditional=(),
        sides=Sides.BOTH,
        reach=Reach.EITHER,
        pregnancy=pregnancy,
        pregnancy_tier=None,
        pregnancy_note="",
        cautions=(),
        where="",
        find="",
        technique=None,
        notes=(),
        citations=(),
        origin=Origin.BUNDLED,
    )


AVOID = PregnancyLevel.AVOID

POINTS = (
    make_point("BL23", "Shenshu", "Kidney Shu", "肾俞", hanzi="腎俞", toned="shèn shù"),
    make_point("KI27", "Shufu", "Elegant Mansion", hanzi="俞府", toned="shū fǔ"),
    make_point("KI15", "Zhongzhu", "Middle Flow", hanzi="中注", toned="zhōng zhù"),
    make_point("KI11", "Henggu", "Pubic Bone", hanzi="橫骨"),
    make_point("LR3", "Taichong", "Great Rushing", hanzi="太衝", toned="tài chōng"),
    make_point("PC6", "Neiguan", "Inner Pass", "P6", hanzi="內關"),
    make_point("TE3", "Zhongzhu", "Central Islet", hanzi="中渚", toned="zhōng zhǔ"),
    make_point("GV20", "Baihui", "Hundred Meetings", hanzi="百會"),
    make_point("CV3", "Zhongji", hanzi="中極", pregnancy=AVOID),
    make_point("CV4", "Guanyuan", hanzi="關元", pregnancy=AVOID),
    make_point("CV5", "Shimen", hanzi="石門", pregnancy=AVOID),
    make_point("CV6", "Qihai", "Sea of Energy", hanzi="氣海", pregnancy=AVOID),
    make_point("CV7", "Yinjiao", hanzi="陰交", pregnancy=AVOID),
    make_point("EX-HN3", "Yintang", "Hall of Impression", "Third Eye", hanzi="印堂"),
    make_point("EX-UE7", "Yaotongdian", hanzi="腰痛點"),
    make_point("HT7", "Shenmen", "Spirit Gate", hanzi="神門"),
    make_point("BL10", "Tianzhu", "Celestial Pillar", "GB 10", hanzi="天柱"),
    make_point("GB10", "Fubai", "Floating White", hanzi="浮白"),
    make_point("BL27", "Xiaochangshu", hanzi="小腸俞", pregnancy=AVOID),
    make_point("BL28", "Pangguangshu", hanzi="膀胱俞", pregnancy=AVOID),
    make_point("BL29", "Zhonglushu", toned="zhōng lǚ shù", pregnancy=AVOID),
    make_point("BL30", "Baihuanshu", hanzi="白環俞", pregnancy=AVOID),
    make_point("BL31", "Shangliao", hanzi="上髎", pregnancy=AVOID),
    make_point("BL32", "Ciliao", hanzi="次髎", pregnancy=AVOID),
    make_point("BL33", "Zhongliao", hanzi="中髎", pregnancy=AVOID),
    make_point("BL34", "Xialiao", hanzi="下髎", pregnancy=AVOID),
    make_point("BL39", "Weiyang", "Bend Yang", hanzi="委陽"),
    make_point(
        "BL40",
        "Weizhong",
        "Middle Crook",
        "B54",
        hanzi="委中",
        pregnancy=PregnancyLevel.CAUTION,
    ),
    make_point("BL52", "Zhishi", "Will's Chamber", hanzi="志室", pregnancy=AVOID),
    make_point("BL53", "Baohuang", "Womb and Vitals", hanzi="胞肓", pregnancy=AVOID),
    make_point("BL54", "Zhibian", "Sequential Limit", hanzi="秩邊", pregnancy=AVOID),
    make_point("BL60", "Kunlun", "Kunlun Mountains", "昆仑", hanzi="崑崙"),
    make_point("GB21", "Jianjing", "Shoulder Well", hanzi="肩井", pregnancy=AVOID),
    make_point("LI4", "Hegu", "Joining Valley", hanzi="合谷", pregnancy=AVOID),
    make_point("LU7", "Lieque", "Broken Sequence", hanzi="列缺", pregnancy=AVOID),
)

# All points there are; of these some have names that put the lookup to the test.
CATALOGUE = index({**EVERY, **{point.code: point for point in POINTS}}.values(), CHARTS)
FEW = index(point for point in POINTS if point.code in {"BL23", "TE3"})
WHOLE = index(EVERY.values(), CHARTS)
EMPTY = index(())

COUNTS = {
    "LU": 11, "LI": 20, "ST": 45, "SP": 21, "HT": 9, "SI": 19, "BL": 67,
    "KI": 27, "PC": 9, "TE": 23, "GB": 44, "LR": 14, "GV": 28, "CV": 24,
}  # fmt: skip

WHO_OF_OLD = {
    36: 41, 37: 42, 38: 43, 39: 44, 40: 45, 41: 46, 42: 47, 43: 48, 44: 49, 45: 50,
    46: 51, 47: 52, 48: 53, 49: 54, 50: 36, 51: 37, 52: 38, 53: 39, 54: 40,
}  # fmt: skip

SHARED = {
    "futu": ("LI18", "ST32"),
    "juliao": ("ST3", "GB29"),
    "wangu": ("SI4", "GB12"),
    "zhongzhu": ("TE3", "KI15"),
    "zhongdu": ("LR6", "GB32"),
    "yinjiao": ("CV7", "GV28"),
    "sanli": ("LI10", "ST36"),
    "wuli": ("LI13", "LR10"),
    "tonggu": ("KI20", "BL66"),
    "yangguan": ("GV3", "GB33"),
    "linqi": ("GB15", "GB41"),
    "qiaoyin": ("GB11", "GB44"),
    "heliao": ("LI19", "TE22"),
    "sea of vitality": ("BL23", "BL52"),
    "bearing support": ("BL36", "BL41"),
}


def meant(text: str, names: Index = CATALOGUE) -> str:
    """Return the one code that *text* means."""
    match resolve(text, names):
        case Found(point):
            return point.code
        case outcome:
            return f"none: {outcome}"


def candidates(text: str, names: Index = CATALOGUE) -> tuple[Candidate, ...]:
    """Return the candidates of an ambiguous *text*."""
    outcome = resolve(text, names)
    assert isinstance(outcome, Ambiguous), outcome
    return outcome.candidates


def suggested(text: str, names: Index = CATALOGUE) -> tuple[str, ...]:
    """Return what is suggested for a *text* that names nothing."""
    outcome = resolve(text, names)
    assert isinstance(outcome, Unknown), outcome
    return outcome.suggestions


def named(*texts: str) -> dict[str, tuple[str, ...]]:
    """Return those of *texts* that name any point, with the codes."""
    found = {text: codes(resolve(text, CATALOGUE)) for text in texts}
    return {text: named for text, named in found.items() if named}


def said(text: str) -> str:
    """Return what is said about *text*."""
    return sentence(resolve(text, CATALOGUE))


class TestCodes:
    """Letters and a number."""

    def test_every_dialect_and_spacing(self) -> None:
        """Letters of other charts, any spacing and punctuation mean the WHO's."""
        expected = {
            text: code for code, texts in DIALECTS.items() for text in texts.split("|")
        }

        assert expected == {text: meant(text) for text in expected}

    def test_a_meridian_counts_as_far_as_the_who(self) -> None:
        """Every WHO code is known, and none beyond."""
        known = [
            f"{name}{n}" for name, last in COUNTS.items() for n in range(1, last + 1)
        ]
        beyond = [f"{name}{n}" for name, last in COUNTS.items() for n in (0, last + 1)]
        beyond.remove("GV29")  # an older code of EX-HN3

        assert known == [meant(code, CATALOGUE) for code in known]
        assert [code for code in beyond if codes(resolve(code, CATALOGUE))] == []

    def test_numbers_that_no_point_has(self) -> None:
        """For a number beyond the last point nothing is suggested."""
        beyond = ("BL68", "CV25", "KI28", "GV30", "PC10", "XX9")

        assert dict.fromkeys(beyond, ()) == {text: suggested(text) for text in beyond}

    def test_a_point_that_the_catalogue_lacks(self) -> None:
        """It is unknown, is said to be a point, and suggests no other."""
        for text, code in (("gb 12", "GB12"), ("GV29", "EX-HN3"), ("Renzhong", "GV26")):
            outcome = resolve(text, FEW)
            expected = f"{code} is a point that this catalogue does not have"

            assert isinstance(outcome, Unknown), text
            assert not outcome.suggestions
            assert expected in sentence(outcome)

    def test_what_is_suggested_and_never_taken(self) -> None:
        """For misreadings, and what may be a bone, the WHO's code is suggested."""
        suggestions = {
            "L14": "LI4",
            "L1 4": "LI4",
            "L19": "LI9",
            "L110": "LI10",
            "L120": "LI20",
            "K110": "KI10",
            "GB 2 1": "GB21",
            "CV1 7": "CV17",
            "C7": "HT7",
            "L2": "LU2",
        }

        assert {text: (code,) for text, code in suggestions.items()} == {
            text: suggested(text) for text in suggestions
        }
        assert {
            t: said(t) for t, code in suggestions.items() if code not in said(t)
        } == {}

    def test_a_vertebra_is_not_a_point(self) -> None:
        """Bones that location texts name are refused and called bones."""
        bones = ("C3", "T3", "T12", "L1", "L5", "S1", "S5")
        expected = "that is a bone of the spine"

        assert {bone: said(bone) for bone in bones if expected not in said(bone)} == {}
        assert named(*bones) == {}

    def test_l11_is_either(self) -> None:
        """L11 is a Lung point or a misread Large Intestine 1."""
        thumb = Candidate("LU11", "Shaoshang", "thumb, beside the nail")
        index_finger = Candidate("LI1", "Shangyang", "index finger, beside the nail")

        assert (thumb, index_finger) == candidates("L11")

    def test_a_one_that_may_be_an_i_is_remarked(self) -> None:
        """K11 is KI11, with the remark that KI1 is another point."""
        for text, code, other in (("K11", "KI11", "KI1"), ("S14", "ST14", "SI4")):
            assert code == meant(text)
            assert f"{other} is another point" in said(text)

    def test_a_code_outranks_an_alias(self) -> None:
        """No alias can take over a code: GB10 is GB10 though BL10 lists it."""
        fubai = CATALOGUE.points["GB10"]

        assert Found(fubai) == resolve("GB 10", CATALOGUE)
        assert isinstance(resolve("B54", CATALOGUE), Ambiguous)

    def test_half_a_code(self) -> None:
        """Letters or a number alone name nothing."""
        assert named("23", "7", "BL", "B", "EX-", "BL23x", "BL2.3.4") == {}


class TestOldBladderNumbers:
    """Two numberings from 36 to 54, and no way to tell which is meant."""

    def test_both_points_are_offered(self) -> None:
        """B36 to B54 in any form name two points, each with its place."""
        forms = (
            *("B{}", "b {}", "B-{}", "B.{}", "B0{}", "Ｂ{}", "B\u2013{}"),
            *("UB{}", "ub {}", "UB-{}", "U.B.{}"),
            *("Bladder {}", "BLADDER{}", "urinary bladder {}"),
        )
        expected = {
            form.format(old): (f"BL{who}", f"BL{old}")
            for form in forms
            for old, who in WHO_OF_OLD.items()
        }

        for names in (CATALOGUE, EMPTY):
            found = {text: candidates(text, names) for text in expected}

            assert expected == {
                text: tuple(each.code for each in both) for text, both in found.items()
            }
            assert [
                text
                for text, both in found.items()
                if both[0].place == both[1].place
                or not all(each.name and each.place for each in both)
            ] == []

    def test_bl_means_the_who(self) -> None:
        """BL36 to BL54 are the WHO's, with the older number as a remark."""
        for old, who in WHO_OF_OLD.items():
            outcome = resolve(f"bl {who}", CATALOGUE)

            assert isinstance(outcome, Found), who
            assert (f"BL{who}",) == codes(outcome)
            assert f"older books call this point B{old};" in (outcome.remark or "")
            assert f"their B{who} is BL{WHO_OF_OLD[who]} " in (outcome.remark or "")

    def test_elsewhere_both_numberings_agree(self) -> None:
        """UB1 to UB35 and UB55 to UB67 are BL with the same number, unremarked."""
        numbers = [*range(1, 36), *range(55, 68)]

        assert {n: Found(CATALOGUE.points[f"BL{n}"]) for n in numbers} == {
            n: resolve(f"UB{n}", CATALOGUE) for n in numbers
        }

    def test_the_sentence(self) -> None:
        """One line says what older books mean, what the WHO means, what to do."""
        expected = (
            "B54 names two points. Older books: back of the knee = BL40 Weizhong."
            " WHO: buttock = BL54 Zhibian. Type BL40 or BL54."
        )

        assert expected == said("B54")

    def test_every_place_is_different(self) -> None:
        """The nineteen points lie in nineteen places, told in different words."""
        places = {c.code: c.place for n in WHO_OF_OLD for c in candidates(f"B{n}")}

        assert len(WHO_OF_OLD) == len(set(places.values()))

    def test_a_name_beside_the_number_decides(self) -> None:
        """An old number with the name of its point means that point alone."""
        texts = {"B54 (Weizhong)": "BL40", "UB54 Zhibian": "BL54", "B47 志室": "BL52"}

        assert texts == {text: meant(text) for text in texts}

    @quick
    @given(
        st.sampled_from(sorted(WHO_OF_OLD)),
        st.sampled_from(["b", "B", "ub", "Ub", "UB", "Bladder", "Ｂ"]),
        st.text(" -.·'\u2013\u00a0\u3000", max_size=5),
        st.text(" ", max_size=2),
    )
    def test_no_spacing_decides(
        self, number: int, letters: str, gap: str, inner: str
    ) -> None:
        """Nothing between or inside letters and number picks one of the two."""
        outcome = resolve(inner.join([letters + gap, *str(number)]), CATALOGUE)

        assert {f"BL{number}", f"BL{WHO_OF_OLD[number]}"} == set(codes(outcome))
        assert isinstance(outcome, Ambiguous)


class TestNames:
    """Pinyin, characters, English names and aliases."""

    def test_a_name(self) -> None:
        """Case, spaces, tones and punctuation make no difference to a name."""
        names = {
            "Jian Jing": "GB21",
            "jianjing": "GB21",
            "JIAN-JING": "GB21",
            "肩井": "GB21",
            "shèn shù": "BL23",
            "she\u0300nshu\u0300": "BL23",
            "shēn shú": "BL23",
            "肾俞": "BL23",
            "腎俞": "BL23",
            "kidney shu": "BL23",
            "Wills Chamber": "BL52",
            "Will\u2019s chamber": "BL52",
            "womb and vitals": "BL53",
            "third eye": "EX-HN3",
            "Tai Chone": "LR3",
            "Chi Hai": "CV6",
            "Renzhong": "GV26",
            "zhonglüshu": "BL29",
            "Zhonglvshu": "BL29",
            "zhong lu shu": "BL29",
            "Kunlun Mountains": "BL60",
            "Bai Hui": "GV20",
            "spirit gate": "HT7",
            "BL-23 (Shenshu)": "BL23",
            "Shenshu (B 23)": "BL23",
            "GB21 Jianjing": "GB21",
            "GB21 [shoulder well]": "GB21",
            "TE3 (Zhongzhu)": "TE3",
            "BL54 (Zhibian)": "BL54",
            "GB8 (Shuaigu)": "GB8",
        }

        assert names == {name: meant(name) for name in names}

    def test_a_shared_name(self) -> None:
        """Names of two points name both, whichever the catalogue holds."""
        for names in (CATALOGUE, EMPTY):
            found = {name: candidates(name.title(), names) for name in SHARED}

            assert {
                name: tuple(each.code for each in both) for name, both in found.items()
            } == SHARED
            assert [
                name
                for name, both in found.items()
                if not all(each.name and each.place for each in both)
            ] == []

    def test_tones_do_not_decide_and_characters_do(self) -> None:
        """Two names with the same pinyin are told apart by their characters only."""
        hand, belly = CATALOGUE.points["TE3"], CATALOGUE.points["KI15"]

        assert isinstance(resolve(hand.pinyin_toned, CATALOGUE), Ambiguous)
        assert isinstance(resolve(belly.pinyin_toned, CATALOGUE), Ambiguous)
        assert Found(hand) == resolve("中渚", CATALOGUE)
        assert Found(belly) == resolve("中注", CATALOGUE)

    def test_a_name_that_two_records_claim(self) -> None:
        """A name in two records names both, whatever their order."""
        one = make_point("GB20", "Fengchi", "Pool")
        other = make_point("LI11", "Quchi", "Pool")
        expected = (
            "pool names two points. Lower back = GB20 Fengchi."
            " Lower back = LI11 Quchi. Type GB20 or LI11."
        )

        assert expected == sentence(resolve("pool", index([one, other])))
        assert isinstance(resolve("pool", index([other, one])), Ambiguous)

    def test_a_code_and_another_points_name(self) -> None:
        """When the code and the name disagree, neither is taken."""
        outcome = resolve("BL23 (Weizhong)", CATALOGUE)
        both = ("BL23", "BL40")

        assert isinstance(outcome, Ambiguous)
        assert both == codes(outcome)
        assert "do not agree" in sentence(outcome)

    def test_a_code_and_words_that_name_nothing(self) -> None:
        """Unknown words beside a code are not ignored: the code is suggested only."""
        suggestions: dict[str, tuple[str, ...]] = {
            "BL23 (nonsense)": ("BL23",),
            "CV 6 stomach point": ("CV6",),
            "stomach points (CV 6)": ("CV6",),
            "B54 (nonsense)": ("BL40", "BL54"),
        }

        assert suggestions == {text: suggested(text) for text in suggestions}

    def test_a_spelling_mistake(self) -> None:
        """For a misspelt name its point is suggested first, and is not taken."""
        misspelt = {
            "sholder wel": "GB21",
            "tai chon": "LR3",
            "kidny shu": "BL23",
            "Wiezhong": "BL40",
            "womb and vital": "BL53",
        }

        assert misspelt == {text: suggested(text)[0] for text in misspelt}
        assert [
            t for t, c in misspelt.items() if f"did you mean {c} " not in said(t)
        ] == []

    def test_no_suggestion_leaves_the_part_of_the_body(self) -> None:
        """With a slip in a name, what is suggested lies where the name's point does."""
        slips = {
            f"{name[:at]}{middle}{name[at + cut :]}": point.body
            for point in list(EVERY.values())[::3]
            for name in (fold(point.pinyin), fold(point.name))
            for at in range(1, len(name), 4)
            for cut, middle in ((1, ""), (0, "x"), (2, name[at : at + 2][::-1]))
        }
        elsewhere = {
            text: outcome
            for text, body in slips.items()
            if isinstance(outcome := resolve(text, WHOLE), Unknown)
            if {EVERY[code].body for code in outcome.suggestions} - {body}
        }

        assert len(slips) > 1000
        assert elsewhere == {}

    def test_where_names_of_two_places_are_near_none_is_suggested(self) -> None:
        """Futo may be one of two, and a throat is no thigh."""
        assert not suggested("futo")

    def test_an_empty_catalogue_suggests_nothing(self) -> None:
        """Only points of the catalogue are suggested for a misspelt name."""
        assert not suggested("sholder wel", EMPTY)

    def test_tables_alone_suggest_nothing(self) -> None:
        """A name that only the tables know is not suggested for another."""
        assert not suggested("zhongzh", EMPTY)
        assert not suggested("Tai Chon", EMPTY)

    def test_with_a_digit_no_names_are_compared(self) -> None:
        """For a text with a number in it no name and no other number is suggested."""
        texts = ("Shenshu2", "Jianjing 21", "BL2x", "BB23")

        assert dict.fromkeys(texts, ()) == {text: suggested(text) for text in texts}

    def test_accents_that_are_no_tones(self) -> None:
        """Only the tone marks of pinyin are ignored in a name."""
        assert named("S\u0327henshu", "Jian\u0338jing", "Ðazhui") == {}

    def test_a_point_beside_the_who(self) -> None:
        """An extra point has a place too, when the name beside it means others."""
        places = [place.place for place in candidates("EX-HN3 (futu)")]
        expected = ["between the eyebrows", "side of the throat", "front of the thigh"]

        assert expected == places

    def test_empty_text_names_nothing(self) -> None:
        """Empty text does not name the records that leave a name empty."""
        assert not suggested("")
        assert not suggested(" - ")


class TestSeveral:
    """Ranges and lists."""

    def test_a_range(self) -> None:
        """A range is all of its points, never the first only."""
        expected = tuple(f"CV{number}" for number in range(3, 8))
        for text in (
            *("CV3-CV7", "CV3\u2013CV7", "cv 3 - 7", "CV3 to CV7", "ren3\u20137"),
            "VC3-RN7",
        ):
            outcome = resolve(text, CATALOGUE)

            assert isinstance(outcome, Several), text
            assert expected == codes(outcome)
            assert all(isinstance(part, Found) for part in outcome.parts)

    def test_a_range_with_its_letters_once(self) -> None:
        """BL27-34 is eight points."""
        expected = tuple(f"BL{number}" for number in range(27, 35))

        assert expected == codes(resolve("BL27\u201334", CATALOGUE))

    def test_a_list_of_old_numbers(self) -> None:
        """Each member of a list is as ambiguous as it is alone."""
        for text in ("B 53 and 54", "B53, B54", "b53 & 54", "UB53/54"):
            outcome = resolve(text, CATALOGUE)

            assert isinstance(outcome, Several), text
            assert codes(outcome) == ("BL39", "BL53", "BL40", "BL54")
            assert all(isinstance(part, Ambiguous) for part in outcome.parts)

    def test_what_is_said_of_several(self) -> None:
        """The sentence has every member, and both meanings of each."""
        expected = (
            '"B 53 and 54, CV6" names 3 points, type one:'
            " B53 (BL39 or BL53), B54 (BL40 or BL54), CV6"
        )

        assert expected == said("B 53 and 54, CV6")

    def test_one_ambiguous_end_makes_a_range_ambiguous(self) -> None:
        """A range that mixes B and BL is not trusted to follow the WHO."""
        for text in ("BL53-B54", "B53-BL54"):
            outcome = resolve(text, CATALOGUE)

            assert isinstance(outcome, Several), text
            assert all(isinstance(part, Ambiguous) for part in outcome.parts)

    def test_names_in_a_list(self) -> None:
        """Names and ranges may stand in a list, in the order typed."""
        expected = ("GB21", "CV3", "CV4", "LI4")

        assert expected == codes(resolve("Shoulder Well, CV3-4 and 合谷", CATALOGUE))

    def test_the_same_point_twice(self) -> None:
        """A list of one point's names is that point."""
        assert Found(CATALOGUE.points["HT7"]) == resolve("HT7/HE7", CATALOGUE)

    def test_no_range(self) -> None:
        """A range that runs backwards or across meridians names nothing."""
        texts = (
            *("CV7-CV3", "CV3-CV3", "CV3-LR7", "CV3-", "BL1-999", "CV3 and"),
            *("7, 8", "-7", "B5-4", "GB2-1", "CV1-7x"),
        )

        assert named(*texts) == {}

    def test_one_wrong_member_makes_a_list_unknown(self) -> None:
        """A list with a member that is no point is unknown, and says which."""
        outcome = resolve("CV23-CV25", CATALOGUE)

        assert isinstance(outcome, Unknown)
        assert '"CV25" is not one' in sentence(outcome)

    def test_a_wrong_member_with_a_suggestion(self) -> None:
        """A list suggests what its wrong member suggests."""
        hegu = ("LI4",)

        assert hegu == suggested("CV6, L14")


class TestSaying:
    """One line, without control characters."""

    def test_sentences(self) -> None:
        """The sentence is what the command line prints after its name."""
        sentences = {
            "XX9": 'no point called "XX9"; see `acupress list`',
            "": 'no point called ""; see `acupress list`',
            "TE24": (
                'no point called "TE24"; the Triple Energizer points are TE1 to TE23;'
                " see `acupress list`"
            ),
            "sholder wel": 'no point called "sholder wel"; did you mean GB21 Jianjing?',
            "gb21": "GB21 Jianjing",
            "BL54": (
                "BL54 Zhibian: older books call this point B49;"
                " their B54 is BL40 Weizhong"
            ),
            "gv29": "EX-HN3 Yintang",
        }

        assert sentences == {text: said(text) for text in sentences}

    def test_quoted(self) -> None:
        """Typed text is quoted escaped and shortened."""
        quotes = {
            "a\x1b[31m": r'"a\x1b[31m"',
            "a\nb\u202e": r'"a\nb\u202e"',
            "\udcff": r'"\udcff"',
            "[/][bold]": '"[/][bold]"',
            "x" * 40: '"' + "x" * 40 + '"',
            "x" * 41: '"' + "x" * 37 + '..."',
        }

        assert quotes == {text: quoted(text) for text in quotes}
        assert quoted("x" * 1_000_000) == '"' + "x" * 37 + '..."'

    @quick
    @given(st.text())
    def test_escaping(self, text: str) -> None:
        """Printable text stays as it is, and any other becomes printable."""
        assert printable(text).isprintable()
        assert (printable(text) == text) is text.isprintable()

    def test_a_record_with_control_characters(self) -> None:
        """The names of a record are escaped as well."""
        point = make_point("GB20", "Feng\x1bchi", "Pool")
        expected = r"GB20 Feng\x1bchi"

        assert expected == sentence(Found(point))

    def test_what_is_said_of_an_ambiguous_text(self) -> None:
        """It is repeated without the spaces around it, and shortened."""
        long = "b" + " " * 90 + "54"

        assert said("  b54 ").startswith("b54 names two points. ")
        assert said(long).startswith("b" + " " * 36 + "... names two points. ")

    def test_control_characters_are_not_spaces(self) -> None:
        """With a line end, a tab or a change of direction in it a name is unknown."""
        texts = ("BL\n23", "BL23\n", "BL\t23", "B\x0054", "BL\u202e23")

        assert named(*texts, "jian\njing", "B53\nand 54") == {}

    def test_too_long(self) -> None:
        """Text that is longer than any name is unknown, with no suggestions."""
        for text in ("BL23" + " " * 200, "ﷺ" * 20, "(" * 201, "b" * 10**6):
            assert not suggested(text), text[:9]


CASED = st.text(
    "abBgGkKlLuUvV 0123456789-.,/()[]' éüΩЖІКВА٣３ＢＧ一肩井"
    "\u0301\u0327\u200b\n\x1b\u2013",
    max_size=24,
)
NAMES = st.sampled_from(
    [
        name
        for point in POINTS
        for name in (point.code, point.name, point.pinyin, point.hanzi, *point.aliases)
        if name
    ]
)
MUTATED = st.builds(
    lambda name, at, mark, cut: name[:at] + mark + name[at + cut :],
    NAMES,
    st.integers(0, 12),
    st.text(max_size=2) | st.sampled_from([" ", "-", ".", " and ", "(", "1", "\u2013"]),
    st.integers(0, 2),
)
CODES = st.builds(
    lambda letters, gap, number: f"{letters}{gap}{number}",
    st.text("abcdefghiklmnprstuvwxABCDEGKLPSTUV", max_size=3),
    st.sampled_from(["", " ", "-", ".", " 0"]),
    st.integers(0, 130),
)
ANYTHING = st.text() | CASED | MUTATED | CODES | st.builds("{} {}".format, CODES, NAMES)


class TestProperties:
    """What holds for every text."""

    @quick
    @given(ANYTHING)
    def test_folding_twice_is_folding_once(self, text: str) -> None:
        """Fold is idempotent."""
        assert fold(text) == fold(fold(text))

    def test_for_every_letter_of_a_plane(self) -> None:
        """Folding twice is folding once, for each character alone and accented."""
        texts = [
            text
            for number in range(0x10000)
            for text in (chr(number), f"v{chr(number)}\u0327")
        ]

        assert [text for text in texts if (once := fold(text)) != fold(once)] == []

    def test_v_beside_a_number_is_a_v(self) -> None:
        """LV3 is the Liver's and LU3 the Lung's, though v also writes a u-umlaut."""
        umlaut, number = fold("lǚ"), fold("LU3")

        assert umlaut == fold("LV")
        assert number != fold("LV3")

    def test_every_name_finds_its_own_record(self) -> None:
        """Codes and names find their own record, or both if shared."""
        outcomes = {point.code: resolve(point.code, CATALOGUE) for point in POINTS}

        assert {point.code: point for point in POINTS} == {
            code: outcome.point if isinstance(outcome, Found) else outcome
            for code, outcome in outcomes.items()
        }
        assert [
            (point.code, name)
            for point in POINTS
            for name in (point.name, point.pinyin, point.pinyin_toned, point.hanzi)
            if name and point.code not in codes(resolve(name, CATALOGUE))
        ] == []

    @quick
    @given(ANYTHING)
    def test_one_of_four_and_never_an_exception(self, text: str) -> None:
        """Every text has one of four outcomes, each with what it needs."""
        outcome = resolve(text, CATALOGUE)

        match outcome:
            case Found(point):
                assert CATALOGUE.points[point.code] is point
            case Ambiguous(typed, candidates):
                assert text == typed
                assert 2 <= len({c.code for c in candidates}) == len(candidates)
            case Several(typed, parts):
                assert text == typed
                assert 2 <= len(set(map(codes, parts))) == len(parts)
            case Unknown(typed, suggestions):
                assert text == typed
                assert len(suggestions) <= 3

    @quick
    @given(ANYTHING)
    def test_without_a_catalogue(self, text: str) -> None:
        """In a catalogue without points nothing is found, and nothing raised."""
        outcome = resolve(text, EMPTY)

        assert not isinstance(outcome, Found)
        assert sentence(outcome)

    @quick
    @given(
        CODES.filter(lambda text: any(letter in "ABCEHKMPST" for letter in text)),
        st.sampled_from(["АВСЕНКМРЅТ", "ΑΒϹΕΗΚΜΡЅΤ", "ÁḂĆÉḢḰḾṔŚṪ"]),
    )
    def test_look_alikes_match_nothing(self, text: str, others: str) -> None:
        """A code with letters of another script, or accents, is no code."""
        changed = text.translate(str.maketrans("ABCEHKMPST", others))

        assert not codes(resolve(changed, CATALOGUE))

    def test_a_code_has_no_accents(self) -> None:
        """Accents are ignored in names only."""
        assert named("BĹ23", "ḰI27", "GḂ21", "L\u0301I4", "ＧＢ２１\u0301") == {}

    @quick
    @given(NAMES, st.data())
    def test_look_alikes_in_names(self, name: str, data: st.DataObject) -> None:
        """A name with one letter of another script is not the name."""
        alike = str.maketrans("aceiopsxyACEHIKMOPST", "асеіорѕхуАСЕНІКМОРЅТ")
        at = data.draw(st.integers(0, len(name) - 1))
        changed = name[:at] + name[at].translate(alike) + name[at + 1 :]

        assert changed == name or not codes(resolve(changed, CATALOGUE))

    @quick
    @given(st.text("٠١٢٣४५६৭౮൯", min_size=1, max_size=2))
    def test_digits_of_other_scripts(self, digits: str) -> None:
        """Only the digits 0 to 9 count, and their full-width forms."""
        assert not codes(resolve(f"BL{digits}", CATALOGUE))

    @quick
    @given(ANYTHING)
    def test_suggestions_are_only_suggested(self, text: str) -> None:
        """Unknown text means no code, and what it suggests can be typed."""
        outcome = resolve(text, CATALOGUE)

        if isinstance(outcome, Unknown):
            assert not codes(outcome)
            for suggestion in outcome.suggestions:
                assert suggestion == meant(suggestion)

    def test_the_strictest_candidate_counts(self) -> None:
        """Codes() gives every candidate, so the strictest can be taken."""
        order = list(PregnancyLevel)
        strictest = {
            **dict.fromkeys(("B54", "B48", "B53", "B54 and 53"), AVOID),
            "zhongzhu": PregnancyLevel.OK,
        }
        levels = {
            text: [
                CATALOGUE.points[code].pregnancy
                for code in codes(resolve(text, CATALOGUE))
                if code in CATALOGUE.points
            ]
            for text in strictest
        }

        assert strictest == {
            t: max(each, key=order.index) for t, each in levels.items()
        }

    @quick
    @given(ANYTHING)
    def test_no_control_character_comes_out(self, text: str) -> None:
        """The sentence is one short line without control characters."""
        line = said(text)

        assert line.isprintable()
        assert not {unicodedata.category(mark) for mark in line} & {"Cc", "Cf", "Cs"}
        assert len(line) < 1000

    @quick
    @given(ANYTHING)
    def test_what_is_found_does_not_depend_on_the_rest(self, text: str) -> None:
        """With fewer points nothing turns into another point, only into none."""
        all_of_them, some = resolve(text, CATALOGUE), resolve(text, FEW)

        if isinstance(some, Found):
            assert codes(some) == codes(all_of_them)
