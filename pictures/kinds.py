"""Every kind of page, with an address of the shipped content that shows it at its fullest."""

from __future__ import annotations

from dataclasses import dataclass

AREA = "area=warwickshire"
PICKED = "service=warwickshire/camhs&service=warwickshire/family-group-conferencing"
SEEN = (
    "seen=3-child-has-witnessed-domestic-abuse&seen=4-child-is-witnessing-domestic-abuse&seen=3-mental-health-issues&seen=1-physically-well"
)


@dataclass(frozen=True)
class Kind:
    """One kind of page: its name, an address, the most sheets of paper that it may take, and how the site answers."""

    name: str
    path: str
    sheets: int
    status: int = 200


KINDS = (
    Kind("home", "/", 2),
    Kind("ask-again", "/ask?unused=3", 2, 400),
    Kind("ask-wrong", "/ask?need=domestic-abuse&level=9&age=abc&choice=hit", 9, 400),
    Kind("answer", f"/ask?need=domestic-abuse&level=3&age=14&{AREA}", 9),
    Kind("answer-without-service", "/ask?need=missing&level=1&age=3&area=leeds", 4),
    Kind("answer-with-alert", f"/ask?need=sexual-exploitation&age=14&{AREA}", 9),
    Kind("answer-from-text", "/ask?word=brokerage", 4),
    Kind("answer-about-a-stage", "/ask?process=caf&fact=refused", 4),
    Kind("answer-public", f"/as/public/ask?need=domestic-abuse&age=14&{AREA}", 9),
    Kind("menu", "/services?area=all&age=14", 15),
    Kind("profile", "/services/warwickshire/family-group-conferencing", 6),
    Kind("profile-public", "/as/public/services/warwickshire/domestic-abuse-support", 2),
    Kind("report", "/services/warwickshire/camhs/report", 2),
    Kind("shortlist", f"/shortlist?{PICKED}", 4),
    Kind("shortlist-family", f"/shortlist/family?{PICKED}", 3),
    Kind("shortlist-supervision", f"/shortlist/supervision?{PICKED}", 3),
    Kind("programmes", "/programmes", 4),
    Kind("programme", "/programmes/triple-p", 5),
    Kind("examples", "/examples", 4),
    Kind("example", "/examples/worked-case-sam", 3),
    Kind("glossary", "/glossary", 20),
    Kind("sources", "/sources", 6),
    Kind("levels", "/levels", 2),
    Kind("level", "/levels/3", 5),
    Kind("poster", "/levels/poster", 1),
    Kind("descriptor", "/descriptors/3-child-has-witnessed-domestic-abuse", 3),
    Kind("unanswered-descriptors", "/levels/unanswered", 8),
    Kind("themes", "/themes", 8),
    Kind("theme", "/themes/domestic-abuse", 1),
    Kind("compare", "/compare?need=domestic-abuse", 3),
    Kind("note", f"/compare?need=domestic-abuse&{SEEN}", 1),
    Kind("pathways", "/pathways", 2),
    Kind("pathway", "/pathways/warwickshire", 12),
    Kind("pathway-small", "/pathways/leeds", 4),
    Kind("pathway-sheet", "/pathways/warwickshire/print", 1),
    Kind("stage", "/pathways/warwickshire/caf", 9),
    Kind("stage-at-court", "/pathways/walsall/care-proceedings", 9),
    Kind("stage-report", "/pathways/warwickshire/caf/report", 2),
    Kind("findings", "/pathways/warwickshire/findings", 12),
    Kind("journey", f"/journey?from=school&to=family-matters&{AREA}", 5),
    Kind("journey-form", "/journey", 3),
    Kind("journey-without-a-way", "/journey?to=warwickshire/camhs", 4),
    Kind("journey-wrong", "/journey?from=skool&to=nowhere", 3, 400),
    Kind("gaps", f"/gaps?need=domestic-abuse&{AREA}", 5),
    Kind("gaps-by-years", f"/gaps?{AREA}&ages=years", 8),
    Kind("gaps-without-levels", "/gaps?area=walsall", 6),
    Kind("gaps-cell", f"/gaps/cell?need=domestic-abuse&{AREA}&level=3", 4),
    Kind("gaps-areas", f"/gaps/areas?{AREA}", 6),
    Kind("gaps-briefing", f"/gaps/briefing?{AREA}&by=2017-12-31", 4),
    Kind("gaps-capacity", f"/gaps/capacity?{AREA}", 12),
    Kind("gaps-completeness", f"/gaps/completeness?{AREA}", 8),
    Kind("gaps-contracts", f"/gaps/contracts?{AREA}&by=2017-12-31", 8),
    Kind("gaps-evidence", f"/gaps/evidence?{AREA}", 14),
    Kind("gaps-needs", f"/gaps/needs?{AREA}", 12),
    Kind("gaps-overlap", f"/gaps/overlap?{AREA}", 8),
    Kind("gaps-single-points", f"/gaps/single-points?{AREA}", 8),
    Kind("gaps-spend", f"/gaps/spend?{AREA}", 12),
    Kind("gaps-unanswered", f"/gaps/unanswered?{AREA}", 14),
    Kind("gaps-unmet", "/gaps/unmet", 2),
    Kind("gaps-what-if", f"/gaps/what-if?{AREA}&without=warwickshire/family-nurse-partnership", 8),
    Kind("gaps-wrong", "/gaps/what-if?area=nowhere&without=nobody&ends_by=never", 4, 400),
    Kind("paper", f"/print?{AREA}", 3),
    Kind("paper-menu", f"/services/print?{AREA}", 38),
    Kind("paper-thresholds", f"/levels/print?{AREA}", 12),
    Kind("paper-stages", "/pathways/warwickshire/stages", 14),
    Kind("content-health", "/content-health", 34),
    Kind("changes", "/changes", 3),
    Kind("about", "/about", 6),
    Kind("privacy", "/privacy", 2),
    Kind("safety", "/safety", 2),
    Kind("accessibility", "/accessibility", 3),
    Kind("not-found", "/nope", 2, 404),
    Kind("not-here", "/services/warwickshire/family-group", 2, 404),
)
