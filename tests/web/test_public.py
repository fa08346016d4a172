"""What the public is shown: plain words, a way out of pages about harm, and nothing that is for staff."""

from __future__ import annotations

import pytest

from app.model import Directory

from .inspector import Visitor

REFUGE = "/services/warwickshire/domestic-abuse-refuge"
PLAIN = "/services/warwickshire/caf-family-support-workers"


def test_menu_profile_and_answer_speak_plainly_to_the_public(real: Visitor, directory: Directory) -> None:
    service = directory.service_by_id["warwickshire/caf-family-support-workers"]
    assert service.in_plain_words
    for path in ("/services?area=warwickshire", PLAIN, "/ask?need=parenting&level=2&age=9&area=warwickshire"):
        shown = real.get(f"/as/public{path}")
        assert service.in_plain_words in shown.text(), path
        assert "Preview: you see this page as the public sees it." in shown.text(shown.root)
    assert service.summary in real.get("/services?area=warwickshire").text()


def test_the_publics_profile_leaves_out_what_is_for_staff(real: Visitor) -> None:
    staff, public = real.get(PLAIN), real.get(f"/as/public{PLAIN}")
    assert "Money and contract" in staff.headings("h2")
    assert public.headings("h2") == ["Is it for us?", "How do we get this help?", "Contact", "More to read", "Where this comes from"]
    assert "Not shown to this audience" not in public.text()


ABOUT_HARM = [REFUGE, "/themes/domestic-abuse", "/ask?need=neglect&area=warwickshire", "/services?need=sexual-exploitation&area=walsall"]


@pytest.mark.parametrize("path", ABOUT_HARM)
def test_pages_about_harm_can_be_left_quickly_by_everybody(path: str, real: Visitor) -> None:
    for prefix in ("", "/as/public"):
        page = real.get(prefix + path)
        links = dict(page.links())
        assert links["Exit this page"] == "https://www.bbc.co.uk/weather"
        assert page.title.startswith("Help and information") is bool(prefix)


@pytest.mark.parametrize("path", ["/", "/services", PLAIN, "/glossary", "/safety"])
def test_other_pages_have_no_such_way_out(path: str, real: Visitor) -> None:
    assert "Exit this page" not in dict(real.get(path).links())


def test_what_is_for_staff_as_a_whole_is_not_there_for_the_public(real: Visitor) -> None:
    name = "/services/leeds/perpetrator-programmes"
    assert real.get(name).h1 == "Domestic violence perpetrator programmes (expansion)"
    assert real.client.get(f"/as/public{name}").status_code == 404
    assert name in {address for _, address in real.get("/services?area=leeds").links()}
    assert f"/as/public{name}" not in {address for _, address in real.get("/as/public/services?area=leeds").links()}
