"""What people's words hold: whether they say anything, and the names in them."""

import re

_MARKS = re.compile(
    r"<[!@#][^<>]*>|(?<!\S)[@#]\S+"  # <!channel> · @channel
    r"|:[a-z0-9_+'-]+(?:::skin-tone-\d)?:|.\ufe0f\u20e3?"  # :tada: · 1️⃣ and ℹ️ hold a digit and a letter
)
_BEGINNING = re.compile(r"(?:^|[.!?…][\"'”’)]*\s+|\n)[\s\"'“‘„(]*$")  # of a sentence: what stands before it


def letters_in(text: str) -> int:
    """How many letters and digits a text has, besides mentions and emoji: those alone say nothing."""
    return sum(character.isalnum() for character in _MARKS.sub(" ", text))


def without_name(text: str, name: str, instead: str) -> str:
    """Words in which somebody's whole name or first name stands no more, with or without an @ before it.

    A first name counts where it is written as a name: who is called Mei isn't the month of mei. Behind an @ it counts
    in any spelling, and with the rest of the name attached: that is how Slack calls people (@mei.chen). What begins a
    sentence begins with a capital.
    """

    def replaced(found: re.Match[str]) -> str:
        return instead[:1].upper() + instead[1:] if _BEGINNING.search(text[: found.start()]) else instead

    spelled = _spelled(name)
    return re.sub(rf"(?<!\w)(?<!\w-)(?:{spelled})(?!\w|-\w)", replaced, text) if spelled else text


def _spelled(name: str) -> str:
    """The ways in which a name is written, the longest first, as a pattern; empty for no name."""
    parts, ways = [re.escape(part) for part in name.split()], []
    if not parts:
        return ""
    if len(parts) > 1:
        whole, attached = r"\s+".join(parts), "[._-]?".join(parts)
        ways += [f"(?i:@?{whole})", f"(?i:@{attached})"]
    first = name.split()[0]
    ways.append(f"(?i:@{parts[0]})")
    if len(first) > 1:  # one letter is a word more often than a name
        ways += [parts[0], re.escape(first[0].upper() + first[1:])]
    return "|".join(ways)
