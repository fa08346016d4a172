"""Questions that found nothing fitting: counted without words, person or hour, and published so that no small number can be told."""

from app.unmet.asking import OUTCOME_WORDS, kind_of
from app.unmet.counter import UnmetCounter
from app.unmet.figures import (
    HIDDEN,
    RULES,
    WITHHELD,
    Figures,
    NeedFigures,
    band_label,
    days_in_words,
    figures_of,
    level_label,
    need_label,
    publish_and_forget,
    told,
    turned,
    worked_out,
)
from app.unmet.periods import Period, closed_periods, kept_since, period_of, week_of

__all__ = [
    "HIDDEN", "OUTCOME_WORDS", "RULES", "WITHHELD", "Figures", "NeedFigures", "Period", "UnmetCounter", "band_label", "closed_periods",
    "days_in_words", "figures_of", "kept_since", "kind_of", "level_label", "need_label", "period_of", "publish_and_forget", "told",
    "turned", "week_of", "worked_out",
]  # fmt: skip
