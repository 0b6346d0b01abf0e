"""Whether somebody may spend an amount without asking: the caps of a day, and what is left of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.kernel.calendar import Dated, in_force
from bot.kernel.caps import Caps
from storage.spending import Books, PersonCap


class Verdict(StrEnum):
    """What becomes of an amount."""

    BOOK = "book"  # within the caps: nobody is asked
    OVER = "over"  # above the day's cap, which is soft here: booked, and shown to a manager afterwards
    ASK = "ask"  # a manager is to decide


@dataclass(frozen=True)
class Room:
    """What somebody may still spend without asking: cents, never below zero."""

    day_cents: int
    month_cents: int

    @property
    def cents(self) -> int:
        """In one go, that day."""
        return min(self.day_cents, self.month_cents)


def caps_of(office: Dated[Caps], own: Sequence[PersonCap], day: date) -> Caps:
    """The caps of one person on a day: the office's of that day, with the person's own of that day in their place.

    `own` is sorted by first day. An empty value is the office's.
    """
    caps = in_force(office, day)
    mine = next((one for one in reversed(own) if one.first_day <= day), None)
    if mine is None:
        return caps
    return replace(
        caps,
        day_cents=caps.day_cents if mine.day_cents is None else mine.day_cents,
        month_cents=caps.month_cents if mine.month_cents is None else mine.month_cents,
        day_minutes=caps.day_minutes if mine.day_minutes is None else mine.day_minutes,
    )


def judge(cents: int, caps: Caps, spent_day: int, spent_month: int) -> Verdict:
    """What becomes of an amount, beside what was booked that day and that month without asking; all in cents."""
    if spent_month + cents > caps.month_cents:
        return Verdict.ASK
    if spent_day + cents <= caps.day_cents:
        return Verdict.BOOK
    return Verdict.OVER if caps.is_soft else Verdict.ASK


def judged(cents: int, office: Dated[Caps], books: Books) -> Verdict:
    """What becomes of an amount on the day of these books."""
    return judge(cents, caps_of(office, books.own_caps, books.day), books.spent_day, books.spent_month)


def room_in(office: Dated[Caps], books: Books) -> Room:
    """What may still be spent on the day of these books."""
    caps = caps_of(office, books.own_caps, books.day)
    return Room(max(caps.day_cents - books.spent_day, 0), max(caps.month_cents - books.spent_month, 0))
