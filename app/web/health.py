"""For those who run it: is it alive, can it answer, what does it serve, how busy is it. Nothing here is about a person."""

from __future__ import annotations

import time

from flask import Blueprint, Flask, Response, abort, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from app.settings import Settings
from app.web.discovery import discovery_of
from app.web.state import Loaded, current
from app.web.twins import as_json

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""The steps in which answer times are counted."""

bp = Blueprint("health", __name__)


class Metrics:
    """Counts of requests by page, never by address: an address tells what was asked."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "windscreen_requests", "Requests answered", ["page", "method", "status"], registry=self.registry
        )
        self._seconds = Histogram(
            "windscreen_request_seconds", "Seconds until the answer was made", ["page"], buckets=SECONDS, registry=self.registry
        )
        self._problems = Gauge("windscreen_content_problems", "Problems in the newest content", registry=self.registry)
        self._services = Gauge("windscreen_services", "Services in the content that is served", registry=self.registry)

    def count(self, response: Response) -> Response:
        """Count an answer that is about to be sent."""
        page = request.endpoint or "none"
        self._requests.labels(page, known_method(), response.status_code).inc()
        self._seconds.labels(page).observe(time.perf_counter() - g.began)
        return response

    def text(self) -> bytes:
        """Everything counted, in the text format of Prometheus."""
        loaded = current()
        self._problems.set(errors_in(loaded))
        self._services.set(len(loaded.directory.services))
        return generate_latest(self.registry)


def init_app(app: Flask, settings: Settings) -> None:
    """Begin to count, if the deployment wants it, and register the pages."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    if settings.metrics:
        metrics = app.extensions["windscreen-metrics"] = Metrics()
        app.after_request(metrics.count)
    app.register_blueprint(bp)


def errors_in(loaded: Loaded) -> int:
    """How many mistakes keep the newest content from being served; findings are not among them."""
    return sum(1 for problem in loaded.problems if problem.severity == "error")


def known_method() -> str:
    """The method of the request; a made-up one could be used to make any number of lines."""
    return request.method if request.method in ("GET", "HEAD", "POST", "OPTIONS") else "other"


@bp.get("/live")
def live() -> Response:
    """The process answers."""
    return Response("alive\n", mimetype="text/plain")


@bp.get("/ready")
def ready() -> Response:
    """It has content to answer from, and which: nodes that serve one directory name one digest.

    Where people sign in it says whether they can: a provider that is away takes no page from anybody, so the node is ready all the same.
    """
    loaded = current()
    told = {"ready": True, "content": loaded.digest, "problems": errors_in(loaded)}
    discovery = discovery_of(current_app)
    if discovery is None:
        return as_json(told)
    discovery.ask_beside()
    return as_json({**told, "sign_in": discovery.words})


@bp.get("/metrics")
def metrics() -> Response:
    """What was counted, for Prometheus; there is no such page unless the deployment sets WINDSCREEN_METRICS to on."""
    counted: Metrics | None = current_app.extensions.get("windscreen-metrics")
    if counted is None:
        abort(404)
    return Response(counted.text(), content_type=CONTENT_TYPE_LATEST)
