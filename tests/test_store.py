"""The database: it gives back exactly what was written, and a person with an SQLite browser can ask it questions."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.loading import read_content
from app.model import Directory
from app.settings import settings
from app.store import StoreProblem, read_store, write_store

SITE = Path(__file__).parent / "site"


def content(root: Path | None = None) -> Directory:
    made, problems = read_content(settings(root))
    assert made is not None, [str(problem) for problem in problems]
    return made


@pytest.fixture(scope="module")
def directory() -> Directory:
    return content(SITE)


@pytest.fixture(scope="module")
def database(directory: Directory, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("store") / "directory.db"
    write_store(directory, file)
    return file


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> tuple[Directory, Path]:
    made, file = content(), tmp_path_factory.mktemp("shipped") / "directory.db"
    write_store(made, file)
    return made, file


def ask(file: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(sql).fetchall()


def change(file: Path, sql: str) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(sql)


def with_service(directory: Directory, service_id: str, /, **changes: object) -> Directory:
    services = [service.model_copy(update=changes) if service.id == service_id else service for service in directory.services]
    return directory.model_copy(update={"services": tuple(services)})


def test_the_small_site_comes_back_equal(directory: Directory, database: Path) -> None:
    assert read_store(database) == directory


def test_the_shipped_content_comes_back_equal(shipped: tuple[Directory, Path]) -> None:
    directory, file = shipped
    back = read_store(file)
    assert back == directory
    assert [service.name for service in back.services] == [service.name for service in directory.services]  # the order as well


def test_a_directory_with_nothing_in_its_lists_comes_back_equal(directory: Directory, tmp_path: Path) -> None:
    bare = Directory(site=directory.site, vocabulary=directory.vocabulary, schemes=directory.schemes, sources=directory.sources)
    write_store(bare, tmp_path / "directory.db")
    assert read_store(tmp_path / "directory.db") == bare


def test_the_same_content_gives_the_same_bytes(directory: Directory, database: Path, tmp_path: Path) -> None:
    write_store(directory, tmp_path / "directory.db")
    assert (tmp_path / "directory.db").read_bytes() == database.read_bytes()


def test_writing_over_an_older_file_leaves_nothing_of_it(directory: Directory, tmp_path: Path) -> None:
    file = tmp_path / "directory.db"
    write_store(directory, file)
    fewer = directory.model_copy(update={"examples": directory.examples[:1]})
    write_store(fewer, file)
    assert read_store(file) == fewer


def test_every_key_points_at_something_and_the_file_is_sound(shipped: tuple[Directory, Path]) -> None:
    _, file = shipped
    assert ask(file, "PRAGMA foreign_key_check") == []
    assert ask(file, "PRAGMA integrity_check") == [("ok",)]


def keys(file: Path, table: str) -> list[str]:
    """A table's foreign keys as text: `need -> need.id`, several columns joined by a comma."""
    found: dict[object, list[tuple[object, object, object]]] = {}
    for number, _, other, column, target, *_ in ask(file, f"PRAGMA foreign_key_list('{table}')"):
        found.setdefault(number, []).append((column, other, target))
    return sorted(
        f"{', '.join(str(column) for column, _, _ in parts)} -> {parts[0][1]}.{', '.join(str(target) for _, _, target in parts)}"
        for parts in found.values()
    )


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("service", ["area -> area.id"]),
        ("service_level", ["service -> service.id"]),
        ("service_need", ["need -> need.id", "service -> service.id"]),
        ("service_gateway", ["area, gateway -> gateway.area, id", "service -> service.id"]),
        ("service_programme", ["programme -> programme.id", "service -> service.id"]),
        ("descriptor", ["scheme -> scheme.id", "scheme, level -> level.scheme, number"]),
        ("descriptor_need", ["need -> need.id", "scheme, descriptor -> descriptor.scheme, id"]),
        ("need", ["broader -> need.id"]),
        ("source", ["area -> area.id", "read_in -> source.id"]),
        ("gateway", ["area -> area.id", "process -> process.id", "service -> service.id"]),
        ("step", [
            "area, from -> gateway.area, id", "area, to_gateway -> gateway.area, id", "source -> source.id", "to_service -> service.id",
        ]),
        ("citation", ["source -> source.id"]),
    ],
)  # fmt: skip
def test_the_keys_are_declared(database: Path, table: str, expected: list[str]) -> None:
    assert keys(database, table) == expected


@pytest.mark.parametrize(
    ("table", "first_columns"),
    [
        ("service", "id area name status budget_gbp age_from age_to commissioner provider contract_ends"),
        ("service_level", "service level"),
        ("service_need", "service need strength"),
        ("service_gateway", "service gateway"),
        ("descriptor", "id scheme level domain heading text"),
        ("descriptor_need", "descriptor need"),
        ("need", "id label theme alert"),
        ("source", "id title"),
        ("record", "kind position id json"),
    ],
)
def test_the_tables_others_rely_on_have_their_columns_first(database: Path, table: str, first_columns: str) -> None:
    columns = [column for _, column, *_ in ask(database, f"PRAGMA table_info('{table}')")]
    assert columns[: len(first_columns.split())] == first_columns.split()


def test_a_service_reads_as_its_profile_says(database: Path) -> None:
    row = ask(database, """
        SELECT name, area, status, budget_gbp, age_from, age_to, commissioner, contract_ends, capacity, waiting, level_basis, as_at
        FROM service WHERE id = 'northshire/family-help'""")  # fmt: skip
    expected = ("Family Help", "northshire", "running", 487000, 0, 18, "Northshire Council", None, "waiting list", "8 to 10")
    assert row == [(*expected, "self-declared", "2020-03")]
    assert ask(database, "SELECT level FROM service_level WHERE service = 'northshire/family-help'") == [(2,), (3,)]
    assert ask(database, "SELECT need, strength FROM service_need WHERE service = 'northshire/family-help'") == [
        ("behaviour", "also"), ("family-breakdown", "main"), ("parenting", "main"),
    ]  # fmt: skip
    assert ask(database, "SELECT gateway, condition FROM service_gateway WHERE service = 'northshire/family-help'") == [
        ("early-help", "The need comes up in the assessment")
    ]
    assert ask(database, "SELECT amount_gbp, covers, per FROM service_budget_also") == [(9000, "Start-up grant", "once")]
    activity = ask(database, "SELECT what, value, number, unit, period FROM activity")
    assert activity == [("Families helped", "159", 159.0, "families", "2018/19")]
    assert ask(database, "SELECT what, value, number, share_of FROM outcome") == [("Parents who felt better", "92%", 92.0, "50")]


def test_unborn_is_minus_one_and_unknown_is_null(database: Path) -> None:
    ages = {name: ends for name, *ends in ask(database, "SELECT id, age_from, age_to FROM service")}
    assert ages["northshire/health-visiting"] == [-1, 5]
    assert ages["northshire/safe-at-home"] == [16, None]
    assert ages["northshire/young-people-drugs"] == [None, 17]
    assert ages["northshire/advice-line"] == [None, None]
    assert ask(database, "SELECT age_from, age_to, condition FROM service_age_also") == [
        (18, 25, "the young person has a special educational need")
    ]
    assert ask(database, "SELECT budget_gbp FROM service WHERE id = 'northshire/safe-at-home'") == [(None,)]


def test_what_is_not_known_is_listed_with_who_says_so(database: Path) -> None:
    rows = ask(database, "SELECT why, field FROM service_unknown WHERE service = 'northshire/safe-at-home' ORDER BY why, field")
    assert rows == [
        ("not provided", "budget"), ("not provided", "outcomes"),
        ("not recorded", "activity"), ("not recorded", "budget"), ("not recorded", "outcomes"),
    ]  # fmt: skip


def test_a_gateway_is_that_of_the_services_own_area(database: Path) -> None:
    named = """SELECT DISTINCT gateway.area, gateway.what FROM service_gateway JOIN gateway
        ON gateway.id = service_gateway.gateway AND gateway.area = service_gateway.area WHERE gateway.id = 'front-door'"""
    assert ask(database, named) == [("southtown", "Where referrals arrive.")]
    assert ask(database, "SELECT area FROM gateway WHERE id = 'front-door' ORDER BY area") == [("northshire",), ("southtown",)]


def test_a_gateway_s_levels_stand_in_one_cell_and_none_where_none_is_recorded(database: Path) -> None:
    levels = dict(ask(database, "SELECT id, levels FROM gateway WHERE area = 'northshire'"))
    assert levels == {"school": "1", "self": "1, 2", "early-help": "2, 3", "front-door": "4"}
    assert ask(database, "SELECT count(*) FROM gateway WHERE levels = ''") == [(0,)]


def test_a_step_leads_to_a_gateway_or_a_service(database: Path) -> None:
    assert ask(database, 'SELECT "from", "to", kind, to_gateway, to_service FROM step WHERE "from" = \'early-help\'') == [
        ("early-help", "front-door", "step-up", "front-door", None),
        ("early-help", "northshire/family-help", "refer", None, "northshire/family-help"),
        ("early-help", "self", "step-down", "self", None),
    ]
    assert ask(database, 'SELECT "from", "to", words FROM closed_way') == [
        ("school", "front-door", "Schools do not ring the front door about level 2.")
    ]


def test_descriptors_keep_their_exact_words_and_their_needs(database: Path) -> None:
    rows = ask(database, """
        SELECT level, heading, text FROM descriptor JOIN descriptor_need ON descriptor.id = descriptor_need.descriptor
        WHERE need = 'domestic-abuse' ORDER BY level""")  # fmt: skip
    assert rows == [
        (3, "Safety", "Has witnessed domestic abuse"), (4, "Safety", "Is witnessing domestic abuse that is persistent or serious"),
    ]  # fmt: skip


def test_the_tables_explain_themselves(database: Path) -> None:
    about = dict(ask(database, "SELECT name, about FROM about"))
    tables = {name for (name,) in ask(database, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables - {"about"} <= about.keys()
    assert about["age -1"] == "Unborn. Ages are in completed years, the upper one included."
    assert about["null"] == "Not known, or not recorded. It never means no, none or 0."
    for column, table in (("status", "service"), ("strength", "service_need"), ("recipient", "service_recipient")):
        assert {f"{column} {value}" for (value,) in ask(database, f"SELECT {column} FROM {table}")} <= about.keys()


def test_every_figure_of_the_shipped_content_is_in_the_tables(shipped: tuple[Directory, Path]) -> None:
    directory, file = shipped
    counts = {
        "service": len(directory.services),
        "service_level": sum(len(service.levels) for service in directory.services),
        "service_gateway": sum(len(service.reached_by) for service in directory.services),
        "activity": sum(len(service.activity) for service in directory.services),
        "outcome": sum(len(service.outcomes) for service in directory.services),
        "descriptor": len(directory.descriptors),
        "descriptor_need": sum(len(descriptor.needs) for descriptor in directory.descriptors),
        "gateway": len(directory.gateways),
        "step": len(directory.steps),
        "term": len(directory.glossary),
    }
    assert {table: ask(file, f"SELECT count(*) FROM {table}")[0][0] for table in counts} == counts


def test_something_said_twice_in_a_list_is_no_fault(directory: Directory, tmp_path: Path) -> None:
    twice = with_service(directory, "northshire/family-help", levels=(2, 2, 3), not_recorded=("contact", "contact"))
    write_store(twice, tmp_path / "directory.db")
    assert ask(tmp_path / "directory.db", "SELECT level FROM service_level WHERE service = 'northshire/family-help'") == [(2,), (3,)]
    assert read_store(tmp_path / "directory.db") == twice


def test_a_row_that_points_at_nothing_is_refused_with_its_table(directory: Directory, tmp_path: Path) -> None:
    wrong = with_service(directory, "northshire/family-help", programmes=("gone",))
    with pytest.raises(StoreProblem, match=r"^The table service_programme would point at a programme that is not there \(1 such rows\)$"):
        write_store(wrong, tmp_path / "directory.db")


def test_an_id_that_stands_twice_is_refused_with_its_table(directory: Directory, tmp_path: Path) -> None:
    twice = directory.model_copy(update={"programmes": (*directory.programmes, directory.programmes[0])})
    with pytest.raises(StoreProblem, match=r"cannot be written \(UNIQUE constraint failed: programme\.id\)"):
        write_store(twice, tmp_path / "directory.db")


def test_a_place_that_cannot_be_written_is_a_sentence(directory: Directory, tmp_path: Path) -> None:
    with pytest.raises(StoreProblem, match=r"^The database .*/gone/directory\.db cannot be written \("):
        write_store(directory, tmp_path / "gone" / "directory.db")


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (b"", "no such table: record"),
        (b"hello, this is no database" * 50, "file is not a database"),
        (None, "unable to open database file"),
    ],
)
def test_a_file_that_is_no_store_is_a_sentence(tmp_path: Path, damage: bytes | None, sentence: str) -> None:
    file = tmp_path / "directory.db"
    if damage is not None:
        file.write_bytes(damage)
    with pytest.raises(StoreProblem, match=rf"^The database .*/directory\.db cannot be read \({sentence}\): build again$"):
        read_store(file)
    assert file.exists() == (damage is not None)  # reading never makes one


def test_half_a_file_is_a_sentence(database: Path, tmp_path: Path) -> None:
    whole = database.read_bytes()
    for part in (0.1, 0.5, 0.9):
        (tmp_path / "directory.db").write_bytes(whole[: int(len(whole) * part)])
        with pytest.raises(StoreProblem, match="cannot be read"):
            read_store(tmp_path / "directory.db")


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("DELETE FROM service WHERE id = 'northshire/advice-line'", "has 6 rows in the table service and 7 records of it"),
        ("DELETE FROM record WHERE kind = 'descriptor' AND position = 0", r"rows in the table descriptor and \d+ records"),
        ("DROP TABLE service", "no such table: service"),
        ("DELETE FROM record WHERE kind = 'site'", r"does not fit this program \(at site\)"),
        ("UPDATE record SET json = '{' WHERE kind = 'need' AND position = 0", "does not fit this program"),
        ("UPDATE record SET json = replace(json, '\"summary\"', '\"sumary\"') WHERE kind = 'service'", r"does not fit .*at services\.0\."),
        ("UPDATE record SET json = x'ff' WHERE kind = 'need'", "cannot be read"),
    ],
)
def test_a_store_changed_by_hand_is_told_not_half_read(database: Path, tmp_path: Path, sql: str, sentence: str) -> None:
    file = tmp_path / "directory.db"
    file.write_bytes(database.read_bytes())
    change(file, sql)
    with pytest.raises(StoreProblem, match=sentence):
        read_store(file)
