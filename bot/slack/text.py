"""Text to and from Slack: what people typed, without Slack's marks; what we show, without accidents."""

import html
import re
import unicodedata

import emoji

PART, ALL_PARTS = 3000, 8700  # characters of a paragraph, and of all; Slack refuses messages of 9,000 and some
FALLBACK = 4000  # characters of a message's `text`; Slack truncates or refuses what is longer

_AROUND = ".,:;!\"'“”‘’"  # a word, where they don't count
_MARK = re.compile(r"<([@#!][^<>]+|[a-z][a-z0-9+.-]*:[^<>\s][^<>]*)>")  # and not "3 < 4 en 5 > 2"
_SKIN_TONE = re.compile(r":skin-tone-([2-6]):")
_LIGHTEST = 0x1F3FB  # the first of Unicode's five skin tones, which Slack counts from 2
_INVISIBLE = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ud800-\udfff\u2028-\u202e\u2066-\u2069\ufeff]")
# Marks above and below a letter: of a heap of them three stay, which is more than any language puts on one.
_ACCENT = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_HEAPED = re.compile(f"({_ACCENT}{{3}}){_ACCENT}+")


def is_help(typed: str) -> bool:
    """Whether somebody asks what a command does: each answers these, in both languages."""
    return typed.strip().lower() in {"help", "hulp", "?"}


def bare(typed: str) -> str:
    """What was typed without capitals, accents, and marks around each word; Één becomes een."""
    letters = unicodedata.normalize("NFKD", typed.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(word.strip(_AROUND) or word for word in kept.split())


def plain(text: str) -> str:
    """What somebody typed in a message or behind a command, without Slack's own marks.

    `<@U1|bram>` becomes @bram, `<https://a.nl|a.nl>` a.nl, `&amp;` an ampersand. Characters that steer the
    direction of writing are left out: they could turn the rest of a post around.
    """
    return tidy(html.unescape(_MARK.sub(_unmarked, text)))


def tidy(text: str) -> str:
    """The same words without control characters, halves of characters, heaps of accents, and white space around them.

    Emoji come from Slack as `:tada:`; they become 🎉, for a rich text shows words as they are.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    drawn = emoji.emojize(_HEAPED.sub(r"\1", _INVISIBLE.sub("", lines)), language="alias")
    return _SKIN_TONE.sub(lambda tone: chr(_LIGHTEST + int(tone[1]) - 2), drawn).strip()


def _unmarked(found: re.Match[str]) -> str:
    mark, _, label = found[1].partition("|")
    if mark.startswith(("@", "#")):
        return mark[0] + (label or mark[1:])
    if mark.startswith("!"):
        return label or "@" + mark[1:].split("^")[0]
    return label or mark.removeprefix("mailto:").removeprefix("tel:")


def parts_of(text: str) -> list[str]:
    """A text in pieces that fit in a message together: what doesn't, nobody typed."""
    kept = text[:ALL_PARTS]
    return [kept[start : start + PART] for start in range(0, len(kept), PART)]


def fallback(text: str) -> str:
    """Plain text for the `text` beside blocks: escaped, so that nothing in it pings or links, and short enough."""
    escaped = html.escape(text, quote=False)
    if len(escaped) <= FALLBACK:
        return escaped
    cut = escaped[: FALLBACK - 1]
    return re.sub(r"&[a-z]*$", "", cut) + "…"
