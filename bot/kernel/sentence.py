"""A sentence that is yet to be said in somebody's language."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sentence:
    """The English is the catalogue's id; the values fill it in."""

    english: str
    values: Mapping[str, Any] = field(default_factory=dict)
