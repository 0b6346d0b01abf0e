"""The page's templates, and the functions that they call."""

import json
import re
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from jinja2.ext import Extension

from bot.emulator import charts, drawing, surfaces
from bot.emulator.clicking import TROUBLE
from bot.emulator.elements import may_see
from bot.emulator.emoji import emoji
from bot.emulator.files import SHOWABLE
from bot.emulator.suggestions import options_of

IN_DUTCH = {TROUBLE: "De app gaf geen antwoord. Probeer het nog eens."}  # what Slack's client says itself


class Unindented(Extension):
    """Takes the space between tags out of the templates: with a hundred messages it was a third of the page."""

    def preprocess(self, source: str, _name: str | None, _filename: str | None = None) -> str:
        lines = (line.strip() for line in source.splitlines())
        return re.sub(r"(?<=[>}])\n+(?=[<{])", "", "\n".join(line for line in lines if line))


def written(value: Any) -> str:
    """JSON for people."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    trim_blocks=True,
    extensions=[Unindented],
)
TEMPLATES.globals.update(
    hue=drawing.hue,
    may_see=may_see,
    emoji=emoji,
    showable=SHOWABLE,
    scripts=sorted(path.name for path in (Path(__file__).parent / "static").glob("*.js")),  # all at once
    initials=drawing.initials,
    chart=charts.chart,
    figure=charts.figure,
    options=options_of,
    message_surface=surfaces.message_surface,
    view_surface=surfaces.view_surface,
    written=written,
    in_dutch=lambda words: IN_DUTCH.get(words, words),
)
