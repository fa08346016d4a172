"""`python3 run.py bench`: how quick it is and how much memory it takes, side by side in one run; `bench soak` is in `soak.py`."""

from __future__ import annotations

import subprocess
import sys
import time
from itertools import cycle
from pathlib import Path

from app.answering import Answering
from app.building import open_directory
from app.matching import Matcher
from app.model import Directory, age_fit
from app.question import Question, read_question
from app.settings import settings
from app.vocabulary import Vocabulary
from app.web import create_app
from bench.browser import first_answer, weights
from bench.freshness import freshness_table
from bench.gaps import gaps_tables
from bench.generator import directory_of_size
from bench.levels import levels_tables
from bench.measuring import table, timed
from bench.pathways import pathway_tables
from bench.soak import main as soak

QUESTIONS = (
    "level 3, age 14, domestic abuse",
    "L2 7yo bullying",
    "lvl 4 aged 16 self-harm Nuneaton",
    "unborn, parental drug use",
    "14",
    "tier three parnting 9",
    "level 2 to 3, 5-11, school attendance",
    "what comes after a CAF",
)
MANY = 20_000
ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Print every table; takes about a minute."""
    place = settings()
    answering = Answering(open_directory(place))
    print(f"Shipped content: {len(answering.directory.services)} services. Times in milliseconds; ratio to the first row of each table.")
    print(_questions(answering))
    print(_growth(answering))
    print(_engines(answering))
    print(_pages(answering))
    print(levels_tables(answering.directory, create_app(settings(), answering.opened).test_client()))
    print(gaps_tables(answering.directory, create_app(settings(), answering.opened).test_client()))
    print(pathway_tables(answering.directory))
    print(freshness_table(answering.directory))
    print(weights(create_app(place, answering.opened)))
    print(first_answer())
    print(_processes())


def _nothing_found(words: object, area: str) -> tuple[list[str], list[object], tuple[str, ...]]:
    return [], [], ()


def _questions(answering: Answering) -> str:
    """Parse, match, group and explain, on the shipped content: the whole answer inside the process."""
    rows = timed([(text, lambda text=text: answering.ask(text)) for text in QUESTIONS], 200)  # type: ignore[misc]
    return table("The understood question: words in, explained answer out (asked: median under 1, p95 under 3)", rows)


def _growth(answering: Answering) -> str:
    """The same questions on the shipped content and on 20,000 invented services, in turn."""
    shipped = answering.directory
    large = directory_of_size(shipped, MANY)
    start = time.perf_counter()
    vocabulary, matcher = Vocabulary(large), Matcher(large, _nothing_found)  # type: ignore[arg-type]
    loaded = time.perf_counter() - start
    small, big = cycle(QUESTIONS), cycle(QUESTIONS)
    rows = timed(
        [
            (f"{len(shipped.services)} services", lambda: answering.ask(next(small))),
            (f"{MANY:,} services", lambda: matcher.answer(read_question(next(big), vocabulary, frozenset()))),
        ],
        len(QUESTIONS) * 20,
    )
    return table(f"Growth (asked: p95 under 10 at {MANY:,}; made ready in {loaded:.1f} s)", rows)


def _engines(answering: Answering) -> str:
    """Finding the services, without the words around them: bit sets, a plain loop, the full-text engine."""
    large = directory_of_size(answering.directory, MANY)
    matcher = Matcher(large, _nothing_found)  # type: ignore[arg-type]
    facets = matcher.facets
    question = Question(area=large.site.default_area, levels=(3,), ages=(14,), needs=("domestic-abuse",))
    index = answering.opened.index

    def bits() -> int:
        return (facets.running & facets.level[3] & facets.by_age[14].fitting & facets.main["domestic-abuse"]).bit_count()

    found = bits()
    if found != _loop(large, question):
        sys.exit("the bit sets and the plain loop disagree; nothing is worth measuring")
    rows = timed(
        [
            (f"bit sets over {MANY:,}", bits),
            (f"a plain loop over {MANY:,}", lambda: _loop(large, question)),
            (f"full text over {len(answering.directory.services)} (one word)", lambda: index.search(["brokerage"], None)),
        ],
        20,
    )
    return table(f"Finding {found} services: why a structured question never touches a text engine", rows)


def _loop(directory: Directory, question: Question) -> int:
    number = 0
    for service in directory.services:
        if service.is_running and 3 in service.levels and service.needs and question.needs[0] in service.needs.main:
            fit = age_fit(service, question.ages[0])
            number += bool(fit and fit.age_class not in ("near", "not-recorded"))
    return number


def _pages(answering: Answering) -> str:
    """Whole pages through Flask, one client."""
    app = create_app(settings(), answering.opened)
    client = app.test_client()
    address = answering.ask(QUESTIONS[0]).address
    service = f"/services/{answering.directory.services[-1].id}"
    wanted = ["/static/windscreen.css", "/", address, address.replace("/ask?", "/ask.json?"), "/services", service, "/glossary"]
    pathway = f"/pathways/{answering.directory.site.default_area}"
    wanted += [pathway, f"{pathway}/{answering.directory.gateways[0].id}", f"{pathway}/findings", f"/journey?to={service[10:]}"]
    for path in wanted:
        answer = client.get(path)
        if answer.status_code != 200:
            sys.exit(f"{path} answered {answer.status_code}; nothing can be measured")
    rows = timed([(path[:56], lambda path=path: client.get(path).get_data()) for path in wanted], 60)  # type: ignore[misc]
    return table("Whole pages (asked: GET /ask p95 under 15)", rows)


def _processes() -> str:
    """Whole processes, everything built: start, answer, end; and the most memory one of them took."""
    command = [sys.executable, "-m", "app", "ask", QUESTIONS[0]]
    bare = [sys.executable, "-c", "import flask, pydantic"]

    def run(words: list[str]) -> None:
        subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)

    rows = timed([("python, flask and pydantic, nothing else", lambda: run(bare)), ("ask, warm", lambda: run(command))], 5)
    # A child counts its parent's memory as its own until it has become another program, so a small process stands between.
    asked = f"import resource, subprocess; subprocess.run({command!r}, stdout=subprocess.DEVNULL, check=True); "
    asked += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    peak = int(subprocess.run([sys.executable, "-c", asked], cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    most = f"  most memory of the answering process: {peak / 1024:.0f} MB (asked: under 150)"
    return table("The command line (asked: under 2,000)", rows) + "\n" + most


if __name__ == "__main__":
    soak(sys.argv[2:]) if sys.argv[1:2] == ["soak"] else main()

