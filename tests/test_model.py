"""The small rules of the records: how ages fit, how far a date is known, what a figure is worth, and how they are said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from app.loading import read_content
from app.model import (
    AGE_ORDER,
    AgeExtension,
    Ages,
    Budget,
    Contact,
    Fact,
    Record,
    Service,
    ServiceNeeds,
    age_fit,
    age_in_words,
    ages_in_words,
    any_age_fit,
    date_in_words,
    last_day,
)
from app.model.fit import ADULT_FROM, OWN_RIGHT_FROM, TEENAGER_FROM
from app.model.values import Age, PartialDate, Pounds
from app.settings import settings

SITE = Path(__file__).parent / "site"


def ages(text: str, lower: int | None = None, upper: int | None = None, *also: AgeExtension) -> Ages:
    return Ages.model_validate({"text": text, "from": lower, "to": upper, "also": also})


def unless(lower: int | None, upper: int | None, condition: str, *needs: str) -> AgeExtension:
    return AgeExtension.model_validate({"from": lower, "to": upper, "condition": condition, "needs": needs})


def service(received_by: tuple[str, ...], of_age: Ages | None) -> Service:
    return Service.model_validate(
        {
            "id": "northshire/x", "area": "northshire", "name": "X", "summary": "X.", "status": "running", "received_by": received_by,
            "ages": of_age, "as_at": "2020", "sources": [{"document": "d", "section": "1"}],
        }
    )


SEND = unless(19, 25, "the young person has SEND", "send")

SERVICES: dict[str, Service] = {
    "for children of 5 to 18": service(("child",), ages("5–18", 5, 18)),
    "for families of 0 to 18": service(("family",), ages("0–18", 0, 18)),
    "for families of 5 to 16": service(("family",), ages("5–16", 5, 16)),
    "for families from before birth": service(("family",), ages("Pre-birth to 5", -1, 5)),
    "for families from 10": service(("family",), ages("10+", 10)),
    "for children and families from before birth": service(("child", "family"), ages("Pre-birth to 5", -1, 5)),
    "for children under 18": service(("child",), ages("Under 18", None, 17)),
    "for 13 to 19, to 25 with SEND": service(("child",), ages("13–19 (25 with SEND)", 13, 18, SEND)),
    "for 10 to 18, in prevention from 5": service(("child",), ages("10–18", 10, 18, unless(5, 9, "it is prevention work"))),
    "for 5 to 18, unborn in a plan": service(("child",), ages("5–18", 5, 18, unless(-1, None, "a plan says so"))),
    "for 5 to 18, others by agreement": service(("child",), ages("5–18", 5, 18, unless(None, None, "both sides agree"))),
    "for 5 to 11, and up to 17 by agreement": service(("child",), ages("5–11", 5, 11, unless(None, 17, "both sides agree"))),
    "for young parents of 13 to 19": service(("young_parent",), ages("13–19", 13, 19)),
    "for people of 16 and over": service(("parent_carer",), ages("16+", 16)),
    "for people of 16 to 25": service(("parent_carer",), ages("16–25", 16, 25)),
    "for adults of 18 and over": service(("parent_carer",), ages("18+", 18)),
    "for parents of children of 0 to 5": service(("parent_carer",), ages("0–5", 0, 5)),
    "for parents, age not recorded": service(("parent_carer",), None),
    "for professionals": service(("professional",), ages("Any")),
    "for professionals, age not recorded": service(("professional",), None),
    "for children, age not recorded": service(("child",), None),
    "for nobody known": service((), ages("5–18", 5, 18)),
    "for children of ages in words only": service(("child",), ages("Early years")),
    "for 14 year olds": service(("child",), ages("14", 14, 14)),
}

THROUGH = "help for the parent or carer, which reaches the child"

FITS: tuple[tuple[str, int, str, str], ...] = (
    ("for children of 5 to 18", 14, "direct", "Works with 5 to 18 year olds"),
    ("for children of 5 to 18", 5, "direct", "Works with 5 to 18 year olds"),
    ("for children of 5 to 18", 18, "direct", "Works with 5 to 18 year olds"),
    ("for children of 5 to 18", 4, "near", "Starts at 5, not yet"),
    ("for children of 5 to 18", 3, "no fit", ""),
    ("for children of 5 to 18", 19, "near", "Ends at 18, one year too early"),
    ("for children of 5 to 18", 20, "no fit", ""),
    ("for families of 0 to 18", 14, "family", "Works with families of children up to 18"),
    ("for families of 0 to 18", -1, "near", "Starts at birth: ask about planning before it"),
    ("for families of 5 to 16", 9, "family", "Works with families of children of 5 to 16"),
    ("for families from before birth", -1, "family", "Works with families of children from before birth to 5"),
    ("for families from before birth", 6, "near", "Ends at 5, one year too early"),
    ("for families from 10", 14, "family", "Works with families: people of 10 and over"),
    ("for children and families from before birth", 2, "direct", "Works with children from before birth to 5"),
    ("for children under 18", 17, "direct", "Works with under-18s (youngest age not recorded)"),
    ("for children under 18", 13, "direct", "Works with under-18s (youngest age not recorded)"),
    ("for children under 18", 12, "not-recorded", "For under-18s; the youngest age is not recorded, ask"),
    ("for children under 18", 18, "near", "Ends at 17, one year too early"),
    ("for 13 to 19, to 25 with SEND", 16, "direct", "Works with 13 to 18 year olds"),
    ("for 13 to 19, to 25 with SEND", 19, "conditional", "From 19 to 25 if the young person has SEND"),
    ("for 13 to 19, to 25 with SEND", 25, "conditional", "From 19 to 25 if the young person has SEND"),
    ("for 10 to 18, in prevention from 5", 6, "conditional", "From 5 to 9 if it is prevention work"),
    ("for 5 to 18, unborn in a plan", -1, "conditional", "From before birth if a plan says so"),
    ("for 5 to 18, others by agreement", 20, "conditional", "Other ages if both sides agree"),
    ("for 5 to 11, and up to 17 by agreement", 14, "conditional", "Up to 17 if both sides agree"),
    ("for young parents of 13 to 19", 15, "direct", "Works with young parents: 13 to 19 year olds"),
    ("for people of 16 and over", 14, "through-parent", f"For people of 16 and over: {THROUGH}"),
    ("for people of 16 and over", -1, "through-parent", f"For people of 16 and over: {THROUGH}"),
    (
        "for people of 16 and over", 16, "direct",
        "From 16, so a person of 16 could use it in their own right; also help for a parent or carer",
    ),
    ("for people of 16 to 25", 26, "through-parent", f"For people of 16 and over: {THROUGH}"),
    ("for adults of 18 and over", 17, "through-parent", f"For adults of 18 and over: {THROUGH}"),
    ("for parents of children of 0 to 5", 16, "through-parent", f"For parents and carers: {THROUGH}"),
    ("for parents, age not recorded", 14, "through-parent", "For a parent or carer, age not recorded: the child's age is not tested"),
    ("for professionals", 14, "through-parent", "For professionals who work with the family"),
    ("for professionals, age not recorded", 14, "through-parent", "For professionals, age not recorded: the child's age is not tested"),
    ("for children, age not recorded", 14, "not-recorded", "Age not recorded, ask"),
    ("for nobody known", 14, "not-recorded", "Who receives it is not recorded, ask"),
    ("for children of ages in words only", 3, "not-recorded", "Ages recorded only as 'Early years', ask"),
    ("for 14 year olds", 14, "direct", "Works with 14 year olds"),
)


@pytest.mark.parametrize(("kind", "age", "age_class", "words"), FITS, ids=[f"{kind}, asked for {age}" for kind, age, _, _ in FITS])
def test_a_service_fits_an_age_in_a_class_and_says_why(kind: str, age: int, age_class: str, words: str) -> None:
    fit = age_fit(SERVICES[kind], age)
    assert (fit.age_class if fit else "no fit", fit.line if fit else "") == (age_class, words)


def test_an_age_reached_on_a_condition_names_the_needs_that_meet_it() -> None:
    fit = age_fit(SERVICES["for 13 to 19, to 25 with SEND"], 20)
    assert fit is not None
    assert fit.promoted_by == ("send",)


def test_the_child_s_age_is_never_tested_against_a_service_for_parents() -> None:
    kind = SERVICES["for adults of 18 and over"]
    assert {fit.age_class for age in range(-1, 18) if (fit := age_fit(kind, age))} == {"through-parent"}


ANY_AGE: tuple[tuple[str, str, str], ...] = (
    ("for children of 5 to 18", "direct", "Works with 5 to 18 year olds"),
    ("for families of 0 to 18", "family", "Works with families of children up to 18"),
    ("for children and families from before birth", "direct", "Works with children from before birth to 5"),
    ("for people of 16 and over", "through-parent", f"For people of 16 and over: {THROUGH}"),
    ("for professionals", "through-parent", "For professionals who work with the family"),
    ("for children, age not recorded", "not-recorded", "Age not recorded, ask"),
)


@pytest.mark.parametrize(("kind", "age_class", "words"), ANY_AGE)
def test_without_an_age_a_service_says_who_receives_it(kind: str, age_class: str, words: str) -> None:
    fit = any_age_fit(SERVICES[kind])
    assert (fit.age_class, fit.line) == (age_class, words)


def test_every_class_has_its_place_in_the_order_of_results() -> None:
    assert {age_class for _, _, age_class, _ in FITS} - {"no fit"} == set(AGE_ORDER)
    assert AGE_ORDER[0] == "direct"
    assert AGE_ORDER[-1] == "near"
    assert (TEENAGER_FROM, OWN_RIGHT_FROM, ADULT_FROM) == (13, 16, 18)


AGES_IN_WORDS: tuple[tuple[Ages, str], ...] = (
    (ages("5–18", 5, 18), "5 to 18 year olds"),
    (ages("14", 14, 14), "14 year olds"),
    (ages("Pre-birth to 5", -1, 5), "from before birth to 5"),
    (ages("16+", 16), "people of 16 and over"),
    (ages("From pregnancy", -1), "from before birth"),
    (ages("Under 18", None, 17), "under-18s (youngest age not recorded)"),
    (ages("Early years"), "people of any age recorded as: Early years"),
)


@pytest.mark.parametrize(("which", "words"), AGES_IN_WORDS)
def test_ages_are_said_in_words(which: Ages, words: str) -> None:
    assert ages_in_words(which) == words


def test_unborn_is_a_word_and_never_minus_one() -> None:
    assert [age_in_words(-1), age_in_words(0), age_in_words(14)] == ["unborn", "0", "14"]


@pytest.mark.parametrize(("text", "age"), [("unborn", -1), (" Unborn ", -1), ("0", 0), ("07", 7), ("120", 120), (14, 14)])
def test_an_age_may_be_written_as(text: object, age: int) -> None:
    assert TypeAdapter(Age).validate_python(text) == age


@pytest.mark.parametrize("text", ["-1", "121", "abc", "", "1.5", "14.0", "1_4", "٣", "9" * 5000, None, ["5"]])
def test_an_age_may_not_be_written_as(text: object) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Age).validate_python(text)


DATES: tuple[tuple[str, date, str], ...] = (
    ("2016", date(2016, 12, 31), "2016"),
    ("2016-02", date(2016, 2, 29), "February 2016"),
    ("2017-10", date(2017, 10, 31), "October 2017"),
    ("2016-10-18", date(2016, 10, 18), "18 October 2016"),
    ("2016-10-01", date(2016, 10, 1), "1 October 2016"),
)


@pytest.mark.parametrize(("partial", "last", "words"), DATES)
def test_a_date_is_as_exact_as_it_is_known(partial: str, last: date, words: str) -> None:
    assert TypeAdapter(PartialDate).validate_python(partial) == partial
    assert last_day(partial) == last
    assert date_in_words(partial) == words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2015-02-29", "is not a day that exists"),
        ("2016-13", "is not a day that exists"),
        ("0000", "is not a day that exists"),
        ("18/10/2016", "write a year, a year and month, or a day: 2016, 2016-10 or 2016-10-18"),
        ("2016-1", "is not a date"),
        ("2016-10-18T00:00", "is not a date"),
        ("٢٠١٦", "is not a date"),
        ("", "is not a date"),
    ],
)
def test_a_date_that_is_none_is_refused_with_what_is_right(text: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        TypeAdapter(PartialDate).validate_python(text)


NUMBERS: tuple[tuple[str, float | None], ...] = (
    ("159", 159), ("1,258", 1258), ("92%", 92), ("80.4%", 80.4), ("£887,081", 887081), ("8 to 10", None), ("over 70%", None),
    ("two thirds", None), ("-5", None), ("1.2.3", None),
)


@pytest.mark.parametrize(("value", "number"), NUMBERS)
def test_a_fact_is_a_number_only_when_it_is_one_plain_figure(value: str, number: float | None) -> None:
    assert Fact(what="Families", value=value).number == number


@pytest.mark.parametrize(("text", "pounds"), [("£684,906", 684906), ("684906", 684906), ("0", 0), (342000, 342000)])
def test_money_is_whole_pounds(text: object, pounds: int) -> None:
    assert TypeAdapter(Pounds).validate_python(text) == pounds


@pytest.mark.parametrize("text", ["£1.2m", "-5", "", "12.50"])
def test_money_is_nothing_but_whole_pounds(text: str) -> None:
    with pytest.raises(ValidationError):
        Budget.model_validate({"amount": text, "covers": "Whole service"})


@pytest.mark.parametrize("web", ["https://www.example.org/a?b=c#d", "http://example.org"])
def test_a_contact_links_to_a_web_address(web: str) -> None:
    assert Contact(web=web).web == web


@pytest.mark.parametrize("web", ["javascript:alert(1)", "www.example.org", "https://", 'https://x" onclick="y', "https://a b"])
def test_a_contact_links_to_nothing_else(web: str) -> None:
    with pytest.raises(ValidationError, match="is not a web address"):
        Contact(web=web)


def test_a_service_has_a_purpose_or_takes_any_need() -> None:
    assert ServiceNeeds(any_need=True).main == ()
    with pytest.raises(ValidationError, match="give at least one main need"):
        ServiceNeeds(also=("housing",))


@pytest.mark.parametrize(
    ("status", "is_running"),
    [("running", True), ("starting", True), ("pilot", True), ("proposed", False), ("historic", False), ("ended", False)],
)
def test_a_family_can_use_what_runs_starts_or_is_tried(status: str, is_running: bool) -> None:
    assert SERVICES["for 14 year olds"].model_copy(update={"status": status}).is_running is is_running


@pytest.mark.parametrize(("levels", "focused"), [((), False), ((2,), True), ((2, 3), True), ((2, 3, 4), False)])
def test_a_service_of_one_or_two_levels_is_focused(levels: tuple[int, ...], focused: bool) -> None:
    assert SERVICES["for 14 year olds"].model_copy(update={"levels": levels}).focused is focused


def test_a_record_cannot_be_changed_once_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        SERVICES["for 14 year olds"].name = "Y"  # type: ignore[misc]


def test_an_extension_covers_what_lies_between_its_ends() -> None:
    between, from_18, to_25 = unless(18, 25, "x"), unless(18, None, "x"), unless(None, 25, "x")
    assert [between.covers(age) for age in (17, 18, 25, 26)] == [False, True, True, False]
    assert [from_18.covers(age) for age in (17, 99)] == [False, True]
    assert [to_25.covers(age) for age in (-1, 26)] == [True, False]


def test_the_directory_finds_everything_by_its_name() -> None:
    directory, _ = read_content(settings(SITE))
    assert directory is not None
    found = [
        directory.service_by_id["northshire/safe-at-home"].name,
        directory.service_by_id["northshire/safe-at-home"].slug,
        directory.need_by_id["housing"].label,
        directory.process_by_id["conference"].label,
        directory.area_by_id["southtown"].name,
        directory.programme_by_id["calm-parenting"].name,
        directory.example_by_id["westport"].place,
        directory.source_by_id["southtown-paper"].title,
        directory.gateway_by_key["southtown", "front-door"].what,
        directory.gateway_by_key["northshire", "front-door"].what,
        directory.descriptor_by_key["northshire-2020", "4-no-home"].text,
    ]
    assert found == [
        "Safe at Home", "safe-at-home", "Housing", "Child protection conference", "Southtown", "Calm Parenting", "Westport",
        "Board Paper 7", "Where referrals arrive.", "Where referrals about safety arrive.", "Has no home",
    ]


def test_the_levels_of_an_area_are_those_of_its_scheme() -> None:
    directory, _ = read_content(settings(SITE))
    assert directory is not None
    scheme = directory.scheme_of("northshire")
    assert scheme is not None
    assert [(level.number, level.name) for level in scheme.levels] == [
        (1, "Universal needs"), (2, "Additional needs"), (3, "Complex needs"), (4, "Acute needs"),
    ]
    assert scheme.level(3) == scheme.levels[2]
    assert scheme.level(5) is None
    assert directory.scheme_of("southtown") is None
    assert directory.scheme_of("nowhere") is None


def test_a_record_refuses_what_it_has_no_field_for() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Fact.model_validate({"what": "Families", "value": "1", "colour": "red"})
    assert issubclass(Fact, Record)
