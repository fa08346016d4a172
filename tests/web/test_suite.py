"""The suite as files: links that work in the folder, never half of it, nobody's own folder lost, and PDF where it can be made."""

from __future__ import annotations

import json
import os
import re
import sys
import zlib
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from app import pdf
from app.building import Opened
from app.cli import windscreen
from app.settings import Settings
from app.web.suite import MARK, Suite, SuiteProblem, write_suite

IN_CI = os.environ.get("CI") == "true"
SMALL = Path(__file__).parent.parent / "site"
PARTS = ("index.html", "services.html", "thresholds.html", "poster.html", "stages.html", "map.html")


@pytest.fixture(scope="session")
def shipped(real_settings: Settings, real_opened: Opened, tmp_path_factory: pytest.TempPathFactory) -> Suite:
    """The suite of the shipped content, once."""
    return write_suite(real_settings, None, tmp_path_factory.mktemp("suite") / "paper", with_pdf=False)


def links_of(file: Path) -> list[str]:
    return [unescape(href) for href in re.findall(r'\shref="([^"]*)"', file.read_text(encoding="utf-8"))]


def test_every_part_is_a_file_and_the_index_leads_to_each(shipped: Suite) -> None:
    assert shipped.pages == PARTS
    assert {file.name for file in shipped.folder.iterdir()} == {*PARTS, "windscreen.css", MARK}
    assert {href for href in links_of(shipped.folder / "index.html") if href.endswith(".html")} == set(PARTS)


def test_every_link_works_inside_the_folder_or_leads_to_another_site(shipped: Suite) -> None:
    ids = {file.name: set(re.findall(r'\sid="([^"]+)"', file.read_text(encoding="utf-8"))) for file in shipped.folder.glob("*.html")}
    broken = []
    for name in ids:
        for href in links_of(shipped.folder / name):
            if href.startswith(("https://", "http://", "mailto:")) or href == "windscreen.css":
                continue
            parts = urlsplit(href)
            file = parts.path or name
            if file not in ids or (parts.fragment and parts.fragment not in ids[file]):
                broken.append((name, href))
    assert broken == []
    assert "services.html#service-domestic-abuse-support" in links_of(shipped.folder / "thresholds.html")
    assert "stages.html#stage-caf" in links_of(shipped.folder / "map.html"), "the boxes of the map are links too"
    assert "#stage-mash" in links_of(shipped.folder / "stages.html")


def test_what_leads_out_of_the_folder_is_shown_as_its_address(shipped: Suite) -> None:
    text = (shipped.folder / "services.html").read_text(encoding="utf-8")
    assert re.search(r"<span>[^<]+</span> <span class=\"small\">\(/programmes/family-group-conferencing\)</span>", text)


def test_nothing_to_click_on_the_site_is_left(shipped: Suite) -> None:
    for name in shipped.pages:
        text = (shipped.folder / name).read_text(encoding="utf-8")
        for gone in ("<nav", "<form", "<script", "not-on-paper", "screen-only", 'rel="icon"', "/static/"):
            assert gone not in text, f"{name} has {gone}"


def test_every_part_keeps_its_warning_and_its_date(shipped: Suite) -> None:
    for name in shipped.pages:
        text = (shipped.folder / name).read_text(encoding="utf-8")
        assert "Never use it to decide about a real child." in text, name
        assert re.search(r"as at October 2016|2014", text, re.IGNORECASE), name
        assert "call 999 now" in text, name


def test_the_same_content_makes_the_same_files_again(shipped: Suite, real_settings: Settings) -> None:
    before = json.loads((shipped.folder / MARK).read_text(encoding="utf-8"))
    assert before["area"] == "warwickshire"
    assert before["audience"] == "practitioner"
    assert set(before["files"]) == {*PARTS, "windscreen.css"}
    write_suite(real_settings, "warwickshire", shipped.folder, with_pdf=False)
    assert json.loads((shipped.folder / MARK).read_text(encoding="utf-8")) == before
    assert [path.name for path in shipped.folder.parent.iterdir()] == ["paper"], "nothing is left beside it"


def test_the_suite_for_the_public_holds_nothing_meant_for_staff(shipped: Suite, real_settings: Settings, tmp_path: Path) -> None:
    made = write_suite(real_settings, "walsall", tmp_path / "for-all", "public", with_pdf=False)
    assert made.pages == ("index.html", "services.html", "stages.html", "map.html"), "Walsall follows no scheme"
    text = (made.folder / "services.html").read_text(encoding="utf-8")
    assert "Brighter Futures" not in text, "a service that only staff are told of"
    assert "£" not in text
    assert "No threshold scheme is recorded for Walsall." in (made.folder / "index.html").read_text(encoding="utf-8")
    assert "£187,160" in (shipped.folder / "services.html").read_text(encoding="utf-8")


def test_links_lead_to_the_site_where_its_address_is_given(real_settings: Settings, tmp_path: Path) -> None:
    made = write_suite(real_settings, "walsall", tmp_path / "paper", address="https://help.example.org/", with_pdf=False)
    links = links_of(made.folder / "services.html")
    assert "https://help.example.org/programmes/fdac" in links
    assert not any(href.startswith("/") for href in links)


def test_a_folder_with_something_else_in_it_is_left_alone(small_settings: Settings, tmp_path: Path) -> None:
    own = tmp_path / "documents"
    own.mkdir()
    (own / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SuiteProblem, match=r"documents holds 'thesis.txt', which is not part of a suite; name a folder that is new"):
        write_suite(small_settings, None, own, with_pdf=False)
    assert [path.name for path in own.iterdir()] == ["thesis.txt"]
    (own / MARK).write_text('{"made_by": "somebody else", "files": {"thesis.txt": ""}}', encoding="utf-8")
    with pytest.raises(SuiteProblem, match="not part of a suite"):
        write_suite(small_settings, None, own, with_pdf=False)


def test_a_suite_to_which_somebody_has_added_is_left_alone(small_settings: Settings, tmp_path: Path) -> None:
    made = write_suite(small_settings, None, tmp_path / "paper", with_pdf=False)
    (made.folder / "my notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(SuiteProblem, match=r"my notes\.txt"):
        write_suite(small_settings, None, made.folder, with_pdf=False)
    assert (made.folder / "my notes.txt").exists()


def test_a_file_and_a_link_are_not_taken_for_a_folder(small_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path)
    for name in ("file", "link"):
        with pytest.raises(SuiteProblem, match="is not a folder"):
            write_suite(small_settings, None, tmp_path / name, with_pdf=False)


def test_an_empty_folder_is_used(small_settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert (write_suite(small_settings, None, tmp_path / "empty", with_pdf=False).folder / "index.html").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the size of a file")
def test_a_suite_that_cannot_be_finished_leaves_the_old_one_whole(small_settings: Settings, tmp_path: Path) -> None:
    import resource

    made = write_suite(small_settings, None, tmp_path / "paper", with_pdf=False)
    before = sorted((file.name, file.read_bytes()) for file in made.folder.iterdir())
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, usual[1]))  # as if the disk were full in the middle of a file
    try:
        with pytest.raises(SuiteProblem, match=r"paper cannot be written \("):
            write_suite(small_settings, None, made.folder, with_pdf=False)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    assert sorted((file.name, file.read_bytes()) for file in made.folder.iterdir()) == before
    assert [path.name for path in tmp_path.iterdir()] == ["paper"]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch, small_settings: Settings, small_opened: Opened) -> None:
    monkeypatch.setenv("WINDSCREEN_ROOT", str(SMALL))
    monkeypatch.setenv("WINDSCREEN_BUILD", str(small_settings.build))


def test_the_command_says_what_it_made_and_why_there_is_no_pdf(site: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # as on a machine without the extra
    done = CliRunner().invoke(windscreen, ["suite", "--out", str(tmp_path / "paper")])
    assert done.exit_code == 0, done.output
    assert "index.html, services.html" in done.output
    assert "No PDF files were made: WeasyPrint is not installed; install the extra with" in done.output
    assert "The pages print from any browser." in done.output


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--area", "atlantis"], 1, "'atlantis' is not an area here; the areas are"),
        (["--address", "javascript:alert(1)"], 2, "is not the address of a site; write it whole"),
        (["--audience", "everybody"], 2, "'everybody' is not one of"),
    ],
)
def test_what_cannot_be_made_is_told_in_a_sentence(site: None, tmp_path: Path, words: list[str], code: int, said: str) -> None:
    done = CliRunner().invoke(windscreen, ["suite", "--out", str(tmp_path / "paper"), *words])
    assert done.exit_code == code
    assert said in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_pdf_has_the_words_of_its_page_and_reads_nothing_outside_its_folder(tmp_path: Path) -> None:
    try:
        pdf.check()
    except pdf.NoPdf as reason:
        if IN_CI:
            raise
        pytest.skip(str(reason))
    inside, outside = tmp_path / "inside", tmp_path / "secret.css"
    inside.mkdir()
    outside.write_text("@page { size: A3 }", encoding="utf-8")
    (inside / "own.css").write_text("h2 { break-before: page } @page { size: A4 }", encoding="utf-8")
    page = inside / "page.html"
    page.write_text(
        '<!doctype html><html lang="en"><head><title>Paper</title><link rel="stylesheet" href="own.css">'
        f'<link rel="stylesheet" href="{outside.as_uri()}"><link rel="stylesheet" href="../secret.css"></head>'
        '<body><h1>One</h1><p><a href="#two">to two</a></p><h2 id="two">Two</h2></body></html>',
        encoding="utf-8",
    )
    assert pdf.write_pdf(page, inside / "page.pdf") == 2
    made = (inside / "page.pdf").read_bytes()
    assert made.startswith(b"%PDF-")
    parts = [zlib.decompress(part) for part in re.findall(rb"FlateDecode[^>]*>>\nstream\n(.*?)\nendstream", made, re.DOTALL)]
    boxes = re.findall(rb"/MediaBox \[0 0 (\d+)", b"".join([made, *parts]))
    assert boxes == [b"595", b"595"], "A4, so the other stylesheets were not read"


