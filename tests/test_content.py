"""The real content: what the documents say, held against what the profiles, levels and lists carry.

The tables here were taken from the documents themselves, not from the content.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from golden.shipped import directory

from app.changes import address_of
from app.loading import read_content
from app.model import MUST_BE_STATED, Service
from app.settings import settings

ROOT = Path(__file__).parent.parent
FILES = [*sorted(path for path in (ROOT / "content").rglob("*") if path.is_file()), ROOT / "pathways.yaml"]
SERVICES = sorted((ROOT / "content" / "services").glob("*/*.md"))


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().split("\n")]


def test_the_content_is_good() -> None:
    assert [str(problem) for problem in read_content(settings(ROOT))[1] if problem.severity == "error"] == []


# The 23 profiles of the needs assessment of 2016, section 3.3.1: file, name in the document, levels ticked, ages (a missing end is a
# dot, unborn is -1), budget in pounds ("not provided" where the document says so).
PROFILES = rows("""
attendance-compliance-enforcement        | Attendance, Compliance and Enforcement (ACE) Team       | 2 3 4   | 5 to 16  | not provided
common-assessment-framework              | Common Assessment Framework (CAF)                       | 2 3     | 0 to 18  | 684906
caf-family-support-workers               | CAF Family Support Workers (FSWs)                       | 2 3     | 5 to 18  | 487000
childrens-centres                        | Children's Centres                                      | 1 2     | -1 to 5  | 4882080
domestic-abuse-refuge                    | Domestic Abuse Refuge Service                           | 2 3 4   | 16 to .  | 187000
domestic-abuse-support                   | Domestic Abuse Support Service                          | 2 3 4   | 16 to .  | 342000
drug-alcohol-addaction                   | Drug and Alcohol Misuse Service (Addaction)             | 1 2 3 4 | 18 to .  | 3750000
drug-alcohol-compass                     | Drug and Alcohol Misuse Service (Compass)               | 1 2 3   | . to 17  | 340000
drug-alcohol-esh-works                   | Drug and Alcohol Misuse Service (ESH Works)             | 1 2 3   | 18 to .  | 180000
family-group-conferencing                | Family Group Conferencing (FGC)                         | 2 3 4   | 0 to 18  | 187160
family-information-service               | Family Information Service (FIS)                        | 1 2     | 0 to 25  | 148742
family-matters                           | Family Matters                                          | 3       | 10 to 17 | 9000
family-nurse-partnership                 | Family Nurse Partnership (FNP)                          | 1 2 3 4 | 13 to 19 | 800000
health-visiting                          | Health Visiting                                         | 1 2     | -1 to 5  | 5900000
mental-health-interventions-school-children | Mental Health Interventions for School Children (MHISC) | 2    | 5 to 16  | 150000
multiagency-safeguarding-hub             | Multiagency Safeguarding Hub (MASH)                     | 3 4     | -1 to 18 | 300000
priority-families-family-support-workers | Priority Families Family Support Workers                | 2 3 4   | 0 to 18  | 424000
school-nursing                           | School Nursing                                          | 1 2     | 5 to 19  | 1900000
systemic-family-work                     | Systemic Family Work                                    | 2 3 4   | 0 to 18  | 55000
targeted-support-young-people            | Targeted Support for Young People (TS4YP)               | 1 2 3 4 | 13 to 19 | 666159
triple-p-diversion-from-care             | Triple P (Diversion from Care)                          | 2 3 4   | 0 to 18  | 32000
triple-p-parenting-development           | Triple P (Parenting Development Team)                   | 1 2 3   | 0 to 18  | 272000
youth-justice-service                    | Warwickshire Youth Justice Service (WYJS)               | 3 4     | 10 to 18 | not provided
""")


def profiles() -> list[Service]:
    return [directory().service_by_id[f"warwickshire/{file}"] for file, *_ in PROFILES]


@pytest.mark.parametrize(("file", "heading", "levels", "ages", "budget"), PROFILES, ids=[file for file, *_ in PROFILES])
def test_a_profile_of_2016_carries_its_levels_ages_and_budget(file: str, heading: str, levels: str, ages: str, budget: str) -> None:
    service = directory().service_by_id[f"warwickshire/{file}"]
    assert service.as_at == "2016-10-18"
    assert service.sources[0].document == "warwickshire-2016"
    assert service.sources[0].section == f"3.3.1, {heading}"
    assert " ".join(map(str, service.levels)) == levels
    assert service.ages is not None
    ends = ["." if end is None else str(end) for end in (service.ages.lower, service.ages.upper)]
    assert " to ".join(ends) == ages
    assert (str(service.budget.amount) if service.budget else "not provided") == budget


def test_the_profiles_of_2016_are_twenty_three_and_no_more() -> None:
    main = {service.id for service in directory().services if service.sources[0].section.startswith("3.3.1, ")}
    assert main == {service.id for service in profiles()}
    assert len(main) == 23


def test_ten_twenty_eighteen_and_twelve_services_work_at_the_four_levels() -> None:
    by_level = [sum(level in service.levels for service in profiles()) for level in (1, 2, 3, 4)]
    assert by_level == [10, 20, 18, 12]
    assert sum(by_level) == 60


def test_the_known_budgets_come_to_21_697_047_pounds_and_two_are_not_known() -> None:
    known = [service.budget.amount for service in profiles() if service.budget]
    unknown = [service.slug for service in profiles() if service.budget is None]
    assert (sum(known), len(known)) == (21_697_047, 21)
    assert unknown == ["attendance-compliance-enforcement", "youth-justice-service"]
    assert all("budget" in directory().service_by_id[f"warwickshire/{name}"].not_provided for name in unknown)


def test_a_second_figure_stands_beside_the_first_and_not_in_its_sum() -> None:
    budget = directory().service_by_id["warwickshire/childrens-centres"].budget
    assert budget is not None
    assert [money.amount for money in (budget, *budget.also)] == [4_882_080, 5_163_480]


def test_the_domestic_abuse_services_are_for_adults_and_reach_the_child_through_them() -> None:
    for name in ("domestic-abuse-support", "domestic-abuse-refuge"):
        assert directory().service_by_id[f"warwickshire/{name}"].received_by == ("parent_carer",)
    assert directory().service_by_id["warwickshire/domestic-abuse-refuge"].address_withheld


# Descriptors of Appendix 2: domain, heading, and how many there are at level 1, 2, 3 and 4.
DESCRIPTORS = rows("""
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
""")


@pytest.mark.parametrize("row", DESCRIPTORS, ids=[row[1] for row in DESCRIPTORS])
def test_a_heading_has_as_many_descriptors_at_each_level_as_the_document(row: list[str]) -> None:
    domain, heading, *counts = row
    at = [descriptor.level for descriptor in directory().descriptors if (descriptor.domain, descriptor.heading) == (domain, heading)]
    assert [at.count(level) for level in (1, 2, 3, 4)] == [int(count) for count in counts]


def test_there_are_222_descriptors_and_no_other_heading() -> None:
    assert len(directory().descriptors) == 222
    assert {descriptor.heading for descriptor in directory().descriptors} == {heading for _, heading, *_ in DESCRIPTORS}


# Words on which the boundary between two levels turns: level, heading, the words, and the whole phrase of the document.
DECIDING = rows("""
3 | Ensure Warmth                         | has witnessed       | Child has witnessed domestic abuse
4 | Emotional and Behavioural development | is witnessing       | Child is witnessing domestic abuse
4 | Ensure Safety                         | persistent, serious | There is persistent or serious violence in the home
4 | Basic Care                            | Persistent          | Persistent failure to take children to health appointments
4 | Family History and Functioning        | persistent          | Significant parental discord and persistent domestic violence
4 | Health                                | Serious             | Serious mental health issues
4 | Health                                | serious             | Children involved in serious substance misuse
4 | Emotional and Behavioural development | serious             | Suffers from periods of serious depression
4 | Family's Social Integration           | serious             | Family fleeing serious violence inside or outside family
4 | Basic Care | significantly | Parent's mental ill health, learning disability or substance misuse significantly affects care of the child
""")


@pytest.mark.parametrize(("level", "heading", "words", "text"), DECIDING, ids=[f"level {row[0]}, {row[2]}" for row in DECIDING])
def test_a_deciding_word_stands_as_the_document_has_it(level: str, heading: str, words: str, text: str) -> None:
    (descriptor,) = [one for one in directory().descriptors if one.text == text]
    assert (descriptor.level, descriptor.heading) == (int(level), heading)
    assert set(words.split(", ")) <= set(descriptor.deciding)


def test_the_words_of_the_two_levels_are_never_exchanged() -> None:
    said_at = {
        words: {one.level for one in directory().descriptors if words in one.text.lower()} for words in ("has witnessed", "is witnessing")
    }
    assert said_at == {"has witnessed": {3}, "is witnessing": {4}}


CODES = """
1A 1B 1C 2A 2B 2C 3A 3B 3C 4A 4B 4C 5A 5B 5C 6A 6B 6C 7A 8A 8B 8C 8D 8E 8F 9A 10A 11A 12A 13A 14A 15A 16A 17A 18A 19A 20 21 22A 23A
""".split()


def test_all_forty_assessment_factors_are_there() -> None:
    assert len(CODES) == 40
    assert [factor.code for factor in directory().factors] == CODES
    assert [factor.code for factor in directory().factors if factor.never_matches] == ["21"]


# ---- what may stand in no file ----

PRIVATE = {
    "a telephone number": re.compile(r"(?<![\d.£])(?:\+44[ \d]{9,}|0\d(?:[ -]?\d){8,9})(?!\d)"),
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
}


@pytest.mark.parametrize("file", FILES, ids=[str(file.relative_to(ROOT)) for file in FILES])
def test_a_file_holds_no_telephone_number_and_no_e_mail_address(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert {what: found for what, pattern in PRIVATE.items() if (found := pattern.findall(text))} == {}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("ring 01632 960001 today", "a telephone number"),
        ("01612345670", "a telephone number"),
        ("+44 1926 410410", "a telephone number"),
        ("0300-123-1234", "a telephone number"),
        ("team@council.gov.uk", "an e-mail address"),
    ],
)
def test_a_number_or_address_would_be_seen(text: str, what: str) -> None:
    assert PRIVATE[what].search(text)


@pytest.mark.parametrize("text", ["£5,163,480", "2014/15", "383,554 attendances", "999", "0 to 18", "2016-10-18", "0.5 to 10"])
def test_a_figure_is_not_taken_for_a_telephone_number(text: str) -> None:
    assert not PRIVATE["a telephone number"].search(text)


# ---- unknown is not no ----


@pytest.mark.parametrize("file", SERVICES, ids=[f"{file.parent.name}/{file.stem}" for file in SERVICES])
def test_every_profile_gives_each_field_that_matters_or_says_that_it_is_not_recorded(file: Path) -> None:
    front_matter = file.read_text(encoding="utf-8").split("\n---\n")[0].split("\n")
    assert [name for name in MUST_BE_STATED if not any(line.startswith(f"{name}:") for line in front_matter)] == []
    service = directory().service_by_id[f"{file.parent.name}/{file.stem}"]
    for name in MUST_BE_STATED:
        assert bool(getattr(service, name)) != (name in service.not_recorded), name


def test_no_import_claims_that_somebody_checked_it() -> None:
    assert [service.id for service in directory().services if service.checked_on] == []
    assert [service.id for service in directory().services if service.contact and service.contact.checked_on] == []


def test_a_worked_case_says_that_it_is_made_up_and_practice_does_not() -> None:
    for one in directory().examples:
        assert one.fictional == (one.kind == "worked case"), one.id
        assert not one.fictional or "made up" in one.body, one.id


def test_every_area_has_services_and_says_how_old_they_are() -> None:
    assert {service.area for service in directory().services} == set(directory().area_by_id)
    assert all(re.search(r"20\d\d", area.as_at) for area in directory().site.areas)
    assert "historic" in directory().site.banner


def test_each_recorded_change_is_about_something_that_has_a_page() -> None:
    changes = directory().changes
    assert 0 < len(changes) <= 40, "a list that people read"
    assert [change.id for change in changes if change.change != "ended" and not address_of(change, directory())] == []
    assert {change.id for change in changes if change.kind == "area"} == set(directory().area_by_id)
    assert min(change.on for change in changes) == "2026-11-22", "the day of the first version of the content"
