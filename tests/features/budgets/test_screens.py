"""Every screen about money stays within what Slack takes, in both languages, and says people's words as they are."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.features.budgets import approving, overview, screens, window
from bot.features.budgets.form import part_form, refuse_form, spending_form, typed_decision, typed_spending
from bot.features.budgets.overview import Office
from bot.features.budgets.rules import Asked, Balance, Overview, PersonTotal, Receipt, Spent
from bot.features.budgets.wording import bar, month_name
from bot.kernel.budgets import Room, Verdict
from bot.kernel.caps import Caps
from bot.kernel.office import Me
from bot.kernel.sentence import Sentence
from bot.slack.blocks import Message, home
from storage.people import Person
from storage.spending import PaidWith, Spending, SpendingStatus
from tests.fakes import MONDAY
from tests.features.stories.test_screens import a_story, me_speaking, people
from tests.limits import complaints_about_message, complaints_about_view

CAPS = Caps(1000, 10000, day_minutes=30)
ROOM = Room(250, 9250)
TODAY = date(2026, 11, 2)
HOSTILE = ["<script>", "<!channel> <@U0BRAM>", "*vet* _x_ `y`", "{who} {0} %s", "\u202egnirts", "🎉 👩‍👩‍👧"]


@pytest.fixture(params=["nl", "en"])
def me(request: pytest.FixtureRequest) -> Me:
    return me_speaking(request.param)


def a_spending(**more: Any) -> Spending:
    values: dict[str, Any] = {
        "id": 10**12, "workspace_id": 1, "person_id": 2, "day": TODAY, "cents": 750, "currency": "EUR",
        "what_for": "bloemen", "asked_at": MONDAY,
    }  # fmt: skip
    return Spending(**values | more)


def heaviest(**more: Any) -> Spending:
    values = {
        "cents": 10_000_000, "what_for": "&" * 300, "company": "B" * 150, "vat_rate": 21, "no_receipt": "n" * 300,
        "reason": "r" * 1000, "is_urgent": True, "is_staff": True, "receipt": "F" * 40,
        "receipt_link": f"https://{'a' * 450}.slack.com/files/U1/F1/bon.png",
    }  # fmt: skip
    return a_spending(**values | more)


def all_states(**more: Any) -> Iterator[Spending]:
    for status in SpendingStatus:
        yield heaviest(status=status, cents_approved=5, **more)
    yield heaviest(status=SpendingStatus.APPROVED, cents_approved=10_000_000, paid_with=PaidWith.CARD)
    yield heaviest(is_over=True)
    yield heaviest(paid_back_at=MONDAY)
    yield a_spending(is_from_story=True, what_for="")
    yield a_spending(paid_with=PaidWith.CUPBOARD)


def a_balance(count: int = 10, **more: Any) -> Balance:
    waiting = [heaviest(status=SpendingStatus.WAITING)] * count
    made = Balance(CAPS, 750, 750, ROOM, 10, list(all_states())[:count], waiting, "2026-10")
    return replace(made, **more)


def a_manager(me: Me) -> Me:
    return replace(me, slack_id="U0FATIMA", person_id=9)


def an_office(count: int) -> Office:
    persons = people(count)
    for number, person in enumerate(persons):
        person.id = number + 1
    asked = [Asked(heaviest(status=SpendingStatus.WAITING), person) for person in persons]
    owed = [Asked(heaviest(id=10**12 + number), person) for person in persons for number in range(50)]
    totals = [PersonTotal(person, 10**7, 10**7, Caps(1, 2)) for person in persons]
    groups = {f"{'G' * 50} {number}": 10**7 for number in range(count)}
    seen = Overview("2026-10", False, True, totals, groups, asked, asked, owed)
    return Office(seen, TODAY, [("C" * 150, 10**7 - number) for number in range(count)])


def texts(view: Any) -> str:
    return json.dumps(view, ensure_ascii=False)


def messages(spending: Spending, me: Me) -> Iterator[Message]:
    person = people(1)[0]
    remark = [Sentence("It was taken back already.")]
    yield screens.spent_message(Spent(spending, Verdict.BOOK, ROOM, remark), TODAY, me)
    yield screens.spent_message(Spent(spending, Verdict.BOOK, Room(0, 0)), date(2026, 11, 3), me)
    yield screens.undone_message(spending, me.say)
    yield screens.decided_message(spending, "N" * 120, me)
    yield screens.decided_message(spending, "", me)
    yield screens.paid_back_message(spending, "N" * 120, me)
    yield approving.managers_message(spending, person, me, "N" * 120)
    yield approving.seen_message(spending, person, me)
    yield approving.digest_message([(spending, person)] * 30, me)


@pytest.mark.parametrize("spending", list(all_states()), ids=lambda one: one.status)
def test_slack_takes_every_message(me: Me, spending: Spending) -> None:
    assert [complaints_about_message(message.body()) for message in messages(spending, me)] == [[]] * 9


def test_slack_takes_the_other_messages(me: Me) -> None:
    waiting = heaviest(status=SpendingStatus.WAITING)
    others = [
        screens.help_message(me), screens.hurried_message(waiting, me.say), screens.undone_message(None, me.say),
        screens.gentle_message("t" * 200, ROOM, me), approving.digest_message([], me),
    ]  # fmt: skip
    assert [complaints_about_message(message.body()) for message in others] == [[]] * 5


@pytest.mark.parametrize("count", [0, 1, 10])
def test_slack_takes_the_window_and_the_cards_of_ones_own(me: Me, count: int) -> None:
    waiting = [(heaviest(status=SpendingStatus.WAITING), people(1)[0])] * count
    for mine in (a_balance(count), a_balance(count, room=Room(0, 0)), a_balance(count, caps=Caps(0, 0))):
        assert complaints_about_view(window.balance_window(mine, a_manager(me))) == []
        assert complaints_about_view(home(window.own_card(mine, me) + approving.managers_card(waiting, me))) == []


@pytest.mark.parametrize("count", [0, 1, 30, 150])
def test_slack_takes_the_office_however_large(me: Me, count: int) -> None:
    assert complaints_about_view(overview.overview_window(an_office(count), me)) == []


def test_slack_takes_the_forms(me: Me) -> None:
    asked = Asked(heaviest(), people(1)[0])
    stories = [a_story("s" * 3000, id=number) for number in range(120)]
    for view in (
        spending_form(me, "2026-11-02"),
        spending_form(me, "2026-11-02", stories, note="0 office 2026-11"),
        *(spending_form(me, "2026-11-02", stories, one, note="1 mine") for one in all_states()),
        part_form(asked, me, "1 mine"),
        refuse_form(asked, me, "1 mine"),
        overview.caps_form(me, "2026-11-02", "0 office 2026-11"),
    ):
        assert complaints_about_view(view) == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_people_write_stands_there_as_they_wrote_it(me: Me, hostile: str) -> None:
    person = Person(workspace_id=1, slack_id="U0BRAM", name="Bram")
    asked = a_spending(what_for=hostile, status=SpendingStatus.WAITING, reason=hostile)
    for message in (approving.managers_message(asked, person, me), screens.decided_message(asked, "Fatima", me)):
        said = [one for block in message.blocks if block["type"] == "rich_text" for one in block["elements"]]
        assert any(part["text"].endswith(hostile) for one in said for part in one["elements"])
        assert "mrkdwn" not in texts(message.blocks)


def test_a_manager_is_offered_no_button_for_what_is_their_own(me: Me) -> None:
    own, other = people(2)
    manager = replace(a_manager(me), slack_id=own.slack_id)
    asked = a_spending(status=SpendingStatus.WAITING)

    assert "actions" not in texts(approving.managers_message(asked, own, manager).blocks)
    assert approving.AGREE in texts(approving.managers_message(asked, other, manager).blocks)


def test_what_was_decided_offers_no_decision_any_more(me: Me) -> None:
    for status in (SpendingStatus.APPROVED, SpendingStatus.REFUSED, SpendingStatus.UNDONE, SpendingStatus.BOOKED):
        message = approving.managers_message(a_spending(status=status, cents_approved=300), people(1)[0], me, "Fatima")
        assert approving.AGREE not in texts(message.blocks)


def test_a_part_is_told_with_both_amounts_and_the_reason() -> None:
    me = me_speaking("en")
    spending = a_spending(status=SpendingStatus.APPROVED, cents_approved=300, reason="Het is al laat in de maand")

    message = screens.decided_message(spending, "Fatima", me)

    assert message.text.startswith("Fatima agrees with €3.00 of the €7.50.")
    assert "Het is al laat in de maand" in texts(message.blocks)


def test_it_is_told_as_leave_to_spend_and_never_as_an_obligation() -> None:
    me = me_speaking("en")

    assert "You may still spend €2.50 today without asking." in texts(window.balance_window(a_balance(0), me))
    spent = texts(window.balance_window(a_balance(0, room=Room(0, 500)), me))
    assert "What you may spend today without asking is spent. For more you can always ask." in spent
    none = texts(window.balance_window(a_balance(0, caps=Caps(0, 0), room=Room(0, 0)), me))
    assert "In this office you ask before you spend." in none


@pytest.mark.parametrize(
    ("left", "whole", "full"),
    [(0, 1000, 0), (1, 1000, 1), (750, 1000, 7), (1000, 1000, 10), (5, 0, 0), (2000, 1000, 10)],
)
def test_the_bar_shows_what_is_left(left: int, whole: int, full: int) -> None:
    assert bar(left, whole) == "▓" * full + "░" * (10 - full)


def test_a_paid_back_button_names_what_it_pays_back(me: Me) -> None:
    person = people(1)[0]
    owed = [Asked(a_spending(id=number), person) for number in (3, 5)]
    seen = Overview("2026-11", False, False, [], {}, [], [], owed)
    view = overview.overview_window(Office(seen, TODAY, []), me)

    rows = [one for block in view["blocks"] if block["type"] == "actions" for one in block["elements"]]
    assert next(one["value"] for one in rows if one["action_id"] == overview.PAID_BACK) == "3:750,5:750"


def test_a_company_that_got_more_than_the_notice_is_marked(me: Me) -> None:
    seen = Overview("2026-11", False, False, [], {}, [], [], [])
    view = overview.overview_window(Office(seen, TODAY, [("Bakkerij Jansen", 22701), ("Slagerij", 22700)]), me)

    said = texts(view)
    assert "⚠️ Bakkerij Jansen" in said
    assert "⚠️ Slagerij" not in said


def test_the_months_to_choose_go_back_over_a_new_year(me: Me) -> None:
    seen = Overview("2026-01", True, False, [], {}, [], [], [])
    view = overview.overview_window(Office(seen, date(2026, 1, 15), []), me)

    picker = next(one for one in view["blocks"][1]["elements"] if one["action_id"] == overview.MONTH)
    assert [one["value"] for one in picker["options"]][:3] == ["2026-01", "2025-12", "2025-11"]


def test_a_month_has_its_name_and_year() -> None:
    assert month_name("2026-11", me_speaking("nl").say) == "november 2026"


def filled(**values: Any) -> dict[str, Any]:
    return {"state": {"values": {name: {name: element} for name, element in values.items()}}}


def test_the_form_is_read_as_it_was_filled_in() -> None:
    view = filled(
        amount={"type": "plain_text_input", "value": "7,50"},
        what_for={"type": "plain_text_input", "value": "bloemen"},
        paid_with={"type": "static_select", "selected_option": {"value": "till"}},
        day={"type": "datepicker", "selected_date": "2026-11-01"},
        company={"type": "plain_text_input", "value": None},
        vat_rate={"type": "static_select", "selected_option": {"value": "9"}},
        story_id={"type": "static_select", "selected_option": {"value": "12"}},
        receipt={
            "type": "file_input",
            "files": [
                {
                    "id": "F1",
                    "mimetype": "image/png",
                    "size": 300,
                    "permalink": "https://club.slack.com/files/U1/F1/bon.png",
                }
            ],
        },
        no_receipt={"type": "plain_text_input", "value": None},
        more={"type": "checkboxes", "selected_options": [{"value": "urgent"}, {"value": "not_yet"}]},
    )
    typed = typed_spending(view)

    assert (typed.amount, typed.what_for, typed.paid_with, typed.day) == ("7,50", "bloemen", "till", "2026-11-01")
    assert (typed.company, typed.vat_rate, typed.story_id) == ("", "9", 12)
    assert typed.receipt == Receipt("F1", "image/png", 300, "https://club.slack.com/files/U1/F1/bon.png")
    assert (typed.is_urgent, typed.is_spent, typed.is_staff) == (True, False, False)


def test_an_empty_form_is_read_too() -> None:
    typed = typed_spending(filled())
    assert (typed.receipt, typed.story_id, typed.is_spent, typed.is_urgent) == (None, None, True, False)
    assert typed_decision(filled()) == ("", "")


def test_a_form_of_what_is_there_shows_it(me: Me) -> None:
    kept = a_spending(company="Bakkerij", vat_rate=9, story_id=3, is_urgent=True, is_spent=False, receipt="F1")
    form = spending_form(me, "2026-11-02", [a_story(id=3)], kept, note="7 mine")

    elements = {block["block_id"]: block["element"] for block in form["blocks"]}
    assert elements["amount"]["initial_value"] in ("7,50", "7.50")
    assert elements["company"]["initial_value"] == "Bakkerij"
    assert elements["vat_rate"]["initial_option"]["value"] == "9"
    assert elements["story_id"]["initial_option"]["value"] == "3"
    assert [one["value"] for one in elements["more"]["initial_options"]] == ["urgent", "not_yet"]
