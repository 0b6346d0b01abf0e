"""Thanking a colleague for a story, taking that back, and seeing one's own thanks."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from bot.features.thanks import posting, reporting, rules, screens
from bot.features.thanks.rules import TypedThanks, Where
from bot.features.thanks.screens import Seen
from bot.kernel.errors import BotError, FormError
from bot.kernel.facts import GiftPromised, GiftReturned, HomesOutdated, StoryChanged, StoryRemoved
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.services import Services
from bot.slack.blocks import Json
from storage import gifts, people, stories, thanks
from storage.gifts import Cupboard, Gift
from storage.people import Part, Person
from storage.stories import Story
from storage.thanks import Thanks

OFFERED = 100  # gifts: as many as Slack lets one choose from
SHOWN = 10  # thanks in the window, got and given


@dataclass(frozen=True)
class ToThank:
    """A story, its teller, what the cupboard has, and where thanks for it can be read."""

    story: Story
    teller: Person
    offered: Sequence[tuple[Cupboard, Gift]]
    wheres: Sequence[Where]


def story_to_thank(services: Services, me: Me, story_id: int) -> ToThank:
    """What the form needs to know. Raises BotError for who can't thank anybody for this story, or not now."""
    must_belong(me)
    with services.database.reading(me) as tx:
        story, teller = _thankable(tx, services, me, story_id)
        wheres = _wheres(tx, services, story, teller)
        return ToThank(story, teller, gifts.in_stock(tx, OFFERED), wheres)


def thank(services: Services, me: Me, story_id: int, typed: TypedThanks) -> Person:
    """Thank the teller of a story, who is answered. What comes from the cupboard is taken and booked in the same act.

    Raises FormError, BotError.
    """
    must_belong(me)
    try:
        said = rules.read_words(typed.words)
    except BotError as error:
        raise FormError({"words": error}) from None
    with services.database.writing(me) as tx:
        story, teller = _thankable(tx, services, me, story_id)
        wheres = _wheres(tx, services, story, teller)
        is_private = Where.THREAD not in wheres or (typed.where == Where.PRIVATE and Where.PRIVATE in wheres)
        given = _keep(tx, services, me, story, said, is_private=is_private)
        gift = _give(tx, services, me, given, typed.gift)
        posting.tell(tx, services, me, given, teller, gift)
        reporting.renew(tx, services, me.office)
        services.announce(tx, HomesOutdated((me.person_id, given.to_id)))
        return teller


def take_back(services: Services, me: Me, thanks_id: int) -> None:
    """Take one's thanks back: from Slack too, and what went with them is in the cupboard again. Raises BotError."""
    must_belong(me)
    with services.database.writing(me) as tx:
        given = rules.must_be_mine(thanks.thanks_by_id(tx, thanks_id), me, services.clock.now())
        if given.move_id is not None:
            services.announce(tx, GiftReturned(me, given.move_id))
        posting.take_away(tx, services, given)
        teller_id = given.to_id
        tx.delete(given)
        tx.flush()
        reporting.renew(tx, services, me.office)
        services.announce(tx, HomesOutdated((me.person_id, teller_id)))


def see_thanks(services: Services, me: Me) -> Seen:
    """What somebody got and gave, and how the week was that the managers' list is of.

    Raises BotError for who can't take part.
    """
    must_belong(me)
    with services.database.reading(me) as tx:
        first, last = rules.week_before(services.clock.today(me.office.zone))
        return Seen(
            received=thanks.received_by(tx, me.person_id, SHOWN),
            given=thanks.given_by(tx, me.person_id, SHOWN),
            told=thanks.told_between(tx, me.person_id, first, last),
            thanked=thanks.received_since(tx, me.person_id, rules.beginning_of(first, me.office.zone)),
            left=rules.left_of(_given_this_week(tx, services, me), me),
        )


def home_card(tx: Session, _services: Services, me: Me) -> list[Json]:
    """At Home: who thanked me last; nothing for who had no thanks yet."""
    last = next(iter(thanks.received_by(tx, me.person_id, 1)), None)
    return screens.last_thanks_card(last, me) if last else []


def follow_story(tx: Session, services: Services, fact: StoryChanged | StoryRemoved) -> None:
    """A reaction: thanks in a story's thread go when its post goes."""
    story = stories.story_by_id(tx, fact.story_id)
    if story is None or not story.is_shared:
        for key in thanks.posts_about(tx, fact.story_id):
            services.outbox.remove(tx, key)


def _thankable(tx: Session, services: Services, me: Me, story_id: int) -> tuple[Story, Person]:
    story = stories.story_by_id(tx, story_id)
    found = people.people_by_ids(tx, [story.teller_id]) if story else []
    story, teller = rules.must_be_thankable(story, next(iter(found), None), me)
    rules.must_be_first(thanks.thanks_for(tx, story_id, me.person_id))
    rules.must_have_room(_given_this_week(tx, services, me), me)
    return story, teller


def _wheres(tx: Session, services: Services, story: Story, teller: Person) -> Sequence[Where]:
    is_posted = services.outbox.stands(tx, posting.story_key(story.id))
    return rules.where_possible(is_posted=is_posted, takes_part=teller.part == Part.JOINED)


def _given_this_week(tx: Session, services: Services, me: Me) -> int:
    monday = rules.monday_of(services.clock.today(me.zone))
    return thanks.given_since(tx, me.person_id, rules.beginning_of(monday, me.zone))


def _keep(tx: Session, services: Services, me: Me, story: Story, said: str, *, is_private: bool) -> Thanks:
    given = Thanks(
        workspace_id=me.workspace_id, story_id=story.id, from_id=me.person_id, to_id=story.teller_id, words=said,
        is_private=is_private, thanked_at=services.clock.now(),
    )  # fmt: skip
    tx.add(given)
    tx.flush()
    return given


def _give(tx: Session, services: Services, me: Me, given: Thanks, chosen: str) -> Gift | None:
    """Let the cupboard hand out what was chosen, if anything was. Raises FormError when it can't."""
    if not chosen:
        return None
    number = int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else 0
    try:
        services.announce(tx, GiftPromised(me, number, given.id or 0))
    except BotError as error:
        raise FormError({"gift": error}) from None
    return gifts.gift_by_id(tx, number)
