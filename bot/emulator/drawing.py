"""What a viewer sees of Slack's texts: mrkdwn, plain text, rich text and markdown as safe HTML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zlib import crc32

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from bot.emulator.emoji import emoji, with_emoji
from bot.emulator.model import Channel, Json, User
from bot.emulator.moments import at, full_moment, slack_date
from bot.emulator.mrkdwn import mrkdwn_to_html

_TAGS = {"bold": "strong", "italic": "em", "strike": "s", "underline": "u", "code": "code", "highlight": "mark"}
_MARKDOWN = (
    MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"]).disable("image")
)
_HUES = 8
_SAFE_SCHEMES = {"http", "https", "mailto", "tel"}


@dataclass(frozen=True)
class Drawing:
    """How one person, at one moment, sees the workspace."""

    viewer: User
    users: Mapping[str, User]
    channels: Mapping[str, Channel]
    now: datetime
    origin: str = ""  # where the page itself is served; images from elsewhere are not loaded
    files: Mapping[str, str] = field(default_factory=dict)  # a file's id → where this server gives it

    # People, channels, links

    def name(self, user_id: str) -> str:
        user = self.users.get(user_id)
        return user.real_name or user.name if user else user_id

    def mention(self, user_id: str) -> Markup:
        own = " mention-me" if user_id == self.viewer.id else ""
        return Markup('<span class="mention{}">@{}</span>').format(own, self.name(user_id))

    def channel(self, channel_id: str) -> Markup:
        channel = self.channels.get(channel_id)
        if channel is None:
            return Markup('<span class="mention">#{}</span>').format(channel_id)
        return Markup('<a class="mention" href="?as={}&amp;at={}">#{}</a>').format(
            self.viewer.id, channel.id, channel.name
        )

    def broadcast(self, name: str) -> Markup:
        return Markup('<span class="mention mention-me">@{}</span>').format(name)

    def link(self, url: str, label: str = "") -> Markup:
        return _anchor(url, with_emoji(label) or url.removeprefix("mailto:"))

    def moment(self, epoch: float, pattern: str, url: str = "") -> Markup:
        """When it is too far off for a calendar, the pattern itself."""
        try:
            moment = at(epoch, self.viewer.tz)
        except (ValueError, OverflowError, OSError):
            return escape(pattern)
        shown = slack_date(moment, pattern, self.now.astimezone(moment.tzinfo))
        time = Markup('<time datetime="{}" title="{}">{}</time>').format(moment.isoformat(), full_moment(moment), shown)
        return _anchor(url, time) if url else time

    def image(self, image: Json) -> str | None:
        """The address of an image that the page may load, or None."""
        hosted = image.get("slack_file") or {}
        url = str(image.get("image_url") or hosted.get("url") or self.files.get(hosted.get("id", ""), ""))
        own = url.startswith(("data:image/", "/")) and not url.startswith("//")
        return url if own or (self.origin and url.startswith(f"{self.origin}/")) else None

    # Texts

    def mrkdwn(self, text: str) -> Markup:
        return mrkdwn_to_html(text, self)

    def plain(self, text: Any) -> str:
        """The characters of a text object, or of a string, without any formatting."""
        if isinstance(text, str):
            return text
        if not text:
            return ""
        words = str(text.get("text", ""))
        return with_emoji(words) if text.get("emoji", True) else words

    def text(self, text: Json | str | None) -> Markup:
        if isinstance(text, dict) and text.get("type") == "mrkdwn":
            return self.mrkdwn(str(text.get("text", "")))
        return escape(self.plain(text))

    def markdown(self, text: str) -> Markup:
        return Markup(with_emoji(_MARKDOWN.render(text)))  # noqa: S704 - html is off: markdown-it escapes

    def summary(self, text: str) -> str:
        """The fallback text in one plain line, for labels."""
        return re.sub(r"\s+", " ", self.mrkdwn(text).striptags())

    # Rich text

    def inline(self, elements: list[Json]) -> Markup:
        return Markup("").join(self._inline(element) for element in elements)

    def _inline(self, element: Json) -> Markup:
        html = self._unstyled(element)
        style = element.get("style")
        for name, tag in _TAGS.items():
            if isinstance(style, dict) and style.get(name):
                html = Markup("<{0}>{1}</{0}>").format(tag, html)
        return html

    def _unstyled(self, element: Json) -> Markup:
        match element:
            case {"type": "text", "text": str(text)}:
                return escape(text)
            case {"type": "emoji", "name": str(name)}:
                return escape(emoji(name, element.get("unicode", "")))
            case {"type": "link", "url": str(url)}:
                return self.link(url, element.get("text", ""))
            case {"type": "user", "user_id": str(user_id)}:
                return self.mention(user_id)
            case {"type": "channel", "channel_id": str(channel_id)}:
                return self.channel(channel_id)
            case {"type": "broadcast", "range": str(name)}:
                return self.broadcast(name)
            case {"type": "date", "timestamp": timestamp}:
                return self.moment(float(timestamp), element.get("format", "{date}"), element.get("url", ""))
            case {"type": "color", "value": str(value)}:
                return Markup("<code>{}</code>").format(value)
        return Markup('<span class="unknown">Onbekend: {}</span>').format(element.get("type"))


def _anchor(url: str, label: str) -> Markup:
    if url.partition(":")[0].lower() not in _SAFE_SCHEMES:  # urlsplit raises for some of what people type
        return escape(label)
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, label)


def hue(key: str) -> int:
    """Which of the avatar colours belongs to somebody, always the same one."""
    return crc32(key.encode()) % _HUES


def initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in [words[0], words[-1]][: len(words)]).upper() if words else "?"


def dom_id(*parts: object) -> str:
    return re.sub(r"[^\w-]", "_", "-".join(str(part) for part in parts))
