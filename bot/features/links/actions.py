"""Making, naming and revoking links, and making their posters."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import Session

from bot.features.links import rules
from bot.features.links.poster import poster_pdf
from bot.kernel.errors import BotError, FormError
from bot.kernel.links import is_public, is_token, new_token
from bot.kernel.office import Me
from bot.kernel.roles import must_be_manager
from bot.services import Services
from storage import links, people
from storage.database import InWorkspace
from storage.links import LinkKind, PublicLink
from storage.people import Standing

Found = TypeVar("Found")


@dataclass(frozen=True)
class Kept:
    """A link as managers see it."""

    id: int
    kind: LinkKind
    name: str
    colleague: str  # whom it is about; empty: nobody in particular
    address: str
    poster: str  # its poster's address; empty where it has none


def links_kept(services: Services, me: Me) -> list[Kept]:
    """All links that open something, kind by kind. Raises BotError."""
    must_be_manager(me)
    with services.database.reading(me) as tx:
        found = [link for kind in LinkKind for link in links.links_of(tx, kind)]
        names = {
            one.id: one.name for one in people.people_by_ids(tx, [link.about_id for link in found if link.about_id])
        }
        return [_kept(services, link, names.get(link.about_id, "")) for link in found]


def make_link(services: Services, me: Me, kind: LinkKind, typed: str, about: str = "") -> int:
    """Make a link; `about` is the Slack id of a colleague. Answers its number. Raises FormError, BotError."""
    must_be_manager(me)
    name = rules.read_name(typed)
    with services.database.writing(me) as tx:
        link = PublicLink(
            workspace_id=me.workspace_id, kind=kind, token=new_token(), name=name,
            about_id=_about(tx, about) if kind is LinkKind.CUSTOMERS else None, made_by=me.person_id,
            made_at=services.clock.now(),
        )  # fmt: skip
        tx.add(link)
        tx.flush()
        return link.id or 0


def name_link(services: Services, me: Me, link_id: int, typed: str) -> None:
    """Call a link something else. Raises FormError, BotError."""
    must_be_manager(me)
    name = rules.read_name(typed)
    with services.database.writing(me) as tx:
        rules.must_be_there(links.link_by_id(tx, link_id)).name = name


def revoke_link(services: Services, me: Me, link_id: int) -> None:
    """Let a link open nothing any more, from now on. Nothing happens the second time. Raises BotError."""
    must_be_manager(me)
    with services.database.writing(me) as tx:
        link = links.link_by_id(tx, link_id)
        if link is not None and link.revoked_at is None:
            link.revoked_at = services.clock.now()


def link_to_name(services: Services, me: Me, link_id: int) -> PublicLink:
    """The link whose name is to change. Raises BotError."""
    must_be_manager(me)
    with services.database.reading(me) as tx:
        return rules.must_be_there(links.link_by_id(tx, link_id))


def poster_of(services: Services, token: str) -> bytes | None:
    """The poster of a customers' link as a PDF; None for an unknown link, and while the world can't reach the page."""
    if not is_token(token) or not is_public(services.settings.public_url):
        return None
    link = _of_any_workspace(services, lambda tx: links.link_by_token(tx, token, LinkKind.CUSTOMERS))
    return None if link is None else _poster(services, link)


def poster(services: Services, name: str = "") -> bytes:
    """`fanperdag poster`: that of the first customers' link, or of the first one with this name.

    Raises BotError when there is none, or while the world can't reach the page.
    """
    if not is_public(services.settings.public_url):
        raise BotError("There is no poster yet: PUBLIC_URL has to be an address that customers can reach.")
    wanted = name.strip().casefold()
    known = _of_any_workspace(services, lambda tx: links.links_of(tx, LinkKind.CUSTOMERS))
    link = next((one for one in known if not wanted or one.name.casefold() == wanted), None)
    if link is None:
        raise BotError("There is no such link for customers. A manager makes one in Slack, with {command}.",
                       command=f"{services.settings.command_fanclub} links")  # fmt: skip
    return _poster(services, link)


def forget_about(tx: Session, services: Services, me: Me) -> None:
    """Revoke the links about somebody who is erased: name and address lead to them."""
    for link in links.links_about(tx, me.person_id):
        link.revoked_at = link.revoked_at or services.clock.now()
        link.name, link.about_id = "", None
    tx.flush()


def _of_any_workspace(services: Services, ask: Callable[[Session], Found]) -> Found:
    """What is found of whatever workspace: a token says whose it is, and who runs the server sees all."""
    with services.database.reading() as tx:
        return ask(tx)


def _poster(services: Services, link: PublicLink) -> bytes:
    with services.database.reading(InWorkspace(link.workspace_id)) as tx:
        say = services.office(tx).say
    return poster_pdf(rules.address_of(link, services.settings.pages_url), link.name, say, link.made_at)


def _kept(services: Services, link: PublicLink, colleague: str) -> Kept:
    base, kind = services.settings.pages_url, LinkKind(link.kind)
    has_poster = kind is LinkKind.CUSTOMERS and is_public(services.settings.public_url)
    poster_address = rules.poster_address(link, base) if has_poster else ""
    return Kept(link.id or 0, kind, link.name, colleague, rules.address_of(link, base), poster_address)


def _about(tx: Session, slack_id: str) -> int | None:
    """The number of the colleague whom a link is about. Raises FormError for who is none."""
    if not slack_id:
        return None
    person = next(iter(people.known_people(tx, [slack_id])), None)
    if person is None:
        raise FormError({"about": BotError("Who you chose is not known here until they use the bot themselves.")})
    if person.standing != Standing.MEMBER:
        raise FormError({"about": BotError("Choose a colleague.")})
    return person.id
