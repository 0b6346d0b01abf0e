"""Gathers the sentences of the code into the translation files: `make catalogue`."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
KEYWORDS = {"say": None, "later": None, "BotError": None, "Sentence": None, "plural": (1, 2)}
FILES = {"nl": ROOT / "bot/i18n/locale/nl/fanperdag.po", "en": ROOT / "bot/i18n/locale/en/fanperdag.po"}


def sentences() -> Catalog:
    """All that the code says, by the English in it."""
    found = Catalog(project="fanperdag", charset="utf-8")
    for path, _line, message, _comments, _context in extract_from_dir(
        ROOT / "bot",
        method_map=[("emulator/**", "ignore"), ("**.py", "python"), ("pages/templates/**.html", "jinja2")],
        keywords=KEYWORDS,
    ):
        found.add(message, locations=[(path, 0)])
    return found


def known(language: str) -> Catalog:
    path = FILES[language]
    return read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)


def renewed(language: str) -> bytes:
    """The translation file with all sentences of today, and none of yesterday."""
    catalogue = known(language)
    catalogue.update(sentences(), no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    catalogue.project, catalogue.version, catalogue.fuzzy = "fanperdag", "1", False
    catalogue.header_comment = f"# What the bot says, in {catalogue.locale}. `make catalogue` gathers new sentences."
    catalogue.last_translator = catalogue.language_team = "the makers"
    catalogue.msgid_bugs_address = ""
    catalogue.revision_date = catalogue.creation_date = datetime(2026, 1, 1, tzinfo=UTC)  # no noise in a change
    out = BytesIO()
    write_po(out, catalogue, sort_output=True, omit_header=False, include_lineno=False, width=120)
    return out.getvalue()


if __name__ == "__main__":
    for language, path in FILES.items():
        path.write_bytes(renewed(language))
