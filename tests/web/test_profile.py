"""The profile of a service shows every fact of its record, and names what is not known."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.model import MUST_BE_STATED, RECIPIENT_WORDS, STATUS_WORDS, Directory, Fact, Service, date_in_words
from app.settings import Settings
from app.web import create_app
from app.web.words import STATED_AS

from .inspector import Visitor


def must_show(service: Service, directory: Directory) -> Iterator[str]:
    """Everything of a record that its page must hold, as it is said there."""
    yield from (service.name, service.summary, STATUS_WORDS[service.status], date_in_words(service.as_at))
    yield from filter(None, (
        service.status_note, service.in_plain_words, service.level_basis, service.who_can_refer, service.consent, service.have_ready,
        service.excludes, service.length, service.statutory, service.commissioner, service.provider, service.owner,
    ))  # fmt: skip
    if service.place and not service.address_withheld:
        yield service.place
    yield from (*service.also_known_as, *service.funders)
    if service.ages:
        yield service.ages.text
        yield from filter(None, [service.ages.note, *(extension.condition for extension in service.ages.also)])
    for need in (*service.needs.main, *service.needs.also, *service.needs.only_if) if service.needs else ():
        yield directory.need_by_id[need].label
    for route in service.reached_by:
        yield directory.gateway_by_key[service.area, route.gateway].name
        yield from (part[1:] for part in (route.condition, route.consent, route.time_limit) if part)
        if route.status != "stated in the source":
            yield route.status
    for programme in service.programmes:
        yield directory.programme_by_id[programme].name
    for other in service.related:
        yield directory.service_by_id[other].name
    for citation in service.sources:
        yield directory.source_by_id[citation.document].title
        yield citation.section
    yield from _money(service)
    for fact in (*service.activity, *service.outcomes):
        yield from _fact(fact)


def _money(service: Service) -> Iterator[str]:
    if service.budget:
        for money in (service.budget, *service.budget.also):
            yield f"£{money.amount:,}"
            yield money.covers
            if money.year:
                yield money.year
        if service.budget.note:
            yield service.budget.note
    if service.contract:
        yield from filter(None, (service.contract.extension, service.contract.note))
        if service.contract.ends:
            yield date_in_words(service.contract.ends)
        if service.contract.ends_when:
            yield service.contract.ends_when[1:]
    if service.capacity:
        yield service.capacity.state[1:]
        yield from filter(None, (service.capacity.waiting, service.capacity.unit, service.capacity.note))
        if service.capacity.as_at:
            yield date_in_words(service.capacity.as_at)


def _fact(fact: Fact) -> Iterator[str]:
    yield from (fact.what, fact.value)
    yield from filter(None, (fact.unit, fact.period, fact.of, fact.note))
    if fact.as_at:
        yield date_in_words(fact.as_at)
    if fact.source:
        yield fact.source.section


def test_the_profile_shows_every_figure_and_fact_of_its_record(real: Visitor, directory: Directory) -> None:
    for service in directory.services:
        text = real.get(f"/services/{service.id}").text()
        for words in must_show(service, directory):
            assert re.sub(r"\s+", " ", words) in text, f"{service.id} does not show '{words}'"


def test_can_i_refer_comes_first_and_where_it_comes_from_last(real: Visitor, directory: Directory) -> None:
    for service in directory.services:
        headings = real.get(f"/services/{service.id}").headings("h2")
        assert headings[0] == "Can I refer?"
        assert headings[-2:] == ["What we do not know", "Where this comes from"]


def test_the_panel_says_who_receives_it_and_at_which_levels(real: Visitor, directory: Directory) -> None:
    for service in directory.services:
        facts = real.get(f"/services/{service.id}").facts()
        for recipient in service.received_by:
            assert RECIPIENT_WORDS[recipient] in facts["Who receives it"].lower()
        for level in service.levels:
            if len(service.levels) < 3:
                assert str(level) in facts["Levels of need"]
        for name, label in (("levels", "Levels of need"), ("ages", "Ages"), ("reached_by", "Ways in"), ("received_by", "Who receives it")):
            assert getattr(service, name) or facts[label] == "Not recorded"


def test_what_is_not_known_is_listed_whole_under_one_heading(real: Visitor, directory: Directory) -> None:
    for service in directory.services:
        page = real.get(f"/services/{service.id}")
        listed = [page.text(item) for item in page.section("unknown").iter("li")]
        for name in MUST_BE_STATED:
            here = any(line.startswith(STATED_AS[name]) for line in listed if ":" not in line)
            assert here == (not getattr(service, name)), f"{service.id}: {name}"


def test_what_the_source_itself_says_was_not_provided_is_told_apart(real: Visitor, directory: Directory) -> None:
    withheld = [service for service in directory.services if service.not_provided]
    assert withheld
    for service in withheld:
        page = real.get(f"/services/{service.id}")
        assert "the source itself says" in page.text(page.section("unknown")).lower()


def test_no_telephone_number_is_made_up(real: Visitor, directory: Directory) -> None:
    for service in directory.services:
        page = real.get(f"/services/{service.id}")
        numbers = re.findall(r"(?<![\d,£])0\d{2,4}[ \d]{6,9}\b", page.text())
        told = service.contact.telephone if service.contact else None
        assert set(numbers) <= {told}


def test_a_place_that_is_withheld_is_not_shown(real: Visitor, directory: Directory) -> None:
    hidden = [service for service in directory.services if service.address_withheld]
    assert hidden
    for service in hidden:
        page = real.get(f"/services/{service.id}")
        assert "Its address is withheld" in page.text()
        assert page.facts()["Where it happens"] == "Withheld"


BESIDE_THE_RECORD = {"address", "not_stated", "freshness", "freshness_of_others"}


def test_the_twin_is_the_record_whole(real: Visitor, directory: Directory) -> None:
    for service in directory.services:
        twin = real.json(f"/services/{service.id}.json")
        again = {key: value for key, value in twin.items() if key not in BESIDE_THE_RECORD}
        assert Service.model_validate(again) == service
        assert twin["not_stated"] == [name for name in MUST_BE_STATED if not getattr(service, name)]


def test_a_contact_is_shown_as_it_is_printed_with_the_day_it_was_tried(own_folder: Settings) -> None:
    file = own_folder.content / "services" / "northshire" / "family-help.md"
    contact = """contact:
  role: Duty desk
  telephone: "01632 960 002"
  email: duty@northshire.example
  web: https://northshire.example/help
  hours: Weekdays 09:30 to 12:30
  checked_on: 2020-02-01
"""
    file.write_text(file.read_text(encoding="utf-8").replace("contact: not_recorded\n", contact), encoding="utf-8")
    page = Visitor(create_app(own_folder)).get("/services/northshire/family-help")
    facts = page.facts()
    assert facts["Team or role"] == "Duty desk"
    assert facts["Telephone"] == "01632 960 002"
    assert facts["E-mail"] == "duty@northshire.example"
    assert facts["Hours"] == "Weekdays 09:30 to 12:30"
    assert facts["Checked on"] == "1 February 2020"
    assert page.link("https://northshire.example/help") == "https://northshire.example/help"
