"""What people type and click about money, as Slack sends it."""

import json
from typing import Any

import pytest
from slack_bolt import App, BoltRequest

from bot.features.budgets import approving, listeners, overview, screens
from bot.kernel.office import Me
from bot.services import Services
from storage.spending import Spending, SpendingStatus
from tests.fakes import FakeOffice, FakeSlack, StoppedClock
from tests.features.budgets.spenders import entries, spend, spendings
from tests.features.heard import Heard, Json, texts_in
from tests.wiring import payloads


@pytest.fixture
def heard(services: Services, slack: FakeSlack) -> Heard:
    def register(app: App) -> None:
        listeners.register(app, dict(services.settings.commands))

    return Heard(services, slack, register)


@pytest.fixture
def asked(services: Services, sanne: Me) -> Spending:
    """Sanne asks 25 euros, for a customer who waits."""
    return spend(services, sanne, "25", is_urgent=True).spending


def typed(heard: Heard, text: str, user: str = "U0SANNE") -> Json:
    """`/budget text`; answers the private line, or nothing when a window opened."""
    answer = heard._app.dispatch(BoltRequest(body=payloads.command(text, user, name="/budget"), mode="socket_mode"))
    assert answer.status == 200
    found: Json = json.loads(answer.body) if answer.body else {}
    return found


def opened(slack: FakeSlack) -> Json:
    view: Json = slack.asked("views_open")[-1]["view"]
    return view


def field(value: Any) -> Json:
    return {"type": "plain_text_input", "value": value}


def file(**about: Any) -> Json:
    return {"type": "file_input", "files": [{"id": "F1"} | about]}


def names(view: Json) -> list[str]:
    return [one["action_id"] for block in view["blocks"] if block["type"] == "actions" for one in block["elements"]]


def test_the_command_with_an_amount_books_it_at_once(heard: Heard, services: Services, sanne: Me) -> None:
    answer = typed(heard, "7,50 bloemen &amp; een kaart")

    [spending] = spendings(services, sanne)
    assert (spending.cents, spending.what_for) == (750, "bloemen & een kaart")
    assert sanne.say.money(250, "EUR") in texts_in(answer)
    assert names(answer) == [screens.CHANGE, screens.UNDO]


@pytest.mark.parametrize("text", ["-5 taart", "0 taart", "1e9 taart", "7,505 taart", "€", "5 USD taart"])
def test_a_wrong_amount_is_answered_with_what_was_typed(heard: Heard, services: Services, sanne: Me, text: str) -> None:
    assert text in texts_in(typed(heard, text))
    assert spendings(services, sanne) == []


@pytest.mark.parametrize("word", ["help", "hulp", "?", "HELP"])
def test_the_command_explains_itself(heard: Heard, sanne: Me, word: str) -> None:
    assert "/budget" in texts_in(typed(heard, word))


def test_the_command_alone_opens_ones_own_budget(heard: Heard, services: Services, slack: FakeSlack, sanne: Me) -> None:
    spend(services, sanne, "7,50")

    typed(heard, "")

    said = texts_in(opened(slack))
    assert sanne.say.money(250, "EUR") in said
    assert "bloemen" in said
    assert approving.OVERVIEW not in names(opened(slack))


def test_a_manager_finds_the_office_there(heard: Heard, slack: FakeSlack, fatima: Me) -> None:
    typed(heard, "", user="U0FATIMA")
    assert approving.OVERVIEW in names(opened(slack))


def test_an_expense_by_the_form(heard: Heard, services: Services, slack: FakeSlack, sanne: Me) -> None:
    form = heard.click(screens.ADD, user="U0SANNE")
    assert form is not None
    values = {
        "amount": field("7,50"), "what_for": field("bloemen"), "company": field("Bakkerij Jansen"),
        "receipt": file(mimetype="application/pdf", size=1000),
    }  # fmt: skip

    answer = heard.send(form, values, user="U0SANNE")

    assert answer["response_action"] == "update"
    [spending] = spendings(services, sanne)
    assert (spending.company, spending.receipt, spending.status) == ("Bakkerij Jansen", "F1", SpendingStatus.BOOKED)


@pytest.mark.parametrize(
    ("name", "element"),
    [
        ("amount", field("-1")),
        ("amount", field("7,505")),
        ("amount", field("€")),
        ("day", {"type": "datepicker", "selected_date": "2026-11-03"}),
        ("day", {"type": "datepicker", "selected_date": "2026-09-01"}),
        ("receipt", file(mimetype="application/zip", size=10)),
        ("receipt", file(mimetype="image/png", size=11 * 1024 * 1024)),
        ("what_for", field("")),
    ],
)
def test_what_is_wrong_stands_at_its_field(
    heard: Heard, services: Services, sanne: Me, name: str, element: Json
) -> None:
    form = heard.click(screens.ADD, user="U0SANNE") or {}

    answer = heard.send(form, {"amount": field("5"), "what_for": field("taart")} | {name: element}, user="U0SANNE")

    assert list(answer["errors"]) == [name]
    assert spendings(services, sanne) == []


def test_a_change_from_the_window_is_seen_in_the_window(
    heard: Heard, services: Services, slack: FakeSlack, sanne: Me
) -> None:
    spent = spend(services, sanne, "7,50").spending
    window = heard.click(screens.BALANCE, user="U0SANNE") or {}
    form = heard.click(screens.CHANGE, str(spent.id), user="U0SANNE", view=window) or {}

    heard.send(form, {"amount": field("5"), "what_for": field("rozen")}, user="U0SANNE", previous_view_id="V1")

    assert entries(services, sanne) == [750, -750, 500]
    assert "rozen" in texts_in(slack.asked("views_update")[-1]["view"])


def test_taking_back_in_the_window_draws_it_anew(heard: Heard, services: Services, sanne: Me) -> None:
    spent = spend(services, sanne, "7,50").spending
    window = heard.click(screens.BALANCE, user="U0SANNE") or {}

    after = heard.click(screens.UNDO, str(spent.id), user="U0SANNE", view=window) or {}

    assert entries(services, sanne) == [750, -750]
    assert sanne.say.money(1000, "EUR") in texts_in(after)


def test_agreeing_books_it_and_the_asker_hears_so(
    heard: Heard, services: Services, office: FakeOffice, sanne: Me, fatima: Me, asked: Spending
) -> None:
    heard.click(approving.AGREE, approving.as_seen(asked))

    assert entries(services, sanne) == [2500]
    assert "Fatima" in office.posts("U0SANNE")[-1]


def test_agreeing_in_part_by_the_form(
    heard: Heard, services: Services, office: FakeOffice, sanne: Me, fatima: Me, asked: Spending
) -> None:
    form = heard.click(approving.PART, approving.as_seen(asked)) or {}

    wrong = heard.send(form, {"amount": field("25"), "reason": field("")})
    answer = heard.send(form, {"amount": field("10"), "reason": field("Een kleinere bos")})

    assert list(wrong["errors"]) == ["amount"]
    assert answer == {}
    assert entries(services, sanne) == [1000]
    assert sanne.say.money(1000, "EUR") in office.posts("U0SANNE")[-1]
    assert "Een kleinere bos" in json.dumps(office.queued("U0SANNE")[-1].body)


def test_a_no_needs_a_reason(
    heard: Heard, services: Services, office: FakeOffice, sanne: Me, fatima: Me, asked: Spending
) -> None:
    form = heard.click(approving.REFUSE, approving.as_seen(asked)) or {}

    assert list(heard.send(form, {"reason": field("  ")})["errors"]) == ["reason"]
    assert heard.send(form, {"reason": field("Bel ze liever even op")}) == {}

    assert [one.status for one in spendings(services, sanne)] == [SpendingStatus.REFUSED]
    assert entries(services, sanne) == []


def test_two_managers_who_click_together_book_once(
    heard: Heard, services: Services, sanne: Me, fatima: Me, asked: Spending
) -> None:
    form = heard.click(approving.PART, approving.as_seen(asked)) or {}
    heard.click(approving.AGREE, approving.as_seen(asked))

    assert list(heard.send(form, {"amount": field("10"), "reason": field("")})["errors"]) == ["amount"]
    assert entries(services, sanne) == [2500]


@pytest.mark.parametrize("button", [approving.AGREE, approving.PART, approving.REFUSE])
def test_who_is_no_manager_decides_nothing(
    heard: Heard, services: Services, slack: FakeSlack, sanne: Me, bram: Me, asked: Spending, button: str
) -> None:
    for user in ("U0BRAM", "U0SANNE"):
        window = heard.click(button, approving.as_seen(asked), user=user) or {}
        assert "callback_id" not in window

    assert entries(services, sanne) == []


def test_an_admin_of_slack_approves_no_money_and_sees_no_figures(
    heard: Heard, services: Services, office: FakeOffice, sanne: Me, asked: Spending
) -> None:
    office.person("U0ADMIN", "Ada", is_admin=True)
    heard.click(approving.AGREE, approving.as_seen(asked), user="U0ADMIN")
    shown = heard.click(approving.OVERVIEW, user="U0ADMIN") or {}

    assert entries(services, sanne) == []
    assert "Sanne" not in texts_in(shown)
    heard.click(overview.FILE, "2026-11", user="U0ADMIN")
    assert office.queued("U0ADMIN") == []


def test_own_money_is_paid_back_in_the_overview(
    heard: Heard, services: Services, office: FakeOffice, sanne: Me, fatima: Me
) -> None:
    spend(services, sanne, "7,50")
    window = heard.click(approving.OVERVIEW) or {}
    ids = next(one["value"] for block in window["blocks"] if block["type"] == "actions"
               for one in block["elements"] if one["action_id"] == overview.PAID_BACK)  # fmt: skip

    after = heard.click(overview.PAID_BACK, ids, view=window) or {}

    assert overview.PAID_BACK not in names(after)
    assert spendings(services, sanne)[0].paid_back_by == fatima.person_id
    assert "Fatima" in office.posts("U0SANNE")[-1]


def test_a_month_is_chosen_and_closed(
    heard: Heard, services: Services, clock: StoppedClock, sanne: Me, fatima: Me
) -> None:
    spend(services, sanne, "7,50", day="2026-10-30")
    window = heard.click(approving.OVERVIEW) or {}
    assert overview.CLOSE not in names(window)

    after = heard.click(overview.CLOSE, "2026-10", view=window | {"private_metadata": "office 2026-10"}) or {}

    assert after["private_metadata"] == "office 2026-10"
    assert overview.CLOSE not in names(after)
    form = heard.click(screens.ADD, user="U0SANNE") or {}
    day = {"type": "datepicker", "selected_date": "2026-10-30"}
    answer = heard.send(form, {"amount": field("5"), "what_for": field("taart"), "day": day}, user="U0SANNE")
    assert list(answer["errors"]) == ["day"]


def test_amounts_of_one_person(heard: Heard, services: Services, sanne: Me, fatima: Me) -> None:
    form = heard.click(overview.CAPS) or {}
    who = {"type": "users_select", "selected_user": "U0SANNE"}

    wrong = heard.send(form, {"person": who, "day_cap": field("veel"), "month_cap": field("")})
    assert list(wrong["errors"]) == ["day_cap"]
    assert heard.send(form, {"person": who, "day_cap": field("20"), "month_cap": field("")}) == {}

    assert spend(services, sanne, "20").spending.status == SpendingStatus.BOOKED


def test_the_file_for_the_accountant_is_queued_for_the_manager(heard: Heard, office: FakeOffice, fatima: Me) -> None:
    heard.click(overview.FILE, "2026-11")

    [post] = office.queued("U0FATIMA")
    assert post.body is not None
    assert "2026-11" in post.body["file"]
    assert post.body["file"].endswith(".csv")


@pytest.mark.parametrize("value", ["", "abc", "99999", "1,x", "9" * 30, "2026-13", "1:", "1:x", "1:2:3"])
@pytest.mark.parametrize(
    "button",
    [screens.CHANGE, screens.UNDO, screens.HURRY, screens.SPENT, approving.AGREE, overview.PAID_BACK, overview.CLOSE],
)
def test_an_old_or_foreign_button_gets_an_answer(heard: Heard, fatima: Me, button: str, value: str) -> None:
    assert "referen" not in texts_in(heard.click(button, value) or {}).lower()  # as when the code is wrong


def test_amounts_of_an_expense_are_in_no_post(heard: Heard, services: Services, office: FakeOffice, sanne: Me) -> None:
    typed(heard, "7,50 bloemen")
    spend(services, sanne, "25", is_urgent=True)

    assert office.posts() == []
