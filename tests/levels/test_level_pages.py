"""One level told whole, one descriptor told whole, and what nothing answers."""

from __future__ import annotations

from collections import Counter

import pytest

from app.gaps import Query, unanswered
from app.levels import LevelPage, Levels, Shown, later_names, open_descriptors, told_descriptor
from app.model import Directory

# Descriptors of Appendix 2 by level, domain and heading, counted in the document: heading, then levels 1 to 4.
COUNTS = """
child              | Health                                |  7 |  7 |  6 |  7
child              | Education and Learning                |  4 |  6 |  3 |  2
child              | Emotional and Behavioural development |  4 |  6 |  5 |  5
child              | Identity                              |  4 |  3 |  2 |  1
child              | Family and Social Relationships       |  3 |  6 |  4 |  4
child              | Social Presentation                   |  2 |  3 |  2 |  3
child              | Self-care Skills                      |  1 |  2 |  1 |  1
parents-carers     | Basic Care                            |  1 |  4 |  5 |  5
parents-carers     | Ensure Safety                         |  1 |  2 |  6 |  7
parents-carers     | Ensure Warmth                         |  1 |  4 |  2 |  1
parents-carers     | Stimulation                           |  2 |  2 |  1 |  2
parents-carers     | Guidance and Boundaries               |  1 |  2 |  3 |  2
parents-carers     | Stability                             |  2 |  3 |  2 |  1
family-environment | Family History and Functioning        |  2 |  6 |  3 |  6
family-environment | Wider Family                          |  1 |  2 |  2 |  1
family-environment | Housing                               |  1 |  2 |  1 |  3
family-environment | Employment                            |  1 |  3 |  2 |  1
family-environment | Income                                |  1 |  1 |  2 |  0
family-environment | Family's Social Integration           |  2 |  4 |  4 |  3
family-environment | Community Resources                   |  1 |  0 |  1 |  0
"""


def page(shown: Shown, number: int) -> LevelPage:
    found = shown.page(number)
    assert found is not None
    return found


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_level_has_its_descriptors_by_domain_and_heading_as_the_document(shown: Shown, number: int) -> None:
    rows = [[cell.strip() for cell in line.split("|")] for line in COUNTS.strip().splitlines()]
    expected = {(domain, heading): int(counts[number - 1]) for domain, heading, *counts in rows if int(counts[number - 1])}
    found = {(domain.id, heading): len(ones) for domain, headings in page(shown, number).domains for heading, ones in headings}
    assert found == expected


def test_descriptors_by_theme_are_the_same_descriptors(shown: Shown) -> None:
    for number in (1, 2, 3, 4):
        told = page(shown, number)
        by_theme = {one.id for theme in told.themes for one in theme.descriptors} | {one.id for one in told.without_theme}
        assert by_theme == {one.id for one in told.descriptors}


def test_the_usual_ways_in(shown: Shown) -> None:
    assert [[gateway.id for gateway in page(shown, number).gateways] for number in (1, 2, 3, 4)] == [
        [], ["caf", "priority-families"], ["caf", "priority-families"], ["mash"]
    ]  # fmt: skip


def test_a_level_is_compared_with_those_either_side(shown: Shown) -> None:
    sides = [[(each.lower.number, each.upper.number) for each in page(shown, number).boundaries] for number in (1, 2, 3, 4)]
    assert sides == [[(1, 2)], [(1, 2), (2, 3)], [(2, 3), (3, 4)], [(3, 4)]]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_services_are_grouped_by_need_and_none_is_lost(shown: Shown, shipped: Directory, number: int) -> None:
    told = page(shown, number)
    grouped = {service.id for group in told.services for service in group.services} | {service.id for service in told.for_any_need}
    working = {s.id for s in shipped.services if s.area == "warwickshire" and s.is_running and number in s.levels}
    assert grouped == working
    assert told.service_count == len(working)


def test_terms_that_have_changed_are_told_from_the_glossary(shown: Shown) -> None:
    later = {one.term: one.later for one in page(shown, 3).later}
    assert later["CAF"].startswith("Early help assessment")
    assert later["Lead professional"] == "Lead practitioner (since 2018)"
    assert "WSCB" in {one.term for one in page(shown, 1).later} or "LSCB" in {one.term for one in page(shown, 1).later}
    assert later["Absconding"] == "Went missing, or run away"


def test_a_term_is_found_as_a_whole_word_and_an_abbreviation_by_its_capitals(shipped: Directory) -> None:
    def terms(text: str, area: str = "warwickshire") -> list[str]:
        return [one.term for one in later_names(shipped, area, [text, None])]

    assert terms("A CAF is opened") == ["CAF"]
    assert terms("cafe and Cafcass") == []
    assert terms("Two lead professionals") == ["Lead professional"]
    assert terms("Priority Families", "walsall") == [], "a term of one area means nothing in another"


@pytest.mark.parametrize("which", ["shown", "five"])
def test_a_service_answers_a_descriptor_when_the_descriptor_names_it(which: str, request: pytest.FixtureRequest) -> None:
    local = request.getfixturevalue(which).local
    for service in local.directory.services:
        for one in local.answered_by.get(service.id, ()):
            assert one.level in service.levels
            assert local.area is not None
            assert service.area == local.area.id
            if service.is_running:
                assert service in local.services(local.answering(one))
    for one in local.descriptors:
        for service in local.services(local.answering(one)):
            assert one in local.answered_by[service.id]
            assert service not in local.services(local.also_helping(one))


def test_a_descriptor_told_whole(shown: Shown) -> None:
    told = told_descriptor(shown.local, shown.local.by_id["3-child-has-witnessed-domestic-abuse"])
    assert (told.level.number, told.domain) == (3, "Parents and carers")
    assert [concern.need.id for concern in told.concerns] == ["child-affected-by-da", "domestic-abuse"]
    wide = {level.number: [one.text for one in ones] for level, ones in told.concerns[1].elsewhere}
    assert wide[2] == ["Parents have some conflict or difficulties that can involve the children"]
    assert "Child is witnessing domestic abuse" in wide[4]
    assert [service.slug for service in told.main] == ["domestic-abuse-refuge", "domestic-abuse-support"]
    assert [gateway.id for gateway in told.gateways] == ["caf", "priority-families"]
    assert told.to_json()["same_concern"][0]["theme"] == "child-affected-by-da"


def test_nothing_answers_a_descriptor_that_is_no_matter_for_a_service(shown: Shown) -> None:
    for one in shown.local.descriptors:
        if one.not_a_service_matter or not one.needs:
            told = told_descriptor(shown.local, one)
            assert (told.main, told.also) == ((), ())


def test_open_descriptors_are_those_the_commissioner_counts(shown: Shown) -> None:
    gaps = unanswered(shown.local.ground, Query("warwickshire")).descriptors
    counted = {gap.descriptor for gap in gaps if gap.state == "unanswered"}
    found = open_descriptors(shown.local)
    assert {one.descriptor.id for each in found.levels for one in each.open} == counted
    assert found.count == len(counted) == 91
    assert found.sentence == (
        "Of 173 descriptors that a service could answer, 91 have no service for it at its level in Warwickshire."
    )


def test_every_descriptor_is_answered_open_apart_or_without_a_need(shown: Shown) -> None:
    found = shown.open
    told = Counter(one.descriptor.id for each in found.levels for one in each.open)
    told += Counter(one.id for one in found.apart)
    told += Counter(one.id for _, ones in found.unlinked for one in ones)
    told += Counter(one.id for one in shown.local.descriptors if shown.local.answering(one))
    assert told == Counter(one.id for one in shown.local.descriptors)


def test_those_that_are_no_matter_for_a_service_stand_apart_with_the_reason(shown: Shown) -> None:
    assert [one.level for one in shown.open.apart] == [2, 2]
    data = shown.open.to_json()
    assert all(one["why"] for one in data["not_a_service_matter"])
    assert len(data["unanswered"]) == 91


def test_a_scheme_that_no_area_follows_has_no_finding(levels: Levels) -> None:
    from app.levels import LocalScheme

    assert levels.default is not None
    found = open_descriptors(LocalScheme(levels.ground, levels.default, None))
    assert found.count == 0
    assert "nobody can say" in found.sentence


def test_five_levels_are_told_whole(five: Shown) -> None:
    for number in range(1, 6):
        data = page(five, number).to_json()
        assert data["level"] == number
        assert sum(len(heading["descriptors"]) for domain in data["domains"] for heading in domain["headings"]) == len(
            five.local.of_level[number]
        )
    assert five.page(6) is None
    assert five.query == "?scheme=southtown-2025"
    assert [len(page(five, number).boundaries) for number in range(1, 6)] == [1, 2, 2, 2, 1]


def test_each_scheme_counts_the_services_of_its_own_area(two_schemes: Levels) -> None:
    for scheme in two_schemes.schemes:
        shown = two_schemes.shown(scheme)
        for number in (1, 2, 3, 4):
            areas = {service.area for group in page(shown, number).services for service in group.services}
            assert areas <= set(scheme.areas)


def test_an_area_that_does_not_follow_the_scheme_is_not_shown_with_it(two_schemes: Levels) -> None:
    scheme = two_schemes.directory.scheme_by_id["southtown-2025"]
    assert two_schemes.shown(scheme, "northshire") is two_schemes.shown(scheme, "southtown")
