"""A sentence that is yet to be said in somebody's language, and the answers that it offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Choice:
    """An answer that one clicks: the English is the catalogue's id (a time such as 08:30 stays as it is)."""

    label: str
    action: str  # another one for each choice: Slack takes no two of the same name in a row
    value: str = ""


@dataclass(frozen=True)
class Sentence:
    """The English is the catalogue's id; the values fill it in."""

    english: str
    values: Mapping[str, Any] = field(default_factory=dict)
    choices: Sequence[Choice] = ()
