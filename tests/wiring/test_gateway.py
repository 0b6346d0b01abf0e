"""Every way in, through Bolt's own dispatch: each is answered, and none is done twice."""

import dataclasses
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt import App, BoltRequest, BoltResponse
from sqlalchemy.exc import OperationalError
from sqlmodel import select
from structlog.testing import capture_logs

from bot.features.stories.form import story_form
from bot.features.stories.screens import APPLAUD, CHANGE, REMOVE, TELL, UNDO, DraftChoice
from bot.kernel.errors import BotError
from bot.kernel.facts import StoryTold
from bot.kernel.office import Me
from bot.services import Services
from bot.wiring.gateway import build_app
from storage.database import Database, InWorkspace
from storage.people import Person, Standing, person_by_slack_id
from storage.stories import Draft
from tests.fakes import Answered, FakeOffice, FakeSlack, SmallServer, StoppedClock
from tests.limits import complaints_about_message, complaints_about_view
from tests.wiring import payloads

UMBRELLA = "Paraplu meegegeven aan een klant in de regen"
Ask = Callable[[dict[str, Any]], BoltResponse]


@pytest.fixture
def database(sqlite: Database) -> Database:
    """One kind is enough here: what differs between the two is tested below."""
    return sqlite


@pytest.fixture
def app(services: Services, slack: FakeSlack) -> App:
    return build_app(services, slack, slack)  # type: ignore[arg-type]


@pytest.fixture
def ask(app: App) -> Ask:
    return asking_of(app)


def asking_of(app: App) -> Ask:
    return lambda body: app.dispatch(BoltRequest(body=body, mode="socket_mode"))


def said(answer: BoltResponse) -> dict[str, Any]:
    assert answer.status == 200
    return json.loads(answer.body) if answer.body else {}


def form_values(text: str = UMBRELLA, **more: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "story": {"type": "plain_text_input", "value": text},
        "day": {"type": "datepicker", "selected_date": "2026-11-02"},
        "audience": {"type": "radio_buttons", "selected_option": {"value": "team"}},
        "spent": {"type": "plain_text_input", "value": None},
        "helpers": {"type": "multi_users_select", "selected_users": []},
        "unasked": {"type": "checkboxes", "selected_options": []},
    }
    return values | more


def handled(office: FakeOffice) -> int:
    return office.rows("handled_request")


def broken(services: Services, slack: FakeSlack, error: Exception) -> Ask:
    """A bot in which telling a story goes wrong in the middle."""

    def go_wrong(*_: Any) -> None:
        raise error

    return asking_of(build_app(dataclasses.replace(services, reactions={StoryTold: (go_wrong,)}), slack, slack))  # type: ignore[arg-type]


# The command


def test_a_story_behind_the_command_is_told_and_answered_to_the_teller_alone(ask: Ask, office: FakeOffice) -> None:
    answer = said(ask(payloads.command(UMBRELLA)))

    assert answer["response_type"] == "ephemeral"
    assert complaints_about_message(answer) == []
    assert {CHANGE, UNDO} == {button["action_id"] for button in answer["blocks"][-1]["elements"]}
    assert [story.text for story in office.stories()] == [UMBRELLA]
    assert office.posts() == [f"sanne maakte een fan: {UMBRELLA}"]


@pytest.mark.parametrize("word", ["help", "hulp", "HELP", " hulp ", "?"])
def test_help_is_given_and_nothing_is_told(ask: Ask, office: FakeOffice, word: str) -> None:
    answer = said(ask(payloads.command(word)))

    assert answer["response_type"] == "ephemeral"
    assert "/fan" in json.dumps(answer)
    assert not office.stories()


def test_an_unknown_command_gets_help(ask: Ask) -> None:
    answer = said(ask(payloads.command("wat dan ook", name="/fanatiek")))

    assert answer["response_type"] == "ephemeral"
    assert "/fan" in json.dumps(answer)


def test_the_command_alone_opens_the_form(ask: Ask, slack: FakeSlack) -> None:
    assert said(ask(payloads.command("  "))) == {}

    [opened] = slack.asked("views_open")
    assert opened["trigger_id"].startswith("trigger.")
    assert opened["view"]["callback_id"] == TELL


def test_the_command_has_the_name_that_the_office_gave_it(services: Services, slack: FakeSlack) -> None:
    renamed = dataclasses.replace(
        services, settings=services.settings.model_copy(update={"command_fan": "/fanverhaal"})
    )
    ask = asking_of(build_app(renamed, slack, slack))  # type: ignore[arg-type]

    assert "/fanverhaal" in json.dumps(said(ask(payloads.command("help", name="/fanverhaal"))))


def test_a_form_that_does_not_open_is_said_and_not_silent(ask: Ask, slack: FakeSlack) -> None:
    slack.fail("views_open", "expired_trigger_id")

    assert "Probeer het zo nog eens" in said(ask(payloads.command()))["text"]


def test_what_was_typed_is_given_back_with_an_error(ask: Ask, office: FakeOffice) -> None:
    answer = said(ask(payloads.command("<@U1|bo> &amp;")))

    assert answer["response_type"] == "ephemeral"
    assert answer["text"].startswith("Dat is wel erg kort")
    assert "@bo &" in json.dumps(answer["blocks"])
    assert not office.stories()


def test_a_story_that_is_too_long_is_given_back_within_slacks_limits(ask: Ask) -> None:
    answer = said(ask(payloads.command("&amp;" * 4000)))

    assert "4000" in answer["text"]
    assert "&" * 100 in json.dumps(answer["blocks"])
    assert complaints_about_message(answer) == []


# Clicks


def test_the_private_answer_can_be_undone_and_gives_the_words_back(
    ask: Ask, office: FakeOffice, small_server: SmallServer
) -> None:
    ask(payloads.command(UMBRELLA))
    said(ask(payloads.click(UNDO, "1", url=small_server.url)))

    [(_, answer)] = small_server.asked
    assert answer["replace_original"] is True
    assert UMBRELLA in json.dumps(answer["blocks"], ensure_ascii=False)
    assert not office.stories()
    assert not office.posts()


def test_applause_is_given_by_a_click(ask: Ask, office: FakeOffice) -> None:
    ask(payloads.command(UMBRELLA))
    assert said(ask(payloads.click(APPLAUD, "1", "U0BRAM"))) == {}

    assert office.rows("applause") == 1


def test_the_same_click_delivered_twice_counts_once(ask: Ask, office: FakeOffice, clock: StoppedClock) -> None:
    ask(payloads.command(UMBRELLA))
    ask(payloads.click(APPLAUD, "1", "U0BRAM", at="77.7"))
    clock.pass_time(seconds=60)
    assert said(ask(payloads.click(APPLAUD, "1", "U0BRAM", at="77.7"))) == {}

    assert office.rows("applause") == 1


def test_applause_for_oneself_is_answered_in_private(ask: Ask, small_server: SmallServer) -> None:
    ask(payloads.command(UMBRELLA))
    said(ask(payloads.click(APPLAUD, "1", url=small_server.url)))

    [(_, answer)] = small_server.asked
    assert (answer["response_type"], answer["replace_original"]) == ("ephemeral", False)
    assert answer["text"] == "Leuk, maar klappen is voor je collega's."


def test_the_teller_opens_the_form_filled_in_and_another_is_refused(
    ask: Ask, slack: FakeSlack, small_server: SmallServer
) -> None:
    ask(payloads.command(UMBRELLA))
    said(ask(payloads.click(CHANGE, "1")))
    said(ask(payloads.click(CHANGE, "1", "U0BRAM", url=small_server.url)))

    [opened] = slack.asked("views_open")
    assert (opened["view"]["callback_id"], opened["view"]["private_metadata"]) == (CHANGE, "1")
    assert UMBRELLA in json.dumps(opened["view"], ensure_ascii=False)
    assert small_server.asked[0][1]["text"] == "Dat kan alleen wie het verhaal vertelde."


def test_the_teller_removes_the_story_by_its_button(ask: Ask, office: FakeOffice) -> None:
    ask(payloads.command(UMBRELLA))
    said(ask(payloads.click(REMOVE, "1")))

    assert not office.stories()
    assert not office.posts()


def test_the_button_at_home_opens_the_form(ask: Ask, slack: FakeSlack) -> None:
    said(ask(payloads.home_click(TELL)))

    assert slack.asked("views_open")[0]["view"]["callback_id"] == TELL


def test_an_error_at_home_is_a_window_for_there_is_nothing_else(ask: Ask, office: FakeOffice, slack: FakeSlack) -> None:
    office.person("U0GUEST", "Gast", standing=Standing.GUEST)
    said(ask(payloads.home_click(TELL, user="U0GUEST")))

    [opened] = slack.asked("views_open")
    assert "Als gast" in json.dumps(opened["view"])
    assert complaints_about_view(opened["view"]) == []


def test_an_old_button_that_nobody_knows_is_answered_quietly(ask: Ask) -> None:
    assert said(ask(payloads.click("lottery.spin", "9"))) == {}


# Forms


def test_a_form_that_is_sent_tells_a_story(ask: Ask, office: FakeOffice, sanne: Me) -> None:
    values = form_values(
        spent={"value": "7,50"},
        helpers={"selected_users": ["U0BRAM"]},
        moment={"selected_option": {"value": "complaint"}},
    )
    answer = said(ask(payloads.submission(story_form(sanne, "2026-11-02"), values)))

    assert answer["response_action"] == "update"
    assert complaints_about_view(answer["view"]) == []
    [story] = office.stories()
    assert (story.text, story.spent_cents, story.moment) == (UMBRELLA, 750, "complaint")


def test_sending_a_form_twice_tells_one_story(ask: Ask, office: FakeOffice, sanne: Me) -> None:
    sent = payloads.submission(story_form(sanne, "2026-11-02"), form_values())
    ask(sent)
    again = said(ask(sent))

    assert again["response_action"] == "update"
    assert "Dit was al bewaard" in str(again["view"])
    assert len(office.stories()) == len(office.posts()) == 1


def test_each_error_of_a_form_stands_at_its_field_in_the_persons_language(ask: Ask, office: FakeOffice) -> None:
    english = office.person("U0EMMA", "Emma", language="en")
    form = story_form(english, "2026-11-02")
    answer = said(ask(payloads.submission(form, form_values("kort", spent={"value": "1.250"}), "U0EMMA")))

    assert answer["response_action"] == "errors"
    assert set(answer["errors"]) == {"story", "spent"}
    assert answer["errors"]["spent"] == "1.250 could mean 1.25 or 1250. Write the one you mean."
    assert set(answer["errors"]) <= {block["block_id"] for block in form["blocks"]}
    assert not office.stories()


def test_a_form_with_an_error_can_be_sent_again(ask: Ask, office: FakeOffice, sanne: Me) -> None:
    form = story_form(sanne, "2026-11-02")
    ask(payloads.submission(form, form_values(spent={"value": "veel"})))
    answer = said(ask(payloads.submission(form, form_values(spent={"value": "7"}))))

    assert answer["response_action"] == "update"
    assert len(office.stories()) == 1


def test_a_changed_story_is_sent_by_the_same_form(ask: Ask, office: FakeOffice, sanne: Me) -> None:
    ask(payloads.command(UMBRELLA))
    form = story_form(sanne, "2026-11-02", office.stories()[0])
    assert said(ask(payloads.submission(form, form_values("Een lekke band geplakt")))) == {}

    assert [story.text for story in office.stories()] == ["Een lekke band geplakt"]


def test_changing_a_story_that_is_gone_keeps_what_was_typed(ask: Ask, office: FakeOffice, sanne: Me) -> None:
    ask(payloads.command(UMBRELLA))
    form = story_form(sanne, "2026-11-02", office.stories()[0])
    ask(payloads.click(REMOVE, "1"))
    answer = said(ask(payloads.submission(form, form_values())))

    assert answer == {"response_action": "errors", "errors": {"story": "Dit verhaal is er niet meer."}}


def test_a_window_without_fields_and_one_that_is_closed_are_answered(ask: Ask) -> None:
    window = {"type": "modal", "callback_id": "", "blocks": []}
    closed = payloads.submission(window, {}) | {"type": "view_closed", "is_cleared": False}

    assert said(ask(payloads.submission(window, {}))) == {}
    assert said(ask(closed)) == {}


# The shortcut, and words to the bot


def test_the_shortcut_opens_the_form(ask: Ask, slack: FakeSlack) -> None:
    assert said(ask(payloads.shortcut(TELL))) == {}
    assert slack.asked("views_open")[0]["view"]["callback_id"] == TELL


def test_an_unknown_shortcut_is_answered(ask: Ask) -> None:
    assert said(ask(payloads.shortcut("gone.long_ago"))) == {}


def test_words_to_the_bot_become_a_draft_that_a_button_settles(ask: Ask, office: FakeOffice) -> None:
    assert said(ask(payloads.message("Klant &amp; hond geholpen in de regen"))) == {}
    [draft] = office.queued("U0SANNE")
    assert "Klant & hond geholpen in de regen" in json.dumps(draft.body)

    said(ask(payloads.click(DraftChoice.SHARE.value, "1")))
    assert [story.text for story in office.stories()] == ["Klant & hond geholpen in de regen"]


def test_the_same_message_under_another_event_id_is_one_draft(ask: Ask, office: FakeOffice) -> None:
    ask(payloads.message(UMBRELLA, event_id="Ev1", ts="5.5"))
    assert said(ask(payloads.message(UMBRELLA, event_id="Ev2", ts="5.5"))) == {}

    assert office.rows("draft") == 1
    assert len(office.posts("U0SANNE")) == 1


def test_words_that_make_no_story_are_answered_once_however_often_they_are_delivered(
    ask: Ask, office: FakeOffice
) -> None:
    for event_id in ("Ev1", "Ev1", "Ev2"):
        assert said(ask(payloads.message("hoi", event_id=event_id))) == {}

    assert office.rows("draft") == 0
    assert len(office.posts("U0SANNE")) == 1
    assert "Vertel iets meer" in office.posts("U0SANNE")[0]


@pytest.mark.parametrize(
    "kind",
    [
        {"subtype": "message_changed", "message": {"text": UMBRELLA, "user": "U0SANNE"}},
        {"subtype": "message_deleted"},
        {"subtype": "bot_message", "bot_id": "B1"},
        {"bot_id": "B1"},
        {"channel_type": "channel"},
    ],
)
def test_what_is_nobodys_words_to_the_bot_is_let_be(ask: Ask, office: FakeOffice, kind: dict[str, Any]) -> None:
    assert said(ask(payloads.message(UMBRELLA, **kind))) == {}
    assert office.rows("draft") == office.rows("outbox") == 0


def test_words_beside_a_picture_are_words_too(ask: Ask, office: FakeOffice) -> None:
    ask(payloads.message(UMBRELLA, subtype="file_share", files=[{"id": "F1"}]))

    assert office.rows("draft") == 1


# Home and people


def test_home_is_drawn_when_it_is_opened_and_messages_are_not(ask: Ask, office: FakeOffice) -> None:
    said(ask(payloads.home_opened(tab="messages")))
    assert not office.queued("U0SANNE")

    said(ask(payloads.home_opened()))
    [home] = office.queued("U0SANNE")
    assert home.is_home
    assert complaints_about_view(home.body or {}) == []


def known(office: FakeOffice, slack_id: str) -> Person:
    with office.services.database.reading(InWorkspace(office.workspace_id)) as tx:
        person = person_by_slack_id(tx, slack_id)
    assert person is not None
    return person


@pytest.mark.parametrize("kind", ["team_join", "user_change"])
def test_slack_tells_who_somebody_is(ask: Ask, office: FakeOffice, kind: str) -> None:
    said(ask(payloads.profile_event(kind, "U0EMMA", profile={"display_name": "Emma"}, tz="Europe/London")))

    assert (known(office, "U0EMMA").name, known(office, "U0EMMA").zone) == ("Emma", "Europe/London")


def test_somebody_who_was_deactivated_can_no_longer_tell(ask: Ask, office: FakeOffice) -> None:
    ask(payloads.command(UMBRELLA))
    ask(payloads.profile_event("user_change", "U0SANNE", deleted=True))
    answer = said(ask(payloads.command("Nog een verhaal over een klant")))

    assert "Dit account kan niet meedoen." in answer["text"]
    assert len(office.stories()) == 1


def test_a_person_from_another_company_is_refused_from_the_first_click(
    ask: Ask, office: FakeOffice, small_server: SmallServer
) -> None:
    ask(payloads.command(UMBRELLA))
    stranger = payloads.click(APPLAUD, "1", "U0STRANGER", url=small_server.url)
    stranger["user"]["team_id"] = "T0ELSEWHERE"
    said(ask(stranger))

    assert "Dit is voor wie hier werkt" in small_server.asked[0][1]["text"]
    assert known(office, "U0STRANGER").standing == Standing.STRANGER
    assert office.rows("applause") == 0


def test_a_guest_is_refused_from_the_first_word(ask: Ask, office: FakeOffice, slack: FakeSlack) -> None:
    slack.users.append({"id": "U0GUEST", "name": "gast", "real_name": "Tom", "is_restricted": True})

    answer = said(ask(payloads.command(UMBRELLA, user="U0GUEST")))

    assert "Als gast kun je meelezen" in answer["text"]
    assert office.posts() == []


def test_a_newcomer_is_called_by_name_from_the_first_story(ask: Ask, office: FakeOffice, slack: FakeSlack) -> None:
    slack.users.append({"id": "U0NEW", "name": "nieuw", "real_name": "Noor Nieuw", "tz": "Europe/Brussels"})

    ask(payloads.command(UMBRELLA, user="U0NEW"))

    assert office.posts() == [f"Noor Nieuw maakte een fan: {UMBRELLA}"]
    assert len(slack.asked("users_info")) == 1


def test_what_was_changed_in_a_form_that_was_saved_already_is_given_back(
    ask: Ask, office: FakeOffice, sanne: Me
) -> None:
    form = story_form(sanne, "2026-11-02")
    ask(payloads.submission(form, form_values(UMBRELLA)))
    again = said(ask(payloads.submission(form, form_values("Paraplu meegegeven, ze kwam terug met taart"))))

    assert "ze kwam terug met taart" in str(again["view"])
    assert [story.text for story in office.stories()] == [UMBRELLA]


@pytest.mark.parametrize("value", ["abc", "", "9" * 30, "-1", "1; drop table"])
def test_a_button_without_a_storys_number_gets_a_word(
    ask: Ask, office: FakeOffice, small_server: SmallServer, value: str
) -> None:
    ask(payloads.click(APPLAUD, value, url=small_server.url))

    assert small_server.asked[0][1]["text"] == "Dit verhaal is er niet meer."


def test_help_is_given_in_the_direct_messages_too(ask: Ask, office: FakeOffice) -> None:
    ask(payloads.message("hulp"))

    assert office.posts("U0SANNE")[0].startswith("Vertel in één zin")
    assert office.rows("draft") == 0


def test_a_person_whom_slack_did_not_tell_about_is_known_by_their_handle(ask: Ask, office: FakeOffice) -> None:
    ask(payloads.command(UMBRELLA, user="U0NOBODY"))

    assert (known(office, "U0NOBODY").name, known(office, "U0NOBODY").profile_at) == ("nobody", None)


def test_an_event_that_nobody_listens_to_is_answered(ask: Ask) -> None:
    assert said(ask(payloads.event({"type": "reaction_added", "user": "U0SANNE", "reaction": "tada"}))) == {}
    assert said(ask(payloads.event({"type": "tokens_revoked", "tokens": {}}))) == {}


def test_workspaces_do_not_see_each_other(ask: Ask, office: FakeOffice) -> None:
    ask(payloads.command(UMBRELLA))
    ask(payloads.command("Een verhaal van een ander bedrijf", team_id="T0OTHER"))

    assert [story.text for story in office.stories()] == [UMBRELLA]
    assert office.rows("story") == 2


# Errors


def test_a_refusal_is_in_the_persons_own_language(ask: Ask, office: FakeOffice) -> None:
    office.person("U0EMMA", "Emma", language="en")

    assert "That is very short" in said(ask(payloads.command("kort", user="U0EMMA")))["text"]
    assert "Dat is wel erg kort" in said(ask(payloads.command("kort")))["text"]


def test_what_breaks_gives_a_reference_and_never_a_trace(
    services: Services, office: FakeOffice, slack: FakeSlack
) -> None:
    error = ZeroDivisionError("geheim detail")
    with capture_logs() as log:
        answer = said(broken(services, slack, error)(payloads.command(UMBRELLA)))

    [reference] = re.findall(r"Kenmerk ([0-9A-F]{6})", answer["text"])
    assert UMBRELLA in json.dumps(answer["blocks"], ensure_ascii=False)  # nothing that was typed is lost
    for trace in ("Traceback", "ZeroDivision", "geheim detail", ".py"):
        assert trace not in json.dumps(answer)
    [entry] = [line for line in log if line["log_level"] == "error"]
    assert (entry["reference"], entry["exc_info"]) == (reference, error)
    assert UMBRELLA not in str(entry)
    assert not office.stories()


def test_what_breaks_in_a_form_stands_at_a_field_and_the_form_stays(
    services: Services, office: FakeOffice, slack: FakeSlack, sanne: Me
) -> None:
    ask = broken(services, slack, ZeroDivisionError())
    answer = said(ask(payloads.submission(story_form(sanne, "2026-11-02"), form_values())))

    assert answer["response_action"] == "errors"
    assert "Kenmerk" in answer["errors"]["story"]
    assert not office.stories()


def test_what_breaks_in_a_click_is_answered_in_private(
    services: Services, office: FakeOffice, slack: FakeSlack, small_server: SmallServer
) -> None:
    ask = broken(services, slack, ZeroDivisionError())
    ask(payloads.message(UMBRELLA))
    said(ask(payloads.click(DraftChoice.SHARE.value, "1", url=small_server.url)))

    assert "Kenmerk" in small_server.asked[0][1]["text"]
    assert office.rows("draft") == 1
    assert not office.stories()


def test_a_refused_or_broken_request_leaves_no_mark_of_having_been_handled(
    services: Services, office: FakeOffice, slack: FakeSlack, sanne: Me, ask: Ask
) -> None:
    sent = payloads.submission(story_form(sanne, "2026-11-02"), form_values())
    for error in (ZeroDivisionError(), BotError("Choose a colleague.")):
        broken(services, slack, error)(sent)
        assert handled(office) == 0

    assert said(ask(sent))["response_action"] == "update"  # so that the same thing, done again, works
    assert len(office.stories()) == 1


class LostDatabase:
    """A database that went away: for writing, or altogether."""

    def __init__(self, database: Database, *, can_read: bool) -> None:
        self._database, self._can_read = database, can_read

    def reading(self, *arguments: Any) -> Any:
        if self._can_read:
            return self._database.reading(*arguments)
        raise self._error()

    def asking(self) -> Any:
        if self._can_read:
            return self._database.asking()
        raise self._error()

    def writing(self, *_: Any) -> Any:
        raise self._error()

    @staticmethod
    def _error() -> OperationalError:
        return OperationalError("SELECT geheim", {}, Exception("connection refused"))


@pytest.fixture(params=[True, False], ids=["for writing", "altogether"])
def lost(request: pytest.FixtureRequest, services: Services, sanne: Me, slack: FakeSlack) -> Ask:
    """A bot whose database went away."""
    database: Any = LostDatabase(services.database, can_read=request.param)
    return asking_of(build_app(dataclasses.replace(services, database=database), slack, slack))  # type: ignore[arg-type]


def test_a_command_without_a_database_is_answered_with_what_was_typed(lost: Ask) -> None:
    answer = said(lost(payloads.command(UMBRELLA)))

    assert (answer["response_type"], "Kenmerk" in answer["text"]) == ("ephemeral", True)
    assert UMBRELLA in json.dumps(answer["blocks"], ensure_ascii=False)
    assert "geheim" not in json.dumps(answer)


def test_a_form_without_a_database_stays_open_with_what_was_typed(lost: Ask, sanne: Me) -> None:
    answer = said(lost(payloads.submission(story_form(sanne, "2026-11-02"), form_values())))

    assert answer["response_action"] == "errors"
    assert "Kenmerk" in answer["errors"]["story"]


def test_a_click_without_a_database_is_answered(lost: Ask, small_server: SmallServer) -> None:
    said(lost(payloads.click(APPLAUD, "1", url=small_server.url)))

    assert "Kenmerk" in small_server.asked[0][1]["text"]


def test_a_click_at_home_without_a_database_opens_a_window_that_says_so(
    services: Services, slack: FakeSlack, sanne: Me
) -> None:
    database: Any = LostDatabase(services.database, can_read=False)
    lost = asking_of(build_app(dataclasses.replace(services, database=database), slack, slack))  # type: ignore[arg-type]
    said(lost(payloads.home_click(TELL)))

    assert "Kenmerk" in json.dumps(slack.asked("views_open")[0]["view"])


def test_slack_is_asked_to_send_an_event_again_when_the_database_was_away(lost: Ask) -> None:
    assert lost(payloads.message(UMBRELLA)).status == 500
    assert lost(payloads.home_opened()).status == 500


def test_slack_is_not_asked_to_send_again_what_our_own_code_cannot_do(ask: Ask) -> None:
    nonsense = payloads.profile_event("user_change", "U0EMMA")
    nonsense["event"]["user"]["profile"] = "geen profiel"

    assert ask(nonsense).status == 200


def test_an_answer_that_cannot_be_delivered_undoes_nothing(
    ask: Ask, office: FakeOffice, small_server: SmallServer
) -> None:
    small_server.answer = Answered(500, "oops")
    ask(payloads.command(UMBRELLA))
    assert said(ask(payloads.click(UNDO, "1", url=small_server.url))) == {}

    assert not office.stories()
    assert handled(office) == 2


def test_nothing_personal_is_kept_of_a_handled_request(ask: Ask, office: FakeOffice) -> None:
    ask(payloads.message(UMBRELLA))
    with office.services.database.reading() as tx:
        assert [draft.text for draft in tx.exec(select(Draft))] == [UMBRELLA]
    assert handled(office) == 1
