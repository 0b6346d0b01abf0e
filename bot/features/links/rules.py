"""What a link has to be called, and where it leads."""

from bot.kernel.errors import BotError, FormError
from bot.slack.text import tidy
from storage.links import LinkKind, PublicLink

LONGEST_NAME = 80  # characters
PATHS = {
    LinkKind.SCREEN: "wall",
    LinkKind.CUSTOMERS: "compliment",
    LinkKind.BOARD: "board",
    LinkKind.FIGURES: "figures",
}


def read_name(typed: str) -> str:
    """What managers call a link. Raises FormError."""
    name = " ".join(tidy(typed).split())
    if not any(character.isalnum() for character in name):
        raise FormError({"name": BotError("Give it a name, such as the shop or the room where it hangs.")})
    if len(name) > LONGEST_NAME:
        raise FormError({"name": BotError("That is too long: {longest} characters at most.", longest=LONGEST_NAME)})
    return name


def address_of(link: PublicLink, pages_url: str) -> str:
    """Where a link leads; `pages_url` is the address of all pages, with a slash at the end."""
    return f"{pages_url}{PATHS[LinkKind(link.kind)]}/{link.token}"


def poster_address(link: PublicLink, pages_url: str) -> str:
    return f"{pages_url}poster/{link.token}.pdf"


def must_be_there(link: PublicLink | None) -> PublicLink:
    """The link, if it opens something. Raises BotError when it was revoked."""
    if link is None or link.revoked_at is not None:
        raise BotError("This link was revoked already.")
    return link
