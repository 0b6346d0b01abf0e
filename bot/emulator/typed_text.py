"""What a person types, in the form in which Slack hands it on."""

import re
from html import escape, unescape
from typing import Any

from bot.emulator.emoji import EMOJI, named_emoji
from bot.emulator.errors import SlackError
from bot.emulator.model import Json
from bot.emulator.workspace import Workspace

_MENTION = re.compile(r"(?<![\w@#/&])([@#])([\w.-]*\w)")

_SENT = re.compile(r"<([@#])(\w+)(?:\|[^<>]*)?>")


def escaped(text: str) -> str:
    """Slack's three entities, and no others."""
    return escape(text, quote=False)


def with_mentions(workspace: Workspace, text: str, *, with_names: bool) -> str:
    """Escaped text in which known @handles and #channels became <@U…> and <#C…>."""

    def mention(match: re.Match[str]) -> str:
        found = _named(workspace, match[1], match[2])
        if found is None:
            return escaped(match[0])
        sign, known_id, name = found
        return f"<{sign}{known_id}|{name}>" if with_names or sign == "#" else f"<{sign}{known_id}>"

    parts, last = [], 0
    for match in _MENTION.finditer(text):
        parts += [escaped(text[last : match.start()]), mention(match)]
        last = match.end()
    return "".join([*parts, escaped(text[last:])])


def as_typed(workspace: Workspace, text: str) -> str:
    """What somebody typed to get this text: the other way round, for who wants to change it."""

    def mention(match: re.Match[str]) -> str:
        sign, known_id = match[1], match[2]
        known = workspace.users.get(known_id) if sign == "@" else workspace.channels.get(known_id)
        return f"{sign}{known.name if known else known_id}"

    return unescape(_SENT.sub(mention, text))


def _named(workspace: Workspace, sign: str, name: str) -> tuple[str, str, str] | None:
    try:
        if sign == "#":
            channel = workspace.channel(name)
            return None if channel.is_im else (sign, channel.id, channel.name)
        user = workspace.user(name)
        return sign, user.id, user.name
    except SlackError:
        return None


def rich_text(workspace: Workspace, text: str) -> list[Json]:
    """The block that Slack's own composer makes of a typed message."""
    parts: list[Any] = []
    last = 0
    for match in _MENTION.finditer(text):
        found = _named(workspace, match[1], match[2])
        if found is not None:
            parts += _words(text[last : match.start()])
            kind = {"@": ("user", "user_id"), "#": ("channel", "channel_id")}[found[0]]
            parts.append({"type": kind[0], kind[1]: found[1]})
            last = match.end()
    parts += _words(text[last:])
    return [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": parts}]}]


def _words(text: str) -> list[Json]:
    """With the emoji that were typed by name as such."""
    parts, last = [], 0
    for name, start, end in named_emoji(text):
        unicode = "-".join(f"{ord(character):x}" for character in EMOJI[name])
        parts += [*_plain(text[last:start]), {"type": "emoji", "name": name, "unicode": unicode}]
        last = end
    return [*parts, *_plain(text[last:])]


def _plain(text: str) -> list[Json]:
    return [{"type": "text", "text": text}] if text else []
