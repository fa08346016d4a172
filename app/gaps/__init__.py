"""The commissioner's questions: where provision is thin, what it costs, when it ends, what rests on whom, and what if.

Everything here is a pure function of a `Ground`: one directory with its bit sets, made once. Each answer carries its findings as
sentences, the rules by which it counts, `to_json` for other programs, and tables for CSV and XLSX.
"""

from app.gaps.asked import (
    CHANGE_PARTS,
    DEFAULT_BAND,
    MATRIX_PARTS,
    NEED_PARTS,
    WINDOW_PARTS,
    Asked,
    address_of,
    asked_of,
)
from app.gaps.bands import BAND_BY_ID, BANDS, YEARS, Band
from app.gaps.behind import Behind, behind
from app.gaps.briefing import Briefing, briefing_of
from app.gaps.by_need import NeedByArea, NeedByLevel, need_by_area, need_by_level
from app.gaps.capacity import CapacityFacts, capacity_of
from app.gaps.cells import Cell
from app.gaps.charts import bars, concentration_chart, contracts_chart, spend_chart, timeline
from app.gaps.completeness import Completeness, completeness_of
from app.gaps.contracts import Contracts, contracts_of
from app.gaps.coverage import Coverage, coverage_of
from app.gaps.evidence import Evidence, evidence_of
from app.gaps.ground import Ground
from app.gaps.money import Spend, spend_of
from app.gaps.overlap import Overlaps, overlaps
from app.gaps.query import STATUSES, Query
from app.gaps.questions import QUESTIONS, GapQuestion, Told, ask
from app.gaps.single_points import SinglePoints, single_points
from app.gaps.tables import Table, sources_table, to_csv
from app.gaps.unanswered import Unanswered, unanswered
from app.gaps.whatif import Change, Move, WhatIf, what_if
from app.gaps.workbook import workbook

__all__ = [
    "BANDS",
    "BAND_BY_ID",
    "CHANGE_PARTS",
    "DEFAULT_BAND",
    "MATRIX_PARTS",
    "NEED_PARTS",
    "QUESTIONS",
    "STATUSES",
    "WINDOW_PARTS",
    "YEARS",
    "Asked",
    "Band",
    "Behind",
    "Briefing",
    "CapacityFacts",
    "Cell",
    "Change",
    "Completeness",
    "Contracts",
    "Coverage",
    "Evidence",
    "GapQuestion",
    "Ground",
    "Move",
    "NeedByArea",
    "NeedByLevel",
    "Overlaps",
    "Query",
    "SinglePoints",
    "Spend",
    "Table",
    "Told",
    "Unanswered",
    "WhatIf",
    "address_of",
    "ask",
    "asked_of",
    "bars",
    "behind",
    "briefing_of",
    "capacity_of",
    "completeness_of",
    "concentration_chart",
    "contracts_chart",
    "contracts_of",
    "coverage_of",
    "evidence_of",
    "need_by_area",
    "need_by_level",
    "overlaps",
    "single_points",
    "sources_table",
    "spend_chart",
    "spend_of",
    "timeline",
    "to_csv",
    "unanswered",
    "what_if",
    "workbook",
]  # fmt: skip
