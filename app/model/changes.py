"""What has changed in the content, as a dated list that is content itself: `content/changes.yaml`."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.model.audience import Audience
from app.model.values import PartialDate, Record, Text

ChangedKind = Literal["service", "stage", "step", "closed way", "descriptor", "level", "scheme", "programme", "area"]
ChangeWord = Literal["added", "ended", "altered", "moved"]


class Change(Record):
    """One thing that was added, ended, altered or moved. `windscreen changes OLD NEW --record` writes these entries."""

    on: PartialDate = Field(description="The day on which it was recorded.")
    kind: ChangedKind = Field(description="What changed.")
    id: Text = Field(description="Its id: `area/slug` for a service or a stage. It may be gone by now.")
    change: ChangeWord = Field(description="`ended` also for what was taken out of the directory, `moved` for a new address.")
    words: Text = Field(description="The change in a sentence.")
    audience: Audience = Field(
        "public", description="Who is told of it: `public` for everybody, `practitioner` for staff, or `commissioner`."
    )
