"""Words into a Question, and a Question into an address that holds ids only."""

from app.question.address import AddressProblem, from_address, pairs_of, to_address
from app.question.facts import FACT_WORDS
from app.question.question import Choice, Option, Question, ages_in_words, choices_of
from app.question.reading import read_question

__all__ = [
    "FACT_WORDS", "AddressProblem", "Choice", "Option", "Question", "ages_in_words", "choices_of", "from_address", "pairs_of",
    "read_question", "to_address",
]
