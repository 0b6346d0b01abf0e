"""Asking the coach: by the words of /fanclub, by buttons, by the form."""

import json
from typing import Any

import pytest
from slack_bolt import Ack, App, BoltContext, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.features.coach import listeners
from bot.features.coach.form import refusal_form
from bot.features.coach.screens import ANOTHER, REFUSE, TIP
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from bot.services import Services
from bot.slack.reply import Reply
from storage.people import Standing
from storage.stories import Moment
from tests.fakes import FakeOffice, FakeSlack, SmallServer
from tests.wiring import payloads

COMMAND = {"command": "/fanclub", "trigger_id": "t1"}


def reply_to(body: dict[str, Any], slack: FakeSlack) -> tuple[Reply, Ack]:
    ack = Ack()  # type: ignore[no-untyped-call]
    return Reply(body, ack, slack), ack  # type: ignore[arg-type]


def answer_to(typed: str, office: FakeOffice, me: Me) -> dict[str, Any]:
    reply, ack = reply_to(COMMAND, FakeSlack())
    listeners.give_tip(typed, me, office.services, reply)
    assert ack.response is not None
    answer: dict[str, Any] = json.loads(ack.response.body)
    return answer


def listening(me: Me, services: Services, slack: FakeSlack) -> App:
    """An app that hears nothing but the coach's clicks and forms, all of them from `me`."""
    app = App(
        process_before_response=True,
        request_verification_enabled=False,
        authorize=lambda **_: AuthorizeResult(enterprise_id=None, team_id="T0LINDE", bot_token="xoxb-fake"),
    )

    def identify(body: dict[str, Any], context: BoltContext, next: Any) -> None:
        reply = Reply(body, context.ack, slack)  # type: ignore[arg-type]
        context.update(me=me, services=services, reply=reply)
        next()

    def raise_on(error: Exception) -> None:
        raise error

    app.use(identify)
    app.error(raise_on)
    listeners.register(app)
    return app


def ask(app: App, body: dict[str, Any]) -> BoltResponse:
    return app.dispatch(BoltRequest(body=body, mode="socket_mode"))


def of_moment(office: FakeOffice, answer: dict[str, Any], moment: Moment) -> bool:
    return any(tip.texts["nl"] == answer["text"] for tip in office.services.tips if tip.moment == moment)


def test_the_word_tip_gives_one_for_these_eyes_only(office: FakeOffice, sanne: Me) -> None:
    answer = answer_to("", office, sanne)

    assert answer["response_type"] == "ephemeral"
    assert answer["text"] in {tip.texts["nl"] for tip in office.services.tips}
    assert office.rows("tip_shown") == 1


@pytest.mark.parametrize(
    ("typed", "moment"),
    [("nee", Moment.SAYING_NO), ("a complaint", Moment.COMPLAINT), ("Niet van ons", Moment.NOT_OURS)],
)
def test_a_moment_behind_the_word_gives_one_for_that_moment(
    office: FakeOffice, sanne: Me, typed: str, moment: Moment
) -> None:
    assert of_moment(office, answer_to(typed, office, sanne), moment)


def test_an_unknown_moment_costs_no_tip(office: FakeOffice, sanne: Me) -> None:
    with pytest.raises(BotError, match="I have no tips for maandag"):
        answer_to("maandag", office, sanne)

    assert office.rows("tip_shown") == 0


@pytest.mark.parametrize("typed", ["help", " Hulp ", "?"])
def test_help_is_given_and_no_tip(office: FakeOffice, sanne: Me, typed: str) -> None:
    assert "/fanclub tip" in answer_to(typed, office, sanne)["text"]
    assert office.rows("tip_shown") == 0


def test_the_button_in_the_hub_gives_one_where_it_was_clicked(
    office: FakeOffice, sanne: Me, slack: FakeSlack, small_server: SmallServer
) -> None:
    app = listening(sanne, office.services, slack)
    ask(app, payloads.click(TIP, url=small_server.url))
    ask(app, payloads.home_click(TIP))

    [(_, answer)] = small_server.asked
    assert answer["replace_original"] is False
    assert len(slack.asked("views_open")) == 1
    assert office.rows("tip_shown") == 2


def test_another_one_takes_the_place_of_the_first(
    office: FakeOffice, sanne: Me, slack: FakeSlack, small_server: SmallServer
) -> None:
    app = listening(sanne, office.services, slack)
    first = answer_to("klacht", office, sanne)
    for at in ("1.1", "1.2"):
        assert ask(app, payloads.click(ANOTHER, "complaint", url=small_server.url, at=at)).status == 200

    answers = [said for _, said in small_server.asked]
    assert [answer["replace_original"] for answer in answers] == [True, True]
    assert all(of_moment(office, answer, Moment.COMPLAINT) for answer in answers)
    assert len({answer["text"] for answer in [first, *answers]}) == office.rows("tip_shown") == 3


def test_a_button_with_nonsense_on_it_gives_any_tip(
    office: FakeOffice, sanne: Me, slack: FakeSlack, small_server: SmallServer
) -> None:
    ask(listening(sanne, office.services, slack), payloads.click(ANOTHER, "'; --", url=small_server.url))

    [(_, answer)] = small_server.asked
    assert answer["text"] in {tip.texts["nl"] for tip in office.services.tips}


def test_the_word_no_opens_the_form(office: FakeOffice, sanne: Me, slack: FakeSlack) -> None:
    reply, ack = reply_to(COMMAND, slack)
    listeners.open_no_but(sanne, office.services, reply)

    [opened] = slack.asked("views_open")
    assert opened["view"] == refusal_form(sanne)
    assert ack.response is not None
    assert not ack.response.body


def test_the_button_under_a_tip_opens_the_form(office: FakeOffice, sanne: Me, slack: FakeSlack) -> None:
    answer = ask(listening(sanne, office.services, slack), payloads.click(REFUSE))

    assert answer.status == 200
    assert slack.asked("views_open")[0]["view"]["callback_id"] == REFUSE


def test_a_form_that_did_not_open_says_so(office: FakeOffice, sanne: Me, slack: FakeSlack) -> None:
    slack.fail("views_open", "expired_trigger_id")
    reply, _ = reply_to(COMMAND, slack)

    with pytest.raises(BotError, match="didn't open"):
        listeners.open_no_but(sanne, office.services, reply)


def test_a_guest_gets_no_form(office: FakeOffice, slack: FakeSlack) -> None:
    guest = office.person("U0GUEST", "Guest", standing=Standing.GUEST)
    reply, _ = reply_to(COMMAND, slack)

    with pytest.raises(BotError, match="As a guest"):
        listeners.open_no_but(guest, office.services, reply)
    assert slack.calls == []


def test_the_form_turns_into_three_shapes_of_a_no(office: FakeOffice, sanne: Me, slack: FakeSlack) -> None:
    values = {"what": {"value": "ruilen zonder bon"}, "why": {"value": ""}}
    sent = payloads.submission(refusal_form(sanne), values)
    answer = json.loads(ask(listening(sanne, office.services, slack), sent).body)

    assert answer["response_action"] == "update"
    assert json.dumps(answer["view"], ensure_ascii=False).count("Ruilen zonder bon") == 3
    assert office.rows("handled_request") == 0


def test_an_empty_form_is_an_error_at_its_field(office: FakeOffice, sanne: Me, slack: FakeSlack) -> None:
    sent = payloads.submission(refusal_form(sanne), {"what": {"value": " . "}, "why": {"value": "daarom"}})

    with pytest.raises(FormError) as raised:
        ask(listening(sanne, office.services, slack), sent)
    assert set(raised.value.fields) == {"what"}
