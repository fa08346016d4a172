"""From where you are to the help: journeys, stages, and what a commissioner should know of the whole."""

from app.graph import OtherArea, PlaceProblem, UnknownArea, UnknownPlace
from app.journeys.asked import how_to_disagree, sentences_on, stages_asked
from app.journeys.findings import HEADINGS, Finding, FindingKind, findings
from app.journeys.journey import Journey, ToldWay, journey
from app.journeys.refusal import Refusal
from app.journeys.stage import Stage, Topic, stage, stage_sentence
from app.journeys.text import findings_as_text, journey_as_text, outline, stage_as_text
from app.journeys.told import ToldStep, tell_step

__all__ = [
    "HEADINGS", "Finding", "FindingKind", "Journey", "OtherArea", "PlaceProblem", "Refusal", "Stage", "ToldStep", "ToldWay", "Topic",
    "UnknownArea", "UnknownPlace", "findings", "findings_as_text", "how_to_disagree", "journey", "journey_as_text", "outline",
    "sentences_on", "stage", "stage_as_text", "stage_sentence", "stages_asked", "tell_step",
]
