"""Entering, changing, withdrawing and applauding compliments, and looking through the wall."""

import html
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.features.customer_wall import moderators, posting, reading, rules, screens
from bot.features.customer_wall.moderators import traces_of
from bot.features.customer_wall.reading import ComplimentValues, TypedCompliment
from bot.features.customer_wall.rules import Looked
from bot.features.customer_wall.window import Found
from bot.kernel.clock import is_double_click
from bot.kernel.facts import ComplimentChanged, ComplimentPlaced, ComplimentRemoved, HomesOutdated
from bot.kernel.office import Me
from bot.kernel.roles import may_moderate, must_belong
from bot.kernel.sentence import Sentence
from bot.kernel.wording import without_name
from bot.services import Services
from bot.slack.blocks import Json
from bot.slack.text import plain
from storage import compliments, people
from storage.compliments import Compliment, ComplimentApplause, Wanted
from storage.people import Person, Standing
from storage.standing import keys_with_blocks

WAITING_AT_HOME = 3  # of the compliments that wait for a moderator


@dataclass(frozen=True)
class Added:
    """A compliment that was kept, and what else there is to say about it."""

    compliment_id: int
    remarks: Sequence[Sentence] = ()


def share_compliment(services: Services, me: Me, raw: str) -> Added:
    """Keep a compliment in one go and post it; who is mentioned in it is whom it is about.

    `raw` is the text as Slack sends it, with its marks. The same words within two minutes are the same compliment.
    Raises BotError when they don't make one, or when this person can't take part.
    """
    must_belong(me)
    reading.compliment_text(plain(rules.without_mentions(raw)))
    typed, about = taken_over(services, me, raw)
    text = reading.compliment_text(typed)
    with services.database.writing(me) as tx:
        since = services.clock.now() - rules.SAME_WITHIN
        if same := compliments.same_since(tx, me.person_id, text, since):
            return Added(same.id or 0)
        values = ComplimentValues(text, services.clock.today(me.zone), about=tuple(about))
        return _add(tx, services, me, values)


def enter_compliment(services: Services, me: Me, typed: TypedCompliment) -> Added:
    """Keep a compliment from the form and post it. Raises FormError, BotError."""
    must_belong(me)
    values = reading.read_compliment(with_mentioned(services, me, typed), services.clock.today(me.zone))
    with services.database.writing(me) as tx:
        return _add(tx, services, me, values)


def taken_over(services: Services, me: Me, raw: str) -> tuple[str, list[str]]:
    """The words of a message without Slack's marks, and the Slack ids of the colleagues whom it mentions."""
    if not rules.mentioned(raw) and not rules.has_typed_name(raw):
        return plain(raw), []
    with services.database.reading(me) as tx:
        if rules.has_typed_name(raw):
            raw = rules.with_marks(raw, {one.slack_id: one.name for one in people.colleagues_known(tx)})
        mentioned = rules.mentioned(raw)
        known = {person.slack_id: person for person in people.people_by_slack_ids(tx, mentioned)}
    names = {slack_id: person.name for slack_id, person in known.items() if person.name}
    bots = {slack_id for slack_id, person in known.items() if person.standing == Standing.BOT}
    return plain(rules.with_names(raw, names)), [slack_id for slack_id in mentioned if slack_id not in bots]


def with_mentioned(services: Services, me: Me, typed: TypedCompliment) -> TypedCompliment:
    """A form in which it is also about the colleagues whom its words name by an @, as a command does it."""
    text, mentioned = taken_over(services, me, html.escape(typed.text, quote=False))  # no marks of Slack's are in it
    return replace(typed, text=text, about=tuple(dict.fromkeys((*typed.about, *mentioned))))


def change_compliment(services: Services, me: Me, compliment_id: int, typed: TypedCompliment) -> None:
    """Give a compliment another content; what stands of it follows. Raises FormError, BotError."""
    must_belong(me)
    typed = with_mentioned(services, me, typed)
    with services.database.writing(me) as tx:
        compliment, before = _to_change(tx, me, compliment_id)
        concerned = posting.concerned(tx, me.office, compliment)
        values = reading.read_compliment(typed, services.clock.today(me.zone), compliment)
        write(tx, services, compliment, values)
        posting.follow(tx, services, me.office, compliment, before, me.person_id)
        concerned += posting.concerned(tx, me.office, compliment)
        services.announce(tx, ComplimentChanged(me, compliment_id, concerned))


def withdraw_compliment(services: Services, me: Me, compliment_id: int) -> Compliment | None:
    """Take a compliment off the wall, everywhere; None when it was gone. Raises BotError."""
    must_belong(me)
    with services.database.writing(me) as tx:
        compliment = compliments.compliment_to_change(tx, compliment_id)
        if compliment is None:
            return None
        rules.must_be_withdrawable(compliment, _ids(compliments.about_of(tx, compliment_id)), me)
        concerned = posting.concerned(tx, me.office, compliment)
        posting.take_away(tx, services, compliment, by_customer=False)
        tx.delete(compliment)
        tx.flush()
        services.announce(tx, ComplimentRemoved(me, compliment_id, concerned))
        return compliment


def applaud(services: Services, me: Me, compliment_id: int) -> None:
    """Applaud a compliment, or take the applause back. Raises BotError."""
    must_belong(me)
    with services.database.writing(me) as tx:
        about = _ids(compliments.about_of(tx, compliment_id))
        found = compliments.compliment_to_change(tx, compliment_id)
        compliment = rules.must_be_applaudable(found, about, me)
        applause, now = compliments.applause_by(tx, compliment_id, me.person_id), services.clock.now()
        if applause is None:
            tx.add(_applause(me, compliment_id, now))
        elif is_double_click(applause.changed_at, now):
            return
        else:
            applause.is_given, applause.changed_at = not applause.is_given, now
        tx.flush()
        posting.redraw(tx, services, me.office, compliment)


def compliment_to_change(services: Services, me: Me, compliment_id: int) -> tuple[Compliment, Sequence[Person]]:
    """A compliment that one may change and whom it is about, for the form. Raises BotError."""
    must_belong(me)
    with services.database.reading(me) as tx:
        about = compliments.about_of(tx, compliment_id)
        return rules.must_be_changeable(compliments.compliment_by_id(tx, compliment_id), _ids(about), me), about


def look(services: Services, me: Me, looked: Looked) -> Found:
    """A page of the wall, the newest first. Raises BotError for who can't take part."""
    must_belong(me)
    with services.database.reading(me) as tx:
        wanted = _wanted(tx, looked, services, me)
        found = compliments.latest(tx, wanted, rules.LISTED + 1, rules.place_in(looked.before))
        ids = [compliment.id or 0 for compliment in found[: rules.LISTED]]
        return Found(
            looked=looked,
            compliments=found[: rules.LISTED],
            about=compliments.abouts(tx, ids),
            applause=compliments.applauses(tx, ids),
            has_older=len(found) > rules.LISTED,
        )


def home_card(tx: Session, _services: Services, me: Me) -> list[Json]:
    """At Home: the last compliment about me, and for moderators what waits for them."""
    last = next(iter(compliments.latest(tx, Wanted(about_id=me.person_id), 1)), None)
    cards = screens.praise_card(last, me)
    if may_moderate(me):
        number, listed = compliments.waiting(tx, WAITING_AT_HOME)
        about = compliments.abouts(tx, [one.id or 0 for one in listed])
        cards += moderators.waiting_card(number, [(one, about.get(one.id or 0, ())) for one in listed], me)
    return cards


def forget_colleague(tx: Session, services: Services, me: Me) -> None:
    """Take somebody's name out of the compliments about them, and out of the posts; the compliments stay.

    The record has no name for them any more when this is called; `me` still knows it.
    """
    instead, concerned = me.office.say("a colleague"), set[int]()
    for turn, compliment in enumerate(compliments.all_about(tx, me.person_id)):
        compliment.text = without_name(compliment.text, me.name, instead)
        compliments.fold(compliment)
        tx.flush()
        posting.redraw_in_turn(tx, services, me.office, compliment, turn)
        posting.tell_others(tx, services, compliment, me.person_id)
        concerned |= set(posting.concerned(tx, me.office, compliment))
    services.announce(tx, HomesOutdated(tuple(concerned)))


def forget_moderator(tx: Session, services: Services, me: Me) -> None:
    """Let the messages in which moderators read who decided or answered say "a colleague"."""
    for key in keys_with_blocks(tx, posting.ASKED, traces_of(me.person_id)):
        posting.renew_asked(tx, services, key)


def write(tx: Session, services: Services, compliment: Compliment, values: ComplimentValues) -> None:
    """Give a compliment this content in the record."""
    for column, value in _columns(values).items():
        setattr(compliment, column, value)
    compliment.changed_at = services.clock.now()
    compliments.fold(compliment)
    compliments.replace_about(tx, compliment.id or 0, _colleagues(tx, values.about))


def _add(tx: Session, services: Services, me: Me, values: ComplimentValues) -> Added:
    """Keep, post and announce a compliment: for all the ways in which a colleague enters one."""
    entered = {"entered_by": me.person_id, "entered_at": services.clock.now()}
    compliment = compliments.add_compliment(tx, **entered, **_columns(values))
    compliment_id = compliment.id or 0
    compliments.replace_about(tx, compliment_id, _colleagues(tx, values.about))
    remarks = posting.place(tx, services, me.office, compliment, me.person_id)
    remarks += services.announce(tx, ComplimentPlaced(me, compliment_id, posting.concerned(tx, me.office, compliment)))
    return Added(compliment_id, remarks)


def _to_change(tx: Session, me: Me, compliment_id: int) -> tuple[Compliment, Sequence[Person]]:
    """A compliment that this person may change, and whom it is about. Raises BotError."""
    compliment = compliments.compliment_to_change(tx, compliment_id)
    about = compliments.about_of(tx, compliment_id)
    return rules.must_be_changeable(compliment, _ids(about), me), about


def _wanted(tx: Session, looked: Looked, services: Services, me: Me) -> Wanted:
    colleague = people.person_by_slack_id(tx, looked.colleague) if looked.colleague else None
    nobody = 0 if looked.colleague else None  # who is not known is in no compliment
    return Wanted(
        about_id=colleague.id if colleague else nobody,
        since=rules.since_when(looked.period, services.clock.today(me.zone)),
        came_in=looked.came_in or None,
        search=looked.search,
    )


def _applause(me: Me, compliment_id: int, now: datetime) -> ComplimentApplause:
    return ComplimentApplause(
        workspace_id=me.workspace_id, compliment_id=compliment_id, person_id=me.person_id, changed_at=now
    )


def _colleagues(tx: Session, slack_ids: Sequence[str]) -> list[Person]:
    return [person for person in people.known_people(tx, slack_ids) if person.standing != Standing.BOT]


def _columns(values: ComplimentValues) -> dict[str, Any]:
    """A compliment's content as the record keeps it."""
    return {column.name: getattr(values, column.name) for column in fields(values) if column.name != "about"}


def _ids(about: Sequence[Person]) -> list[int]:
    return [person.id or 0 for person in about]
