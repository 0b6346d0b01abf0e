"""The forms of a budget: an expense, a manager's decision. The names of the fields stand here alone."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import CheckboxesElement, DatePickerElement, PlainTextInputElement, StaticSelectElement
from slack_sdk.models.blocks.block_elements import FileInputElement, InputInteractiveElement

from bot.features.budgets.approving import PART, REFUSE, listed
from bot.features.budgets.rules import LONGEST, LONGEST_COMPANY, VAT_RATES, Asked, Receipt, TypedSpending
from bot.features.budgets.screens import ADD, CHANGE
from bot.features.budgets.wording import PAID_WITH, asked_price, name_of, quoted
from bot.kernel.money import typed_amount
from bot.kernel.office import Me, Say
from bot.slack.blocks import Json, field_of, modal, option
from bot.slack.forms import as_list, as_text, filled_in
from storage.spending import PaidWith, Spending, SpendingStatus
from storage.stories import Story

RECEIPTS = ("jpg", "jpeg", "png", "gif", "heic", "webp", "pdf")
LONGEST_REASON = 1000  # characters
LONGEST_LINK = 500  # characters
LONGEST_CHOICE = 75  # characters of an option in Slack


def spending_form(
    me: Me, today: str, stories: Sequence[Story] = (), kept: Spending | None = None, note: str = ""
) -> Json:
    """The form; of an expense that is there already when one is given. `today` is the person's, as YYYY-MM-DD.

    `stories` are those of their own that it may belong to; `note` comes back with what is sent.
    """
    say = me.say
    fields = [
        _amount(kept, me),
        _what_for(kept, say),
        _paid_with(kept, say),
        field_of("day", say("When?"), DatePickerElement(initial_date=kept.day.isoformat() if kept else today),
                 optional=False),
        _company(kept, say),
        _vat_rate(kept, say),
        *([] if kept and kept.is_from_story else _story(stories, kept, say)),
        *_receipt(kept, say),
        _ticks(kept, say),
    ]  # fmt: skip
    return modal(
        say("Change an expense") if kept else say("Spend something"),
        fields,
        submit=say("Save"), close=say("Cancel"), callback_id=CHANGE if kept else ADD, note=note,
    )  # fmt: skip


def typed_spending(view: dict[str, Any]) -> TypedSpending:
    """The form as it was filled in."""
    form, ticked = filled_in(view), as_list(filled_in(view).get("more"))
    story = as_text(form.get("story_id"))
    return TypedSpending(
        amount=as_text(form.get("amount")),
        what_for=as_text(form.get("what_for")),
        paid_with=as_text(form.get("paid_with")),
        day=as_text(form.get("day")),
        company=as_text(form.get("company")),
        vat_rate=as_text(form.get("vat_rate")),
        story_id=int(story) if story.isascii() and story.isdigit() else None,
        receipt=_receipt_in(view),
        no_receipt=as_text(form.get("no_receipt")),
        is_urgent="urgent" in ticked,
        is_spent="not_yet" not in ticked,
        is_staff="staff" in ticked,
    )


def _amount(kept: Spending | None, me: Me) -> Json:
    typed = typed_amount(kept.cents, me.say.language) if kept else None
    element = PlainTextInputElement(
        initial_value=typed, max_length=30, focus_on_load=True, placeholder=typed_amount(750, me.say.language)
    )
    hint = me.say("In {currency}.", currency=kept.currency if kept else me.office.currency)
    if kept and kept.is_from_story:
        hint = me.say("This amount stands in a story. Change it there.")
    elif kept and kept.status == SpendingStatus.APPROVED:
        hint = me.say("A manager agreed with this amount. Take it back and ask again if it was another.")
    return field_of("amount", me.say("How much?"), element, hint=hint, optional=False)


def _what_for(kept: Spending | None, say: Say) -> Json:
    element = PlainTextInputElement(
        initial_value=kept.what_for or None if kept else None, max_length=LONGEST,
        placeholder=say("For example: flowers for a customer's birthday"),
    )  # fmt: skip
    return field_of("what_for", say("What is it for?"), element, optional=bool(kept and kept.is_from_story))


def _paid_with(kept: Spending | None, say: Say) -> Json:
    ways = [option(way, say(label)) for way, label in PAID_WITH.items()]
    now = kept.paid_with if kept else PaidWith.OWN
    chosen = next((one for one in ways if one.value == now), ways[0])
    element = StaticSelectElement(options=ways, initial_option=chosen)
    return field_of(
        "paid_with", say("Whose money is it?"), element, optional=False, hint=say("Your own money is paid back to you.")
    )


def _company(kept: Spending | None, say: Say) -> Json:
    element = PlainTextInputElement(initial_value=kept.company or None if kept else None, max_length=LONGEST_COMPANY)
    return field_of("company", say("For which company?"), element, hint=say("Leave it empty for a private customer."))


def _vat_rate(kept: Spending | None, say: Say) -> Json:
    rates = [option(str(rate), say("{rate}% VAT", rate=rate)) for rate in VAT_RATES]
    known = str(kept.vat_rate) if kept and kept.vat_rate is not None else ""
    element = StaticSelectElement(
        options=rates, initial_option=next((one for one in rates if one.value == known), None)
    )
    return field_of("vat_rate", say("Which VAT is on the receipt?"), element)


def _story(stories: Sequence[Story], kept: Spending | None, say: Say) -> list[Json]:
    if not stories:
        return []
    told = [option(str(story.id), quoted(story.text, LONGEST_CHOICE) or "…") for story in stories[:100]]
    chosen = next((one for one in told if kept and one.value == str(kept.story_id)), None)
    element = StaticSelectElement(options=told, initial_option=chosen)
    return [field_of("story_id", say("To which story does it belong?"), element)]


def _receipt(kept: Spending | None, say: Say) -> list[Json]:
    has_one = kept is not None and kept.receipt is not None
    label = say("Another receipt") if has_one else say("The receipt")
    why = PlainTextInputElement(initial_value=kept.no_receipt or None if kept else None, max_length=LONGEST)
    return [
        field_of("receipt", label, FileInputElement(filetypes=list(RECEIPTS), max_files=1),
                 hint=say("A photo or a PDF, of 10 MB at most.")),
        field_of("no_receipt", say("No receipt, because…"), why),
    ]  # fmt: skip


def _ticks(kept: Spending | None, say: Say) -> Json:
    boxes = {
        "urgent": (say("The customer is waiting: if you must ask, ask at once"), bool(kept and kept.is_urgent)),
        "not_yet": (say("I haven't spent it yet"), bool(kept and not kept.is_spent)),
        "staff": (say("It is for a colleague, not for a customer"), bool(kept and kept.is_staff)),
    }
    options = {value: option(value, text) for value, (text, _) in boxes.items()}
    ticked = [options[value] for value, (_, is_ticked) in boxes.items() if is_ticked]
    element = CheckboxesElement(options=list(options.values()), initial_options=ticked or None)
    return field_of("more", say("What else?"), element)


def _receipt_in(view: dict[str, Any]) -> Receipt | None:
    """The file that was chosen, as Slack describes it."""
    held = view.get("state", {}).get("values", {}).get("receipt", {}).get("receipt", {})
    file = next(iter(held.get("files") or []), None)
    if not isinstance(file, dict) or not file.get("id"):
        return None
    size, link = file.get("size"), str(file.get("permalink") or "")
    return Receipt(
        str(file["id"]),
        str(file.get("mimetype") or ""),
        size if isinstance(size, int) else 0,
        link if link.startswith("https://") and len(link) <= LONGEST_LINK else "",
    )


def part_form(asked: Asked, me: Me, note: str) -> Json:
    """How much of it, and why not all."""
    say, spending = me.say, asked.spending
    element = PlainTextInputElement(
        max_length=30, focus_on_load=True, placeholder=typed_amount(spending.cents // 2, say.language)
    )
    less = say("Less than {asked}.", asked=asked_price(spending, say))
    fields = [
        field_of("amount", say("How much?"), element, optional=False, hint=less),
        field_of("reason", say("Why not all of it?"), _reason()),
    ]
    return _decision(say("Agree in part"), say("Agree"), PART, fields, asked, me, note)


def refuse_form(asked: Asked, me: Me, note: str) -> Json:
    """A no comes with a reason, and with what is possible."""
    say = me.say
    hint = say("{who} reads this.", who=name_of(asked.person, say))
    fields = [field_of("reason", say("Why not, and what is possible?"), _reason(), optional=False, hint=hint)]
    return _decision(say("No, but…"), say("Send"), REFUSE, fields, asked, me, note)


def _decision(title: str, submit: str, name: str, fields: list[Json], asked: Asked, me: Me, note: str) -> Json:
    blocks = [*listed(asked.spending, asked.person, me), *fields]
    return modal(title, blocks, submit=submit, close=me.say("Cancel"), callback_id=name, note=note)


def _reason() -> InputInteractiveElement:
    return PlainTextInputElement(multiline=True, max_length=LONGEST_REASON)


def typed_decision(view: dict[str, Any]) -> tuple[str, str]:
    """The amount (empty with a no) and the reason, as they were typed."""
    form = filled_in(view)
    return as_text(form.get("amount")), as_text(form.get("reason"))
