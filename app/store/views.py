"""The commissioners' questions as views of `directory.db`, so that an analyst gets equal numbers in SQL.

Every view is made of the tables of the store and of the views above it. `app.gaps` counts the same in the program; a test holds both to
equal numbers.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class View:
    """One view: its name, what it answers, and the SELECT that it stands for."""

    name: str
    about: str
    select: str

    @property
    def sql(self) -> str:
        """The statement that makes it."""
        return f"CREATE VIEW {self.name} AS\n{self.select.strip()}"


_RECORDED = {
    "levels": "EXISTS (SELECT 1 FROM service_level WHERE service = s.id)",
    "received_by": "EXISTS (SELECT 1 FROM service_recipient WHERE service = s.id)",
    "ages": "s.ages_in_words IS NOT NULL",
    "needs": "s.any_need IS NOT NULL",
    "reached_by": "EXISTS (SELECT 1 FROM service_gateway WHERE service = s.id)",
    "contact": "coalesce(s.contact_role, s.telephone, s.email, s.web) IS NOT NULL",
    "commissioner": "s.commissioner IS NOT NULL",
    "provider": "s.provider IS NOT NULL",
    "budget": "s.budget_gbp IS NOT NULL",
    "contract": "coalesce(s.contract_ends, s.contract_ends_when, s.contract_note) IS NOT NULL",
    "capacity": "s.capacity IS NOT NULL",
    "activity": "EXISTS (SELECT 1 FROM activity WHERE service = s.id)",
    "outcomes": "EXISTS (SELECT 1 FROM outcome WHERE service = s.id)",
    "who_can_refer": "s.who_can_refer IS NOT NULL",
    "consent": "s.consent IS NOT NULL",
    "in_plain_words": "s.in_plain_words IS NOT NULL",
    "owner": "s.owner IS NOT NULL",
}
"""When a field of a profile has a value."""

_IN_PART = {
    "ages": "s.age_from IS NULL",
    "contact": "coalesce(s.telephone, s.email, s.web) IS NULL",
    "contract": "coalesce(s.contract_ends, s.contract_ends_when) IS NULL",
}
"""When a field that has a value has only a part of it."""


_SAID = "EXISTS (SELECT 1 FROM service_unknown u WHERE u.service = s.id AND u.field = '?' AND u.why = 'not provided')"


def _field_states() -> str:
    selects = []
    for field, recorded in _RECORDED.items():
        said = _SAID.replace("?", field)
        part = f"{said} OR {_IN_PART[field]}" if field in _IN_PART else said
        missing = f"CASE WHEN {said} THEN 'not provided' ELSE 'not recorded' END"
        state = f"CASE WHEN NOT ({recorded}) THEN {missing} WHEN {part} THEN 'in part' ELSE 'recorded' END"
        selects.append(f"SELECT s.id AS service, s.area, '{field}' AS field, {state} AS state FROM service_in_use s")  # noqa: S608
    return "\nUNION ALL\n".join(selects)


_COUNTS = """
    coalesce(sum(c.direct), 0) AS direct,
    coalesce(sum(c.through_parent), 0) AS through_parent,
    coalesce(sum(c.conditional), 0) AS conditional,
    coalesce(sum(c.not_recorded), 0) AS not_recorded,
    coalesce(sum(max(c.direct, c.through_parent, c.conditional)), 0) AS distinct_services,
    coalesce(sum(c.own_right), 0) AS own_right"""

_BOUNDS = """
    CASE WHEN count(b.amount) = 0 AND count(*) > 0 OR sum(b.amount IS NULL AND k.rows_touched = 1) > 0
         AND sum(b.amount IS NOT NULL AND k.rows_touched = 1) = 0 THEN NULL
         ELSE coalesce(sum(CASE WHEN k.rows_touched = 1 THEN b.amount END), 0) END AS dedicated,
    CASE WHEN count(b.amount) > 0 THEN CAST(sum(b.amount * 1.0 / k.rows_touched) + 0.5 AS INTEGER) END AS shared_equally,
    sum(b.amount) AS counted_in_full,
    count(b.amount) AS services_with_a_figure,
    sum(b.amount IS NULL) AS services_without"""

VIEWS: tuple[View, ...] = (
    View("age_band", "The six bands of ages; -1 is unborn.", """
SELECT column1 AS band, column2 AS position, column3 AS age_from, column4 AS age_to
FROM (VALUES ('unborn', 1, -1, -1), ('0-4', 2, 0, 4), ('5-10', 3, 5, 10), ('11-15', 4, 11, 15), ('16-17', 5, 16, 17), ('18-25', 6, 18, 25))
"""),
    View("age_year", "Every age from unborn to 25, with its band.", """
WITH RECURSIVE years (age) AS (VALUES (-1) UNION ALL SELECT age + 1 FROM years WHERE age < 25)
SELECT years.age, band.band FROM years JOIN age_band band ON years.age BETWEEN band.age_from AND band.age_to
"""),
    View("service_in_use", "Services that the source tells of as running, due to start, or a pilot.", """
SELECT * FROM service WHERE status IN ('running', 'starting', 'pilot')
"""),
    View("need_kind", "Each need with every kind of it, itself among them.", """
WITH RECURSIVE kinds (need, kind) AS (
    SELECT id, id FROM need
    UNION SELECT kinds.need, below.id FROM kinds JOIN need below ON below.broader = kinds.kind
)
SELECT need, kind FROM kinds
"""),
    View("service_main_need", "Services by the needs that are their main purpose, or a wider need of which theirs is a kind.", """
SELECT DISTINCT given.service, kinds.need
FROM service_need given JOIN need_kind kinds ON kinds.kind = given.need
WHERE given.strength = 'main'
"""),
    View("service_who", "Who receives a service: `adults_only` when no child, young parent or family does.", """
SELECT s.id AS service,
    count(r.recipient) > 0 AS recorded,
    count(r.recipient) > 0 AND total(r.recipient IN ('child', 'young_parent', 'family')) = 0 AS adults_only,
    total(r.recipient = 'parent_carer') > 0 AS parent_carer
FROM service s LEFT JOIN service_recipient r ON r.service = s.id
GROUP BY s.id
"""),
    View("service_age", "How a service reaches a child of each age; 'own right' is a service for adults that a young person may use.", """
SELECT s.id AS service, y.age, y.band, CASE
    WHEN s.ages_in_words IS NULL OR NOT w.recorded THEN CASE WHEN w.adults_only THEN 'through a parent' ELSE 'not recorded' END
    WHEN w.adults_only THEN CASE
        WHEN w.parent_carer AND y.age >= max(s.age_from, 16) AND (s.age_to IS NULL OR y.age <= s.age_to) THEN 'own right'
        ELSE 'through a parent' END
    WHEN coalesce(s.age_from, s.age_to) IS NOT NULL AND (s.age_to IS NULL OR y.age <= s.age_to)
        AND y.age >= coalesce(s.age_from, 13) THEN 'direct'
    WHEN EXISTS (SELECT 1 FROM service_age_also e WHERE e.service = s.id AND (e.age_from IS NULL OR y.age >= e.age_from)
        AND (e.age_to IS NULL OR y.age <= e.age_to)) THEN 'conditional'
    WHEN s.age_from IS NULL AND (s.age_to IS NULL OR y.age <= s.age_to) THEN 'not recorded'
    END AS way
FROM service s JOIN service_who w ON w.service = s.id CROSS JOIN age_year y
"""),
    View("service_band", "How a service reaches each age band, as 0 and 1. In their own right counts as direct and through a parent.", """
SELECT service, band, direct, own_right, through_parent,
    conditional AND NOT direct AND NOT through_parent AS conditional,
    unknown AND NOT direct AND NOT through_parent AND NOT conditional AS not_recorded
FROM (
    SELECT service, band, max(way IN ('direct', 'own right')) AS direct, max(way = 'own right') AS own_right,
        max(way IN ('through a parent', 'own right')) AS through_parent, max(way = 'conditional') AS conditional,
        max(way = 'not recorded') AS unknown
    FROM service_age WHERE way IS NOT NULL GROUP BY service, band
)
"""),
    View("gap_service", "The services in use behind each cell of ages by levels. Without a level: not recorded at every level.", """
SELECT s.area, r.band, l.number AS level, s.id AS service,
    CASE WHEN at.level IS NULL THEN 0 ELSE r.direct END AS direct,
    CASE WHEN at.level IS NULL THEN 0 ELSE r.own_right END AS own_right,
    CASE WHEN at.level IS NULL THEN 0 ELSE r.through_parent END AS through_parent,
    CASE WHEN at.level IS NULL THEN 0 ELSE r.conditional END AS conditional,
    CASE WHEN at.level IS NULL THEN 1 ELSE r.not_recorded END AS not_recorded
FROM service_in_use s
    JOIN area a ON a.id = s.area
    JOIN level l ON l.scheme = a.scheme
    JOIN service_band r ON r.service = s.id
    LEFT JOIN service_level at ON at.service = s.id AND at.level = l.number
WHERE at.level IS NOT NULL OR NOT EXISTS (SELECT 1 FROM service_level known WHERE known.service = s.id)
"""),
    View("gap_place", "The cells of every area that has a scheme and a service in use; others have no cells, and no zeros.", """
SELECT a.id AS area, band.band, band.position, l.number AS level
FROM area a JOIN level l ON l.scheme = a.scheme CROSS JOIN age_band band
WHERE EXISTS (SELECT 1 FROM service_in_use s WHERE s.area = a.id)
"""),
    View("gap_matrix", "How many services reach each age band at each level. Cells overlap: never add them up.", f"""
SELECT p.area, p.band, p.level, {_COUNTS}
FROM gap_place p LEFT JOIN gap_service c ON c.area = p.area AND c.band = p.band AND c.level = p.level
GROUP BY p.area, p.position, p.level
"""),  # noqa: S608
    View("gap_matrix_by_need", "The same for the services that have a need, or a kind of it, as their main purpose.", f"""
SELECT p.area, n.id AS need, p.band, p.level, {_COUNTS}
FROM gap_place p CROSS JOIN need n LEFT JOIN (
    SELECT g.area, g.band, g.level, m.need, g.direct, g.own_right, g.through_parent, g.conditional, g.not_recorded
    FROM gap_service g JOIN service_main_need m ON m.service = g.service
    UNION ALL
    SELECT g.area, g.band, g.level, n.id, 0, 0, 0, 0, 1
    FROM gap_service g JOIN service s ON s.id = g.service CROSS JOIN need n WHERE s.any_need IS NULL
) c ON c.area = p.area AND c.band = p.band AND c.level = p.level AND c.need = n.id
GROUP BY p.area, n.id, p.position, p.level
"""),  # noqa: S608
    View("gap_total", "Distinct services over all ages and levels, by the way in which they reach a child anywhere.", """
SELECT area, sum(direct) AS direct, sum(through_parent) AS through_parent, sum(conditional) AS conditional,
    sum(not_recorded) AS not_recorded, sum(max(direct, through_parent, conditional)) AS distinct_services
FROM (SELECT area, service, max(direct) AS direct, max(through_parent) AS through_parent, max(conditional) AS conditional,
        max(not_recorded) AS not_recorded FROM gap_service GROUP BY area, service)
GROUP BY area
"""),
    View("unanswered_need", "Needs that no service in use has as its main purpose at an age and level.", """
SELECT area, need, band, level FROM gap_matrix_by_need WHERE distinct_services = 0
"""),
    View("unanswered_descriptor", "Descriptors that speak of a need, and that no service at their level has as its main purpose.", """
SELECT a.id AS area, d.scheme, d.id AS descriptor, d.level, d.text FROM area a JOIN descriptor d ON d.scheme = a.scheme
WHERE d.not_a_service_matter IS NULL AND EXISTS (SELECT 1 FROM descriptor_need t WHERE t.scheme = d.scheme AND t.descriptor = d.id)
    AND EXISTS (SELECT 1 FROM service_in_use s WHERE s.area = a.id)
    AND NOT EXISTS (
        SELECT 1 FROM descriptor_need t
            JOIN service_main_need m ON m.need = t.need
            JOIN service_in_use s ON s.id = m.service
            JOIN service_level v ON v.service = s.id
        WHERE t.scheme = d.scheme AND t.descriptor = d.id AND s.area = a.id AND v.level = d.level)
"""),
    View("budget_known", "Services in use with the known budget for a year; null where there is none, which is not 0.", """
SELECT id AS service, area, name, CASE WHEN budget_per = 'year' THEN budget_gbp END AS amount FROM service_in_use
"""),
    View("budget_total", "Known budgets for a year of each area.", """
SELECT area, sum(amount) AS known, count(*) AS services, count(amount) AS services_with_a_figure FROM budget_known GROUP BY area
"""),
    View("budget_by_level", "Three bounds that must not be merged: dedicated, shared equally, counted in full. No level: unknown.", f"""
SELECT b.area, k.level, {_BOUNDS}
FROM budget_known b LEFT JOIN (
    SELECT service, level, count(*) OVER (PARTITION BY service) AS rows_touched FROM service_level
    UNION ALL SELECT id, NULL, 1 FROM service WHERE id NOT IN (SELECT service FROM service_level)
) k ON k.service = b.service
GROUP BY b.area, k.level
"""),  # noqa: S608
    View("budget_by_need", "The same by main purpose; 'any-need' for services that take any need, null where it is not recorded.", f"""
SELECT b.area, k.need, {_BOUNDS}
FROM budget_known b LEFT JOIN (
    SELECT service, need, count(*) OVER (PARTITION BY service) AS rows_touched FROM service_need WHERE strength = 'main'
    UNION ALL SELECT id, CASE WHEN any_need IS NOT NULL THEN 'any-need' END, 1 FROM service
    WHERE id NOT IN (SELECT service FROM service_need WHERE strength = 'main')
) k ON k.service = b.service
GROUP BY b.area, k.need
"""),  # noqa: S608
    View("contract_end", "When arrangements end: on last_day at the latest, with an event, or not recorded, which is not open-ended.", """
SELECT s.area, s.id AS service, s.name, s.contract_ends AS ends, s.contract_ends_when AS ends_when,
    CASE WHEN s.contract_ends IS NOT NULL THEN 'date' WHEN s.contract_ends_when IS NOT NULL THEN 'event' ELSE 'not recorded' END AS kind,
    CASE length(s.contract_ends) WHEN 4 THEN s.contract_ends || '-12-31' WHEN 7 THEN date(s.contract_ends || '-01', '+1 month', '-1 day')
        WHEN 10 THEN s.contract_ends END AS last_day,
    b.amount AS value
FROM service_in_use s JOIN budget_known b ON b.service = s.id
"""),
    View("field_state", "Fields of services in use: recorded, in part, not provided (says the source), not recorded.", _field_states()),
    View("field_total", "The same, counted by field.", """
SELECT area, field, sum(state = 'recorded') AS recorded, sum(state = 'in part') AS in_part, sum(state = 'not provided') AS not_provided,
    sum(state = 'not recorded') AS not_recorded
FROM field_state GROUP BY area, field
"""),
)  # fmt: skip
"""In an order in which every view stands below those it is made of."""
