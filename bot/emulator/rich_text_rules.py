"""What Slack accepts as rich text: in a block, in a table's cell, and as what a field begins with."""

from bot.emulator.shapes import Check, anything, flag, items, number, one_of, shape, string, typed

LONG = 100_000  # no limit is known for one part; all text of a message together has one
FURTHEST = 10**15  # seconds: beyond any calendar, and still a number that can be shown
_STYLES = ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink")
_STYLE = shape({}, dict.fromkeys(_STYLES, flag))


def _part(optional: dict[str, Check] | None = None, **required: Check) -> Check:
    return shape(required, {"type": anything, "style": _STYLE, **(optional or {})})


_ID = string(255)
_PARTS: dict[str, Check] = {
    "text": _part(text=string(LONG)),
    "emoji": _part({"unicode": string(255, 0), "skin_tone": number(1, 6), "url": string(LONG)}, name=_ID),
    "link": _part({"text": string(LONG, 0), "unsafe": flag}, url=string(LONG)),
    "user": _part(user_id=_ID),
    "usergroup": _part(usergroup_id=_ID),
    "channel": _part(channel_id=_ID),
    "team": _part(team_id=_ID),
    "broadcast": _part(range=one_of("here", "channel", "everyone")),
    "color": _part(value=_ID),
    "date": _part(
        {"timezone": _ID, "url": string(LONG), "fallback": string(LONG, 0)},
        timestamp=number(-FURTHEST, FURTHEST, whole=False),
        format=string(LONG),
    ),
}
_ELEMENTS = items(typed(_PARTS), 5000, 0)
_BORDER: dict[str, Check] = {"type": anything, "border": number(0, 1)}
_SECTION_LIKE = shape({"elements": _ELEMENTS}, _BORDER)
_LIST = shape(
    {"elements": items(typed({"rich_text_section": _SECTION_LIKE}), 5000, 0), "style": one_of("bullet", "ordered")},
    {**_BORDER, "indent": number(0, 8), "offset": number(0, 10**6)},
)
_RICH: dict[str, Check] = {
    "rich_text_section": _SECTION_LIKE,
    "rich_text_quote": _SECTION_LIKE,
    "rich_text_preformatted": shape({"elements": _ELEMENTS}, {**_BORDER, "language": string(100)}),
    "rich_text_list": _LIST,
}
RICH_TEXT = shape({"elements": items(typed(_RICH), 1000)}, {"type": anything, "block_id": string(255)})
ONLY_RICH_TEXT = typed({"rich_text": RICH_TEXT})
