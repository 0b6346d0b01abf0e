"""What managers do with the week's digest before it goes out: look at it, choose other words, skip it."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from bot.features.digest import posting, rules, screens
from bot.features.digest.rules import State
from bot.features.digest.screens import Preview
from bot.kernel.choices import Choice
from bot.kernel.errors import BotError, FormError
from bot.kernel.facts import OfficeChanged
from bot.kernel.office import Me, Office
from bot.kernel.roles import must_be_manager
from bot.kernel.weekly import Edited, edited_as_json
from bot.services import Services
from bot.slack.blocks import Json
from storage import digest, people
from storage.office import change_office


def see_digest(services: Services, me: Me) -> Preview:
    """The digest that goes out next, or that stands since today. Raises BotError for who is no manager."""
    must_be_manager(me)
    with services.database.reading(me) as tx:
        return _preview(tx, services, me.office, _monday(tx, services, me.office))


def reword(services: Services, me: Me, monday: object, typed: str) -> Preview:
    """Let a week's digest open with other words, also where it stands already. Raises FormError, BotError."""
    must_be_manager(me)
    try:
        said = rules.read_words(typed)
    except BotError as error:
        raise FormError({"words": error}) from None
    return _edit(services, me, monday, words=said)


def skip(services: Services, me: Me, monday: object, *, is_skipped: bool) -> Preview:
    """Let a week go by without its digest, or have it after all. Raises BotError when it stands already."""
    must_be_manager(me)
    return _edit(services, me, monday, is_skipped=is_skipped)


def home_card(tx: Session, services: Services, me: Me) -> list[Json]:
    """At Home: on the day itself, until it is posted, who may change it sees that it goes out."""
    if not me.is_manager:
        return []
    now = services.clock.now()
    comes = [(one, rules.moment_of(one, me.office)) for one in rules.mondays_open(now, me.office)]
    monday, moment = next(((one, at) for one, at in comes if rules.is_today(at, now)), (None, None))
    if monday is None or moment is None:
        return []
    is_posted = services.outbox.stands(tx, posting.key_of(monday))
    state = rules.state_of(me.office, monday, is_posted=is_posted)
    return [] if state is State.POSTED else screens.home_card(state, moment, me.office, me)


def _edit(services: Services, me: Me, typed_monday: object, **changes: object) -> Preview:
    with services.database.writing(me) as tx:
        digest.hold_week(tx)
        office, now = services.office(tx), services.clock.now()
        opened = _opened(tx, services, office)
        monday = rules.read_monday(typed_monday, opened)
        is_posted = services.outbox.stands(tx, posting.key_of(monday))
        if is_posted and "is_skipped" in changes:
            raise BotError("This week's digest stands already. Its words you can still change.")
        edited: Edited = replace(office.digest.of(monday), **changes)  # type: ignore[arg-type]
        new = edited_as_json(office.digest.with_week(edited, opened))
        if edited != office.digest.of(monday) and change_office(tx, Choice.DIGEST, new, me.person_id, now):
            fresh = services.me(tx, people.people_by_ids(tx, [me.person_id])[0], me.request_key)
            office = fresh.office
            if is_posted:
                posting.renew(tx, services, office, monday)
            services.announce(tx, OfficeChanged(fresh))
        return _preview(tx, services, office, monday)


def _monday(tx: Session, services: Services, office: Office) -> date:
    """The first week whose digest can still go out; this week's when there is none to come."""
    opened = _opened(tx, services, office)
    left = [monday for monday in opened if not services.outbox.stands(tx, posting.key_of(monday))]
    return (left or opened[-1:])[0]


def _opened(tx: Session, services: Services, office: Office) -> list[date]:
    """The weeks whose digest can still go out or be changed; once this week's stands, the next one too."""
    opened = rules.mondays_open(services.clock.now(), office)
    return rules.and_next(opened) if services.outbox.stands(tx, posting.key_of(opened[-1])) else opened


def _preview(tx: Session, services: Services, office: Office, monday: date) -> Preview:
    week = posting.week_of(tx, services, office, monday)
    is_posted = services.outbox.stands(tx, posting.key_of(monday))
    moment = rules.moment_of(monday, office)
    return Preview(
        week=week,
        state=rules.state_of(office, monday, is_posted=is_posted),
        moment=moment,
        is_due=rules.is_due(moment, services.clock.now()),
        channel=office.weekly.channel,
        message=screens.digest_message(week, office),
        parts=list(posting.parts_of(week, office).values()),
    )
