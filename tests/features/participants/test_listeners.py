"""What people do by the words of /fanclub, by buttons in a message, a window or Home, and by forms."""

import json
from typing import Any

import pytest
from slack_bolt import Ack, App, BoltContext, BoltRequest, BoltResponse
from slack_bolt.authorization import AuthorizeResult

from bot.features.participants import actions, listeners, screens
from bot.features.participants.form import absence_form, invitation_form, join_form, settings_form
from bot.features.participants.rules import TypedAbsence, TypedChoices
from bot.features.stories.actions import share_story
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from bot.slack.reply import Reply
from storage.people import Part, Standing, person_by_slack_id
from tests.fakes import MONDAY, FakeOffice, FakeSlack, SmallServer
from tests.wiring import payloads

Json = dict[str, Any]

COMMAND = {"command": "/fanclub", "trigger_id": "t1"}
MINE = TypedChoices("8:30", "", tuple("01234"), "light", "yes")
FILLED: Json = {
    "at": {"value": "8:30"},
    "days": {"selected_options": [{"value": "0"}, {"value": "1"}]},
    "volume": {"selected_option": {"value": "light"}},
    "board": {"selected_option": {"value": "no"}},
}
WORDS = {
    "join": listeners.join_by_word,
    "settings": listeners.open_my_settings,
    "away": listeners.open_absence,
    "invite": listeners.open_invitation,
}


def reply_to(body: Json, slack: FakeSlack) -> tuple[Reply, Ack]:
    ack = Ack()  # type: ignore[no-untyped-call]
    return Reply(body, ack, slack), ack  # type: ignore[arg-type]


def anew(office: FakeOffice, me: Me) -> Me:
    """The person as their next request finds them."""
    with office.services.database.reading(me) as tx:
        person = person_by_slack_id(tx, me.slack_id)
        assert person is not None
        return office.services.me(tx, person)


def listening(office: FakeOffice, slack: FakeSlack, me: Me) -> App:
    """An app that hears nothing but these clicks and forms, all of them from `me`."""
    app = App(
        process_before_response=True,
        request_verification_enabled=False,
        authorize=lambda **_: AuthorizeResult(enterprise_id=None, team_id="T0LINDE", bot_token="xoxb-fake"),
    )

    def identify(body: Json, context: BoltContext, next: Any) -> None:
        reply = Reply(body, context.ack, slack)  # type: ignore[arg-type]
        context.update(me=anew(office, me), services=office.services, reply=reply)
        next()

    def raise_on(error: Exception) -> None:
        raise error

    app.use(identify)
    app.error(raise_on)
    listeners.register(app)
    return app


def ask(app: App, body: Json) -> BoltResponse:
    return app.dispatch(BoltRequest(body=body, mode="socket_mode"))


def window_click(action_id: str, value: str = "") -> Json:
    """A click within an open window; it has no response address."""
    body = payloads.home_click(action_id, value)
    return body | {"view": body["view"] | {"type": "modal", "id": "V0MODAL"}}


def private_click(action_id: str, url: str, value: str = "") -> Json:
    """A click in a line that nobody else sees."""
    body = payloads.click(action_id, value, url=url)
    return body | {"container": body["container"] | {"is_ephemeral": True}}


def opened(slack: FakeSlack, how: str = "views_open") -> Json:
    [call] = slack.asked(how)
    view: Json = call["view"]
    return view


def at_in(view: Json) -> str:
    return next(str(block["element"]["initial_value"]) for block in view["blocks"] if block.get("block_id") == "at")


def say_to(office: FakeOffice, word: Any, me: Me, slack: FakeSlack) -> Json:
    """What a word of /fanclub answers in its acknowledgement."""
    reply, ack = reply_to(COMMAND, slack)
    word("", me, office.services, reply)
    assert ack.response is not None
    answer: Json = json.loads(ack.response.body or "{}")
    return answer


# The hub


def test_the_hub_is_for_these_eyes_only(office: FakeOffice, sanne: Me, slack: FakeSlack) -> None:
    answer = say_to(office, listeners.open_club, sanne, slack)

    assert answer["response_type"] == "ephemeral"
    assert answer["blocks"] == screens.hub_message(None, 0, sanne).body()["blocks"]
    actions.join_club(office.services, sanne, MINE)
    assert screens.LEAVE in json.dumps(say_to(office, listeners.open_club, anew(office, sanne), slack))


@pytest.mark.parametrize("word", [listeners.open_club, *WORDS.values()])
def test_a_guest_is_told_why_not(office: FakeOffice, slack: FakeSlack, word: Any) -> None:
    guest = office.person("U0FATIMA", "Guest", standing=Standing.GUEST)

    with pytest.raises(BotError, match="As a guest"):
        say_to(office, word, guest, slack)
    assert slack.calls == []


@pytest.mark.parametrize("word", WORDS.values())
def test_a_form_that_did_not_open_says_so(office: FakeOffice, fatima: Me, slack: FakeSlack, word: Any) -> None:
    slack.fail("views_open", "expired_trigger_id")

    with pytest.raises(BotError, match="didn't open"):
        say_to(office, word, fatima, slack)


@pytest.mark.parametrize("word", WORDS)
def test_each_word_opens_its_form(office: FakeOffice, fatima: Me, slack: FakeSlack, word: str) -> None:
    assert say_to(office, WORDS[word], fatima, slack) == {}
    assert (
        opened(slack)
        == {
            "join": join_form(fatima, None, None),
            "settings": settings_form(fatima, None, None),
            "away": absence_form(fatima, [], MONDAY.date()),
            "invite": invitation_form(fatima, 0),
        }[word]
    )


# The question after the first story


@pytest.mark.parametrize(("action", "at"), screens.NUDGES.items())
def test_a_time_opens_the_joining_with_it_filled_in(
    office: FakeOffice, sanne: Me, slack: FakeSlack, small_server: SmallServer, action: str, at: str
) -> None:
    app = listening(office, slack, sanne)
    for body in (payloads.click(action, at, url=small_server.url), private_click(action, small_server.url, at)):
        assert ask(app, body).status == 200
    ask(app, window_click(action, at))

    forms = [call["view"] for call in slack.asked("views_open") + slack.asked("views_push")]
    assert [at_in(form) for form in forms] == [at] * 3
    assert office.rows("participant") == 0


def test_no_is_answered_where_it_was_clicked(
    office: FakeOffice, sanne: Me, slack: FakeSlack, small_server: SmallServer
) -> None:
    share_story(office.services, sanne, "Paraplu meegegeven aan een klant")
    app = listening(office, slack, sanne)
    ask(app, private_click(screens.NO_NUDGE, small_server.url))
    ask(app, window_click(screens.NO_NUDGE))

    [(_, answer)] = small_server.asked
    assert (answer["text"], answer["replace_original"]) == (screens.declined_message(sanne).text, False)
    assert opened(slack, "views_push")["blocks"] == screens.declined_message(sanne).body()["blocks"]
    assert anew(office, sanne).part is Part.ASKED


# Joining and leaving


def test_the_form_joins_and_says_when_it_begins(office: FakeOffice, sanne: Me, slack: FakeSlack) -> None:
    answer = ask(listening(office, slack, sanne), payloads.submission(join_form(sanne, None, None), FILLED))

    said = json.loads(answer.body)
    assert said["response_action"] == "update"
    assert said["view"]["clear_on_close"] is True
    assert anew(office, sanne).part is Part.JOINED


def test_nothing_chosen_for_the_leaderboard_is_an_error_there(office: FakeOffice, sanne: Me, slack: FakeSlack) -> None:
    form = payloads.submission(join_form(sanne, None, None), FILLED | {"board": {"selected_option": None}})
    with pytest.raises(FormError) as caught:
        ask(listening(office, slack, sanne), form)

    assert set(caught.value.fields) == {"board"}
    assert office.rows("participant") == 0


def test_a_form_without_anything_in_it_joins_nobody(office: FakeOffice, sanne: Me, slack: FakeSlack) -> None:
    with pytest.raises(FormError) as caught:
        ask(listening(office, slack, sanne), payloads.submission(join_form(sanne, None, None), {}))

    assert set(caught.value.fields) == {"at", "days", "volume", "board"}


def test_who_takes_part_already_is_told_so(office: FakeOffice, sanne: Me, slack: FakeSlack) -> None:
    chosen = actions.join_club(office.services, sanne, MINE)
    answer = say_to(office, listeners.join_by_word, anew(office, sanne), slack)

    assert answer["text"] == screens.already_message(chosen, sanne).text
    assert slack.calls == []


def test_who_comes_back_finds_their_own_times(office: FakeOffice, sanne: Me, slack: FakeSlack) -> None:
    actions.join_club(office.services, sanne, TypedChoices("7:15", "", ("2",), "weekly", "yes"))
    actions.leave_club(office.services, sanne)
    ask(listening(office, slack, sanne), payloads.click(screens.JOIN))

    assert at_in(opened(slack)) == "07:15"


def test_leaving_takes_the_place_of_the_hub(
    office: FakeOffice, sanne: Me, slack: FakeSlack, small_server: SmallServer
) -> None:
    actions.join_club(office.services, sanne, MINE)
    ask(listening(office, slack, sanne), private_click(screens.LEAVE, small_server.url))

    [(_, answer)] = small_server.asked
    assert (answer["text"], answer["replace_original"]) == (screens.left_message(True, sanne).text, True)
    assert anew(office, sanne).part is Part.LEFT


def test_leaving_at_home_is_answered_in_a_window(office: FakeOffice, sanne: Me, slack: FakeSlack) -> None:
    actions.join_club(office.services, sanne, MINE)
    ask(listening(office, slack, sanne), payloads.home_click(screens.LEAVE))

    assert opened(slack)["blocks"] == screens.left_message(True, sanne).body()["blocks"]


def test_the_word_stop_leaves_at_once(office: FakeOffice, sanne: Me, slack: FakeSlack) -> None:
    actions.join_club(office.services, sanne, MINE)

    left, again = (say_to(office, listeners.leave_by_word, sanne, slack)["text"] for _ in range(2))
    assert (left, again) == (screens.left_message(True, sanne).text, screens.left_message(False, sanne).text)


# Settings


def test_settings_are_answered_in_the_language_that_was_chosen(office: FakeOffice, sanne: Me, slack: FakeSlack) -> None:
    actions.join_club(office.services, sanne, MINE)
    values = FILLED | {"second": {"value": ""}, "language": {"selected_option": {"value": "en"}}}
    form = payloads.submission(settings_form(sanne, None, None), values)
    said = json.loads(ask(listening(office, slack, sanne), form).body)

    assert said["view"]["blocks"][0]["text"]["text"] == "Saved."
    assert anew(office, sanne).say.language == "en"


def test_a_form_from_before_one_left_saves_the_language_alone(office: FakeOffice, sanne: Me, slack: FakeSlack) -> None:
    form = payloads.submission(settings_form(sanne, None, None), {"language": {"selected_option": {"value": "en"}}})
    ask(listening(office, slack, sanne), form)

    assert anew(office, sanne).say.language == "en"
    assert office.rows("participant") == 0


def test_settings_open_at_home_and_in_a_message(
    office: FakeOffice, sanne: Me, slack: FakeSlack, small_server: SmallServer
) -> None:
    app = listening(office, slack, sanne)
    for body in (payloads.home_click(screens.SETTINGS), payloads.click(screens.SETTINGS, url=small_server.url)):
        ask(app, body)

    assert [call["view"]["callback_id"] for call in slack.asked("views_open")] == [screens.SETTINGS] * 2


# Absence


def test_an_absence_is_entered_and_taken_back_in_its_window(office: FakeOffice, sanne: Me, slack: FakeSlack) -> None:
    app, today = listening(office, slack, sanne), MONDAY.date()
    values = {"first": {"selected_date": "2026-11-03"}, "last": {"selected_date": "2026-11-06"}}
    said = json.loads(ask(app, payloads.submission(absence_form(sanne, [], today), values)).body)
    assert said["response_action"] == "update"

    ask(app, payloads.home_click(screens.ABSENCE))
    [away] = actions.my_absences(office.services, sanne)
    assert opened(slack) == absence_form(sanne, [away], today)

    ask(app, window_click(screens.BACK, str(away.id)))
    [renewed] = slack.asked("views_update")
    assert (renewed["view_id"], renewed["view"]) == ("V0MODAL", absence_form(sanne, [], today))
    assert office.rows("absence") == 0


@pytest.mark.parametrize("value", ["", "abc", "-1", "9" * 30, "٣"])
def test_nonsense_on_a_button_takes_nothing_back(office: FakeOffice, sanne: Me, slack: FakeSlack, value: str) -> None:
    actions.add_absence(office.services, sanne, TypedAbsence("2026-11-03", "2026-11-06"))
    ask(listening(office, slack, sanne), window_click(screens.BACK, value))

    assert office.rows("absence") == 1


# Invitations


def test_a_manager_invites_and_hears_what_became_of_it(
    office: FakeOffice, sanne: Me, fatima: Me, slack: FakeSlack
) -> None:
    app = listening(office, slack, fatima)
    ask(app, payloads.click(screens.INVITE, user="U0FATIMA"))
    form = payloads.submission(opened(slack), {"who": {"selected_users": ["U0SANNE", "U0FATIMA"]}}, user="U0FATIMA")
    said = json.loads(ask(app, form).body)

    assert said["response_action"] == "update"
    assert "Fatima" in json.dumps(said)
    assert len(office.posts(sanne.slack_id)) == 1


def test_who_is_no_manager_gets_no_form_and_sends_nothing(
    office: FakeOffice, sanne: Me, bram: Me, slack: FakeSlack
) -> None:
    app = listening(office, slack, sanne)
    form = payloads.submission(invitation_form(sanne, 0), {"who": {"selected_users": [bram.slack_id]}})
    for body in (payloads.click(screens.INVITE), form):
        with pytest.raises(BotError, match="Only a manager"):
            ask(app, body)

    assert slack.calls == []
    assert office.posts(bram.slack_id) == []


def test_an_invitation_that_was_declined_becomes_the_answer(
    office: FakeOffice, sanne: Me, fatima: Me, slack: FakeSlack
) -> None:
    actions.invite(office.services, fatima, [sanne.slack_id])
    ask(listening(office, slack, sanne), payloads.click(screens.DECLINE))

    assert office.posts(sanne.slack_id) == [screens.declined_message(sanne).text]
    assert slack.calls == []
