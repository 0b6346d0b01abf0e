"""Finding the screen that a link opens, and reading what its wall shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from bot.features.wall_screen import rules, screens
from bot.features.wall_screen.screens import Card, Wall
from bot.kernel.links import is_token
from bot.kernel.office import Office, Say
from bot.services import Services
from storage import links
from storage import on_the_wall as walls
from storage.compliments import Place
from storage.database import InWorkspace
from storage.links import LinkKind


@dataclass(frozen=True)
class Listed:
    """A page of a list, and where the next one begins; None: there is no more."""

    say: Say
    cards: Sequence[Card]
    older: Place | None


def workspace_of_screen(services: Services, token: str) -> int | None:
    """The workspace whose wall a screen's link opens; None when it was revoked, or never made."""
    if not is_token(token):
        return None
    with services.database.reading() as tx:
        link = links.link_by_token(tx, token, LinkKind.SCREEN)
        return link.workspace_id if link else None


def wall_now(services: Services, workspace_id: int) -> tuple[Wall, frozenset[str]]:
    """What the screens of a workspace show at this moment, and the tokens of those that may."""
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        tokens = frozenset(link.token for link in links.links_of(tx, LinkKind.SCREEN))
        return _wall(tx, services, services.office(tx)), tokens


def read_list(services: Services, workspace_id: int, wall: str, typed: str, before: Place | None) -> Listed:
    """A page of one of the three lists (`screens.WALLS`), of what has all the words that somebody typed."""
    search = rules.search_of(typed)
    with services.database.reading(InWorkspace(workspace_id)) as tx:
        office = services.office(tx)
        say, today = office.say, services.clock.today(office.zone)
        if wall == "stories":
            return _stories(tx, say, today, search, before)
        if wall == "ideas":
            return _ideas(tx, say, today, search, before)
        found = walls.compliments_on_the_wall(tx, rules.PAGE + 1, before, search)
        shown = found[: rules.PAGE]
        last = shown[-1].compliment if len(found) > rules.PAGE else None
        cards = [screens.compliment_card(one, say, today) for one in shown]
        # Again, in what is shown: who is looked for by a name that is hidden would be found by it.
        cards = [card for card in cards if rules.matches(search, card.text, card.who)]
        return Listed(say, cards, (last.day, last.id or 0) if last else None)


def _wall(tx: Session, services: Services, office: Office) -> Wall:
    now, today, say = services.clock.now(), services.clock.today(office.zone), office.say
    compliments = walls.last_placed(tx, rules.COMPLIMENTS)
    stories = walls.stories_on_the_wall(tx, rules.STORIES)
    ideas = walls.ideas_moved_since(tx, now - rules.MOVED_WITHIN, rules.IDEAS)
    cards = rules.mixed(
        [screens.compliment_card(one, say, today, rules.ON_SCREEN) for one in compliments],
        [screens.story_card(story, teller, say, today, rules.ON_SCREEN) for story, teller in stories],
        [screens.idea_card(idea, say, today) for idea in ideas],
    )
    return Wall(
        say,
        cards or [screens.empty_card(say)],
        today,
        walls.stories_posted_on(tx, today),
        rules.is_resting(now, office),
        office.name,
    )


def _stories(tx: Session, say: Say, today: date, search: str, before: Place | None) -> Listed:
    found = walls.stories_on_the_wall(tx, _rows_to_read(search), before)
    return _listed(
        say,
        found,
        lambda one: (one[0].posted_on, one[0].id),
        lambda one: rules.matches(search, one[0].text, rules.first_name(one[1])),
        lambda one: screens.story_card(one[0], one[1], say, today),
    )


def _ideas(tx: Session, say: Say, today: date, search: str, before: Place | None) -> Listed:
    found = walls.ideas_on_the_wall(tx, _rows_to_read(search), before)
    return _listed(
        say,
        found,
        lambda one: (one.posted_on, one.id),
        lambda one: rules.matches(search, one.title, one.about),
        lambda one: screens.idea_card(one, say, today, is_whole=True),
    )


def _rows_to_read(search: str) -> int:
    """One more than is shown or looked through, which tells whether there is more."""
    return (rules.SEARCHED if search else rules.PAGE) + 1


def _listed(
    say: Say,
    rows: Sequence[Any],
    place: Callable[[Any], Place],
    is_wanted: Callable[[Any], bool],
    card: Callable[[Any], Card],
) -> Listed:
    """The wanted ones of the rows, as many as a page has; the next page begins at the last row that was looked at."""
    cards: list[Card] = []
    for row in rows:
        if len(cards) == rules.PAGE or (row is rows[-1] and len(rows) > rules.SEARCHED):
            break
        last = row
        if is_wanted(row):
            cards.append(card(row))
    else:
        return Listed(say, cards, None)
    return Listed(say, cards, place(last))
