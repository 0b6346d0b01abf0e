"""Everybody's own caps, read back where managers set them: those that hold and those to come, and who set them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.features.budgets.approving import more
from bot.features.budgets.wording import name_of
from bot.kernel.amounts import own_amounts
from bot.kernel.clock import local_day
from bot.kernel.office import Me
from bot.kernel.roles import must_be_manager
from bot.services import Services
from bot.slack.blocks import Json, divider, header, paragraph, words
from storage import people
from storage import spending_questions as questions
from storage.people import Person
from storage.spending import PersonCap

SHOWN = 30  # lines


@dataclass(frozen=True)
class OwnCap:
    """Caps of one person, and the name of who set them (empty: somebody who was erased)."""

    person: Person
    cap: PersonCap
    set_by: str


def own_caps(services: Services, me: Me) -> list[OwnCap]:
    """The own caps that hold today or are to come, by person and day. Raises BotError for who is no manager."""
    must_be_manager(me)
    today = services.clock.today(me.office.zone)
    with services.database.reading(me) as tx:
        known = {person_id: _from(rows, today) for person_id, rows in questions.all_own_caps(tx).items()}
        setters = {one.set_by for rows in known.values() for one in rows if one.set_by}
        named = {one.id or 0: one for one in people.people_by_ids(tx, sorted(known.keys() | setters))}
        whose = sorted((named[one] for one in known), key=lambda one: (one.name.casefold(), one.id or 0))
        names = {person_id: one.name for person_id, one in named.items()}
        return [OwnCap(one, cap, names.get(cap.set_by or 0, "")) for one in whose for cap in known[one.id or 0]]


def _from(rows: Sequence[PersonCap], today: date) -> list[PersonCap]:
    """The one that holds, unless it says that the office's do, and those after it."""
    begun, coming = [one for one in rows if one.first_day <= today], [one for one in rows if one.first_day > today]
    holds = [one for one in begun[-1:] if (one.day_cents, one.month_cents, one.day_minutes) != (None, None, None)]
    return [*holds, *coming]


def listed(known: Sequence[OwnCap], me: Me) -> list[Json]:
    """Beneath the form in which they are set."""
    if not known:
        return []
    title = header(me.say("Who has amounts of their own"))
    rows = paragraph(words("\n".join(_row(one, me) for one in known[:SHOWN])))
    return [divider(), title, rows, *more(len(known) - SHOWN, me.say)]


def _row(one: OwnCap, me: Me) -> str:
    say, cap = me.say, one.cap
    amounts = own_amounts(cap.day_cents, cap.month_cents, cap.day_minutes, me.office.currency, say)
    day = f"{say.day(cap.first_day)} {cap.first_day.year}"
    text = say("{who}, from {day} on: {amounts}", who=name_of(one.person, say), day=day, amounts=amounts)
    at, by = say.day(local_day(cap.set_at, me.zone)), one.set_by or say("a colleague")
    return f"{text} · " + say("set by {who} on {day}", who=by, day=at)
