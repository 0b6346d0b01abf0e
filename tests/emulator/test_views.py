"""Modals and Home: opening, stacking, changing, submitting, closing."""

from collections.abc import Callable
from typing import Any

import pytest


def plain(text="x"):
    return {"type": "plain_text", "text": text}


def field(block_id, element, **more):
    return {"type": "input", "block_id": block_id, "label": plain(f"Vraag {block_id}"), "element": element, **more}


def choices(*words):
    return [{"text": plain(word), "value": word.lower()} for word in words]


TEXT = field("tekst", {"type": "plain_text_input", "action_id": "t", "min_length": 3})


def modal(title="Titel", *blocks, **more):
    return {"type": "modal", "title": plain(title), "submit": plain("Ok"), "blocks": list(blocks or [TEXT]), **more}


class Desk:
    """Opens modals by a shortcut, and answers submissions with what a test says."""

    def __init__(self, connect: Callable[..., Any], control: Any, slack: Any) -> None:
        self.control, self.slack = control, slack
        self.answer: Any = None
        self.trigger = ""
        self.bot = connect(self._answer)

    def _answer(self, request: Any) -> Any:
        self.trigger = request.payload.get("trigger_id", "")
        return self.answer if request.payload["type"] == "view_submission" else None

    def open(self, view: Any) -> Any:
        self.control("shortcut", user="sanne", callback_id="x")
        self.bot.next()
        return self.slack.views_open(trigger_id=self.trigger, view=view)["view"]

    def submit(self, **values: Any) -> Any:
        return self.control("submit", user="sanne", values=values)

    def titles(self) -> list[str]:
        return [view["title"]["text"] for view in self.control.get("views", user="sanne")]


@pytest.fixture
def desk(connect, control, slack):
    return Desk(connect, control, slack)


def test_an_opened_modal_is_there_with_its_first_values(desk):
    text = {"type": "plain_text_input", "action_id": "t", "initial_value": "alvast"}
    view = desk.open(modal("Titel", field("a", text), callback_id="verhaal", private_metadata="7"))

    assert view["state"]["values"]["a"]["t"]["value"] == "alvast"
    assert (view["callback_id"], view["private_metadata"], view["root_view_id"]) == ("verhaal", "7", view["id"])
    assert desk.titles() == ["Titel"]


def test_an_empty_answer_closes_the_modal(desk):
    desk.open(modal())

    outcome = desk.submit(tekst="verhaal")

    assert (outcome["ok"], outcome["closed"], desk.titles()) == (True, True, [])


def test_a_submission_carries_plain_text_as_it_was_typed(desk):
    desk.open(modal())

    desk.submit(tekst="Jansen & <Zn>")

    payload = desk.bot.next().payload
    assert payload["type"] == "view_submission"
    assert payload["view"]["state"]["values"]["tekst"]["t"] == {"type": "plain_text_input", "value": "Jansen & <Zn>"}


def test_errors_stay_at_their_fields(desk):
    desk.open(modal())
    desk.answer = {"response_action": "errors", "errors": {"tekst": "Dat kan mooier"}}

    outcome = desk.submit(tekst="verhaal")

    assert (outcome["ok"], outcome["closed"]) == (False, False)
    assert outcome["errors"] == {"tekst": "Dat kan mooier"}
    assert desk.control.get("views", user="sanne")[0]["errors"] == {"tekst": "Dat kan mooier"}


def test_an_update_takes_the_place_of_the_modal(desk):
    view = desk.open(modal())
    desk.answer = {"response_action": "update", "view": modal("Bedankt")}

    outcome = desk.submit(tekst="verhaal")

    [after] = desk.control.get("views", user="sanne")
    assert outcome["ok"]
    assert not outcome["closed"]
    assert (after["id"], after["title"]["text"]) == (view["id"], "Bedankt")
    assert after["hash"] != view["hash"]


def test_a_pushed_view_lies_on_top_and_its_submission_brings_the_first_back(desk):
    first = desk.open(modal("Eerste"))
    desk.answer = {"response_action": "push", "view": modal("Tweede")}
    desk.submit(tekst="verhaal")

    assert desk.titles() == ["Eerste", "Tweede"]
    assert desk.control.get("views", user="sanne")[1]["previous_view_id"] == first["id"]
    desk.answer = None
    assert desk.submit(tekst="verhaal")["closed"]
    assert desk.titles() == ["Eerste"]


def test_a_clear_closes_all(desk):
    desk.open(modal("Eerste"))
    desk.answer = {"response_action": "push", "view": modal("Tweede")}
    desk.submit(tekst="verhaal")
    desk.answer = {"response_action": "clear"}

    assert desk.submit(tekst="verhaal")["closed"]
    assert desk.titles() == []


@pytest.mark.parametrize(
    ("answer", "failure"),
    [
        ({"response_action": "errors", "errors": {"ander": "x"}}, "invalid_errors"),
        ({"response_action": "errors", "errors": {}}, "invalid_errors"),
        ({"response_action": "update", "view": {"type": "modal"}}, "invalid_arguments"),
        ({"response_action": "weg"}, "invalid_response_action"),
        ({"text": "ok"}, "invalid_response_action"),
    ],
)
def test_an_answer_that_slack_does_not_understand_shows_trouble(desk, answer, failure):
    desk.open(modal())
    desk.answer = answer

    outcome = desk.submit(tekst="verhaal")

    assert (outcome["ok"], outcome["failure"], outcome["closed"]) == (False, failure, False)
    assert "trouble" in desk.control.get("views", user="sanne")[0]["trouble"]


FIELDS = [
    field("tekst", {"type": "plain_text_input", "action_id": "t", "min_length": 3, "max_length": 5}),
    field("bedrag", {"type": "number_input", "action_id": "b", "is_decimal_allowed": True, "min_value": "1"}),
    field("mail", {"type": "email_text_input", "action_id": "m"}),
    field("site", {"type": "url_text_input", "action_id": "u"}, optional=True),
    field("wie", {"type": "multi_users_select", "action_id": "w", "max_selected_items": 2}),
    field("soort", {"type": "static_select", "action_id": "s", "options": choices("Lief", "Leuk")}),
    field("rond", {"type": "radio_buttons", "action_id": "r", "options": choices("A", "B")}),
    field("vink", {"type": "checkboxes", "action_id": "v", "options": choices("A", "B")}, optional=True),
    field("dag", {"type": "datepicker", "action_id": "d", "initial_date": "2026-11-02"}),
    field("plek", {"type": "conversations_select", "action_id": "p"}),
    field("moment", {"type": "datetimepicker", "action_id": "m"}, optional=True),
    field("opgemaakt", {"type": "rich_text_input", "action_id": "o"}, optional=True),
]
FILLED = {
    "tekst": "vier",
    "bedrag": "2.50",
    "mail": "a@b.nl",
    "wie": ["bram", "U0FATIMA"],
    "soort": "Leuk",
    "rond": "a",
    "vink": ["A"],
    "plek": "#fans",
    "moment": 1795334400,
}


def test_plain_values_get_the_shape_of_their_inputs(desk):
    desk.open(modal("Alles", *FIELDS))

    assert desk.submit(**FILLED)["ok"]

    values = desk.bot.next().payload["view"]["state"]["values"]
    assert values["bedrag"]["b"]["value"] == "2.50"
    assert values["wie"]["w"]["selected_users"] == ["U0BRAM", "U0FATIMA"]
    assert values["soort"]["s"]["selected_option"]["value"] == "leuk"
    assert values["rond"]["r"]["selected_option"]["value"] == "a"
    assert [option["value"] for option in values["vink"]["v"]["selected_options"]] == ["a"]
    assert values["dag"]["d"]["selected_date"] == "2026-11-02"
    assert values["plek"]["p"]["selected_conversation"] == "C0FANS"
    assert values["moment"]["m"]["selected_date_time"] == 1795334400
    assert values["site"]["u"]["value"] is None


@pytest.mark.parametrize(
    ("block_id", "value"),
    [
        ("tekst", ""),
        ("tekst", "ab"),
        ("tekst", "te lang"),
        ("bedrag", "veel"),
        ("bedrag", "0.5"),
        ("bedrag", "٣"),
        ("mail", "geen adres"),
        ("site", "geen adres"),
        ("wie", []),
        ("wie", ["bram", "fatima", "sanne"]),
        ("soort", None),
    ],
)
def test_slack_s_client_refuses_without_asking_the_bot(desk, block_id, value):
    desk.open(modal("Alles", *FIELDS))

    outcome = desk.submit(**{**FILLED, block_id: value})

    assert list(outcome["errors"]) == [block_id]
    assert not outcome["closed"]
    assert desk.bot.requests.empty()


@pytest.mark.parametrize(
    "values",
    [
        {"onbekend": "x"},
        {"soort": "Raar"},
        {"wie": ["niemand"]},
        {"moment": "morgen"},
        {"moment": [1]},
        {"moment": 10**20},
        {"opgemaakt": {"type": "rich_text", "elements": [5]}},
    ],
)
def test_values_that_fit_no_input_are_bad_input(desk, values):
    desk.open(modal("Alles", *FIELDS))

    assert desk.control.post("submit", user="sanne", values=values).status_code == 400


def test_an_error_may_stand_at_a_field_in_a_container(desk):
    container = {"type": "container", "title": plain(), "child_blocks": [TEXT]}
    desk.open(modal("Titel", container))
    desk.answer = {"response_action": "errors", "errors": {"tekst": "Iets anders graag."}}

    assert desk.submit(tekst="verhaal")["errors"] == {"tekst": "Iets anders graag."}


def test_an_update_by_the_bot_keeps_what_was_filled_in(desk, slack):
    view = desk.open(
        modal("Titel", field("tekst", {"type": "plain_text_input", "action_id": "t"}), TEXT | {"block_id": "z"})
    )
    desk.answer = {"response_action": "errors", "errors": {"tekst": "nee"}}
    desk.submit(tekst="blijft", z="gaat")

    after = slack.views_update(view_id=view["id"], view=modal("Nieuw", TEXT))["view"]

    assert after["state"]["values"] == {"tekst": {"t": {"type": "plain_text_input", "value": "blijft"}}}


def test_an_old_hash_is_a_conflict(desk, slack, refused):
    view = desk.open(modal())
    slack.views_update(view_id=view["id"], hash=view["hash"], view=modal("Nieuw"))

    error = refused(slack.views_update, view_id=view["id"], hash=view["hash"], view=modal("Nieuwer"))

    assert error.response["error"] == "hash_conflict"


def test_views_can_be_found_by_an_external_id_of_their_own(desk, slack, refused):
    desk.open(modal("Eerste", external_id="mijn-id"))

    assert slack.views_update(external_id="mijn-id", view=modal("Tweede", external_id="mijn-id"))["ok"]
    assert refused(slack.views_update, external_id="weg", view=modal()).response["error"] == "not_found"
    home = {"type": "home", "blocks": [{"type": "divider"}], "external_id": "mijn-id"}
    error = refused(slack.views_publish, user_id="U0SANNE", view=home)
    assert error.response["error"] == "duplicate_external_id"


def test_a_fourth_view_is_one_too_many(desk, slack, refused):
    desk.open(modal("1", BUTTON))
    for title in ("2", "3"):
        desk.control("click", user="sanne", action_id="verder")
        slack.views_push(trigger_id=desk.trigger, view=modal(title, BUTTON))

    desk.control("click", user="sanne", action_id="verder")
    error = refused(slack.views_push, trigger_id=desk.trigger, view=modal("4"))

    assert error.response["error"] == "push_limit_reached"
    assert desk.titles() == ["1", "2", "3"]


BUTTON = {"type": "actions", "elements": [{"type": "button", "action_id": "verder", "text": plain("Verder")}]}


def test_a_push_needs_a_trigger_from_a_modal(desk, slack, refused):
    desk.open(modal())
    desk.control("shortcut", user="sanne", callback_id="x")

    error = refused(slack.views_push, trigger_id=desk.trigger, view=modal())

    assert error.response["error"] == "invalid_trigger_id"


def test_a_closed_view_is_told_when_the_bot_asked_for_it(desk):
    desk.open(modal("Titel", notify_on_close=True))

    desk.control("close", user="sanne")

    payload = desk.bot.next().payload
    assert (payload["type"], payload["is_cleared"]) == ("view_closed", False)
    assert desk.titles() == []


def test_closing_one_view_brings_back_the_one_below(desk):
    desk.open(modal("Eerste"))
    desk.answer = {"response_action": "push", "view": modal("Tweede")}
    desk.submit(tekst="verhaal")

    desk.control("close", user="sanne")

    assert desk.titles() == ["Eerste"]


def test_a_view_that_clears_on_close_takes_all_along(desk):
    desk.open(modal("Eerste", notify_on_close=True))
    desk.answer = {"response_action": "push", "view": modal("Tweede", clear_on_close=True)}
    desk.submit(tekst="verhaal")
    desk.bot.next()

    desk.control("close", user="sanne")

    assert desk.titles() == []
    assert desk.bot.next().payload["is_cleared"]


def test_home_is_published_for_one_person(slack, control):
    home = {"type": "home", "blocks": [{"type": "divider"}]}

    slack.views_publish(user_id="U0BRAM", view=home)

    assert control.get("home", user="bram")["blocks"][0]["type"] == "divider"
    assert control.get("home", user="sanne") is None


def test_an_opened_home_tells_the_view_that_is_there(connect, control, slack):
    bot = connect()
    control("home", user="bram")
    slack.views_publish(user_id="U0BRAM", view={"type": "home", "blocks": [{"type": "divider"}]})
    control("home", user="bram")

    first, second = bot.next().payload["event"], bot.next().payload["event"]
    assert "view" not in first
    assert second["view"]["type"] == "home"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("views.publish", {"user_id": "U0NIEMAND", "view": {"type": "home"}}, "user_not_found"),
        ("views.publish", {"user_id": "U0BRAM", "view": {"type": "home"}}, "invalid_arguments"),
        ("views.publish", {"user_id": "U0BRAM", "view": "{"}, "invalid_arguments"),
        ("views.publish", {"user_id": "U0BRAM"}, "invalid_arguments"),
        ("views.update", {"view_id": "V1", "view": {"type": "home"}}, "not_found"),
        ("views.update", {"view": {"type": "home"}}, "invalid_arguments"),
        ("views.open", {"view": {"type": "home"}}, "invalid_arguments"),
    ],
)
def test_a_view_call_that_slack_refuses_is_refused(slack, refused, method, arguments, error):
    assert refused(slack.api_call, api_method=method, json=arguments).response["error"] == error
