"""The office's books: a month seen as a whole, closing it, and somebody's own caps."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlmodel import Session

from bot.features.budgets import notices, reading, repaying
from bot.features.budgets.quoting import asked_as_told
from bot.features.budgets.rules import Asked, Overview, PersonTotal
from bot.kernel.budgets import caps_of
from bot.kernel.caps import OWN_CAPS
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.kernel.roles import must_be_manager
from bot.services import Services
from storage import people
from storage import spending as ledger
from storage import spending_questions as questions
from storage.database import InWorkspace
from storage.office import note_change
from storage.people import Person
from storage.rows import workspace_of
from storage.spending import ClosedMonth, PersonCap, Spending, month_of


def overview(services: Services, me: Me, month: str = "") -> Overview:
    """A month (YYYY-MM; empty: this one) of the office. Raises BotError for who is no manager."""
    must_be_manager(me)
    today = services.clock.today(me.office.zone)
    month = reading.read_month(month) if month else month_of(today)
    with services.database.reading(me) as tx:
        totals, closed = questions.month_by_person(tx, month), ledger.closed_until(tx)
        return Overview(
            month=month,
            is_closed=month <= closed,
            may_close=closed < month < month_of(today),
            people=_people(tx, me, totals, today),
            groups=_groups(tx, totals),
            waiting=_as_told(tx, questions.waiting(tx)),
            over=_as_told(tx, questions.over_between(tx, *ledger.span_of(month))),
            to_pay_back=_as_told(tx, questions.to_pay_back(tx)),
            paid_back=_as_told(tx, questions.paid_back_lately(tx, repaying.READ)),
        )


def _as_told(tx: Session, asked: Sequence[tuple[Spending, Person]]) -> list[Asked]:
    return [Asked(*one) for one in asked_as_told(tx, asked)]


def _people(tx: Session, me: Me, totals: Mapping[int, tuple[int, int]], today: date) -> list[PersonTotal]:
    own = questions.all_own_caps(tx)
    found = people.people_by_ids(tx, sorted(totals.keys() | own.keys()))
    return [
        PersonTotal(
            person, *totals.get(person.id or 0, (0, 0)), caps_of(me.office.caps, own.get(person.id or 0, ()), today)
        )
        for person in sorted(found, key=lambda one: (one.name.casefold(), one.id or 0))
    ]


def _groups(tx: Session, totals: Mapping[int, tuple[int, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for name, person_id in questions.groups_of_people(tx):
        sums[name] = sums.get(name, 0) + sum(totals.get(person_id, (0, 0)))
    return sums


def close_month(services: Services, me: Me, month: str) -> bool:
    """Close the books of a month that is over, and of those before; False when they were. Raises BotError."""
    must_be_manager(me)
    if reading.read_month(month) >= month_of(services.clock.today(me.office.zone)):
        raise BotError("That month is not over yet. Its books can be closed from the first of the next month on.")
    with services.database.writing(me) as tx:
        return _close(tx, services, month, me.person_id)


def close_by_itself(services: Services, workspace_id: int, month: str) -> bool:
    """As `close_month`, by the clock."""
    with services.database.writing(InWorkspace(workspace_id), patient=True) as tx:
        return _close(tx, services, month, None)


def _close(tx: Session, services: Services, month: str, closed_by: int | None) -> bool:
    ledger.hold_books(tx, alone=True)
    if month <= ledger.closed_until(tx):
        return False
    now = services.clock.now()
    tx.add(ClosedMonth(workspace_id=workspace_of(tx), month=month, closed_by=closed_by, closed_at=now))
    return True


def set_person_cap(
    services: Services, me: Me, slack_id: str, day_amount: str, month_amount: str, minutes: str = "",
    first_day: str = "",
) -> None:  # fmt: skip
    """Give somebody caps of their own, as typed; an empty one is the office's. They hold from `first_day` (YYYY-MM-DD;
    empty: the person's today) on, which is never past.

    Raises FormError (`day_cap`, `month_cap`, `day_minutes`, `first_day`), BotError.
    """
    must_be_manager(me)
    caps = reading.read_caps(day_amount, month_amount, minutes, me.office.currency)
    with services.database.writing(me) as tx:
        person = people.person_by_slack_id(tx, slack_id)
        if person is None:
            raise BotError("I don't know this colleague yet.")
        if person.id == me.person_id:
            raise BotError("Nobody decides on their own caps. Another manager can.")
        theirs = services.me(tx, person)
        day = reading.read_first_day(first_day, services.clock.today(theirs.zone))
        row = ledger.cap_from(tx, theirs.person_id, day) or PersonCap(
            workspace_id=me.workspace_id, person_id=theirs.person_id, first_day=day, set_at=services.clock.now()
        )
        row.day_cents, row.month_cents, row.day_minutes = caps
        row.set_by, row.set_at = me.person_id, services.clock.now()
        tx.add(row)
        tx.flush()
        _note(tx, row, me)
        notices.announce(tx, services, me.office, [theirs.person_id], is_question=False)


def _note(tx: Session, row: PersonCap, me: Me) -> None:
    """Keep who set what beside the changes of the office's settings: the row itself has the last one of its day."""
    caps = {"day_cents": row.day_cents, "month_cents": row.month_cents, "day_minutes": row.day_minutes}
    value = {"person": row.person_id, "first_day": row.first_day.isoformat(), **caps}
    note_change(tx, OWN_CAPS, value, me.person_id, row.set_at)
