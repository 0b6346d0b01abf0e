"""A month of one's own: the figures that managers see of each person, for that person alone."""

from datetime import date

from sqlmodel import Session

from bot.features.budgets.reading import read_month
from bot.features.budgets.rules import OwnMonth, cents_of
from bot.features.budgets.wording import month_choices, month_name, price, quoted, what_for
from bot.kernel.amounts import own_amounts
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.services import Services
from bot.slack.blocks import Json, Message, line, paragraph, picker, words
from storage import spending as ledger
from storage import spending_questions as questions
from storage.spending import Spending, month_of

MONTH = "spending.my_month"
COMING = 5  # changes of one's own caps that are shown


def see_month(services: Services, me: Me, month: str) -> OwnMonth:
    """One's own totals in a month (YYYY-MM). Raises BotError."""
    must_belong(me)
    with services.database.reading(me) as tx:
        return month_in(tx, me, services.clock.today(me.zone), read_month(month))


def month_in(tx: Session, me: Me, today: date, month: str = "") -> OwnMonth:
    """As `see_month`, within a transaction; without a month that of `today`, which is their local day."""
    shown = month or month_of(today)
    owed: dict[str, int] = {}
    for spending, _ in questions.to_pay_back(tx, me.person_id):
        owed[spending.currency] = owed.get(spending.currency, 0) + cents_of(spending)
    coming = [one for one in ledger.own_caps(tx, me.person_id) if one.first_day > today]
    return OwnMonth(shown, *questions.month_of_person(tx, me.person_id, shown), today, owed, coming)


def month_picker(seen: OwnMonth, me: Me) -> Json:
    """The months that managers can choose from as well."""
    return picker(me.say("Another month"), MONTH, month_choices(seen.today, me.say))


def totals(seen: OwnMonth, me: Me) -> Json:
    """What stands in the books of a month for oneself, as managers see it: customers and colleagues apart."""
    say, currency = me.say, me.office.currency
    rows = [say("For customers: {amount}", amount=say.money(seen.cents, currency))]
    if seen.staff_cents:
        rows.append(say("For colleagues: {amount}", amount=say.money(seen.staff_cents, currency)))
    if seen.asked_cents:
        asked = say.money(seen.asked_cents, currency)
        rows.append(say("Of which {amount} was agreed with a manager: your own room stays as it was.", amount=asked))
    if seen.month == month_of(seen.today):
        rows += _still_to_come(seen, me)
    return paragraph(words(month_name(seen.month, say), bold=True), words("\n" + "\n".join(rows)))


def _still_to_come(seen: OwnMonth, me: Me) -> list[str]:
    """Own money that is not paid back yet, and other caps of one's own that are to hold."""
    say, currency = me.say, me.office.currency
    rows = [say("You still get {amount} back.", amount=say.money(cents, owed)) for owed, cents in seen.owed.items()]
    for one in seen.coming[:COMING]:
        amounts = own_amounts(one.day_cents, one.month_cents, one.day_minutes, currency, say)
        rows.append(say("From {day} on you may spend: {amounts}", day=say.day(one.first_day), amounts=amounts))
    return rows


def not_paid_back_message(spending: Spending, me: Me) -> Message:
    """To who read that their own money was paid back, which a manager had marked by mistake."""
    text = me.say("{amount} was not paid back to you yet: that was a mistake. You still get it.",
                  amount=price(spending, me.say))  # fmt: skip
    return Message(text, [line(text), paragraph(words(quoted(what_for(spending, me.say))))])
