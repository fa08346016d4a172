"""A page as a PDF file. The only importer of WeasyPrint, which is there only where the extra `pdf` is installed."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

HOW_TO_INSTALL = "install the extra with 'python -m pip install --require-hashes -r requirements-pdf.lock', and the library Pango"


class NoPdf(Exception):
    """PDF files cannot be made here; the message is a sentence that says why."""


def check() -> None:
    """Raise NoPdf where WeasyPrint, or the library of the system that it draws letters with, is not there."""
    _engine()


def write_pdf(page: Path, file: Path) -> int:
    """Write a page of HTML as a PDF with headings as bookmarks and working links; gives the number of its sheets.

    Only files of the page's own folder are read, so that no page can bring another file of the machine, or of the network, into print.
    Raises NoPdf.
    """
    engine = _engine()
    folder = page.parent.resolve()

    class OwnFolder(engine.URLFetcher):  # type: ignore[misc,name-defined]
        def fetch(self, url: str, headers: Any = None) -> Any:
            parts = urlsplit(url)
            wanted = Path(unquote(parts.path)).resolve()
            if parts.scheme != "file" or folder not in wanted.parents:
                raise ValueError("only files of the page's own folder are read")
            return super().fetch(url, headers)

    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)  # what it does not know of a stylesheet for browsers is no news
    fetcher = OwnFolder(allowed_protocols=("file",))
    document = engine.HTML(filename=str(page), url_fetcher=fetcher).render()
    document.write_pdf(str(file), pdf_variant="pdf/ua-1")
    return len(document.pages)


def _engine() -> Any:
    try:
        import weasyprint
    except ImportError:
        raise NoPdf(f"WeasyPrint is not installed; {HOW_TO_INSTALL}") from None
    except OSError:
        raise NoPdf(f"WeasyPrint finds no Pango on this machine; {HOW_TO_INSTALL}") from None
    return weasyprint
