"""The shortlist: picked without a script, held in the address alone, set side by side, and printed a sheet each."""

from __future__ import annotations

import csv
import io
from datetime import date
from urllib.parse import quote

import pytest

from app.model import Directory, seen_by
from app.web.family import FamilySheet
from app.web.shortlist import MOST, Shortlist
from app.web.side_by_side import SideBySide

from .inspector import Visitor
from .test_bad_input import HOSTILE

FGC, ABUSE, YOUNG = "family-group-conferencing", "domestic-abuse-support", "targeted-support-young-people"
NOW = date(2026, 11, 22)
THREE = "&".join(f"service=warwickshire/{name}" for name in (FGC, ABUSE, YOUNG))


def services(directory: Directory, *names: str) -> list[str]:
    return [f"warwickshire/{name}" for name in names]


def test_an_empty_list_says_how_to_begin(real: Visitor) -> None:
    page = real.get("/shortlist")
    assert page.text(page.by_id("main")).startswith("Shortlist Set up to 6 services side by side")
    assert "Tick the services you have in mind." in page.text()
    assert ("Ask a question", "/") in page.links()


def test_three_services_stand_side_by_side_in_rows(real: Visitor, directory: Directory) -> None:
    beside = SideBySide(directory, [directory.service_by_id[name] for name in services(directory, FGC, ABUSE, YOUNG)], NOW)
    told = {row.heading: [cell.text for cell in row.cells] for row in beside.rows}
    assert list(told) == [
        "Can I refer?", "What it is for", "Who receives it", "Ages", "Levels of need", "How to get there", "Whose agreement is needed",
        "How to contact it", "Is there room?", "What it does", "What is not known", "As at, and from",
    ]  # fmt: skip
    assert told["Ages"][:2] == [
        "Works with families of children up to 18",
        "For people of 16 and over: help for the parent or carer, which reaches the child",
    ]
    assert told["How to get there"] == [
        "Common Assessment Framework (CAF); Children's social care; Child protection plan; Edge of care meeting",
        "Not recorded",
        "Common Assessment Framework (CAF); Children's social care; Priority Families programme",
    ]
    assert told["Is there room?"] == ["Not recorded", "Not recorded", "Waiting list: 8 to 10 young people, as at 18 October 2016"]
    assert told["What is not known"][2] == "How to contact it; When the contract ends"
    text = real.get(f"/shortlist?{THREE}").text()
    assert "Shortlist: 3 services side by side" in text
    assert all(words in text for cells in told.values() for words in cells if ";" not in words)


def test_each_can_be_removed_and_others_added_without_a_script(real: Visitor) -> None:
    page = real.get(f"/shortlist?{THREE}")
    links = dict(page.links())
    left = f"/shortlist?service=warwickshire/{FGC}&service=warwickshire/{YOUNG}"
    assert links["Remove Domestic Abuse Support Service"] == left
    kept = [field.get("value") for field in page.all("input") if field.get("type") == "hidden"]
    assert kept == [f"warwickshire/{name}" for name in (FGC, ABUSE, YOUNG)]
    offered = [option.get("value") for option in page.all("option")]
    assert "warwickshire/family-matters" in offered
    assert f"warwickshire/{FGC}" not in offered
    assert not any(value and not value.startswith("warwickshire/") for value in offered)


def test_services_are_picked_on_an_answer_the_menu_and_a_profile(real: Visitor) -> None:
    for path in ("/ask?need=domestic-abuse&level=3&age=14&area=warwickshire", "/services?area=warwickshire&level=3"):
        page = real.get(path)
        ticks = [tick for tick in page.all("input") if tick.get("type") == "checkbox" and tick.get("name") == "service"]
        assert f"warwickshire/{ABUSE}" in [tick.get("value") for tick in ticks]
        assert {tick.get("form") for tick in ticks} == {"shortlist"}
        form = page.by_id("shortlist")
        assert (form.get("action"), form.get("method")) == ("/shortlist", "get")
    profile = dict(real.get(f"/services/warwickshire/{ABUSE}").links())
    assert profile["Compare it with others, or print a sheet of it"] == f"/shortlist?service=warwickshire/{ABUSE}"


def test_the_menu_keeps_the_list_while_one_chooses(real: Visitor) -> None:
    menu = dict(real.get(f"/shortlist?{THREE}").links())["services in Warwickshire"]
    assert menu == "/services?area=warwickshire&" + THREE.replace("service=", "shortlist=")
    page = real.get(f"{menu}&level=3")
    assert page.text().count("On your shortlist") == 3
    assert [field.get("value") for field in page.by_id("shortlist").iter() if field.tag == "input"] == [
        f"warwickshire/{name}" for name in (FGC, ABUSE, YOUNG)
    ]
    assert [address for words, address in page.links() if words.startswith("Remove Level: Level 3")] == [menu]
    blank = real.raw(f"{menu}&age=", 303)
    assert blank.headers["Location"] == menu, "the filters are tidied and the list stays"


def test_a_menu_keeps_nothing_that_is_no_service(real: Visitor) -> None:
    page = real.get("/services?area=warwickshire&shortlist=nope&shortlist=%3Cscript%3E")
    assert [field.get("value") for field in page.all("input") if field.get("type") == "hidden"] == []
    assert "On your shortlist" not in page.text()


def test_blanks_and_repeats_are_tidied_away(real: Visitor) -> None:
    response = real.raw(f"/shortlist?service=&service=warwickshire/{FGC}&service=warwickshire/{FGC}", 303)
    assert response.headers["Location"] == f"/shortlist?service=warwickshire/{FGC}"


def test_a_misspelt_service_is_told_with_the_nearest_and_the_rest_is_shown(real: Visitor) -> None:
    page = real.get(f"/shortlist?service=warwickshire/{FGC}&service=warwickshire/family-mattress", 400)
    assert "Service ‘warwickshire/family-mattress’ is not a service here; did you mean 'warwickshire/family-matters'?" in page.text()
    assert "Shortlist: 1 service" in page.text()
    twin = real.json("/shortlist.json?service=warwickshire/family-mattress", 400)
    assert [problem["part"] for problem in twin["problems"]] == ["service"]


def test_more_services_than_can_be_read_are_told(real: Visitor, directory: Directory) -> None:
    ids = [service.id for service in directory.services][: MOST + 2]
    page = real.get("/shortlist?" + "&".join(f"service={name}" for name in ids), 400)
    assert "names 8 services; at most 6 can be set side by side, so the first 6 are shown" in page.text()
    assert "The list is full" in page.text()
    assert "Add it" not in page.text()


def test_many_unknown_services_are_told_in_few_words(small: Visitor) -> None:
    page = small.get("/shortlist?" + "&".join(f"service=none-{number}" for number in range(500)), 400)
    assert "495 more are not known here" in page.text()
    assert len(page.html) < 60_000


@pytest.mark.parametrize("path", ["/shortlist", "/shortlist/supervision", "/shortlist/family"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused_and_harmless(small: Visitor, path: str, text: str) -> None:
    for query in (f"service={quote(text)}", f"{quote(text)}=1"):
        page = small.get(f"{path}?{query}", 400)
        assert page.has_id("problem-title")
        assert not any(sign in page.html for sign in ("<script>alert", "\x00", "\x07", "\x1b", "\u202e", "🙈"))


def test_services_of_two_areas_are_said_to_be_so(real: Visitor) -> None:
    page = real.get("/shortlist?service=walsall/fdac&service=warwickshire/family-matters")
    assert "These are from Warwickshire and Walsall. Each area has its own ways in" in page.text()


def test_the_twins_say_the_same(real: Visitor) -> None:
    data = real.json(f"/shortlist.json?{THREE}")
    assert [service["id"] for service in data["services"]] == [f"warwickshire/{name}" for name in (FGC, ABUSE, YOUNG)]
    route = next(row for row in data["rows"] if row["id"] == "route")
    assert route["cells"][1] == {"lines": [], "silence": "Not recorded"}
    table = real.raw(f"/shortlist.csv?{THREE}").get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(table.lstrip("\ufeff"))))
    assert rows[0] == ["", "Family Group Conferencing", "Domestic Abuse Support Service", "Targeted Support for Young People"]
    assert rows[6][0] == "How to get there"
    assert rows[6][2] == "Not recorded"


def test_a_sheet_for_supervision_says_what_is_not_recorded_and_has_room_to_write(real: Visitor) -> None:
    page = real.get(f"/shortlist/supervision?service=warwickshire/{FGC}")
    text = page.text(page.by_id("main"))
    assert "Not recorded: how to contact it, whether there is room, or a wait and whose agreement is needed." in text
    assert "What the child says, and what the family says and wants" in text
    assert "Never use it to decide about a real child. If a child is in immediate danger, call 999 now." in text
    assert not page.all("textarea"), "nothing about a child is typed"


def test_a_sheet_for_a_family_is_plain_and_holds_nothing_meant_for_staff(real: Visitor, directory: Directory) -> None:
    page = real.get(f"/shortlist/family?{THREE}")
    text = page.text(page.by_id("main"))
    assert "Your whole family meets. You make your own plan to keep a child safe and well." in text
    assert "How do we get it?" in text
    service = directory.service_by_id[f"warwickshire/{YOUNG}"]
    assert service.capacity is not None
    assert service.capacity.waiting == "8 to 10"
    assert "There was a waiting list (18 October 2016). Ask how it is now." in text
    assert "8 to 10" not in text, "how many wait is for staff"
    assert "£" not in text
    assert "Levels" not in text
    assert "Think before you hand it over." in text


def test_the_public_is_told_of_no_service_that_is_kept_from_it(real: Visitor, directory: Directory) -> None:
    hidden = next(service for service in directory.services if service.audience != "public")
    shown = next(service for service in directory.services if service.area == hidden.area and service.audience == "public")
    page = real.get(f"/shortlist/family?service={hidden.id}&service={shown.id}")
    assert f"No sheet for {hidden.name}: the public is not told of it." in page.text()
    assert [page.text(heading) for heading in page.all("h2")] == [shown.name]
    asked = real.get(f"/as/public/shortlist?service={hidden.id}", 400)
    assert "is not a service here" in asked.text()
    assert hidden.name not in asked.html


def test_what_is_withheld_is_not_called_unrecorded(directory: Directory) -> None:
    hiding = directory.model_copy(update={"site": directory.site.model_copy(update={"audiences": {"service.contact": "practitioner"}})})
    seen = seen_by(Directory.model_construct(**{name: getattr(hiding, name) for name in Directory.model_fields}), "public")
    rows = {row.id: row for row in SideBySide(seen, [seen.service_by_id[f"warwickshire/{FGC}"]], NOW).rows}
    assert rows["contact"].cells[0].text == "Not shown to this audience"
    assert "How to contact it" not in rows["unknown"].cells[0].text
    assert "Whom do we ring?" not in dict(FamilySheet(seen, seen.service_by_id[f"warwickshire/{FGC}"]).questions)


def test_every_service_has_a_sheet_that_answers_who_and_how(directory: Directory) -> None:
    public = seen_by(directory, "public")
    for service in public.services:
        told = dict(FamilySheet(public, service).questions)
        assert {"Who is it for?", "How do we get it?", "Is this still right?"} <= told.keys(), service.id
        assert all(words.strip() for answers in told.values() for words in answers)
    drugs = dict(FamilySheet(public, public.service_by_id["warwickshire/drug-alcohol-compass"]).questions)
    assert drugs["Who is it for?"]


def test_the_order_of_choosing_is_the_order_of_the_columns(directory: Directory) -> None:
    named = [f"warwickshire/{YOUNG}", f"warwickshire/{FGC}"]
    assert [each.service.id for each in Shortlist(directory, named).chosen] == named
