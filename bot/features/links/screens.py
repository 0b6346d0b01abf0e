"""What managers see of the links in Slack."""

from collections.abc import Sequence
from typing import Protocol

from bot.i18n.translate import later
from bot.kernel.office import Me, Say
from bot.slack.blocks import Json, button, buttons, confirm, divider, header, line, modal, paragraph, small, words
from storage.links import LinkKind

OPEN_ALL, PAGE, RENAME, REVOKE = "link.list", "link.page", "link.rename", "link.revoke"
OPEN, POSTER = "link.open", "link.poster"
NEW = {
    LinkKind.SCREEN: "link.new_screen",
    LinkKind.CUSTOMERS: "link.new_page",
    LinkKind.BOARD: "link.new_board",
    LinkKind.FIGURES: "link.new_figures",
}
MAKING = {
    LinkKind.SCREEN: later("New screen"),
    LinkKind.CUSTOMERS: later("New page for customers"),
    LinkKind.BOARD: later("New leaderboard"),
    LinkKind.FIGURES: later("New page of figures"),
}
_TITLES = {
    LinkKind.SCREEN: later("Screens on the wall"),
    LinkKind.CUSTOMERS: later("Pages for customers"),
    LinkKind.BOARD: later("Leaderboards"),
    LinkKind.FIGURES: later("Pages of the office's figures"),
}
A_PAGE = 15  # links: each takes three blocks of a window's hundred


class Shown(Protocol):
    """A link with its addresses."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> LinkKind: ...
    @property
    def name(self) -> str: ...
    @property
    def colleague(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def poster(self) -> str: ...


def links_window(kept: Sequence[Shown], me: Me, *, is_public: bool, page: int = 0) -> Json:
    """All links, a page at a time; `page` counts from 0."""
    say = me.say
    page = max(0, min(page, (len(kept) - 1) // A_PAGE))
    blocks: list[Json] = [
        line(say("Whoever has a link sees the page behind it. Revoke it, and it opens nothing any more.")),
        buttons(*(button(say(MAKING[kind]), action) for kind, action in NEW.items())),
    ]
    if not is_public:
        blocks.append(small(say("Customers can't reach these addresses yet, and there are no posters: ask who installed"
                                " me to set PUBLIC_URL, the address by which the world finds me.")))  # fmt: skip
    shown: LinkKind | None = None
    for link in kept[page * A_PAGE : (page + 1) * A_PAGE]:
        blocks += [header(say(_TITLES[link.kind]))] if link.kind != shown else [divider()]
        blocks += _listed(link, say)
        shown = link.kind
    if not kept:
        blocks.append(small(say("There is no link yet.")))
    return modal(say("Screens and links"), [*blocks, *_pages(len(kept), page, say)], close=say("Close"))


def _listed(link: Shown, say: Say) -> list[Json]:
    value, name = str(link.id), link.name
    about = [words(" · " + say("about {who}", who=link.colleague))] if link.colleague else []
    linked = {"type": "link", "url": link.address, "text": link.address}
    made = [button(say("Open"), OPEN, value, label=say("Open {name}", name=name)[:75]) | {"url": link.address}]
    if link.poster:
        made.append(button(say("Poster"), POSTER, value, label=say("Poster of {name}", name=name)[:75])
                    | {"url": link.poster})  # fmt: skip
    made += [
        button(say("Rename"), RENAME, value, label=say("Rename {name}", name=name)[:75]),
        button(say("Revoke"), REVOKE, value, label=say("Revoke {name}", name=name)[:75], style="danger",
               confirm=_sure(say)),
    ]  # fmt: skip
    return [paragraph(words(name, bold=True), *about, words("\n"), linked), buttons(*made)]


def _sure(say: Say) -> Json:
    return confirm(
        say("Revoke this link?"),
        say("Screens go dark at once, and a poster with this code leads nowhere. It can't be undone."),
        say("Revoke"), say("Keep it"),
    )  # fmt: skip


def _pages(count: int, page: int, say: Say) -> list[Json]:
    made = []
    if page > 0:
        made.append(button(say("Previous"), f"{PAGE}.back", str(page - 1)))
    if (page + 1) * A_PAGE < count:
        made.append(button(say("Next"), f"{PAGE}.on", str(page + 1)))
    return [divider(), buttons(*made)] if made else []
