"""A short soak: eight readers of a real server for some seconds while its content is swapped, every answer checked."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from bench.soak import Edition, Soak, Soaked

HERE = Path(__file__).parent


@pytest.mark.skipif(os.name != "posix", reason="the server is stopped by a signal")
def test_readers_never_get_an_error_or_a_wrong_page_while_content_is_swapped(tmp_path: Path) -> None:
    shutil.copytree(HERE / "site", tmp_path / "site")
    soak = Soak(tmp_path / "site")
    assert len({edition.digest for edition in soak.editions}) == len(soak.editions)
    differing = [path for path in soak.paths if len({edition.answers[path] for edition in soak.editions}) == len(soak.editions)]
    assert len(differing) > 8, "too few pages would show which version they are of"
    found = soak.run(seconds=5, clients=8, every=2.5)
    assert found.failures == []
    assert found.swaps >= 2
    assert len(found.answers) > len(soak.paths) / 2, "most pages were never read"
    assert "no error, no wrong page" in found.in_words()


def test_a_wrong_page_and_growing_memory_are_found_out() -> None:
    """The judge itself: a page of another version, and of none."""
    soak = Soak.__new__(Soak)
    soak.found = Soaked()
    soak.editions = [Edition("", str(number), {"/": (200, b"edition %d" % number)}) for number in range(3)]
    one = (200, b"edition 1")
    for answer, settled in ((one, 1), (one, None), (one, 2), ((500, b"edition 1"), 1), ((200, b"edi"), None)):
        soak._judge("/", answer, settled)
    assert soak.found.answers == {"/": 2}
    assert [failure.partition(", which")[2] for failure in soak.found.failures] == [
        " is not the answer of the edition that is served", " is not the answer of the edition that is served",
        " is not the answer of any edition",
    ]  # fmt: skip
    grown = Soaked(memory=[(0.5, 900), (3.0, 1000), (6.0, 1050), (9.0, 1099)], seconds=10)
    assert grown.is_flat
    grown = Soaked(memory=[*grown.memory, (9.5, 1101)], seconds=10)
    assert not grown.is_flat
    assert "1.101 (asked: at most 1.10)" in grown.in_words()
    assert Soaked().is_flat
