"""Theme ladders and the list of themes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.levels import Shown, ladder, ladder_as_text, marked
from app.model import Directory

DOMESTIC_ABUSE = """\
Domestic abuse (Thresholds for Services (2014), Warwickshire)
  with Child living with domestic abuse, Coercive or controlling behaviour, Abuse in a young person's own relationship, Adult using abusive behaviour (perpetrator work)
Level 1, No identified additional needs
  - The descriptors of this level are not linked to themes.
  ways in: none recorded
  main purpose: none recorded
  also helps: none recorded
Level 2, Additional needs
  - Parents have *some conflict* or difficulties that *can involve* the children (Family History and Functioning)
  ways in: CAF; Priority Families
  main purpose: Domestic Abuse Refuge Service; Domestic Abuse Support Service
  also helps: none recorded
Level 3, Complex needs
  - *Some* instability and/or violence in the home (Ensure Safety)
  - Child *has witnessed* domestic abuse (Ensure Warmth)
  - Parental *discord and domestic violence* (Family History and Functioning)
  ways in: CAF; Priority Families
  main purpose: Domestic Abuse Refuge Service; Domestic Abuse Support Service
  also helps: none recorded
Level 4, Acute or severe needs
  - Child *is witnessing* domestic abuse (Emotional and Behavioural development)
  - There is *persistent* or *serious* violence in the home (Ensure Safety)
  - Parent *recently separated* from a *very violent* partner (Ensure Safety)
  - *Significant* parental discord and *persistent* domestic violence (Family History and Functioning)
  - Family *fleeing* *serious* violence inside or outside family (Family's Social Integration)
  ways in: MASH
  main purpose: Domestic Abuse Refuge Service; Domestic Abuse Support Service
  also helps: none recorded
"""  # noqa: E501


def test_the_ladder_of_domestic_abuse(shown: Shown, shipped: Directory) -> None:
    assert ladder_as_text(ladder(shown.local, shipped.need_by_id["domestic-abuse"])) == DOMESTIC_ABUSE


def test_a_ladder_holds_every_descriptor_of_the_need_and_its_kinds_and_no_other(shown: Shown, shipped: Directory) -> None:
    for need in shipped.vocabulary.needs:
        kinds = {need.id} | {other.id for other in shipped.vocabulary.needs if other.broader == need.id}
        expected = {one.id for one in shipped.descriptors if kinds & set(one.needs)}
        made = ladder(shown.local, need)
        found = [one.id for rung in made.rungs for one in rung.descriptors]
        assert set(found) == expected, need.id
        assert len(found) == len(set(found))
        assert made.is_empty == (not expected)


def test_services_stand_at_the_levels_they_work_at(shown: Shown, shipped: Directory) -> None:
    for need in shipped.vocabulary.needs:
        for rung in ladder(shown.local, need).rungs:
            for service in (*rung.main, *rung.also):
                assert rung.level.number in service.levels
                assert service.area == "warwickshire"
                assert service.is_running
            assert not set(rung.main) & set(rung.also)


def test_every_deciding_word_of_every_descriptor_is_marked(shipped: Directory) -> None:
    for one in shipped.descriptors:
        stars = re.findall(r"\*([^*]+)\*", marked(one))
        assert marked(one).replace("*", "") == one.text
        for word in one.deciding:
            assert any(word.lower() in star.lower() for star in stars), (one.id, word)
        assert bool(stars) == bool(one.deciding)


def test_each_deciding_word_of_the_scheme_is_the_one_that_was_agreed(shipped: Directory) -> None:
    """All of them, descriptor by descriptor: whoever changes one changes a boundary, and sees it in this file."""
    golden = Path(__file__).parents[1] / "golden" / "deciding-words.txt"
    found = [f"{one.id} | {'; '.join(one.deciding)}" for one in shipped.descriptors if one.deciding]
    assert found == golden.read_text(encoding="utf-8").splitlines()
    assert (len(found), len(shipped.descriptors)) == (149, 222)


# The deciding words of the themes that have the most of them, level by level, read from the document: theme, level, words.
DECIDING = """
domestic-abuse    | 2 | some conflict, can involve
domestic-abuse    | 3 | Some, has witnessed, discord and domestic violence
domestic-abuse    | 4 | is witnessing, persistent, serious, recently separated, very violent, Significant, fleeing
missing           | 3 | in danger, difficult to keep safe
missing           | 4 | frequently, has not been effective
self-harm         | 4 | seriously, suicide attempts, eating disorders
family-breakdown  | 3 | risk of breakdown, Poor, Destructive/unhelpful
parent-mental-health | 3 | affects, Chronic, severely affected
parent-mental-health | 4 | significantly, impacting on family relationships and risk to children, severely
health-missed     | 2 | Starting to, Defaulting
health-missed     | 3 | Failure
health-missed     | 4 | Persistent
sexual-exploitation | 3 | difficult to keep safe, grooming
sexual-exploitation | 4 | is victim
housing           | 2 | Some aspects
housing           | 3 | inappropriate
housing           | 4 | Repeated, as a result of negligence, in danger
"""


@pytest.mark.parametrize("line", DECIDING.strip().splitlines())
def test_the_words_that_carry_the_boundary(shown: Shown, shipped: Directory, line: str) -> None:
    theme, level, words = [part.strip() for part in line.split("|")]
    (rung,) = [rung for rung in ladder(shown.local, shipped.need_by_id[theme]).rungs if rung.level.number == int(level)]
    assert ", ".join(rung.deciding) == words


def test_the_card_of_a_theme_stands_with_its_ladder(shown: Shown, shipped: Directory) -> None:
    for need in shipped.vocabulary.needs:
        alert = ladder(shown.local, need).alert
        assert (alert.grade if alert else "none") == need.alert


def test_the_contract_of_the_ladder(shown: Shown, shipped: Directory) -> None:
    data = ladder(shown.local, shipped.need_by_id["self-harm"]).to_json()
    assert data["theme"] == "self-harm"
    assert [level["level"] for level in data["levels"]] == [1, 2, 3, 4]
    assert [one["text"] for one in data["levels"][2]["descriptors"]] == ["Self-harming"]
    assert all({"level", "descriptors", "services"} <= set(level) for level in data["levels"])


def test_every_theme_is_listed_with_the_number_of_its_descriptors(shown: Shown, shipped: Directory) -> None:
    rows = {row.need.id: row for group in shown.themes.groups for row in group.rows}
    parts = list(dict.fromkeys(need.theme for need in shipped.vocabulary.needs))
    assert list(rows) == sorted(rows, key=lambda name: parts.index(rows[name].need.theme))
    assert set(rows) == {need.id for need in shipped.vocabulary.needs}
    for name, row in rows.items():
        rungs = ladder(shown.local, shipped.need_by_id[name]).rungs
        assert row.counts == tuple(len(rung.descriptors) if rung.is_linked else None for rung in rungs)
        assert row.missing == tuple(rung.level.number for rung in rungs if rung.is_linked and not rung.descriptors)


def test_a_level_that_is_not_linked_to_themes_is_not_counted_as_none(shown: Shown) -> None:
    assert shown.themes.unlinked == (1,)
    assert all(row.counts[0] is None and 1 not in row.missing for group in shown.themes.groups for row in group.rows)


def test_a_part_of_the_vocabulary_counts_each_descriptor_once(shown: Shown) -> None:
    (abuse,) = [group for group in shown.themes.groups if group.name == "Domestic abuse"]
    assert abuse.counts == (None, 1, 3, 5)


def test_the_themes_that_run_through_all_levels(shown: Shown) -> None:
    through = [row.need.id for group in shown.themes.groups for row in group.rows if not row.missing]
    assert shown.themes.everywhere == len(through)
    assert {"domestic-abuse", "neglect", "parenting", "housing"} <= set(through)


def test_a_ladder_of_five_rungs(five: Shown) -> None:
    need = five.local.directory.need_by_id["behaviour"]
    assert ladder_as_text(ladder(five.local, need)) == """\
Behaviour (Five Steps of Help, Southtown)
Level 1, Thriving
  - The descriptors of this level are not linked to themes.
  ways in: none recorded
  main purpose: none recorded
  also helps: none recorded
Level 2, A little extra
  - *Sometimes* sleeps badly (Wellbeing)
  ways in: Youth panel
  main purpose: Family Workers
  also helps: none recorded
Level 3, Help from several
  - *Often* sleeps badly (Wellbeing)
  ways in: Youth panel
  main purpose: Family Workers
  also helps: none recorded
Level 4, Intensive help
  - *Nearly always* sleeps badly (Wellbeing)
  ways in: Front door
  main purpose: Family Workers
  also helps: none recorded
Level 5, Protection
  - No descriptor of this level speaks of it.
  ways in: Front door
  main purpose: Family Workers
  also helps: none recorded
"""
