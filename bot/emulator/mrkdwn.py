"""Slack's mrkdwn as safe HTML: everything is escaped first, and marked up after."""

import re
from itertools import groupby
from typing import Protocol

from markupsafe import Markup, escape

from bot.emulator.emoji import with_emoji

_TOKEN = re.compile(
    r"```(?P<pre>.+?)```|`(?P<code>[^`\n]+)`|<(?P<reference>[^<>\n]+)>|(?P<url>https?://[^\s<>|]*[^\s<>|.,;:!?)'\"*_~])",
    re.DOTALL,
)
_STYLES = {"*": "strong", "_": "em", "~": "s"}
_STYLED = [
    (re.compile(rf"(?<![\w{mark}])\{mark}(?=\S)([^{mark}\n]+?)(?<=\S)\{mark}(?![\w{mark}])"), rf"<{tag}>\1</{tag}>")
    for mark, tag in _STYLES.items()
]
_KEPT = re.compile("\ue000(\\d+)\ue001")
_PRIVATE = str.maketrans("", "", "\ue000\ue001")
_EPOCH = re.compile(r"-?\d+", re.ASCII)
_LINES_AROUND_PRE = re.compile(r"\n?(<pre>.*?</pre>)\n?", re.DOTALL)


class References(Protocol):
    """Who and what a text refers to."""

    def mention(self, user_id: str) -> Markup: ...
    def channel(self, channel_id: str) -> Markup: ...
    def broadcast(self, name: str) -> Markup: ...
    def link(self, url: str, label: str = "") -> Markup: ...
    def moment(self, epoch: float, pattern: str, url: str = "") -> Markup: ...


def mrkdwn_to_html(text: str, references: References) -> Markup:
    kept: list[Markup] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(_token(found, references))
        return f"\ue000{len(kept) - 1}\ue001"

    marked = with_emoji(str(escape(decoded(_TOKEN.sub(keep, text.translate(_PRIVATE))))))
    for pattern, replacement in _STYLED:
        marked = pattern.sub(replacement, marked)
    html = _KEPT.sub(lambda found: str(kept[int(found[1])]), _quoted(marked))
    return Markup(_LINES_AROUND_PRE.sub(r"\1", html))  # noqa: S704 - escaped above, before it was marked up


def decoded(text: str) -> str:
    """Slack sends exactly three characters as entities."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _quoted(html: str) -> str:
    runs = groupby(html.split("\n"), key=lambda line: line.startswith("&gt;"))
    return "".join(_quote(list(lines)) if is_quote else "\n".join(lines) for is_quote, lines in runs)


def _quote(lines: list[str]) -> str:
    return f"<blockquote>{chr(10).join(line.removeprefix('&gt;').lstrip() for line in lines)}</blockquote>"


def _token(found: re.Match[str], references: References) -> Markup:
    if found["pre"]:
        return Markup("<pre>{}</pre>").format(decoded(found["pre"].strip("\n")))
    if found["code"]:
        return Markup("<code>{}</code>").format(decoded(found["code"]))
    if found["url"]:
        return references.link(decoded(found["url"]))
    return _reference(decoded(found["reference"]), references)


def _reference(reference: str, references: References) -> Markup:
    target, _, label = reference.partition("|")
    match target[:1]:
        case "@":
            return references.mention(target[1:])
        case "#":
            return references.channel(target[1:])
        case "!":
            return _special(target[1:], label, references)
    return references.link(target, label)


def _special(target: str, label: str, references: References) -> Markup:
    kind, *rest = target.split("^")
    if kind == "date" and len(rest) >= 2 and _EPOCH.fullmatch(rest[0]):
        return references.moment(float(rest[0]), rest[1], rest[2] if len(rest) > 2 else "")
    return references.broadcast(kind) if not label else Markup('<span class="mention">{}</span>').format(label)
