"""Posting on the employees' wall, changing and hiding what is there, and giving one's own dates."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from bot.features.team_wall import posting, rules, screens
from bot.features.team_wall.rules import CelebrationValues, TypedCelebration, TypedDates
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.kernel.sentence import Sentence
from bot.services import Services
from storage import celebrations, people
from storage.celebrations import Celebration, Occasion, OwnDates, Shown
from storage.people import Standing

READ_AT_ONCE = 60  # of those who are congratulated several share a post


@dataclass(frozen=True)
class Wall:
    """The latest posts as one person sees them: each with the people in it."""

    posts: Sequence[Sequence[Shown]]
    is_any_hidden: bool


def see_wall(services: Services, me: Me) -> Wall:
    """The latest posts, without what this person hid. Raises BotError for who can't take part."""
    must_belong(me)
    with services.database.reading(me) as tx:
        latest = celebrations.shown(tx, celebrations.latest_for(tx, me.person_id, READ_AT_ONCE))
        is_any_hidden = celebrations.hides_any(tx, me.person_id)
    return Wall(posting.by_post(latest)[: rules.LISTED], is_any_hidden)


def post(services: Services, me: Me, typed: TypedCelebration) -> list[Sentence]:
    """Put something on the wall; answers what there is to say about it. Raises FormError, BotError."""
    must_belong(me)
    values = rules.read_celebration(typed)
    with services.database.writing(me) as tx:
        celebration = Celebration(
            workspace_id=me.workspace_id,
            occasion=values.occasion,
            text=values.text,
            photo=values.photo,
            about_id=_about(tx, me, values),
            entered_by=me.person_id,
            posted_on=services.clock.today(me.office.zone),
            entered_at=services.clock.now(),
        )
        tx.add(celebration)
        tx.flush()
        return [] if posting.put(tx, services, celebration) else [screens.NO_CHANNEL]


def to_change(services: Services, me: Me, celebration_id: int) -> Shown:
    """One's own post, for the form. Raises BotError."""
    with services.database.reading(me) as tx:
        own = rules.must_be_own(celebrations.celebration_by_id(tx, celebration_id), me)
        return celebrations.shown(tx, [own])[0]


def change(services: Services, me: Me, celebration_id: int, typed: TypedCelebration) -> None:
    """Give a post another content; what stands in the channel follows. Raises FormError, BotError."""
    must_belong(me)
    with services.database.writing(me) as tx:
        own = rules.must_be_own(celebrations.celebration_held(tx, celebration_id), me)
        values = rules.read_celebration(typed, own.photo)
        own.text, own.occasion, own.photo = values.text, values.occasion, values.photo
        own.about_id, own.changed_at = _about(tx, me, values), services.clock.now()
        tx.flush()
        posting.follow(tx, services, own)


def remove(services: Services, me: Me, celebration_id: int) -> None:
    """Take a post away: by who entered it, or whom it is about. Nothing happens the second time. Raises BotError."""
    with services.database.writing(me) as tx:
        found = celebrations.celebration_held(tx, celebration_id)
        if found is not None and not found.is_removed:
            posting.delete(tx, services, [rules.must_be_mine(found, me)])


def hide(services: Services, me: Me, celebration_id: int) -> None:
    """Somebody doesn't want to see this post any more. Raises BotError when it is gone, or they can't take part."""
    must_belong(me)
    with services.database.writing(me) as tx:
        found = rules.must_be_there(celebrations.celebration_by_id(tx, celebration_id))
        celebrations.hide(tx, _ids(posting.together(tx, found)), me.person_id)


def show(services: Services, me: Me, celebration_id: int) -> None:
    """They want to see it again, after all. Raises BotError when it is gone."""
    with services.database.writing(me) as tx:
        found = rules.must_be_there(celebrations.celebration_by_id(tx, celebration_id))
        celebrations.show_again(tx, me.person_id, _ids(posting.together(tx, found)))


def show_all(services: Services, me: Me) -> None:
    """They want to see everything again that they hid."""
    with services.database.writing(me) as tx:
        celebrations.show_again(tx, me.person_id)


def my_dates(services: Services, me: Me) -> OwnDates | None:
    """What somebody gave of their own birthday and beginning. Raises BotError for who can't take part."""
    must_belong(me)
    with services.database.reading(me) as tx:
        return celebrations.dates_of(tx, me.person_id)


def keep_dates(services: Services, me: Me, typed: TypedDates) -> bool:
    """Keep one's own dates, or forget them; answers whether any is left. Raises FormError, BotError.

    Of a date that is another one or gone, the congratulations go as well: off means off.
    """
    must_belong(me)
    birthday, began = rules.read_dates(typed, services.clock.today(me.zone))
    with services.database.writing(me) as tx:
        dates = celebrations.dates_of(tx, me.person_id)
        if dates is not None and dates.birthday != birthday:
            _take_back(tx, services, me, Occasion.BIRTHDAY)
        if dates is not None and dates.began_on != began:
            _take_back(tx, services, me, Occasion.JUBILEE)
        dates = dates or OwnDates(workspace_id=me.workspace_id, person_id=me.person_id)
        dates.birthday, dates.began_on = birthday, began
        if birthday or began:
            tx.add(dates)
        elif dates in tx:
            tx.delete(dates)
    return bool(birthday or began)


def forget_about(tx: Session, services: Services, me: Me) -> None:
    """Take away what is about somebody who is erased, in Slack too."""
    posting.delete(tx, services, celebrations.celebrations_about(tx, me.person_id))


def forget_author(tx: Session, services: Services, me: Me) -> None:
    """Take away what somebody who is erased posted, in Slack too: the words are theirs."""
    posting.delete(tx, services, celebrations.celebrations_by(tx, me.person_id))


def _take_back(tx: Session, services: Services, me: Me, occasion: Occasion) -> None:
    posting.delete(tx, services, celebrations.congratulations_of(tx, me.person_id, occasion))


def _about(tx: Session, me: Me, values: CelebrationValues) -> int | None:
    """Whom it is about; nobody in particular when that is oneself, or a bot. Raises FormError for who is not known."""
    if values.about in ("", me.slack_id):
        return None
    person = next(iter(people.known_people(tx, [values.about])), None)
    if person is None:
        raise FormError({"about": BotError("Who you chose is not known here until they use the bot themselves.")})
    return None if person.standing in (Standing.BOT, Standing.GONE) else person.id


def _ids(post: Sequence[Shown]) -> list[int]:
    return [one.celebration.id or 0 for one in post]
