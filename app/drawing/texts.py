"""A chart as text for other drawing tools: Mermaid and DOT."""

from __future__ import annotations

import json

from app.drawing.parts import STATED, Box, Chart, Line, words_on

MERMAID_ARROWS = {"refer": "-->", "step-up": "==>", "step-down": "-.->", "signpost": "--o"}


def mermaid(chart: Chart) -> str:
    """The chart as a Mermaid flowchart. Boxes are numbered, because their own ids may hold signs that Mermaid reads."""
    number = {box.id: f"b{place}" for place, box in enumerate(chart.boxes, 1)}
    out = ["---", f"title: {json.dumps(chart.title, ensure_ascii=False)}", "---", f"flowchart {'LR' if chart.across else 'TB'}"]
    for place, lane in enumerate(chart.lanes, 1):
        out.append(f'  subgraph lane{place}["{_mermaid(lane.title)}"]')
        for box in chart.boxes:
            if box.lane == lane.id:
                left, right = ("([", "])") if box.kind == "service" else ("[", "]")
                out.append(f'    {number[box.id]}{left}"{_mermaid(_in_box(box))}"{right}')
        out.append("  end")
    for line in chart.lines:
        words = f'|"{_mermaid(words_on(line))}"|' if words_on(line) else ""
        out.append(f"  {number[line.start]} {MERMAID_ARROWS[line.kind]}{words} {number[line.end]}")
    out += [f'  click {number[box.id]} href "{_mermaid(box.link)}"' for box in chart.boxes]
    return "\n".join(out) + "\n"


def _mermaid(text: str) -> str:
    """The text as it may stand in quotation marks in Mermaid."""
    signs = {"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "`": "#96;"}
    return " ".join("".join(signs.get(letter, letter) for letter in text).split())


def _in_box(box: Box) -> str:
    doubts = [part for part in ("" if box.status == STATED else box.status, box.note) if part]
    return f"{box.name} ({', '.join(doubts)})" if doubts else box.name


def dot(chart: Chart) -> str:
    """The chart in Graphviz' DOT language, lanes as clusters."""
    out = [
        f"digraph {_dot(chart.title)} {{",
        f"  graph [label={_dot(chart.title)}, rankdir={'LR' if chart.across else 'TB'}, newrank=true]",
        "  node [shape=box]",
    ]
    for place, lane in enumerate(chart.lanes, 1):
        out += [f"  subgraph cluster_{place} {{", f"    label={_dot(lane.title)}"]
        for box in chart.boxes:
            if box.lane == lane.id:
                style = ", style=rounded" if box.kind == "service" else ""
                out.append(f"    {_dot(box.id)} [label={_dot(_in_box(box))}, URL={_dot(box.link)}{style}]")
        out.append("  }")
    out += [f"  {_dot(line.start)} -> {_dot(line.end)} [label={_dot(words_on(line))}{_style(line)}]" for line in chart.lines]
    return "\n".join([*out, "}"]) + "\n"


def _style(line: Line) -> str:
    styles = ["bold"] if line.kind == "step-up" else ["dashed"] if line.kind == "step-down" else []
    styles += ["dotted"] if line.status != STATED and line.kind != "step-down" else []
    style = f', style="{",".join(styles)}"' if styles else ""
    return style + (", arrowhead=vee" if line.kind == "signpost" else "")


def _dot(text: str) -> str:
    """The text in quotation marks. A backslash begins an escape in DOT, so it is doubled."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
