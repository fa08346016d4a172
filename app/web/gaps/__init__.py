"""The commissioners' pages: one for each question, with the same answer as JSON, CSV and XLSX beside it."""

from app.web.gaps.pages import bp

__all__ = ["bp"]
