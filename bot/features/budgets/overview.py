"""The office's budget, for its managers: a month of it, what is to be paid back, what companies got, own caps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from slack_sdk.models.blocks import DatePickerElement, PlainTextInputElement, UserSelectElement

from bot.features.budgets import own_caps, repaying
from bot.features.budgets.approving import as_seen, deciding, listed, more, questions
from bot.features.budgets.own_caps import OwnCap
from bot.features.budgets.rules import Asked, Overview, PersonTotal, cents_of
from bot.features.budgets.wording import month_choices, month_name, name_of, price, quoted, receipt, what_for
from bot.kernel.calendar import in_force
from bot.kernel.money import typed_amount
from bot.kernel.office import Me, Say
from bot.slack.blocks import (
    Json,
    button,
    buttons,
    confirm,
    divider,
    field_of,
    header,
    line,
    modal,
    paragraph,
    picker,
    small,
    words,
)
from bot.slack.forms import as_text, filled_in
from storage.spending import Spending

MONTH, FILE, CLOSE = "spending.month", "spending.file", "spending.close"
PAID_BACK, CAPS = "spending.paid_back", "spending.caps"

OFFICE = "office"  # what the window is called in what a form carries, with the month behind it
WAITING, OVER, CREDITORS, COMPANIES = 6, 6, 10, 12  # shown; a window holds 100 blocks
PEOPLE = 100  # lines
DEBTS = 15  # of one person at a time: their ids fit in a button


@dataclass(frozen=True)
class Office:
    """What the window shows: a month, and what each company got in its year (cents, the most first)."""

    overview: Overview
    today: date
    companies: Sequence[tuple[str, int]]


def overview_window(shown: Office, me: Me) -> Json:
    """A month of the office. Of a person it shows what that person sees too."""
    month = shown.overview.month
    blocks = [
        *_heading(shown, me),
        *_waiting(shown.overview, me),
        *_totals(shown, me),
        *_owed(shown.overview.to_pay_back, me),
        *repaying.listed(shown.overview.paid_back, me),
        *_companies(shown.companies, month[:4], me),
    ]
    return modal(me.say("The office's budget"), blocks, close=me.say("Close"), note=f"{OFFICE} {month}")


def _heading(shown: Office, me: Me) -> list[Json]:
    say, seen = me.say, shown.overview
    row = [
        picker(say("Another month"), MONTH, month_choices(shown.today, say)),
        button(say("For the accountant (CSV)"), FILE, seen.month),
    ]
    row += [button(say("Close this month"), CLOSE, seen.month, confirm=_sure(say))] if seen.may_close else []
    blocks = [header(month_name(seen.month, say)), buttons(*row, button(say("Amounts of one person"), CAPS))]
    if seen.is_closed:
        blocks.append(small(say("This month is closed: what changes now stands in the month that is open.")))
    return blocks


def _sure(say: Say) -> Json:
    return confirm(
        say("Close this month?"),
        say("Nobody changes it after that. What is corrected later stands in the month that is open."),
        say("Close it"),
        say("Not yet"),
    )


def _waiting(seen: Overview, me: Me) -> list[Json]:
    say = me.say
    blocks: list[Json] = []
    if seen.waiting:
        blocks += [divider(), header(questions(len(seen.waiting), say))]
        for one in seen.waiting[:WAITING]:
            blocks += [*listed(one.spending, one.person, me), *deciding(one.spending, one.person, me)]
        blocks += more(len(seen.waiting) - WAITING, say)
    if seen.over:
        blocks += [divider(), header(say("Above the day's amount"))]
        blocks += [block for one in seen.over[:OVER] for block in listed(one.spending, one.person, me)]
        blocks += more(len(seen.over) - OVER, say)
    return blocks


def _totals(shown: Office, me: Me) -> list[Json]:
    say, seen, currency = me.say, shown.overview, me.office.currency
    customers, staff = sum(one.cents for one in seen.people), sum(one.staff_cents for one in seen.people)
    blocks = [divider(), line(say("For customers: {amount}", amount=say.money(customers, currency)))]
    if staff:
        blocks.append(line(say("For colleagues: {amount}", amount=say.money(staff, currency))))
    if seen.groups:
        totals = [f"{name}: {say.money(cents, currency)}" for name, cents in seen.groups.items()]
        blocks += [header(say("By group")), paragraph(words("\n".join(totals[:PEOPLE])))]
    if seen.people:
        rows = [_person(one, shown.today, me) for one in seen.people[:PEOPLE]]
        blocks += [header(say("By person")), paragraph(words("\n".join(rows)))]
        blocks += [*more(len(seen.people) - PEOPLE, say), small(say("Each person sees the same of themselves."))]
    return blocks


def _person(one: PersonTotal, today: date, me: Me) -> str:
    say, currency = me.say, me.office.currency
    text = f"{name_of(one.person, say)}: {say.money(one.cents, currency)}"
    if one.staff_cents:
        text += " · " + say("for colleagues {amount}", amount=say.money(one.staff_cents, currency))
    everybody = in_force(me.office.caps, today)
    if (one.caps.day_cents, one.caps.month_cents) != (everybody.day_cents, everybody.month_cents):
        day, month = say.money(one.caps.day_cents, currency), say.money(one.caps.month_cents, currency)
        text += " · " + say("may spend {day} a day and {month} a month", day=day, month=month)
    return text


def _owed(to_pay_back: Sequence[Asked], me: Me) -> list[Json]:
    """Own money, by person; the button names what it is about, so that it says nothing of what came later."""
    if not to_pay_back:
        return []
    say, owed = me.say, _by_person(to_pay_back)
    blocks = [divider(), header(say("To be paid back"))]
    for debts in owed[:CREDITORS]:
        blocks += _debts(debts, me)
    return [*blocks, *more(len(owed) - CREDITORS, say)]


def _by_person(to_pay_back: Sequence[Asked]) -> list[list[Asked]]:
    """Of each person, and each currency that they paid in."""
    found: dict[tuple[int, str], list[Asked]] = {}
    for one in to_pay_back:
        found.setdefault((one.person.id or 0, one.spending.currency), []).append(one)
    return list(found.values())


def _debts(debts: Sequence[Asked], me: Me) -> list[Json]:
    say, shown = me.say, debts[:DEBTS]
    cents = sum(cents_of(one.spending) for one in shown)
    who, amount = name_of(shown[0].person, say), say.money(cents, shown[0].spending.currency)
    ids = ",".join(as_seen(one.spending) for one in shown)
    label = say("{amount} was paid back to {who}", amount=amount, who=who)
    is_own = shown[0].person.slack_id == me.slack_id
    return [
        paragraph(words(f"{who}: {amount}", bold=True), *(part for one in shown for part in _debt(one.spending, say))),
        *more(len(debts) - DEBTS, say),
        small(say("This is your own: another manager pays it back."))
        if is_own
        else buttons(button(say("Paid back"), PAID_BACK, ids, label=label[:75], confirm=_sure_it_is(amount, who, say))),
    ]


def _sure_it_is(amount: str, who: str, say: Say) -> Json:
    return confirm(
        say("Was it paid back?"),
        say("{who} hears that {amount} was paid back.", who=who, amount=amount),
        say("Paid back"),
        say("Not yet"),
    )


def _debt(spending: Spending, say: Say) -> list[Json]:
    row = f"{say.day(spending.day)} · {price(spending, say)} · {quoted(what_for(spending, say), 60)}"
    return [words(f"\n{row}"), *receipt(spending, say)]


def _companies(companies: Sequence[tuple[str, int]], year: str, me: Me) -> list[Json]:
    if not companies:
        return []
    say, currency, notice = me.say, me.office.currency, me.office.gift_notice
    blocks = [divider(), header(say("To one company, in {year}", year=year))]
    rows = [(company, say.money(cents, currency), cents > notice) for company, cents in companies[:COMPANIES]]
    blocks.append(paragraph(words("\n".join(f"{'⚠️ ' * is_over}{name}: {amount}" for name, amount, is_over in rows))))
    blocks += more(len(companies) - COMPANIES, say)
    if any(is_over for _, _, is_over in rows):
        blocks.append(small(say("⚠️ More than {notice} in a year: ask your accountant what that means.",
                                notice=say.money(notice, currency))))  # fmt: skip
    return [*blocks, small(say("Without VAT, where its rate was given. Gifts to colleagues are not in it."))]


def caps_form(me: Me, today: str = "", note: str = "", known: Sequence[OwnCap] = ()) -> Json:
    """What one person may spend without asking, and from when on (`today`: YYYY-MM-DD); beneath it who has what."""
    say, caps = me.say, in_force(me.office.caps, date.max)
    amounts = {
        "day_cap": (say("Per day"), caps.day_cents),
        "month_cap": (say("Per month"), caps.month_cents),
    }
    office = say("Empty: the office's.")
    fields = [
        field_of("person", say("Who?"), UserSelectElement(placeholder=say("Choose a colleague")), optional=False),
        *(
            field_of(name, label, PlainTextInputElement(max_length=30, placeholder=typed_amount(cents, say.language)),
                     hint=office)
            for name, (label, cents) in amounts.items()
        ),
        field_of("day_minutes", say("Minutes per day"), PlainTextInputElement(max_length=4), hint=office),
        field_of("first_day", say("From when on?"), DatePickerElement(initial_date=today or None)),
        small(say("What was spent before that day stays as it is. The person sees the same amounts.")),
        *own_caps.listed(known, me),
    ]  # fmt: skip
    return modal(
        say("Amounts of one person"), fields, submit=say("Save"), close=say("Cancel"), callback_id=CAPS, note=note
    )


def typed_caps(view: dict[str, Any]) -> tuple[str, str, str, str, str]:
    """Whose, per day, per month, minutes, from when on, as it was filled in."""
    form = filled_in(view)
    person, day, month, minutes, first = (
        as_text(form.get(name)) for name in ("person", "day_cap", "month_cap", "day_minutes", "first_day")
    )
    return person, day, month, minutes, first
