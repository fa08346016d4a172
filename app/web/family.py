"""A service on one sheet for a family: short questions, plain answers, made from what the public is told."""

from __future__ import annotations

from app.matching.sentences import inside, joined
from app.model import UNBORN, Ages, Directory, Service, date_in_words

WHO = {
    "child": "Children and young people",
    "young_parent": "Young parents",
    "family": "Families",
    "parent_carer": "Parents and carers",
    "professional": "Workers who help families",
}
"""Who receives a service, as a family would say it."""

STANDING = {
    "starting": "It was about to start then.",
    "pilot": "It was being tried out then.",
    "proposed": "It was only a plan then.",
    "historic": "It is from an older paper. It may not be there any more.",
    "ended": "It has ended.",
}
"""What a family must know before it asks; a service that was running needs no such words."""

ROOM = {
    "open": "There was room",
    "no waiting list": "There was no waiting list",
    "waiting list": "There was a waiting list",
    "full": "It was full",
    "limited": "There was not much room",
}

WE_DO_NOT_KNOW = "We do not know. Ask."


class FamilySheet:
    """What one sheet says of a service. Give it the public's directory: it hides nothing by itself."""

    def __init__(self, directory: Directory, service: Service) -> None:
        self.directory = directory
        self.service = service

    @property
    def standing(self) -> str:
        """What must be known first, or ""."""
        return STANDING.get(self.service.status, "")

    @property
    def questions(self) -> list[tuple[str, list[str]]]:
        """Each question a family asks, with its answers; what is withheld from the public is left out."""
        service = self.service
        told = [
            ("Who is it for?", self._who()),
            ("How do we get it?", self._way_in()),
            ("Whom do we ring?", self._contact()),
            ("Where is it?", [service.place or ""]),
            ("How long does it last?", [service.length or ""]),
            ("Is there room?", [self._room()]),
            ("Who must say yes?", [service.consent or ""]),
            ("Is this still right?", [self._as_at()]),
        ]
        found = [(question, [words for words in answers if words]) for question, answers in told]
        return [(question, answers) for question, answers in found if answers]

    def _who(self) -> list[str]:
        service = self.service
        if not service.received_by:
            return [WE_DO_NOT_KNOW]
        who = [WHO[name] for name in service.received_by]
        told = [joined([who[0], *(inside(words) for words in who[1:])]) + "."]
        if service.ages is None:
            return [*told, "We do not know for what age. Ask."]
        told.append(f"Age: {ages_in_plain_words(service.ages)}.")
        told += [f"Older or younger, if {more.condition}: ask." for more in service.ages.also]
        return told

    def _way_in(self) -> list[str]:
        service = self.service
        known = self.directory.gateway_by_key
        gateways = [gateway for route in service.reached_by if (gateway := known.get((service.area, route.gateway)))]
        told = ["You can ask for it yourself."] if any(gateway.kind == "self" for gateway in gateways) else []
        others = list(dict.fromkeys(gateway.name for gateway in gateways if gateway.kind != "self"))
        if others:
            told.append(f"{'Or a' if told else 'A'} worker can ask with you. The way in is through: {'; '.join(others)}.")
        if told or "reached_by" in service.withheld:
            return told or ["Ask a worker you trust."]
        return ["We do not know. Ask a worker you trust, at school or at the doctor."]

    def _contact(self) -> list[str]:
        contact = self.service.contact
        told = [words for words in (contact.telephone, contact.email, contact.web, contact.hours) if words] if contact else []
        if self.service.address_withheld:
            told.append("We do not print where it is. That keeps people there safe.")
        return told

    def _room(self) -> str:
        room = self.service.capacity
        if room is None:
            return ""
        return f"{ROOM[room.state]} ({date_in_words(room.as_at or self.service.as_at)}). Ask how it is now."

    def _as_at(self) -> str:
        return f"This is from a paper of {date_in_words(self.service.as_at)}. Things change. Ask if it is still right."


def ages_in_plain_words(ages: Ages) -> str:
    """0 to 18 as "up to 18", 16 and over as "16 and over", pre-birth to 5 as "before birth to 5", else the source's own words."""
    lower, upper = ages.lower, ages.upper
    if upper is None:
        return ages.text if lower is None else "from before birth" if lower == UNBORN else f"{lower} and over"
    if lower is None or lower == 0:
        return f"up to {upper}"
    return f"before birth to {upper}" if lower == UNBORN else f"{lower} to {upper}"
