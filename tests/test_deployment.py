"""What a deployment is made from: the container, the unit, the proxy and the page that tells of them agree with the program."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
SETTING = re.compile(r"\b(?:WINDSCREEN_[A-Z]+(?:_[A-Z]+)*|DATABASE_URL)\b")
NOT_FOR_A_SITE = {"WINDSCREEN_OSV"}
"""Settings of the tests and of CI."""


def settings_in(*folders: str) -> set[str]:
    """The settings that the files of some folders or files name."""
    files = [file for name in folders for file in ([ROOT / name] if (ROOT / name).is_file() else (ROOT / name).rglob("*"))]
    texts = [file.read_text(encoding="utf-8") for file in files if file.is_file() and file.parent.name != "__pycache__"]
    return {name for text in texts for name in SETTING.findall(text)}


def read_by_the_program() -> set[str]:
    return settings_in("app") - NOT_FOR_A_SITE - {"WINDSCREEN_OIDC"}


def table_of_settings() -> set[str]:
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    return {name for line in text.splitlines() if line.startswith("| `") for name in SETTING.findall(line.split("|")[1])}


def test_every_setting_is_in_the_table_and_nothing_else() -> None:
    assert table_of_settings() == read_by_the_program()


def test_the_files_of_a_deployment_name_only_settings_that_there_are() -> None:
    assert settings_in("Dockerfile", "compose.yaml", ".env.example", "deploy") <= read_by_the_program()


def test_the_container_runs_without_rights_and_says_how_it_does() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    last = text.split("\nFROM ")[-1]
    assert re.search(r"^USER [1-9]\d+$", last, re.M)
    assert "HEALTHCHECK" in last
    assert "--require-hashes" in text
    copied = {name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.M) for name in line.split()}
    assert all((ROOT / name).exists() for name in copied)
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")}
    assert copied == let_in


def test_what_the_container_copies_is_enough_to_build_and_start(tmp_path: Path) -> None:
    """The commands of the Dockerfile, with its files and its environment alone, on this machine's Python."""
    _, first, last = re.split(r"^FROM ", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.M)
    for name in (name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", first, re.M) for name in line.split()):
        shutil.copytree(ROOT / name, tmp_path / name) if (ROOT / name).is_dir() else shutil.copy(ROOT / name, tmp_path)
    assert re.findall(r"\.venv/bin/python (-P -m app \w+)", first) == ["-P -m app check", "-P -m app build"]
    assert 'ENTRYPOINT [".venv/bin/python", "-P", "-m", "app"]' in last
    for stage, command in ((first, "-P -m app build"), (last, "-P -m app --version")):
        assert "PYTHONPATH=/windscreen" in stage
        done = subprocess.run(
            [sys.executable, *command.split()], cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "build" / "manifest.json").exists()


def test_two_nodes_share_a_database_and_write_nothing_else() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    nodes = [service for name, service in services.items() if name != "database"]
    assert len(nodes) == 2
    for node in nodes:
        assert node["read_only"] is True
        assert node["cap_drop"] == ["ALL"]
        assert node["environment"]["DATABASE_URL"].startswith("postgresql://")
        assert all(port.startswith("127.0.0.1:") for port in node["ports"])
    secrets = [line for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines() if "SECRET" in line or "PASSWORD" in line]
    assert secrets
    assert all(line.endswith("=") for line in secrets)


def test_the_unit_has_its_own_user_and_time_to_stop() -> None:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(ROOT / "deploy" / "windscreen.service", encoding="utf-8")
    service = parser["Service"]
    assert service["DynamicUser"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"
    assert int(service["TimeoutStopSec"]) > 20


def test_the_proxy_writes_no_address_and_passes_on_no_audience() -> None:
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    logged = re.search(r"log_format \w+ '([^']+)'", text)
    assert logged
    assert not {"$request", "$request_uri", "$args", "$query_string", "$http_referer", "$remote_addr", "$uri"} & set(logged[1].split())
    assert 'proxy_set_header X-Windscreen-Audience "";' in text


def test_every_address_and_command_that_the_page_names_is_there() -> None:
    text = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")
    routes = (ROOT / "tests" / "web" / "routes.txt").read_text(encoding="utf-8")
    for address in re.findall(r"^\| `(/[a-z-]+)` \|", text, re.M):
        assert f"GET  {address}\n" in routes
    for file in re.findall(r"`(deploy/[a-z.]+|tests/\S+\.py)`", text):
        assert (ROOT / file).is_file(), file
