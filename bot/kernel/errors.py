"""What goes wrong in a way that the person in front of it can mend."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

T = TypeVar("T")


class BotError(Exception):
    """A sentence in English for somebody to read; the catalogue has it in their language.

    `BotError("There is no story {number}.", number=3)`: the first argument is the catalogue's id, the values
    are filled in after it was translated. Raised inside a transaction it undoes the whole of it.
    """

    def __init__(self, sentence: str, **values: Any) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.values = values

    def __str__(self) -> str:
        return self.sentence.format(**self.values)


class FormError(BotError):
    """What is wrong with a form, field by field; the keys are the fields' names."""

    def __init__(self, fields: Mapping[str, BotError]) -> None:
        super().__init__(BotError("Something in the form is not right yet.").sentence)
        self.fields = dict(fields)


class Wrong(dict[str, BotError]):
    """What is wrong with a form, by the fields' names: gathered, so that all of it is told at once."""

    def read(self, field: str, reader: Callable[[str], T], typed: str, otherwise: T) -> T:
        """What `reader` makes of what was typed; `otherwise` stands in for it when it can't be read."""
        try:
            return reader(typed)
        except BotError as error:
            self[field] = error
            return otherwise

    def must_be_none(self) -> None:
        """Raise FormError when anything is wrong."""
        if self:
            raise FormError(self)
