"""Golden tables of the 23 profiles, to be read by a commissioner with the needs assessment (000 section 3.3.1) beside them."""

from __future__ import annotations

import pytest
from golden.shipped import PROFILES

from app.gaps import Ground, Query, completeness_of, coverage_of
from app.gaps.completeness import FIELDS, FieldState
from app.gaps.difference import standing
from app.gaps.left import left_by

# need by need: directly (through a parent), "if" for services on a condition, "?" for those of which the source does not say enough

TABLES = """
parenting
Unborn            1 (0)       1 (0)       0 (0)       0 (0)
Ages 0 to 4       2 (0)       4 (0)       3 (0)       2 (0)
Ages 5 to 10      2 (0)       5 (0)       4 (0)       2 (0)
Ages 11 to 15     1 (0)       4 (0)       4 (0)       2 (0)
Ages 16 to 17     1 (0)       4 (0)       4 (0)       2 (0)
Ages 18 to 25     1 (0)       4 (0)       4 (0)       2 (0)
With parenting support selected, nobody over 18 is served directly at any level.
At levels 3 and 4, no child before birth and nobody over 18 is served directly.

edge-of-care
Unborn            0 (0)       0 (0)       0 (0)       0 (0)
Ages 0 to 4       0 (0)       3 (0)       3 (0)       3 (0)
Ages 5 to 10      0 (0)       3 (0)       4 (0)       3 (0)
Ages 11 to 15     1 (0)       4 (0)       5 (0)       4 (0)
Ages 16 to 17     1 (0)       4 (0)       5 (0)       4 (0)
Ages 18 to 25     1 (0)       4 (0)       4 (0)       4 (0)
With risk of coming into care selected, no child before birth and nobody over 19 is served directly at any level.
At level 1, nobody under 13 and nobody over 19 is served directly.

family-breakdown
Unborn            0 (0)       0 (0)       0 (0)       0 (0)
Ages 0 to 4       0 (0)       3 (0)       3 (0)       3 (0)
Ages 5 to 10      0 (0)       4 (0)       5 (0)       3 (0)
Ages 11 to 15     0 (0)       4 (0)       5 (0)       3 (0)
Ages 16 to 17     0 (0)       4 (0)       5 (0)       3 (0)
Ages 18 to 25     0 (0)       4 (0)       4 (0)       3 (0)
With family relationship breakdown selected, no child before birth and nobody over 18 is served directly at any level.
At level 1, nobody is served directly.

offending
Unborn            0 (0)       0 (0)       0 (0)       0 (0)
Ages 0 to 4       0 (0)       0 (0)       0 (0)       0 (0)
Ages 5 to 10      0 (0)       0 (0)       1 (0)       1 (0)
Ages 11 to 15     0 (0)       0 (0)       1 (0)       1 (0)
Ages 16 to 17     0 (0)       0 (0)       1 (0)       1 (0)
Ages 18 to 25     0 (0)       0 (0)       1 (0)       1 (0)
With offending and anti-social behaviour selected, nobody under 10 and nobody over 18 is served directly at any level.
At levels 1 and 2, nobody is served directly.

child-drugs
Unborn            0 (0) ?1    0 (0) ?1    0 (0) ?1    0 (0)
Ages 0 to 4       0 (0) ?1    0 (0) ?1    0 (0) ?1    0 (0)
Ages 5 to 10      0 (0) ?1    0 (0) ?1    0 (0) ?1    0 (0)
Ages 11 to 15     1 (0)       1 (0)       1 (0)       0 (0)
Ages 16 to 17     1 (0)       1 (0)       1 (0)       0 (0)
Ages 18 to 25     0 (0) if1   0 (0) if1   0 (0) if1   0 (0)
With drug misuse by a child selected, nobody under 13 and nobody over 17 is recorded as served directly at any level; 1 service might \
do so, and the source does not say (Drug and Alcohol Misuse Service (Compass)).
At level 4, nobody is recorded as served directly.

parent-drugs
Unborn            0 (2)       0 (2)       0 (2)       0 (1)
Ages 0 to 4       0 (2)       0 (2)       0 (2)       0 (1)
Ages 5 to 10      0 (2)       0 (2)       0 (2)       0 (1)
Ages 11 to 15     0 (2)       0 (2)       0 (2)       0 (1)
Ages 16 to 17     0 (2)       0 (2)       0 (2)       0 (1)
Ages 18 to 25     2 (2)       2 (2)       2 (2)       1 (1)
With drug misuse by a parent or other adult at home selected, nobody under 18 is served directly at any level.
2 services reach children through a parent or carer: Drug and Alcohol Misuse Service (Addaction) and Drug and Alcohol Misuse Service \
(ESH Works).

young-parent
Unborn            0 (0) if1   0 (0) if1   0 (0) if1   0 (0) if1
Ages 0 to 4       0 (0) if1   0 (0) if1   0 (0) if1   0 (0) if1
Ages 5 to 10      0 (0)       0 (0)       0 (0)       0 (0)
Ages 11 to 15     1 (0)       1 (0)       1 (0)       1 (0)
Ages 16 to 17     1 (0)       1 (0)       1 (0)       1 (0)
Ages 18 to 25     1 (0)       1 (0)       1 (0)       1 (0)
With teenage pregnancy and young parents selected, nobody under 13 and nobody over 19 is served directly at any level.
20 cells of this table rest on one service alone: Family Nurse Partnership.

child-health
Unborn            1 (0)       1 (0)       0 (0)       0 (0)
Ages 0 to 4       1 (0)       1 (0)       0 (0)       0 (0)
Ages 5 to 10      2 (0)       2 (0)       0 (0)       0 (0)
Ages 11 to 15     1 (0)       1 (0)       0 (0)       0 (0)
Ages 16 to 17     1 (0)       1 (0)       0 (0)       0 (0)
Ages 18 to 25     1 (0)       1 (0)       0 (0)       0 (0)
With child's physical health, diet and healthy living selected, nobody over 19 is served directly at any level.
At levels 3 and 4, nobody is served directly.
"""


@pytest.mark.parametrize("block", TABLES.strip("\n").split("\n\n"), ids=lambda block: block.split("\n")[0])
def test_who_is_served_for_each_need(ground: Ground, block: str) -> None:
    need, *table = block.split("\n")
    coverage = coverage_of(ground, Query("warwickshire", needs=(need,), among=frozenset(PROFILES)))
    lines = []
    for band in coverage.bands:
        cells = []
        for cell in coverage.row(band.id):
            more = (f" if{cell.conditional}" if cell.conditional else "") + (f" ?{cell.not_recorded}" if cell.not_recorded else "")
            cells.append(f"{cell.direct} ({cell.through_parent}){more}")
        lines.append(f"{band.label:<18}{''.join(f'{cell:<12}' for cell in cells)}".rstrip())
    assert lines == table[:6]
    for sentence in table[6:]:
        assert sentence in coverage.findings


# service by service: what the area would miss without it

LEFT = """
without                                      needs      cells of needs  descriptors  gateways that lead to no service
attendance-compliance-enforcement            1                       9            3
caf-family-support-workers                   0                       0            0
childrens-centres                            0                       2            0
common-assessment-framework                  0                       0            0
domestic-abuse-refuge                        0                       0            0
domestic-abuse-support                       0                       0            0
drug-alcohol-addaction                       0                      18            2
drug-alcohol-compass                         2                      18            1  Youth justice
drug-alcohol-esh-works                       0                       0            0
family-group-conferencing                    0                       0            0  Child protection plan
family-information-service                   0                       0            0  Family Information Service helpline
family-matters                               0                       0            0  Review for a child in care (CLA review)
family-nurse-partnership                     1                      20            1
health-visiting                              0                       4            0
mental-health-interventions-school-children  1                       3            5
multiagency-safeguarding-hub                 0                       0            0  Multiagency Safeguarding Hub (MASH)
priority-families-family-support-workers     0                       0            0
school-nursing                               0                       6            0
systemic-family-work                         0                       0            0
targeted-support-young-people                1                      15            1
triple-p-diversion-from-care                 0                       0            0
triple-p-parenting-development               0                      10            0
youth-justice-service                        1                       8            5  Police
"""


def test_what_would_be_missing_without_each_service(ground: Ground, profiles: Query) -> None:
    today = standing(ground, profiles)
    lines = []
    for name in sorted(PROFILES):
        left = left_by(today, [name])
        slug = name.partition("/")[2]
        lines.append(f"{slug:<45}{len(left.needs)}{left.need_cells:>24}{left.descriptors:>13}  {', '.join(left.routes)}".rstrip())
    assert lines == LEFT.strip("\n").split("\n")[1:]


def test_no_single_service_empties_a_cell_when_no_need_is_asked(ground: Ground, profiles: Query) -> None:
    """Which is why the table without a need shows nothing: every cell has another service."""
    today = standing(ground, profiles)
    assert all(not left_by(today, [name]).cells for name in PROFILES)


# field by field: x recorded, / in part, o not provided by the source, . not recorded

FIELDS_IN_ORDER = (
    "levels received_by ages needs reached_by contact commissioner provider budget contract capacity activity outcomes who_can_refer "
    "consent in_plain_words owner"
)

RECORDED = """
attendance-compliance-enforcement             x x x x x . . x o . . o o x . x .
caf-family-support-workers                    x x x x x . x x x . x x x x . x .
childrens-centres                             x x x x . . x x x . . x x . . x .
common-assessment-framework                   x x x x x . x x x / . x x x x x .
domestic-abuse-refuge                         x x x x . . x x x / x x o . . x .
domestic-abuse-support                        x x x x . . x x x / . x o . . x .
drug-alcohol-addaction                        x x x x x . x x x x x x / x x x .
drug-alcohol-compass                          x x / x x . x x x . . x x x x x .
drug-alcohol-esh-works                        x x x x . . x x x . . o o . . x .
family-group-conferencing                     x x x x x . x x x / . x x x . x .
family-information-service                    x x x x x . x x x . . x x x . x .
family-matters                                x x x x x . x x x x . . x x . x .
family-nurse-partnership                      x x x x . . x x x x . x o . . x .
health-visiting                               x x x x . . x x x x . x o . . x .
mental-health-interventions-school-children   x x x x x . x x x . . x x . . x .
multiagency-safeguarding-hub                  x x x x x . x x x . . . . . . x .
priority-families-family-support-workers      x x x x x . x x x . . x / . . x .
school-nursing                                x x x x . . x x x x . x o . . x .
systemic-family-work                          x x x x x . x x x . x x x x . x .
targeted-support-young-people                 x x x x x . x x x . x x / . . x .
triple-p-diversion-from-care                  x x x x x . x x x x . x x x . x .
triple-p-parenting-development                x x x x x . x x x . . x x x . x .
youth-justice-service                         x x x x x . x x o . . o o . . x .
"""

SIGNS: dict[FieldState, str] = {"recorded": "x", "in part": "/", "not provided": "o", "not recorded": "."}


def test_what_is_recorded_of_each_profile(ground: Ground, profiles: Query) -> None:
    assert FIELDS_IN_ORDER.split() == list(FIELDS)
    found = {profile.service.partition("/")[2]: profile.states for profile in completeness_of(ground, profiles).profiles}
    lines = [f"{slug:<46}{' '.join(SIGNS[state] for state in found[slug])}" for slug in sorted(found)]
    assert lines == RECORDED.strip("\n").split("\n")
