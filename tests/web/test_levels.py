"""Levels, themes and pathways: what the content records, whole, and honest about what it does not."""

from __future__ import annotations

from app.model import Directory

from .inspector import Visitor


def test_the_levels_are_listed_with_their_meaning(real: Visitor, directory: Directory) -> None:
    page = real.get("/levels")
    for scheme in directory.schemes:
        for level in scheme.levels:
            assert f"Level {level.number}: {level.name}" in page.headings("h3")
            assert level.meaning in page.text()


def test_a_level_shows_how_to_get_help_and_each_of_its_descriptors_exactly(real: Visitor, directory: Directory) -> None:
    scheme = directory.schemes[0]
    for level in scheme.levels:
        page = real.get(f"/levels/{level.number}")
        assert level.how_to_get_help in page.text()
        for descriptor in directory.descriptors:
            if descriptor.level == level.number:
                item = page.by_id(descriptor.id)
                assert page.text(item).startswith(descriptor.text)
                assert [page.text(strong) for strong in item.iter("strong")] or not descriptor.deciding
        headings = page.headings()
        assert all(descriptor.heading in headings for descriptor in directory.descriptors if descriptor.level == level.number)


def test_no_page_computes_a_level(real: Visitor) -> None:
    assert "support your judgement" in real.get("/levels/3").text()


def test_the_descriptors_twin_holds_all_of_them_with_their_needs(real: Visitor, directory: Directory) -> None:
    data = real.json("/descriptors.json")["descriptors"]
    assert [(each["scheme"], each["id"], each["text"], tuple(each["needs"])) for each in data] == [
        (descriptor.scheme, descriptor.id, descriptor.text, descriptor.needs) for descriptor in directory.descriptors
    ]


def test_a_theme_shows_its_descriptors_and_services(real: Visitor, directory: Directory) -> None:
    for need in directory.vocabulary.needs:
        page = real.get(f"/themes/{need.id}")
        text = page.text()
        for descriptor in directory.descriptors:
            if need.id in descriptor.needs:
                assert descriptor.text in text
        linked = {address for _, address in page.links()}
        for service in directory.services:
            if service.needs and need.id in (*service.needs.main, *service.needs.also):
                assert f"/services/{service.id}" in linked
        assert f"/ask?need={need.id}" in linked


def test_a_stage_shows_what_is_recorded_and_says_what_is_not(real: Visitor, directory: Directory) -> None:
    for gateway in directory.gateways:
        page = real.get(f"/pathways/{gateway.area}/{gateway.id}")
        facts = page.facts()
        for label, value in [
            ("Why you would be here", gateway.trigger),
            ("Who may refer", gateway.who_may_refer),
            ("Who decides", gateway.who_decides),
            ("Whose agreement is needed", gateway.consent),
            ("If the family says no", gateway.if_refused),
            ("Time limit", gateway.time_limit),
            ("What the family is told", gateway.family_is_told),
        ]:
            assert facts[label] == (value or "Not recorded"), f"{gateway.id}: {label}"
        assert gateway.what in page.text()


def test_a_stage_shows_the_steps_from_and_to_it_and_the_services_reached(real: Visitor, directory: Directory) -> None:
    for gateway in directory.gateways:
        page = real.get(f"/pathways/{gateway.area}/{gateway.id}")
        onward = {address for _, address in page.links(page.section("onward"))}
        inward = {address for _, address in page.links(page.section("inward"))}
        for step in directory.steps:
            if (step.area, step.start) == (gateway.area, gateway.id):
                assert (f"/services/{step.end}" if "/" in step.end else f"/pathways/{step.area}/{step.end}") in onward
            if (step.area, step.end) == (gateway.area, gateway.id):
                assert f"/pathways/{step.area}/{step.start}" in inward
        links = [address for _, address in page.links(page.section("services"))]
        reached = {address.removeprefix("/services/") for address in links if address.startswith("/services/")}
        expected = {
            service.id
            for service in directory.services
            if service.area == gateway.area and gateway.id in [route.gateway for route in service.reached_by]
        }
        assert reached == expected


def test_ways_that_do_not_exist_are_told_as_such(small: Visitor) -> None:
    assert "Schools do not ring the front door about level 2." in small.get("/pathways/northshire/school").text()
    assert "Schools do not ring the front door about level 2." in small.get("/pathways/northshire").text()


def test_a_pathway_lists_the_stages_of_its_own_area_only(real: Visitor, directory: Directory) -> None:
    for area in directory.site.areas:
        page = real.get(f"/pathways/{area.id}")
        stages = {address for _, address in page.links(page.main) if address.startswith(f"/pathways/{area.id}/")}
        assert stages >= {f"/pathways/{area.id}/{gateway.id}" for gateway in directory.gateways if gateway.area == area.id}
        assert not [address for _, address in page.links(page.main) if address.count("/") == 3 and f"/{area.id}/" not in address]
