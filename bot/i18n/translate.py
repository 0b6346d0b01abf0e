"""Sentences, days and amounts in somebody's language; the catalogues are read once, at the start."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any

from babel.core import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency
from babel.support import Translations

from bot.kernel.errors import BotError
from bot.kernel.office import Say

LANGUAGES = ("nl", "en")
_LOCALES = {"nl": Locale("nl"), "en": Locale("en", "GB")}


class Speaker:
    """Speaks one language (see `Say` in bot.kernel.office)."""

    def __init__(self, language: str, catalogue: Translations) -> None:
        self.language = language
        self._locale = _LOCALES[language]
        self._catalogue = catalogue

    def __call__(self, sentence: str, /, **values: Any) -> str:
        """The sentence in this language, with its values filled in."""
        found = self._catalogue.gettext(sentence)
        return found.format(**values) if values else found

    def plural(self, one: str, many: str, number: int, /, **values: Any) -> str:
        """The form that goes with `number`, which fills in {number}."""
        return self._catalogue.ngettext(one, many, number).format(number=number, **values)

    def day(self, day: date) -> str:
        """Such as "dinsdag 3 november"."""
        return format_date(day, "EEEE d MMMM", self._locale)

    def money(self, cents: int, currency: str) -> str:
        """Such as "€ 7,50"."""
        return format_currency(cents / 100, currency, locale=self._locale)

    def error(self, error: BotError) -> str:
        """What went wrong, for the person in front of it."""
        return self(error.sentence, **error.values)


@cache
def speakers() -> Mapping[str, Say]:
    """A speaker for each language, by its code; read once."""
    return {language: Speaker(language, _catalogue(language)) for language in LANGUAGES}


def _catalogue(language: str) -> Translations:
    with files("bot.i18n").joinpath("locale", language, "fanperdag.po").open("rb") as file:
        messages = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)


def later(sentence: str) -> str:
    """Mark a sentence for the catalogue that is translated where it is shown."""
    return sentence
