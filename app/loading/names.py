"""The names that content goes by, and every place that uses a name which nothing has: fields, folders, links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.loading.gathered import Content
from app.loading.schema import references
from app.model import Example, Factor, Gateway, Level, Need, Process, Programme, Record, Scheme, Service, Site, Source
from app.problems import Problem, nearest, shown

KINDS: dict[str, type[Record]] = {
    "need": Need, "process": Process, "factor": Factor, "source": Source, "programme": Programme, "service": Service, "scheme": Scheme,
}

KIND_WORDS = {"place": "gateway or service"}
"""Kinds whose name is not what a writer would call them."""

LINK = re.compile(r"\]\(\s*<?([^)\s>]*)|^ {0,3}\[[^\]]+\]:\s*<?([^\s>]*)")
"""`[words](address)`, and `[words]: address` on a line of its own."""

PAGES = frozenset(
    "/ /services /programmes /examples /glossary /sources /about /privacy /content-health /changes /safety "
    "/levels /levels/poster /levels/unanswered /themes /compare".split()
)
"""Addresses that always exist."""


class Names:
    """The names of each kind. Of a kind that could not be read no name is known to be wrong, so it has no list."""

    def __init__(self, content: Content) -> None:
        self.of = {kind: {entry.id for entry in content.of(cls)} for kind, cls in KINDS.items() if cls not in content.unread}
        if Site not in content.unread:
            areas = [item.get("id") for site in content.of(Site) for item in site.list_of("areas") if isinstance(item, dict)]
            self.of["area"] = {name for name in areas if isinstance(name, str)}
        self.gateways: dict[str, set[str]] = {}
        for entry in content.of(Gateway):
            self.gateways.setdefault(entry.area, set()).add(entry.id)
        if Gateway not in content.unread:
            self.of["stage"] = {f"{area}/{name}" for area, names in self.gateways.items() for name in names}

    def allowed(self, kind: str, area: str) -> set[str] | None:
        """The names that a field of this kind may use in an area; None when that is not known."""
        if kind not in ("gateway", "place"):
            return self.of.get(kind)
        if "stage" not in self.of:
            return None
        local = self.gateways.get(area, set())
        return local if kind == "gateway" else local | {name for name in self.of["service"] if name.startswith(f"{area}/")}

    def owners(self, gateway: str) -> str:
        """Half a sentence that names the areas which have this gateway, or ""."""
        areas = sorted(area for area, names in self.gateways.items() if gateway in names)
        return f"; it belongs to {' and '.join(areas)}, and areas share no gateways" if areas else ""


def unknown_names(content: Content, names: Names) -> Iterator[Problem]:
    """A problem for each field, area folder and area section whose name nothing has."""
    for entry in content.entries:
        for kind, value, where in references(entry.cls, entry.data, entry.loc):
            allowed = names.allowed(kind, entry.area)
            if allowed is not None and value not in allowed and not entry.fields.is_faulty(where):
                hint = names.owners(value) if kind in ("gateway", "place") else ""
                yield entry.fields.problem(where, f"unknown {KIND_WORDS.get(kind, kind)} {shown(value)}{hint or nearest(value, allowed)}")
    areas = names.of.get("area")
    if areas is None:
        return
    for entry in content.of(Service):
        if entry.area not in areas:
            words = f"stands in the folder of an unknown area {shown(entry.area)}{nearest(entry.area, areas)}"
            yield Problem(entry.fields.path, 1, 1, "area", words)
    for fields, area in content.sections:
        if area not in areas:
            yield fields.problem(("areas", area), f"unknown area {shown(area)}{nearest(area, areas)}", key=True)


def broken_links(content: Content, names: Names) -> Iterator[Problem]:
    """A problem for each link in a body to an address of this site that does not exist."""
    prefixes = {"/services/": "service", "/programmes/": "programme", "/themes/": "need", "/pathways/": "stage"}
    sets = [{f"{prefix}{name}" for name in names.of.get(kind, ())} for prefix, kind in prefixes.items()]
    sets += [{f"/pathways/{area}" for area in names.of.get("area", ())}]
    sets += [{f"/examples/{entry.id}" for entry in content.of(Example)}, {f"/levels/{entry.id}" for entry in content.of(Level)}]
    addresses = PAGES.union(*sets)
    unsure = tuple(prefix for prefix, kind in prefixes.items() if kind not in names.of or (kind == "stage" and "area" not in names.of))
    for body in content.bodies:
        for number, line in enumerate(body.text.split("\n"), body.first_line):
            for match in LINK.finditer(line):
                group = 1 if match.group(1) is not None else 2
                link = match.group(group)
                target = link.partition("#")[0]
                elsewhere = re.match(r"https?://\S|mailto:\S|#", link) or (unsure and target.startswith(unsure))
                if not elsewhere and target not in addresses:
                    near = nearest(target, addresses, most=0)
                    words = f"broken link {shown(link)}{near or '; link to an address of this site, or to a whole https:// address'}"
                    yield Problem(body.path, number, match.start(group) + 1, "link", words)
