"""What a person waits for: a fresh server and a fresh browser, the first answer drawn; and what a first visit weighs on its way."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from flask import Flask

from bench.measuring import Times, table

ROOT = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
ANSWER = "/ask?need=domestic-abuse&level=3&age=14&area=warwickshire"
PAGES = ("/", ANSWER, "/services/warwickshire/family-matters", "/services", "/levels/3", "/pathways/warwickshire", "/glossary")
PROGRAM = """
from dataclasses import replace
from app.settings import settings
from app.web.serving import serve
serve(replace(settings(), port=0))
"""


def first_answer(times: int = 5) -> str:
    """Milliseconds from the line that the server prints when it has started to the first answer drawn in the browser."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        return "The first answer in a browser was not measured: no Chromium here."
    from playwright.sync_api import sync_playwright

    taken = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=["--headless", "--no-sandbox", "--disable-gpu"])
        for _ in range(times):
            command = [sys.executable, "-c", PROGRAM]
            server = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            address = (server.stdout or sys.stdin).readline().split()[3].rstrip("/")
            page = chromium.new_page()
            start = time.perf_counter()
            page.goto(address + ANSWER)
            page.locator("#group-specific").wait_for()
            taken.append((time.perf_counter() - start) * 1000)
            page.close()
            server.terminate()
            server.wait()
        chromium.close()
    return table("The first answer after start, in a browser (asked: under 1,000)", [Times("first answer drawn", tuple(taken))])


def weights(app: Flask) -> str:
    """Bytes of a first visit as they travel: page, stylesheet and script, compressed; pictures aside."""
    client = app.test_client()

    def sent(path: str) -> int:
        return len(client.get(path, headers={"Accept-Encoding": "br"}).get_data())

    frame = sent("/static/windscreen.css") + sent("/static/windscreen.js")
    lines = [f"  {path[:56]:<58}{sent(path) + frame:>8,}" for path in PAGES]
    return "\n".join([f"A first visit in bytes (asked: under 60,000; {frame:,} of it stylesheet and script, kept from then on)", *lines])
