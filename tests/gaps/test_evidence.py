"""Claims with what stands behind them, programmes that nobody assessed, and sources that contradict themselves."""

from __future__ import annotations

import json

import pytest

from app.gaps import Ground, Query, evidence_of
from app.gaps.evidence import contradictions_in
from app.model import Citation, Fact, Programme

from .made import HERE, SOURCE, ground_of, service


def test_each_claim_is_shown_with_its_number_and_its_time(ground: Ground, county: Query) -> None:
    claims = [claim for claim in evidence_of(ground, county).claims if claim.service.endswith("/triple-p-parenting-development")]
    first = claims[0]
    assert (first.value, first.unit, first.of, first.period) == ("77%", "parents", "235", "2014/15")


def test_a_percentage_without_a_number_or_a_time_is_counted_as_such(ground: Ground, profiles: Query) -> None:
    found = evidence_of(ground, profiles)
    bare = [claim.what for claim in found.claims if claim.is_bare]
    assert "Under 5s living in Warwickshire who are registered with one of its children's centres" in bare
    assert f"{len(bare)} figures among them stand without a number behind and without a time." in found.findings


def test_savings_are_marked_as_the_services_own(ground: Ground, profiles: Query) -> None:
    savings = {claim.name: claim.value for claim in evidence_of(ground, profiles).claims if claim.is_saving}
    assert savings == {"Common Assessment Framework": "£4,565,474", "Triple P (Diversion from Care)": "£887,081"}
    assert any("never added to each other" in rule for rule in evidence_of(ground, profiles).rules)


def test_services_that_claim_nothing_are_listed(ground: Ground, profiles: Query) -> None:
    found = evidence_of(ground, profiles)
    assert "warwickshire/health-visiting" in found.no_claim
    assert len(found.no_claim) == 23 - len({claim.service for claim in found.claims})
    assert found.findings[0].startswith("14 of 23 services claim an outcome")


def test_no_programme_of_the_seeds_was_assessed_and_that_is_not_low(ground: Ground, county: Query) -> None:
    found = evidence_of(ground, county)
    assert not any(each.rating for each in found.programmes)
    words = {each.to_json()["rating_words"] for each in found.programmes}
    assert words == {"Not assessed: no source here gives a rating by an evidence body. That is not a low rating."}
    assert "none has a rating by an evidence body" in " ".join(found.findings)


def test_programmes_in_use_come_first_with_what_the_sources_say(ground: Ground, county: Query) -> None:
    found = evidence_of(ground, county).programmes
    used = [bool(each.used_by) for each in found]
    assert used == sorted(used, reverse=True)
    triple_p = next(each for each in found if each.programme == "triple-p")
    assert "warwickshire/triple-p-diversion-from-care" in triple_p.used_by
    assert any("CEDAR" in sentence for sentence in triple_p.sentences)


def test_a_tool_is_no_intervention(ground: Ground, county: Query) -> None:
    table = evidence_of(ground, county).tables()[1]
    kinds = dict(zip(table.column("Programme"), table.column("Kind"), strict=True))
    assert kinds["Strengths and Difficulties Questionnaire"] == "assessment tool, not an intervention"


def test_the_two_accounts_of_diversion_from_care_are_shown_as_a_contradiction(ground: Ground, county: Query) -> None:
    found = [each for each in evidence_of(ground, county).contradictions if "riple" in each.name]
    assert {each.kind for each in found} == {"service", "programme"}
    for each in found:
        assert "two thirds" in each.words
        assert "almost three quarters" in each.words
        assert "£32,000" in each.words


BODIES = [
    ("All is well.", []),
    (
        "**The source contradicts itself.** One says A,\nanother says B.\n\nMore.",
        ["The source contradicts itself. One says A, another says B."],
    ),
    ("**The source says two things.** See [a page](/x).", ["The source says two things. See a page."]),
    ("**The source differs:**\n\n- one: A\n- two: B;\n\nMore.", ["The source differs: one: A; two: B."]),
    ("**The source differs:**\n\nNo list.", ["The source differs:"]),
    ("**If the family says no**, nothing.", []),
]


@pytest.mark.parametrize(("body", "found"), BODIES)
def test_contradictions_are_found_in_the_body_of_a_profile(body: str, found: list[str]) -> None:
    assert contradictions_in(body) == found


# made up


def programme(name: str, **fields: object) -> Programme:
    given = {"id": name, "name": name.title(), "summary": "Made up.", "kind": "programme", "sources": [SOURCE], **fields}
    return Programme.model_validate(given)


def test_a_rating_is_shown_with_the_words_of_the_content() -> None:
    ground = ground_of(
        service("One", programmes=("rated",)),
        programmes=(programme("rated", rating="3, by an evidence body, March 2017"), programme("unrated", contradiction="A or B.")),
    )
    found = evidence_of(ground, Query(HERE))
    assert found.programmes[0].to_json()["rating"] == "3, by an evidence body, March 2017"
    assert found.programmes[1].to_json()["rating"] is None
    assert (
        "1 programme is used here; 1 has a rating by an evidence body, and for 0 the sources say something of the evidence."
        in found.findings
    )
    assert found.contradictions == ()  # nobody here uses it


def test_a_claim_takes_its_own_source_before_that_of_the_profile() -> None:
    own = Citation(document="a-paper", section="9")
    facts = (Fact(what="Own", value="1", source=own), Fact(what="Profile's", value="2", as_at="2016-01"))
    claims = evidence_of(ground_of(service("One", outcomes=facts)), Query(HERE)).claims
    assert [claim.source.section for claim in claims] == ["9", "1"]
    assert [claim.period for claim in claims] == ["", "January 2016"]
    assert [claim.is_bare for claim in claims] == [True, False]


def test_no_service_is_said() -> None:
    assert evidence_of(ground_of(), Query(HERE)).findings == ("No service is recorded for what is selected.",)


def test_the_json_and_the_tables(ground: Ground, county: Query) -> None:
    found = evidence_of(ground, county)
    data = json.loads(json.dumps(found.to_json()))
    assert len(data["claims"]) == len(found.claims) == len(found.tables()[0].rows)
    assert data["contradictions"][0]["kind"] == "service"
    assert "Not recorded" in found.tables()[0].column("Period")


def test_a_site_that_hides_budgets_tells_contradictions_without_their_sums(without_money: Ground, county: Query) -> None:
    found = evidence_of(without_money, county)
    words = " ".join(each.words for each in found.contradictions)
    assert "£" not in words
    assert "cost a year: a sum not shown here, or about a sum not shown here with on-costs and travel" in words
    assert {claim.value for claim in found.claims if claim.is_saving} == {"£4,565,474", "£887,081"}  # claims, not budgets
