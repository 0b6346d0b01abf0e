"""How money is told about: what it was for, how far it is, what may still be spent and the bar of it."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.i18n.translate import later
from bot.kernel.budgets import Room
from bot.kernel.caps import Caps
from bot.kernel.office import Say
from bot.slack.blocks import Json, small, words
from storage.spending import PaidWith, Spending, SpendingStatus

BAR = 10  # marks in a bar
MONTHS_BACK = 18  # that one can choose
FULL, EMPTY = "▓", "░"
PICTURES = (".png", ".jpg", ".jpeg", ".gif")  # that Slack draws in a message
QUOTED = 150  # characters of what it was for, in a list
PAID_WITH = {
    PaidWith.OWN: later("My own money"),
    PaidWith.TILL: later("The till"),
    PaidWith.CARD: later("A company card"),
}
PAID = {
    PaidWith.OWN: later("own money"),
    PaidWith.TILL: later("from the till"),
    PaidWith.CARD: later("company card"),
    PaidWith.CUPBOARD: later("from the cupboard"),
}
STATUSES = {
    SpendingStatus.BOOKED: later("booked"),
    SpendingStatus.WAITING: later("waits for a manager"),
    SpendingStatus.APPROVED: later("agreed"),
    SpendingStatus.REFUSED: later("no, but…"),
    SpendingStatus.UNDONE: later("taken back"),
}
MONTHS: Sequence[str] = (
    later("January"), later("February"), later("March"), later("April"), later("May"), later("June"),
    later("July"), later("August"), later("September"), later("October"), later("November"), later("December"),
)  # fmt: skip


class Named(Protocol):
    """Somebody with a name and a Slack id."""

    @property
    def name(self) -> str: ...
    @property
    def slack_id(self) -> str: ...


def name_of(person: Named | None, say: Say) -> str:
    """By the name alone: a mention would notify."""
    return (person.name if person else "") or say("A colleague")


def quoted(text: str, longest: int = QUOTED) -> str:
    """The beginning of what somebody wrote, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= longest else flat[: longest - 1].rstrip() + "…"


def what_for(spending: Spending, say: Say) -> str:
    """What it was for; an amount that was told with a story has no words of its own."""
    return spending.what_for or say("a fan story of {day}", day=say.day(spending.day))


def asked_price(spending: Spending, say: Say) -> str:
    return say.money(spending.cents, spending.currency)


def price(spending: Spending, say: Say) -> str:
    """What it is about in money: what a manager agreed with, else what was asked."""
    agreed = spending.status == SpendingStatus.APPROVED and spending.cents_approved is not None
    return say.money((spending.cents_approved or 0) if agreed else spending.cents, spending.currency)


def is_part(spending: Spending) -> bool:
    """Whether a manager agreed with less than was asked."""
    return spending.status == SpendingStatus.APPROVED and (spending.cents_approved or 0) < spending.cents


def thing(spending: Spending, say: Say, *, whole: bool = False) -> list[Json]:
    """The amount and what it is for, as parts of a paragraph."""
    text = what_for(spending, say)
    about = " · " + (text if whole else quoted(text))
    return [words(price(spending, say), bold=True), words(about), *receipt(spending, say)]


def receipt(spending: Spending, say: Say) -> list[Json]:
    """The receipt as part of a paragraph: where it can be seen, if Slack told."""
    if not spending.receipt_link:
        return []
    return [words(" · "), {"type": "link", "url": spending.receipt_link, "text": say("the receipt")}]


def receipt_picture(spending: Spending, say: Say) -> list[Json]:
    """The receipt as Slack draws it; nothing for a PDF, of which it draws none."""
    if not (spending.receipt and (spending.receipt_link or "").lower().endswith(PICTURES)):
        return []
    return [{"type": "image", "slack_file": {"id": spending.receipt}, "alt_text": say("The receipt")}]


def state(spending: Spending, say: Say) -> str:
    """How far it is, in a few words."""
    if is_part(spending):
        return say("agreed in part, of {asked}", asked=asked_price(spending, say))
    if spending.is_over and spending.status == SpendingStatus.BOOKED:
        return say("booked, above the day's amount")
    return say(STATUSES[SpendingStatus(spending.status)])


def particulars(spending: Spending, say: Say) -> str:
    """What else is known of it, in one line: the day, whose money, the company, the receipt."""
    parts = [say.day(spending.day), say(PAID[PaidWith(spending.paid_with)])]
    if spending.is_staff:
        parts.append(say("for a colleague"))
    if spending.company:
        parts.append(say("for {company}", company=spending.company))
    if spending.vat_rate is not None:
        parts.append(say("{rate}% VAT", rate=spending.vat_rate))
    if spending.receipt:
        parts.append(say("with a receipt"))
    elif spending.no_receipt:
        parts.append(say("no receipt: {why}", why=quoted(spending.no_receipt)))
    return " · ".join(parts)


def is_own(spending: Spending) -> bool:
    """Whether it was somebody's own money, and counts."""
    counts = spending.status in (SpendingStatus.BOOKED, SpendingStatus.APPROVED)
    return counts and spending.is_spent and spending.paid_with == PaidWith.OWN


def repayment(spending: Spending, say: Say) -> str:
    """Whether own money was paid back; nothing for what was not one's own, or counts no more."""
    if not is_own(spending):
        return ""
    return say("paid back") if spending.paid_back_at else say("to be paid back")


def whose_money(spending: Spending, say: Say) -> str:
    """Whose money it counts as, to who may have meant another."""
    if is_own(spending):
        return say("Your own money: you get it back. Is that not so? Then choose Change.")
    if spending.paid_with == PaidWith.OWN:
        return say("Your own money: is that not so? Then choose Change.")
    return say(PAID[PaidWith(spending.paid_with)])


def permission(room: Room, caps: Caps, currency: str, say: Say) -> str:
    """What it is: leave to spend, not an obligation."""
    if not min(caps.day_cents, caps.month_cents):
        return say("In this office you ask before you spend. Ask gladly: it is for a customer.")
    if room.cents:
        return say("You may still spend {amount} today without asking.", amount=say.money(room.cents, currency))
    if not room.month_cents:
        return say("What you may spend this month without asking is spent. For more you can always ask.")
    return say("What you may spend today without asking is spent. For more you can always ask.")


def bars(room: Room, caps: Caps, currency: str, say: Say, minutes: int = 0) -> list[Json]:
    """The same in a picture: today, this month, and the minutes of today if those have a cap."""
    rows = [
        (say("Today"), room.day_cents, caps.day_cents, _of(room.day_cents, caps.day_cents, currency, say)),
        (say("This month"), room.month_cents, caps.month_cents, _of(room.month_cents, caps.month_cents, currency, say)),
    ]
    if caps.day_minutes is not None:
        left = max(caps.day_minutes - minutes, 0)
        figures = say("{left} of {whole} minutes left", left=left, whole=caps.day_minutes)
        rows.append((say("Time today"), left, caps.day_minutes, figures))
    return [small(f"{bar(left, whole)}  {name}: {figures}") for name, left, whole, figures in rows]


def _of(left: int, whole: int, currency: str, say: Say) -> str:
    return say("{left} of {whole} left", left=say.money(left, currency), whole=say.money(whole, currency))


def bar(left: int, whole: int) -> str:
    """Ten marks: the full ones are what is left. A little left is never shown as nothing."""
    if whole <= 0 or left <= 0:
        return EMPTY * BAR
    marks = min(max(left * BAR // whole, 1), BAR)
    return FULL * marks + EMPTY * (BAR - marks)


def month_choices(today: date, say: Say) -> list[tuple[str, str]]:
    """The months up to and including today's, the newest first: as the books name them, and as people do."""
    last = today.year * 12 + today.month - 1
    months = [f"{count // 12:04}-{count % 12 + 1:02}" for count in range(last, last - MONTHS_BACK, -1)]
    return [(month, month_name(month, say)) for month in months]


def month_name(month: str, say: Say) -> str:
    """Such as "november 2026", of 2026-11."""
    first = date.fromisoformat(f"{month}-01")
    return f"{say(MONTHS[first.month - 1])} {first.year}"
