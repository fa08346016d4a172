"""A wrong setting stops the start with a sentence that names it and says what it may be."""

from __future__ import annotations

import pytest

from app.settings import LOOPBACK, SettingsError, settings

WRONG = [
    ({"WINDSCREEN_PORT": "eighty"}, "WINDSCREEN_PORT is 'eighty'; it must be a number from 0 to 65535"),
    ({"WINDSCREEN_PORT": "65536"}, "WINDSCREEN_PORT is '65536'; it must be a number from 0 to 65535"),
    ({"WINDSCREEN_PORT": "٨٠"}, "WINDSCREEN_PORT is '٨٠'; it must be a number from 0 to 65535"),
    ({"WINDSCREEN_METRICS": "yes"}, "WINDSCREEN_METRICS is 'yes'; it must be 'on' or 'off'"),
    ({"WINDSCREEN_ACCESS_LOG": "1"}, "WINDSCREEN_ACCESS_LOG is '1'; it must be 'on' or 'off'"),
    (
        {"WINDSCREEN_HOST": "0.0.0.0"},
        "WINDSCREEN_HOST is '0.0.0.0', which others can reach; then WINDSCREEN_HOSTS must name what the site is called, "
        "such as help.example.org",
    ),
    (
        {"WINDSCREEN_HOSTS": "https://help.example.org"},
        "WINDSCREEN_HOSTS holds 'https://help.example.org'; write names such as help.example.org, separated by commas, no port",
    ),
    (
        {"WINDSCREEN_HOSTS": "help.example.org:8000"},
        "WINDSCREEN_HOSTS holds 'help.example.org:8000'; write names such as help.example.org, separated by commas, no port",
    ),
    (
        {"WINDSCREEN_HOSTS": "*"},
        "WINDSCREEN_HOSTS holds '*'; write names such as help.example.org, separated by commas, no port",
    ),
]


@pytest.fixture(autouse=True)
def no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOST", "HOSTS", "PORT", "ROOT", "BUILD", "METRICS", "ACCESS_LOG", "AUDIENCE"):
        monkeypatch.delenv(f"WINDSCREEN_{name}", raising=False)


@pytest.mark.parametrize(("given", "sentence"), WRONG)
def test_a_wrong_setting_is_told(given: dict[str, str], sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as told:
        settings()
    assert str(told.value) == sentence


def test_a_folder_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WINDSCREEN_ROOT", "nowhere-at-all")
    with pytest.raises(SettingsError, match="'nowhere-at-all' is not a folder; WINDSCREEN_ROOT must name the folder that holds content/"):
        settings()


@pytest.mark.parametrize(
    ("given", "hosts"),
    [
        ({}, LOOPBACK),
        ({"WINDSCREEN_HOST": "::1"}, LOOPBACK),
        ({"WINDSCREEN_HOSTS": " help.example.org , .council.example,"}, (*LOOPBACK, "help.example.org", ".council.example")),
        ({"WINDSCREEN_HOST": "0.0.0.0", "WINDSCREEN_HOSTS": "10.1.2.3"}, (*LOOPBACK, "10.1.2.3")),
    ],
)
def test_the_hosts_are_those_of_this_machine_and_those_named(
    given: dict[str, str], hosts: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert settings().hosts == hosts


@pytest.mark.parametrize(
    ("given", "audience"),
    [
        ({}, "practitioner"),
        ({"WINDSCREEN_HOSTS": "help.example.org"}, "public"),
        ({"WINDSCREEN_HOSTS": "help.example.org", "WINDSCREEN_AUDIENCE": "commissioner"}, "commissioner"),
        ({"WINDSCREEN_AUDIENCE": "public"}, "public"),
    ],
)
def test_a_site_that_others_can_reach_is_for_the_public_unless_it_is_said_to_be_for_others(
    given: dict[str, str], audience: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert settings().audience == audience
