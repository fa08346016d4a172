"""A Question into an Answer: what fits, why, how to get it, what nearly fits, and what to do if it is worse."""

from app.matching.answer import Alert, Answer, Direction, FoundItem, GatewayLine, Group, NextStep, Result, StageAnswer
from app.matching.matching import Matcher

__all__ = ["Alert", "Answer", "Direction", "FoundItem", "GatewayLine", "Group", "Matcher", "NextStep", "Result", "StageAnswer"]
