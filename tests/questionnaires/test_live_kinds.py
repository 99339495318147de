"""Every kind of question takes the answers of its kind, and names what cannot stand."""

from collections.abc import Callable

import pytest

from resource_centre.problems import WORDS
from resource_centre.questionnaires.form import Form, say
from resource_centre.questionnaires.live import LiveForm

FormOf = Callable[[str], Form]

KINDS = """
| survey |
| | type | name | label | parameters |
| | integer | integer | Integer | |
| | decimal | decimal | Decimal | |
| | date | date | Date | |
| | time | time | Time | |
| | dateTime | datetime | Moment | |
| | geopoint | geopoint | Point | |
| | geotrace | geotrace | Line | |
| | geoshape | geoshape | Area | |
| | range | range | Range | start=1 end=10 step=3 |
| | range | tenths | Range of tenths | start=-1 end=1 step=0.1 |
| | acknowledge | acknowledge | Read | |
| | barcode | barcode | Code | |
| | select_one way | one | One | |
| | select_multiple way | several | Several | |
| | rank way | rank | Rank | |
| | note | note | A note | |
| choices |
| | list_name | name | label |
| | way | sea | Sea |
| | way | air | Air |
| | way | land | Land |
"""

STAND = [
    ("integer", "0"),
    ("integer", "-12"),
    ("integer", "007"),
    ("decimal", "12.5"),
    ("decimal", "-0.25"),
    ("decimal", "3"),
    ("date", "2026-11-22"),
    ("date", "2024-02-29"),
    ("time", "08:30"),
    ("time", "23:59:59.999+08:00"),
    ("datetime", "2026-11-22T08:30:00.000+07:00"),
    ("geopoint", "-8.58 116.12"),
    ("geopoint", "-8.58 116.12 12.5 4"),
    ("geotrace", "-8.58 116.12 0 0; -8.6 116.2 0 0"),
    ("geoshape", "-8.58 116.12;-8.6 116.2;-8.7 116;-8.58 116.12"),
    ("range", "7"),
    ("tenths", "0.3"),
    ("acknowledge", "OK"),
    ("barcode", "8991102"),
    ("one", "sea"),
    ("several", "sea land"),
    ("rank", "land sea air"),
]

FALL = [
    ("integer", "twelve", "not_a_number"),
    ("integer", "1.5", "not_whole"),
    ("integer", "1,5", "not_a_number"),
    ("integer", "1" * 40, "out_of_range"),
    ("integer", "١٢", "not_a_number"),
    ("decimal", "12,5", "not_a_number"),
    ("decimal", "1e5", "not_a_number"),
    ("decimal", "NaN", "not_a_number"),
    ("date", "22-11-2026", "not_a_day"),
    ("date", "2026-02-30", "not_a_day"),
    ("date", "20261122", "not_a_day"),
    ("time", "25:00", "not_a_time"),
    ("time", "9 o'clock", "not_a_time"),
    ("datetime", "2026-11-22", "not_a_moment"),
    ("geopoint", "Lombok", "not_a_point"),
    ("geopoint", "1.2.3 4", "not_a_point"),
    ("geopoint", "116.12 -8.58", "out_of_range"),
    ("geotrace", "-8.6 116.2", "not_a_point"),
    ("geoshape", "-8.58 116.12;-8.6 116.2;-8.7 116;-8.5 116.1", "not_a_point"),
    ("range", "11", "out_of_range"),
    ("range", "5", "off_step"),
    ("tenths", "0.35", "off_step"),
    ("acknowledge", "yes", "not_in_list"),
    ("one", "rail", "choice_gone"),
    ("one", "sea air", "choice_gone"),
    ("several", "sea rail", "choice_gone"),
    ("several", "sea sea", "chosen_twice"),
    ("rank", "sea air", "rank_incomplete"),
]


@pytest.fixture
def live(form_of: FormOf) -> LiveForm:
    return LiveForm(form_of(KINDS))


@pytest.mark.parametrize(("place", "value"), STAND)
def test_an_answer_of_the_kind_stands(live: LiveForm, place: str, value: str) -> None:
    live.answer(place, value)
    assert live.state(place).valid
    assert live.answers() == {place: value}


@pytest.mark.parametrize(("place", "value", "code"), FALL)
def test_another_is_kept_and_named(live: LiveForm, place: str, value: str, code: str) -> None:
    live.answer(place, value)
    state = live.state(place)
    assert (state.value, state.code, state.valid) == (value, code, False)
    assert value not in state.message
    assert code in WORDS


def test_several_answers_stand_in_the_order_of_the_list(live: LiveForm) -> None:
    live.answer("several", "land rail sea")
    assert live.state("several").value == "sea land rail"
    live.answer("rank", "land sea air")
    assert live.state("rank").value == "land sea air"


def test_blanks_alone_are_no_answer(live: LiveForm) -> None:
    live.answer("barcode", "  \n ")
    assert live.answers() == {}


def test_an_answer_without_end_is_named(live: LiveForm) -> None:
    live.answer("barcode", "9" * 100_001)
    assert live.state("barcode").code == "too_long"


def test_a_note_is_nothing_to_be_answered(live: LiveForm) -> None:
    asked = live.progress()[1]
    assert asked == len(live.places()) - 1
    assert live.state("note").valid


CASCADE = """
| survey |
| | type | name | label | choice_filter | required | calculation |
| | select_one province | province | Province | | | |
| | select_one regency | regency | Regency | province = ${province} | yes | |
| | select_multiple village | villages | Villages | regency = ${regency} | | |
| | calculate | where | | | | concat(${province}, ${regency}) |
| choices |
| | list_name | name | label | province | regency |
| | province | ntb | NTB | | |
| | province | bali | Bali | | |
| | regency | mataram | Mataram | ntb | |
| | regency | bima | Bima | ntb | |
| | regency | badung | Badung | bali | |
| | village | sade | Sade | | mataram |
| | village | ende | Ende | | mataram |
| | village | kuta | Kuta | | badung |
"""


@pytest.fixture
def cascade(form_of: FormOf) -> LiveForm:
    return LiveForm(form_of(CASCADE))


def offered(live: LiveForm, place: str) -> list[str]:
    return [say(choice.label, live.language) for choice in live.choices(place)]


def test_each_list_follows_the_answer_before_it(cascade: LiveForm) -> None:
    assert offered(cascade, "regency") == []
    assert "regency" in cascade.answer("province", "ntb")
    assert offered(cascade, "regency") == ["Mataram", "Bima"]
    cascade.answer("regency", "mataram")
    assert offered(cascade, "villages") == ["Sade", "Ende"]


def test_an_answer_that_is_no_longer_offered_stays_and_is_named(cascade: LiveForm) -> None:
    cascade.answer("province", "ntb")
    cascade.answer("regency", "bima")
    assert "regency" in cascade.answer("province", "bali")
    state = cascade.state("regency")
    assert (state.value, state.code) == ("bima", "choice_gone")
    assert [problem.field for problem in cascade.problems()] == ["regency"]
    cascade.answer("province", "ntb")
    assert cascade.state("regency").valid


FILES = """
| survey |
| | type | name | label | choice_filter | calculation | parameters |
| | select_one_from_file villages.csv | village | Village | | | |
| | select_one_from_file shelters.csv | shelter | Shelter | village = ${village} | | value=code, label=title |
| | calculate | head | | | instance('villages')/root/item[name = ${village}]/head | |
"""


def test_lists_may_come_in_files_of_their_own(form_of: FormOf) -> None:
    sources = {
        "villages": [
            {"name": "sade", "label": "Sade", "head": "Amaq"},
            {"name": "ende", "label": "Ende", "head": "Inaq"},
        ],
        "shelters": [
            {"code": "1", "title": "House", "village": "sade"},
            {"code": "2", "title": "Hut", "village": "ende"},
        ],
    }
    live = LiveForm(form_of(FILES), sources=sources)
    assert offered(live, "village") == ["Sade", "Ende"]
    live.answer("village", "ende")
    assert live.answers()["head"] == "Inaq"
    assert offered(live, "shelter") == ["Hut"]
    live.answer("shelter", "2")
    assert live.problems() == ()


OTHER = """
| survey |
| | type | name | label |
| | select_one way or_other | way | How did you come? |
| choices |
| | list_name | name | label |
| | way | sea | Sea |
"""


def test_another_way_asks_which(form_of: FormOf) -> None:
    live = LiveForm(form_of(OTHER))
    assert [choice.name for choice in live.choices("way")] == ["sea", "other"]
    assert not live.state("way_other").relevant
    live.answer("way", "other")
    assert live.state("way").valid
    assert live.state("way_other").relevant


SHUFFLED = """
| survey |
| | type | name | label | parameters |
| | integer | number | Number | |
| | select_one letter | fixed | One | randomize=true, seed=42 |
| | select_one letter | chosen | Two | randomize=true, seed=${number} |
| | select_one letter | free | Three | randomize=true |
| choices |
| | list_name | name | label |
""" + "".join(f"| | letter | {letter} | {letter.upper()} |\n" for letter in "abcdefghijkl")


@pytest.mark.parametrize("place", ["fixed", "chosen", "free"])
def test_choices_in_another_order_keep_it(form_of: FormOf, place: str) -> None:
    form = form_of(SHUFFLED)
    live = LiveForm(form)
    live.answer("number", "7")
    names = [choice.name for choice in live.choices(place)]
    assert sorted(names) == list("abcdefghijkl")
    assert names != sorted(names)
    assert [choice.name for choice in live.choices(place)] == names
    assert [choice.name for choice in LiveForm(form, live.answers()).choices(place)] == names


LANGUAGES = """
| survey |
| | type | name | label::Bahasa Indonesia (id) | label::English (en) | hint::English (en) | required | required_message::Bahasa Indonesia (id) | required_message::English (en) | calculation |
| | text | name | Nama? | Name? | As on the card | | | | |
| | select_one yes_no | debts | Apakah ${name} punya utang? | Does ${name} have debts? | | yes | Mohon dijawab. | Please answer. | |
| | calculate | said | | | | | | | jr:choice-name(${debts}, '${debts}') |
| choices |
| | list_name | name | label::Bahasa Indonesia (id) | label::English (en) |
| | yes_no | yes | Ya, ${name} | Yes, ${name} |
| | yes_no | no | Tidak | No |
"""  # noqa: E501 - one row of a table

INDONESIAN, ENGLISH = "Bahasa Indonesia (id)", "English (en)"


@pytest.mark.parametrize(
    ("language", "label", "message", "choices"),
    [
        (INDONESIAN, "Apakah Siti punya utang?", "Mohon dijawab.", ["Ya, Siti", "Tidak"]),
        (ENGLISH, "Does Siti have debts?", "Please answer.", ["Yes, Siti", "No"]),
    ],
)
def test_everything_is_said_in_the_language_of_the_interview(
    form_of: FormOf, language: str, label: str, message: str, choices: list[str]
) -> None:
    live = LiveForm(form_of(LANGUAGES), language=language)
    live.answer("name", "Siti")
    assert live.label("debts") == label
    assert live.state("debts").message == message
    assert offered(live, "debts") == choices


def test_the_language_may_change_in_the_middle(form_of: FormOf) -> None:
    live = LiveForm(form_of(LANGUAGES), language=INDONESIAN)
    live.answer("debts", "no")
    assert live.answers()["said"] == "Tidak"
    live.language = ENGLISH
    assert live.label("name") == "Name?"
    assert live.hint("name") == "As on the card"
    assert live.answers()["said"] == "No"
