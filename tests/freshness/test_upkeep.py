"""What is due, by owner, over a small directory."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from golden.shipped import directory as shipped

from app.freshness import UnknownOwner, entries_of, entry_of, mark_of, service_reviews, upkeep_as_text, upkeep_of
from app.freshness.fields import GATEWAY_FIELDS, PROGRAMME_FIELDS, SERVICE_FIELDS
from app.freshness.upkeep import HEADER
from app.loading import read_content
from app.model import Checks, Contact, Directory, Gateway, Programme, ReviewIntervals, Service, seen_by
from app.settings import settings

SITE = Path(__file__).parent.parent / "site"
TODAY = date(2020, 7, 1)
REVIEW = ReviewIntervals()


@cache
def small() -> Directory:
    found, problems = read_content(settings(SITE))
    assert found is not None, problems
    return found


def with_service(name: str, **changes: Any) -> Directory:
    found = small()
    services = tuple(each.model_copy(update=changes) if each.id == name else each for each in found.services)
    return Directory(**{**{field: getattr(found, field) for field in Directory.model_fields}, "services": services})


HELP = "northshire/family-help"


def told_of(directory: Directory, name: str = HELP, today: date = TODAY) -> list[str]:
    reviews = service_reviews(directory.service_by_id[name], directory.site.review, today)
    return [f"{each.group} {','.join(each.fields)} {each.as_at or '-'} {each.checked_on or '-'} {each.state}" for each in reviews]


def test_each_field_of_a_profile_has_its_group_its_dates_and_its_state() -> None:
    assert told_of(small()) == [
        "contact_and_status status 2020-03 - due",
        "contact_and_status capacity 2020-02-15 - due",
        "eligibility_and_route levels,received_by,ages,needs,reached_by,who_can_refer 2020-03 - current",
        "description summary,in_plain_words,body,commissioner,provider,budget,activity,outcomes,programmes,related 2020-03 - current",
    ]


def test_a_check_of_the_whole_covers_every_field() -> None:
    lines = told_of(with_service(HELP, checked_on="2020-06-20"))
    assert {line.split()[-2] for line in lines} == {"2020-06-20"}
    assert {line.split()[-1] for line in lines} == {"current"}


def test_a_check_of_a_part_covers_that_part_only() -> None:
    checks = Checks(contact_and_status="2020-06-20")
    lines = told_of(with_service(HELP, checked_on="2019-07-01", checked=checks), today=date(2020, 9, 30))
    assert [line.split()[0] + " " + " ".join(line.split()[-2:]) for line in lines] == [
        "contact_and_status 2020-06-20 due", "contact_and_status 2020-06-20 due", "eligibility_and_route 2019-07-01 due",
        "description 2019-07-01 current",
    ]  # fmt: skip


def test_a_number_that_somebody_tried_has_its_own_date() -> None:
    contact = Contact(role="Duty worker", telephone="01632 960001", checked_on="2020-06-20")
    lines = told_of(with_service(HELP, contact=contact))
    assert "contact_and_status contact 2020-03 2020-06-20 current" in lines
    assert "contact_and_status status 2020-03 - due" in lines


def test_what_is_not_recorded_or_not_shown_cannot_go_out_of_date() -> None:
    assert not any("contact_and_status contact" in line for line in told_of(small()))
    assert "budget" in str(told_of(small()))
    assert "budget" not in str(told_of(seen_by(small(), "public")))


def test_the_mark_of_a_service_speaks_of_its_worst_part() -> None:
    def mark(directory: Directory, today: date) -> str:
        return mark_of(service_reviews(directory.service_by_id[HELP], REVIEW, today)).words

    whole = with_service(HELP, checked_on="2020-06-20")
    assert mark(whole, date(2020, 7, 1)) == "Last checked 20 June 2020. The source is of March 2020."
    assert mark(whole, date(2020, 9, 20)) == (
        "Contact and status last checked 20 June 2020. The source is of March 2020. Due for review: contact and status."
    )
    assert mark(whole, date(2021, 1, 1)) == (
        "Contact and status last checked 20 June 2020. The source is of March 2020. Overdue for review: contact and status."
    )
    assert mark(whole, date(2021, 6, 25)) == (
        "Contact and status, eligibility and route last checked 20 June 2020. The source is of March 2020. "
        "Overdue for review: contact and status, eligibility and route."
    )
    assert mark(whole, date(2022, 6, 20)) == "Last checked 20 June 2020. The source is of March 2020. Overdue for review."
    assert mark(small(), date(2026, 11, 22)) == "Last checked: not recorded. The source is of March 2020. Overdue for review."


def test_the_tables_of_fields_name_fields_that_exist() -> None:
    assert SERVICE_FIELDS.keys() <= Service.model_fields.keys()
    assert GATEWAY_FIELDS.keys() <= Gateway.model_fields.keys()
    assert PROGRAMME_FIELDS.keys() <= Programme.model_fields.keys()


def test_no_fact_of_a_profile_is_forgotten() -> None:
    """A new field of a profile is either checked, or stands here because it is no fact that can go out of date."""
    aside = {
        "id", "area", "name", "also_known_as", "level_basis", "address_withheld", "as_at", "owner", "checked_on", "checked", "sources",
        "not_recorded", "not_provided", "audience", "withheld",
    }  # fmt: skip
    assert Service.model_fields.keys() - SERVICE_FIELDS.keys() == aside


def test_services_stages_schemes_programmes_and_the_numbers_to_ring_are_kept() -> None:
    kinds = [each.kind for each in entries_of(small(), TODAY)]
    assert {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)} == {
        "area": 1, "service": 7, "stage": 6, "scheme": 1, "programme": 2,
    }


def test_a_stage_is_checked_with_the_steps_that_begin_there() -> None:
    directory = small()
    found = entry_of(directory.gateway_by_key["northshire", "early-help"], directory, TODAY)
    assert found.address == "/pathways/northshire/early-help"
    assert any("steps" in each.fields for each in found.reviews)
    ends = entry_of(directory.gateway_by_key["northshire", "front-door"], directory, TODAY)
    assert not any("steps" in each.fields for each in ends.reviews)


def owned() -> Directory:
    found = with_service(HELP, owner="Family Help Manager")
    areas = tuple(area.model_copy(update={"owner": "Southtown Lead"}) if area.id == "southtown" else area for area in found.site.areas)
    return Directory(**{
        **{field: getattr(found, field) for field in Directory.model_fields},
        "site": found.site.model_copy(update={"areas": areas}),
    })  # fmt: skip


def test_an_entry_belongs_to_its_owner_else_to_its_area_s_else_to_nobody() -> None:
    upkeep = upkeep_of(owned(), TODAY)
    assert [(keeper.owner, keeper.named, len(keeper.entries)) for keeper in upkeep.keepers] == [
        ("Family Help Manager", True, 1),
        ("Southtown Lead", True, 4),
        ("No owner recorded", False, 2),
        ("No owner recorded in Northshire", False, 10),
    ]


def test_the_text_is_what_an_owner_reads() -> None:
    text = upkeep_as_text(upkeep_of(owned(), TODAY).of_owner("family  help MANAGER"))
    assert text == (
        "On 1 July 2020: Nothing is overdue for review, and 1 is due.\n"
        "\n"
        "Family Help Manager: 0 overdue, 1 due, 0 not yet due\n"
        "  Family Help (northshire/family-help)\n"
        "    Contact and status (status): due for review. Last checked: not recorded. The source is of March 2020. Check every 3 months.\n"
        "    Contact and status (room and waiting): due for review. Last checked: not recorded. The source is of 15 February 2020. "
        "Check every 3 months.\n"
    )


def test_nothing_due_is_said_too() -> None:
    fresh = upkeep_of(with_service(HELP, checked_on="2020-06-20", owner="Manager"), TODAY).of_owner("Manager")
    assert upkeep_as_text(fresh) == (
        "On 1 July 2020: Nothing is due for review.\n\nManager: 0 overdue, 0 due, 1 not yet due\n"
    )


def test_an_unknown_owner_is_told_who_there_is() -> None:
    with pytest.raises(UnknownOwner, match="nobody called 'Nobody' keeps anything here; those who do: Family Help Manager; Southtown Lead"):
        upkeep_of(owned(), TODAY).of_owner("Nobody")


def test_rows_and_json_say_the_same_as_the_text() -> None:
    upkeep = upkeep_of(owned(), TODAY)
    rows = list(upkeep.rows())
    assert all(len(row) == len(HEADER) for row in rows)
    assert rows[0] == (
        "Family Help Manager", "yes", "service", HELP, "Family Help", "contact and status", "Status", "never", "2020-03", "3", "2020-06-01",
        "2020-09-01", "due for review",
    )  # fmt: skip
    data = upkeep.to_json()
    assert data["on"] == "2020-07-01"
    assert data["intervals_in_months"] == {"contact_and_status": 3, "eligibility_and_route": 6, "description": 12}
    assert sum(data["counts"].values()) == len(upkeep.entries)
    reviews = [each for owner in data["owners"] for entry in owner["waiting"] for each in entry["reviews"]]
    assert len(reviews) == len(rows)


def test_a_check_in_the_content_cannot_be_set_by_an_import() -> None:
    """Shipped content was taken from documents: nobody has checked any of it, and it must not say so."""
    assert not any(entry.was_checked for entry in entries_of(shipped(), date(2026, 11, 22)))
