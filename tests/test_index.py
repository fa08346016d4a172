"""Full text: what is found, how it is shown, what a word of the content is, and what damage looks like."""

from __future__ import annotations

import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from golden.shipped import directory as shipped

from app.index import Hits, Index, IndexProblem, write_index
from app.loading import read_content
from app.model import Directory
from app.settings import MAX_SEARCH, MAX_TERMS, settings

SITE = Path(__file__).parent / "site"


@pytest.fixture(scope="module")
def directory() -> Directory:
    made, problems = read_content(settings(SITE))
    assert made is not None, [str(problem) for problem in problems]
    return made


@pytest.fixture(scope="module")
def folder(directory: Directory, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("index") / "index"
    write_index(directory, made)
    return made


@pytest.fixture(scope="module")
def index(folder: Path) -> Index:
    return Index(folder)


def with_service(directory: Directory, service_id: str, /, **changes: object) -> Directory:
    services = [service.model_copy(update=changes) if service.id == service_id else service for service in directory.services]
    return directory.model_copy(update={"services": tuple(services)})


def index_of(directory: Directory, folder: Path) -> Index:
    write_index(directory, folder)
    return Index(folder)


def found(hits: Hits) -> list[str]:
    return [f"{hit.kind} {hit.id}" for hit in hits.hits]


@pytest.mark.parametrize(
    ("words", "area", "first"),
    [
        ("harbour", "northshire", "service northshire/safe-at-home"),  # the provider
        ("FH", "northshire", "service northshire/family-help"),  # an abbreviation
        ("159", "northshire", "service northshire/family-help"),  # a figure
        ("helpline", "northshire", "service northshire/safe-at-home"),  # the body
        ("evening", "northshire", "programme calm-parenting"),  # the singular of a word that stands in the plural
        ("westport", "northshire", "example westport"),
        ("prison", "northshire", "descriptor northshire-2020/4-parent-in-prison"),
        ("panel", "southtown", "gateway southtown/youth-panel"),
        ("EHA", "northshire", "glossary EHA"),
        ("form", "northshire", "gateway northshire/early-help"),  # another name of a gateway
    ],
)
def test_every_kind_of_content_is_found_by_its_words(index: Index, words: str, area: str, first: str) -> None:
    assert found(index.search([words], area))[0] == first


def test_a_word_in_the_name_counts_more_than_one_in_the_text(index: Index) -> None:
    assert found(index.search(["calm"], "northshire"))[:2] == ["programme calm-parenting", "service northshire/family-help"]


def test_something_with_all_the_words_comes_before_something_with_one_of_them_often(directory: Directory, tmp_path: Path) -> None:
    often = with_service(directory, "northshire/advice-line", body="Grants. " * 40)
    index = index_of(often, tmp_path / "index")
    hits = index.search(["helpline", "groups", "grants"], "northshire")
    assert found(index.search(["grants"], "northshire")) == ["service northshire/advice-line"]
    both = with_service(often, "northshire/safe-at-home", body="A helpline, groups and one grant.")
    hits = index_of(both, tmp_path / "both").search(["helpline", "groups", "grants"], "northshire")
    assert found(hits)[0] == "service northshire/safe-at-home"


def test_an_area_shows_its_own_and_what_belongs_to_all_and_nothing_of_another(index: Index) -> None:
    assert {hit.area for hit in index.search(["front", "families", "team"], "northshire", 100).hits} == {"northshire", ""}
    assert {hit.area for hit in index.search(["front", "families", "team"], "southtown", 100).hits} == {"southtown", ""}
    assert found(index.search(["prison"], "southtown")) == []  # a descriptor of the other area's scheme
    assert found(index.search(["worry"], "southtown")) == []  # a worked case through the other area's stages
    assert found(index.search(["door"], "nowhere")) == []
    assert {hit.area for hit in index.search(["front"], None).hits} == {"northshire", "southtown"}


def test_a_hit_shows_its_words_marked_in_a_short_piece_of_text(index: Index) -> None:
    (hit,) = (hit for hit in index.search(["visiting"], "southtown").hits if hit.kind == "service")
    assert (hit.kind, hit.id, hit.area, hit.title) == ("service", "southtown/family-workers", "southtown", "Family Workers")
    assert "Home <mark>visits</mark>." in hit.snippet_html
    assert hit.score > 0


def test_a_hit_by_name_alone_shows_how_the_text_begins(directory: Directory, tmp_path: Path) -> None:
    long = with_service(directory, "northshire/safe-at-home", name="Zebra <Room>", summary="Talk & tea. " + "Many words follow here. " * 20)
    (hit,) = index_of(long, tmp_path / "index").search(["zebra"], "northshire").hits
    assert hit.snippet_html.startswith("Talk &amp; tea. Many words")
    assert hit.snippet_html.endswith(" …")
    assert len(hit.snippet_html) < 200
    (short,) = index_of(with_service(long, "northshire/safe-at-home", summary="Tea & talk", body=""), tmp_path / "2").search(["zebra"]).hits
    assert short.snippet_html.startswith("Tea &amp; talk. Northshire Council.")


def test_hostile_text_comes_out_harmless_and_markdown_as_its_words(directory: Directory, tmp_path: Path) -> None:
    body = "# Offer\n\n<script>alert('zebra')</script> & [zebra **walks**](/services/x)\n\n- zebra one\n- two\n\nThen more. " + "x " * 300
    index = index_of(with_service(directory, "northshire/safe-at-home", body=body), tmp_path / "index")
    html = index.search(["zebra"], "northshire").hits[0].snippet_html
    assert "&lt;script&gt;alert(&#x27;<mark>zebra</mark>&#x27;)&lt;/script&gt; &amp; <mark>zebra</mark> walks" in html
    assert "walks · <mark>zebra</mark> one · two" in html
    assert html.endswith(" …")
    assert len(html) < 500


def test_a_withheld_place_is_never_shown_nor_found(directory: Directory, tmp_path: Path) -> None:
    hidden = with_service(directory, "northshire/safe-at-home", place="Juniper Lane", address_withheld=True)
    index = index_of(hidden, tmp_path / "hidden")
    assert found(index.search(["juniper"])) == []
    assert "juniper" not in index.content_words
    shown = with_service(hidden, "northshire/safe-at-home", address_withheld=False)
    assert found(index_of(shown, tmp_path / "shown").search(["juniper"])) == ["service northshire/safe-at-home"]


@pytest.mark.parametrize("words", [[], [""], ["the", "and", "of"], ["a"], ["!?*"], ["\0\x1b"], ["🙂"], ["zzzzzz"]])
def test_nothing_is_found_for_words_that_say_nothing(index: Index, words: list[str]) -> None:
    assert index.search(words, "northshire") == Hits()


@pytest.mark.parametrize(
    ("text", "finds"),
    [
        ("helpl*", False), ("h?lpline", False), ("[a TO z]", False), ("areas:southtown", False), ("/help.*/", False),
        ("NOT helpline", True), ("title:helpline~2", True), ('"helpline', True), ("(helpline^9", True), ("helpline AND xyz", True),
    ],
)  # fmt: skip
def test_no_sign_has_a_meaning_in_a_search(index: Index, text: str, finds: bool) -> None:
    assert ("service northshire/safe-at-home" in found(index.search([text], "northshire"))) == finds


def test_a_search_is_capped_in_words_and_characters(index: Index) -> None:
    other = [f"word{number}" for number in range(MAX_TERMS)]
    assert found(index.search([*other[1:], "helpline"], "northshire")) == ["service northshire/safe-at-home"]
    assert found(index.search([*other, "helpline"], "northshire")) == []
    assert found(index.search(["x" * (MAX_SEARCH - 9), "helpline"], "northshire")) == ["service northshire/safe-at-home"]
    assert found(index.search(["x" * (MAX_SEARCH - 8), "helpline"], "northshire")) == []
    assert found(index.search(["x " * 100_000 + "helpline"], "northshire")) == []


def test_only_as_many_hits_as_asked(index: Index) -> None:
    assert len(index.search(["family"], None, limit=2).hits) == 2
    assert found(index.search(["family"], None, limit=2)) == found(index.search(["family"], None))[:2]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (["helplien"], ("helpline",)),
        (["asessment"], ("assessment",)),
        (["confrence", "helpline"], None),  # nothing near is in this content; the other word is right
        (["helpline", "paneel"], ("helpline", "panel")),
        (["Hélpline"], None),  # an accent is no mistake
        (["evening"], None),  # found by its stem
        (["xelpline"], None),  # the first letter is right, or it is another word
        (["pan"], None),  # too short to tell
        (["15x"], None),
    ],
)
def test_did_you_mean(index: Index, typed: list[str], meant: tuple[str, ...] | None) -> None:
    assert index.search(typed, "northshire").did_you_mean == meant


def test_the_words_of_the_content_are_lower_case_words_and_no_numbers(index: Index) -> None:
    assert {"harbour", "westport", "eha", "helpline", "parents", "panel", "prison"} <= index.content_words
    assert not {"159", "2018", "the", "and", "", "Harbour", "xylophone"} & index.content_words
    assert all(word == word.lower() for word in index.content_words)


def test_words_are_kept_as_a_question_compares_them(directory: Directory, tmp_path: Path) -> None:
    text = "A&E at the children’s Café-Bar"
    index = index_of(with_service(directory, "northshire/safe-at-home", summary=text), tmp_path / "index")
    assert {"a&e", "childrens", "cafe", "bar"} <= index.content_words
    for word in ("a&e", "childrens", "cafe", "bar"):
        assert "service northshire/safe-at-home" in found(index.search([word], "northshire")), word


def test_the_made_up_name_in_a_worked_case_is_no_word_of_the_content(index: Index) -> None:
    assert not {"alex", "alexs"} & index.content_words
    assert index.search(["alexx"], "northshire").did_you_mean is None
    assert found(index.search(["teachers"], "northshire")) == ["example worked-case-alex"]


def test_an_open_index_answers_as_before_when_its_folder_is_replaced(directory: Directory, tmp_path: Path) -> None:
    index = index_of(directory, tmp_path / "index")
    before = index.search(["helpline"], "northshire")
    shutil.rmtree(tmp_path / "index")
    assert index.search(["helpline"], "northshire") == before
    write_index(with_service(directory, "northshire/safe-at-home", body=""), tmp_path / "index")
    assert index.search(["helpline"], "northshire") == before


def test_threads_share_an_index(index: Index) -> None:
    asked = ["helpline", "parents", "door", "harbour", "family", "panel", "evenings", "drugs"]
    alone = [index.search([word]) for word in asked]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda word: index.search([word]), asked * 25))
    assert together == alone * 25


def test_the_same_content_gives_the_same_answers_in_the_same_order(directory: Directory, index: Index, tmp_path: Path) -> None:
    again = index_of(directory, tmp_path / "index")
    for words in (["family"], ["front", "door"], ["parents", "home", "helplien"]):
        assert again.search(words, None, 100) == index.search(words, None, 100)


def test_searching_writes_nothing(folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir())
    Index(folder).search(["helpline"])
    assert sorted(path.name for path in folder.iterdir()) == names
    assert not [name for name in names if "LOCK" in name]


@pytest.mark.parametrize("damage", ["missing", "empty", "cut table of contents", "cut segment", "no segment", "text", "a file"])
def test_a_damaged_index_is_a_sentence(folder: Path, tmp_path: Path, damage: str) -> None:
    copy = tmp_path / "index"
    if damage != "missing":
        shutil.copytree(folder, copy)
    (contents,) = folder.glob("*.toc")
    (segment,) = folder.glob("*.seg")
    if damage == "empty":
        for path in copy.iterdir():
            path.unlink()
    elif damage.startswith("cut"):
        name = contents.name if "table" in damage else segment.name
        (copy / name).write_bytes((folder / name).read_bytes()[:200])
    elif damage == "no segment":
        (copy / segment.name).unlink()
    elif damage == "text":
        (copy / contents.name).write_text("hello")
    elif damage == "a file":
        shutil.rmtree(copy)
        copy.write_text("hello")
    with pytest.raises(IndexProblem, match=r"^The search index in .*/index cannot be read \(\w+\): build again$"):
        Index(copy)


def test_damage_anywhere_is_told_as_a_sentence_or_does_not_matter(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "index"
    shutil.copytree(folder, copy)
    (segment,) = copy.glob("*.seg")
    data = segment.read_bytes()
    told = set()
    for start in range(0, len(data), 1000):
        segment.write_bytes(data[:start] + b"\xff" * 2000 + data[start + 2000 :])
        try:
            Index(copy).search(["family", "helpline", "familly"])
        except IndexProblem as problem:
            told.add(re.sub(r"\(\w+\)", "(kind)", str(problem)))
    assert told == {f"The search index in {copy} cannot be read (kind): build again", "The search index is damaged (kind): build again"}


def test_a_writing_that_fails_leaves_no_lock_behind(directory: Directory, tmp_path: Path) -> None:
    with pytest.raises(AttributeError):
        write_index(with_service(directory, "northshire/safe-at-home", summary=5), tmp_path / "index")
    assert found(index_of(directory, tmp_path / "index").search(["harbour"])) == ["service northshire/safe-at-home"]


def test_the_shipped_content_is_found_by_its_own_words(tmp_path: Path) -> None:
    directory = shipped()
    index = index_of(directory, tmp_path / "index")
    assert found(index.search(["brokerage"], "warwickshire"))[0] == "service warwickshire/family-information-service"
    assert found(index.search(["stonham"], "warwickshire")) == ["service warwickshire/domestic-abuse-support"]
    assert found(index.search(["stonham"], "walsall")) == []
    names = {name for example in directory.examples if example.kind == "worked case" for name in example.id.split("-")[2:]}
    assert names
    assert not names & index.content_words
