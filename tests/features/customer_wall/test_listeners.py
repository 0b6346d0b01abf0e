"""What people do on the wall by commands, shortcuts, buttons and forms, and what Slack gets back."""

import json
from typing import Any

import pytest
from slack_bolt import App, BoltContext, BoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot.features.customer_wall import listeners, moderators, screens, window
from bot.features.customer_wall.actions import share_compliment
from bot.features.customer_wall.form import PRIVATE
from bot.kernel.office import Me
from bot.slack.reply import Reply
from bot.wiring.gateway import answer_error, me_of
from bot.wiring.requests import asking
from storage.compliments import Consent
from storage.people import Standing
from tests.fakes import TEAM, FakeOffice, FakeSlack
from tests.features.customer_wall.wall import KIND, WALL, kept, left_by_customer, names_about, open_channel
from tests.features.heard import texts_in
from tests.wiring import payloads

Json = dict[str, Any]


class Listening:
    """An app that hears the listeners of the wall alone."""

    def __init__(self, office: FakeOffice, slack: FakeSlack) -> None:
        self._office, self._slack, self._count = office, slack, 0
        self._app = App(
            process_before_response=True,
            request_verification_enabled=False,
            authorize=lambda **_: AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token="xoxb-fake"),
        )
        self._app.use(self._identify)
        self._app.error(answer_error)
        listeners.register(self._app, {"klantwand": "/klantwand"})

    def _identify(self, body: Json, context: BoltContext, next: Any) -> None:
        who = asking(body, context)
        assert who is not None
        reply = Reply(body, context.ack, self._slack)  # type: ignore[arg-type]
        context.update(me=me_of(self._office.services, who), services=self._office.services, reply=reply)
        next()

    def ask(self, body: Json) -> Json:
        answer = self._app.dispatch(BoltRequest(body=body, mode="socket_mode"))
        assert answer.status == 200
        found: Json = json.loads(answer.body) if answer.body else {}
        return found

    def command(self, text: str = "", user: str = "U0SANNE") -> Json:
        return self.ask(payloads.command(text, user, "/klantwand"))

    def click(self, action_id: str, value: str = "", user: str = "U0SANNE", view: Json | None = None) -> None:
        self._count += 1
        body = payloads.home_click(action_id, value, user, at=f"{self._count}.1")
        if view is not None:
            body["view"] = {"id": "V1", "hash": "h1", "state": {"values": {}}} | view
        self.ask(body)

    def send(self, view: Json, values: Json, user: str = "U0SANNE", **more: Any) -> Json:
        self._count += 1
        return self.ask(payloads.submission(view | more, values, user, view_id=f"V{self._count}"))

    def take_over(self, text: str, channel: str, name: str, user: str = "U0SANNE") -> Json | None:
        body = payloads.shortcut(listeners.TAKE_OVER, user) | {
            "type": "message_action", "message_ts": "5.5", "channel": {"id": channel, "name": name},
            "message": {"type": "message", "user": "U0BRAM", "ts": "5.5", "text": text},
        }  # fmt: skip
        self.ask(body)
        return self.shown()

    def shown(self) -> Json | None:
        """The last window that was opened or changed."""
        how = ("views_open", "views_push", "views_update")
        views = [call.arguments["view"] for call in self._slack.calls if call.method in how]
        return views[-1] if views else None


@pytest.fixture
def wall(office: FakeOffice, slack: FakeSlack, sanne: Me) -> Listening:
    open_channel(office, sanne)
    return Listening(office, slack)


def filled_in(**more: Any) -> Json:
    values: Json = {
        "compliment": {"value": KIND},
        "customer": {"value": "Ria de Wit"},
        "consent": {"selected_option": {"value": "first_name"}},
        "about": {"selected_users": ["U0BRAM"]},
        "came_in": {"selected_option": {"value": "letter"}},
        "day": {"selected_date": "2026-10-30"},
        "photo": {"type": "file_input", "files": [{"id": "F0FOTO", "mimetype": "image/png"}]},
    }
    return values | more


def field(view: Json, name: str) -> Json:
    found: Json = next(block["element"] for block in view["blocks"] if block.get("block_id") == name)
    return found


def state(turn: int = 0, **values: Any) -> Json:
    """What is filled in in the window of the wall."""
    chosen = {name: {"selected_option": {"value": value}} for name, value in values.items() if name.startswith("comp")}
    filters = chosen | {window.COLLEAGUE: {"selected_user": values.get("colleague")}}
    return {"values": {f"filters-{turn}": filters, f"search-{turn}": {"search": {"value": values.get("search")}}}}


def test_one_line_is_answered_with_a_way_to_add_and_to_undo(office: FakeOffice, wall: Listening) -> None:
    answer = wall.command("Wat een geduld heeft <@U0BRAM|bram> &amp; co")

    assert answer["response_type"] == "ephemeral"
    [row] = [block for block in answer["blocks"] if block["type"] == "actions"]
    assert [button["action_id"] for button in row["elements"]] == [screens.CHANGE, screens.UNDO]
    assert office.posts(WALL)[0].endswith("Wat een geduld heeft @bram &amp; co")


@pytest.mark.parametrize("word", ["help", "hulp", "?", "HELP"])
def test_help_is_for_these_eyes_only(office: FakeOffice, wall: Listening, word: str) -> None:
    answer = wall.command(word)

    assert answer["response_type"] == "ephemeral"
    assert "/klantwand" in json.dumps(answer["blocks"])
    assert office.rows("compliment") == 0


def test_nonsense_is_answered_with_what_was_typed(office: FakeOffice, wall: Listening) -> None:
    assert "*_~" in texts_in(wall.command("*_~"))
    assert office.rows("compliment") == 0


def test_alone_it_opens_the_wall(office: FakeOffice, wall: Listening, sanne: Me) -> None:
    share_compliment(office.services, sanne, KIND)
    assert wall.command() == {}

    view = wall.shown()
    assert view is not None
    assert KIND in texts_in(view)


def test_the_word_of_the_hub_does_the_same(office: FakeOffice, slack: FakeSlack, sanne: Me) -> None:
    for typed in ("", "1 < 2 &lt; 3 en fijn"):
        body = {"command": "/fanclub", "trigger_id": "t1"}
        reply = Reply(body, lambda **_: None, slack)  # type: ignore[arg-type]
        listeners.open_wall(typed, sanne, office.services, reply)

    assert len(slack.asked("views_open")) == 1
    compliment = kept(office, 1)
    assert compliment is not None
    assert compliment.text == "1 < 2 &lt; 3 en fijn"


def test_the_form_keeps_all_that_was_filled_in(office: FakeOffice, wall: Listening, bram: Me) -> None:
    wall.click(screens.ADD)
    form = wall.shown()
    assert form is not None
    answer = wall.send(form, filled_in())

    compliment = kept(office, 1)
    assert compliment is not None
    assert answer["response_action"] == "update"
    assert (compliment.text, compliment.customer, compliment.consent) == (KIND, "Ria de Wit", Consent.FIRST_NAME)
    assert (compliment.came_in, str(compliment.day), compliment.photo) == ("letter", "2026-10-30", "F0FOTO")
    assert names_about(office, 1) == ["Bram"]


def test_what_is_wrong_stands_at_its_field(office: FakeOffice, wall: Listening) -> None:
    wall.click(screens.ADD)
    form = wall.shown()
    assert form is not None
    wrong = filled_in(compliment={"value": "!"}, photo={"files": [{"id": "F1", "mimetype": "application/pdf"}]})
    answer = wall.send(form, wrong)

    assert answer["response_action"] == "errors"
    assert set(answer["errors"]) == {"compliment", "photo"}


def test_the_window_beneath_a_form_knows_of_the_new_one(office: FakeOffice, wall: Listening, slack: FakeSlack) -> None:
    wall.click(screens.ADD)
    form = wall.shown()
    assert form is not None
    wall.send(form, filled_in(), previous_view_id="V0WALL")

    [update] = slack.asked("views_update")
    assert update["view_id"] == "V0WALL"
    assert KIND in texts_in(update["view"])


def test_a_change_begins_with_what_is_there(office: FakeOffice, wall: Listening, bram: Me) -> None:
    wall.command("Wat een geduld heeft <@U0BRAM|bram>")
    wall.click(screens.CHANGE, "1")
    form = wall.shown()
    assert form is not None
    assert field(form, "compliment")["initial_value"] == "Wat een geduld heeft @Bram"
    assert field(form, "about")["initial_users"] == ["U0BRAM"]
    wall.send(form, filled_in(compliment={"value": "Andere woorden"}))

    assert office.posts(WALL)[0].endswith("Andere woorden")


@pytest.mark.parametrize("value", ["", "99", "x", "1" * 30])
@pytest.mark.parametrize(
    "action",
    [screens.CHANGE, screens.APPLAUD, moderators.PLACE, moderators.ADJUST, moderators.REFUSE, moderators.THANK],
)
def test_a_button_of_what_is_gone_says_so(wall: Listening, fatima: Me, action: str, value: str) -> None:
    wall.click(action, value, "U0FATIMA")

    view = wall.shown()
    assert view is not None
    assert view["title"]["text"] == fatima.say("Please note")


def test_filters_and_search_work_together(office: FakeOffice, wall: Listening, sanne: Me, bram: Me) -> None:
    for text in ("Koffie van <@U0BRAM|bram>", "Thee van <@U0BRAM|bram>", "Koffie van iedereen"):
        share_compliment(office.services, sanne, text)
    view = {"type": "modal", "private_metadata": "0", "state": state(colleague="U0BRAM", search="KOFFIE")}
    wall.click(window.COLLEAGUE, view=view)
    shown = wall.shown()
    assert shown is not None
    assert "Koffie van @Bram" in texts_in(shown)
    assert "Thee" not in texts_in(shown)
    assert "iedereen" not in texts_in(shown)

    found = wall.ask(payloads.submission(shown, {}) | {"view": shown | {"id": "V9"} | {"state": state(search="thee")}})
    assert "Thee van @Bram" in texts_in(found["view"])
    wall.click(window.ALL, view=view)
    everything = wall.shown()
    assert everything is not None
    assert everything["private_metadata"] == "1"
    assert "iedereen" in texts_in(everything)


def test_older_ones_come_a_page_at_a_time(office: FakeOffice, wall: Listening, sanne: Me) -> None:
    for number in range(12):
        share_compliment(office.services, sanne, f"Nummer {number:02}")
    wall.command()
    first = wall.shown()
    assert first is not None
    [older] = [
        element for block in first["blocks"] for element in block.get("elements", ())
        if element.get("action_id") == window.OLDER
    ]  # fmt: skip
    wall.click(window.OLDER, older["value"], view={"type": "modal", "state": state()})
    second = wall.shown()
    assert second is not None
    assert ("Nummer 02" in texts_in(first), "Nummer 01" in texts_in(first)) == (True, False)
    assert ("Nummer 02" in texts_in(second), "Nummer 01" in texts_in(second)) == (False, True)


def test_withdrawn_in_the_window_it_is_gone_from_it(office: FakeOffice, wall: Listening, sanne: Me) -> None:
    share_compliment(office.services, sanne, KIND)
    wall.click(screens.WITHDRAW, "1", view={"type": "modal", "state": state()})

    view = wall.shown()
    assert view is not None
    assert KIND not in texts_in(view)
    assert office.posts(WALL) == []


def test_a_message_becomes_a_form_without_who_said_it(wall: Listening, bram: Me) -> None:
    form = wall.take_over("Klant over <@U0BRAM>: top &amp; snel", "C0FANS", "fans")

    assert form is not None
    assert form["callback_id"] == screens.ADD
    assert field(form, "compliment")["initial_value"] == "Klant over @Bram: top & snel"
    assert field(form, "about")["initial_users"] == ["U0BRAM"]
    assert "initial_value" not in field(form, "customer")


@pytest.mark.parametrize(("channel", "name"), [("D0SANNE", "directmessage"), ("C0GEHEIM", "privategroup"), ("C1", "")])
def test_a_private_message_is_asked_about_first(
    office: FakeOffice, wall: Listening, bram: Me, channel: str, name: str
) -> None:
    question = wall.take_over("Klant over <@U0BRAM>:\n" + "x" * 3000, channel, name)
    assert question is not None
    assert question["callback_id"] == PRIVATE
    form = wall.send(question, {})["view"]

    assert form["callback_id"] == screens.ADD
    assert field(form, "compliment")["initial_value"].startswith("Klant over @Bram:\nxxx")
    assert field(form, "about")["initial_users"] == ["U0BRAM"]
    wall.send(form, filled_in())
    assert office.rows("compliment") == 1


def test_a_message_without_words_opens_an_empty_form(wall: Listening) -> None:
    form = wall.take_over("", "C0FANS", "fans")

    assert form is not None
    assert "initial_value" not in field(form, "compliment")


def test_a_guest_is_told_why_not(office: FakeOffice, wall: Listening) -> None:
    guest = office.person("U0GAST", "Gast", standing=Standing.GUEST)
    for text in ("", KIND):
        assert guest.say("This is for colleagues. As a guest you can read along, but not take part.") in texts_in(
            wall.command(text, "U0GAST")
        )
    assert office.rows("compliment") == 0


def test_a_moderator_places_adjusts_refuses_and_thanks_with_clicks(
    office: FakeOffice, wall: Listening, fatima: Me
) -> None:
    first, second, third = (left_by_customer(office, text, contact="06") for text in ("Een", "Twee", "Drie"))
    wall.click(moderators.PLACE, str(first), "U0FATIMA")
    wall.click(moderators.ADJUST, str(second), "U0FATIMA")
    form = wall.shown()
    assert form is not None
    adjusted = filled_in(compliment={"value": "Twee en een half"}, consent={"selected_option": {"value": "anonymous"}})
    assert wall.send(form, adjusted, "U0FATIMA")["response_action"] == "update"
    wall.click(moderators.REFUSE, str(third), "U0FATIMA")
    wall.click(moderators.THANK, str(first), "U0FATIMA")
    thanks = wall.shown()
    assert thanks is not None
    wall.send(thanks, {"answer": {"value": "Dank je wel, Ria"}}, "U0FATIMA")

    assert [text.split(": ")[-1] for text in office.posts(WALL)] == ["Een", "Twee en een half"]
    assert kept(office, third) is None
    compliment = kept(office, first)
    assert compliment is not None
    assert (compliment.answer, compliment.contact) == ("Dank je wel, Ria", "")


@pytest.mark.parametrize("with_channel", [False, True])
def test_placed_without_a_channel_it_is_kept_and_the_moderator_hears_that(
    office: FakeOffice, slack: FakeSlack, fatima: Me, with_channel: bool
) -> None:
    if with_channel:
        open_channel(office, fatima)
    wall = Listening(office, slack)
    wall.click(moderators.PLACE, str(left_by_customer(office)), "U0FATIMA")

    compliment, told = kept(office, 1), wall.shown()
    assert compliment is not None
    assert compliment.is_placed
    if with_channel:
        assert told is None
    else:
        assert told is not None
        assert fatima.say(screens.NO_CHANNEL.english) in texts_in(told)
