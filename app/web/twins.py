"""The twin of a page: the same facts as JSON, for other programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from flask import Response

from app.matching.answer import descriptor_json
from app.model import MUST_BE_STATED, Answered, Directory, Service
from app.question import AddressProblem
