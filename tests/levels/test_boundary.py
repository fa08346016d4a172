"""What differs between two levels: pairs of phrases, and deciding words heading by heading."""

from __future__ import annotations

import pytest

from app.levels import Boundary, Shown, boundary


def between(shown: Shown, lower: int, upper: int) -> Boundary:
    below, above = shown.local.level(lower), shown.local.level(upper)
    assert below is not None
    assert above is not None
    return boundary(shown.local, below, above)


# Phrases that the document gives at two levels with a word changed.
PAIRS = [
    (1, "Good level of personal hygiene", "Poor level of personal hygiene"),
    (1, "Developmental milestones met", "Slow in reaching developmental milestones"),
    (2, "Parent is struggling to provide basic care", "Parents struggling to provide 'good enough' parenting"),
    (2, "Child acts as carer for other family members", "Child is the young carer for a family member"),
    (3, "Child has witnessed domestic abuse", "Child is witnessing domestic abuse"),
    (3, "Suffers from periods of depression", "Suffers from periods of serious depression"),
    (3, "Mental health issues", "Serious mental health issues"),
    (3, "Failure to take child to health appointments", "Persistent failure to take children to health appointments"),
    (3, "Parental discord and domestic violence", "Significant parental discord and persistent domestic violence"),
    (
        3,
        "Parent's mental ill health, learning disability or substance misuse affects care of child",
        "Parent's mental ill health, learning disability or substance misuse significantly affects care of the child",
    ),
    (
        3,
        "Children where there is a risk of breakdown of relationship with parent/carer",
        "Children where there has been a breakdown of relationship with parent/carer",
    ),
]


@pytest.mark.parametrize(("lower", "one", "other"), PAIRS, ids=[pair[1] for pair in PAIRS])
def test_phrases_that_differ_by_a_word_stand_side_by_side(shown: Shown, lower: int, one: str, other: str) -> None:
    pairs = [(pair.lower.text, pair.upper.text) for pair in between(shown, lower, lower + 1).pairs]
    assert (one, other) in pairs


def test_a_line_that_is_the_same_at_both_levels_is_said_to_mark_no_boundary(shown: Shown) -> None:
    same = [pair.lower.text for pair in between(shown, 3, 4).pairs if pair.is_same]
    assert same == ["Poor and inappropriate self-presentation"]


@pytest.mark.parametrize("lower", [1, 2, 3])
def test_a_phrase_is_in_one_pair_at_most_and_a_pair_shares_a_need_or_a_heading(shown: Shown, lower: int) -> None:
    pairs = between(shown, lower, lower + 1).pairs
    for side in ([pair.lower.id for pair in pairs], [pair.upper.id for pair in pairs]):
        assert len(side) == len(set(side))
    for pair in pairs:
        assert (pair.lower.level, pair.upper.level) == (lower, lower + 1)
        assert set(pair.lower.needs) & set(pair.upper.needs) or pair.lower.heading == pair.upper.heading


def test_deciding_words_are_set_side_by_side_under_the_same_heading(shown: Shown) -> None:
    steps = {step.heading: (step.lower_words, step.upper_words) for step in between(shown, 3, 4).steps}
    assert steps["Basic Care"] == (
        ("poor", "Failure", "struggling to provide", "affects"),
        ("unable to provide", "significantly", "immediate", "Persistent"),
    )
    assert steps["Ensure Warmth"] == (("at times", "has witnessed"), ("highly critical", "rejecting"))


@pytest.mark.parametrize(("lower", "only_lower", "only_upper"), [
    (1, ["Community Resources"], []),
    (2, [], ["Community Resources"]),
    (3, ["Income", "Community Resources"], []),
])  # fmt: skip
def test_headings_that_one_of_the_two_lacks_are_named(shown: Shown, lower: int, only_lower: list[str], only_upper: list[str]) -> None:
    found = between(shown, lower, lower + 1)
    assert list(found.only_lower) == only_lower
    assert list(found.only_upper) == only_upper


def test_the_made_up_scheme_has_its_own_boundaries(five: Shown) -> None:
    found = between(five, 2, 3)
    assert [(pair.lower.text, pair.upper.text) for pair in found.pairs] == [("Sometimes sleeps badly", "Often sleeps badly")]
    assert [(step.heading, step.lower_words, step.upper_words) for step in found.steps] == [
        ("Wellbeing", ("Sometimes",), ("Often",)),
        ("Home life", ("now and then",), ("Frequent",)),
    ]
    assert between(five, 3, 4).only_lower == ("Home life",)
    assert between(five, 3, 4).only_upper == ("Money",)


def test_the_data_for_other_programs(five: Shown) -> None:
    data = between(five, 2, 3).to_json()
    assert data["pairs"] == [{"lower": "2-sometimes-sleeps-badly", "upper": "3-often-sleeps-badly", "same_words": False}]
