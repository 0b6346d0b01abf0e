"""Calls to make and answers to the open question, in Slack; on both databases."""

import dataclasses
import json
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.features.customer_page import jobs, listeners, notes, screens
from bot.features.customer_page.form import answer_form, idea_form
from bot.features.customer_page.web import routes
from bot.kernel.choices import Choice
from bot.kernel.errors import BotError
from bot.kernel.facts import AnswerBecameIdea
from bot.kernel.office import Me
from bot.kernel.sentence import Sentence
from bot.services import Reactions, Services
from bot.settings import Settings
from bot.slack.blocks import home
from storage.customers import CustomerNote
from storage.office import change_office
from storage.outbox import Post
from storage.people import Standing
from tests.fakes import FakeOffice, FakeSlack, StoppedClock
from tests.features.customer_page.pages import Browser, browser, notes_of
from tests.features.heard import Heard, texts_in
from tests.limits import complaints_about_message, complaints_about_view

NUMBER = "06 1234 5678"
LATE = "De doos kwam twee weken te laat"
CHAIRS = "Meer stoelen bij de kassa"


@pytest.fixture
def ideas() -> list[AnswerBecameIdea]:
    return []


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With two managers."""
    return settings.model_copy(update={"managers": frozenset({"U0FATIMA", "U0BRAM"})})


@pytest.fixture
def reactions(ideas: list[AnswerBecameIdea]) -> Reactions:
    """An idea is noted, and nothing else happens."""

    def note(_tx: Any, _services: Services, fact: AnswerBecameIdea) -> Sentence | None:
        ideas.append(fact)
        return None

    return {AnswerBecameIdea: (note,)}


@pytest.fixture
def page(services: Services, office: FakeOffice, fatima: Me, bram: Me) -> Browser:
    return browser(services, fatima)


def called_for(page: Browser, office: FakeOffice, **fields: str) -> int:
    """A customer asks to be called; answers the note's number."""
    page.send("call", **{"contact": NUMBER, "name": "Els", "text": LATE, **fields})
    return notes_of(office)[-1].id or 0


def message_of(office: FakeOffice, slack_id: str) -> str:
    [post] = office.queued(slack_id)
    assert post.body is not None
    assert complaints_about_message(post.body) == []
    return texts_in(post.body)


def actions_of(post: Post) -> list[str]:
    rows = [block for block in (post.body or {})["blocks"] if block["type"] == "actions"]
    return [button["action_id"] for row in rows for button in row["elements"]]


def heard(services: Services, slack: FakeSlack) -> Heard:
    return Heard(services, slack, listeners.register)


def home_of(services: Services, me: Me) -> str:
    with services.database.reading(me) as tx:
        blocks = notes.home_card(tx, services, me)
    assert complaints_about_view(home(blocks)) == []
    return json.dumps(blocks, ensure_ascii=False)


# Calls


def test_each_manager_who_is_known_gets_one_message_and_nobody_else(
    page: Browser, office: FakeOffice, sanne: Me
) -> None:
    called_for(page, office)

    for manager in ("U0FATIMA", "U0BRAM"):
        assert f"Els |  · {NUMBER} | {LATE}" in message_of(office, manager)
    assert office.queued("U0SANNE") == []


def test_a_manager_who_left_is_not_messaged(page: Browser, office: FakeOffice) -> None:
    office.person("U0BRAM", "Bram", standing=Standing.GONE)
    called_for(page, office)

    assert office.queued("U0BRAM") == []
    assert len(office.queued("U0FATIMA")) == 1


def test_who_takes_up_a_call_keeps_the_number_and_the_others_see_who_calls(
    page: Browser, office: FakeOffice, services: Services, slack: FakeSlack
) -> None:
    number = called_for(page, office)
    heard(services, slack).click(screens.CLAIM, str(number), "U0BRAM")

    assert NUMBER in message_of(office, "U0BRAM")
    assert actions_of(office.queued("U0BRAM")[0]) == [screens.CALLED, screens.RELEASE]
    other = message_of(office, "U0FATIMA")
    assert "Bram" in other
    assert NUMBER not in other
    assert actions_of(office.queued("U0FATIMA")[0]) == []


def test_a_call_is_taken_up_by_one_and_can_be_given_back(
    page: Browser, office: FakeOffice, services: Services, fatima: Me, bram: Me
) -> None:
    number = called_for(page, office)
    notes.claim_call(services, bram, number)
    notes.claim_call(services, bram, number)
    for refused in (notes.claim_call, notes.note_called):
        with pytest.raises(BotError):
            refused(services, fatima, number)
    notes.release_call(services, fatima, number)
    assert notes_of(office)[0].taken_by == bram.person_id

    notes.release_call(services, bram, number)
    assert NUMBER in message_of(office, "U0FATIMA")
    notes.claim_call(services, fatima, number)


def test_once_called_the_number_is_forgotten_everywhere(
    page: Browser, office: FakeOffice, services: Services, fatima: Me, bram: Me
) -> None:
    number = called_for(page, office)
    notes.claim_call(services, bram, number)
    notes.note_called(services, bram, number)

    [note] = notes_of(office)
    assert (note.contact, note.settled_at is None) == ("", False)
    for manager in ("U0FATIMA", "U0BRAM"):
        assert NUMBER not in message_of(office, manager)
        assert "Bram" in message_of(office, manager)
        assert actions_of(office.queued(manager)[0]) == []
    for refused in (notes.claim_call, notes.note_called, notes.release_call):
        with pytest.raises(BotError):
            refused(services, fatima, number)
    assert home_of(services, fatima) == "[]"


def test_only_managers_call(page: Browser, office: FakeOffice, services: Services, sanne: Me) -> None:
    number = called_for(page, office)

    for refused in (notes.claim_call, notes.note_called, notes.release_call, notes.answer_for_idea):
        with pytest.raises(BotError):
            refused(services, sanne, number)
    with pytest.raises(BotError):
        notes.answers(services, sanne)
    assert home_of(services, sanne) == "[]"


def test_without_a_manager_a_call_waits_at_the_home_of_who_becomes_one(
    page: Browser, office: FakeOffice, services: Services, sanne: Me
) -> None:
    nobody = services.settings.model_copy(update={"managers": frozenset()})
    called_for(browser_with(page, dataclasses.replace(services, settings=nobody)), office)
    assert office.queued("U0FATIMA") == []

    becomes = services.settings.model_copy(update={"managers": frozenset({"U0SANNE"})})
    later = dataclasses.replace(services, settings=becomes)
    with later.database.reading(sanne) as tx:
        manager = dataclasses.replace(sanne, office=later.office(tx))
    assert NUMBER in home_of(later, manager)


def browser_with(page: Browser, services: Services) -> Browser:
    """The same link, where these services answer."""

    return Browser(TestClient(Starlette(routes=routes(services))), page.token)


def test_home_shows_the_calls_that_wait_the_longest(
    page: Browser, office: FakeOffice, services: Services, fatima: Me
) -> None:
    for number in range(notes.AT_HOME + 2):
        called_for(page, office, text=f"{LATE} {number}")
    card = home_of(services, fatima)

    assert card.count(screens.CLAIM) == notes.AT_HOME
    assert str(notes.AT_HOME + 2) in card


def test_a_call_of_who_erased_themselves_is_free_again_and_names_nobody(
    page: Browser, office: FakeOffice, services: Services, fatima: Me, bram: Me
) -> None:
    number = called_for(page, office)
    notes.claim_call(services, bram, number)
    office.person("U0BRAM", "", standing=Standing.GONE)
    with services.database.writing(fatima) as tx:
        notes.forget_names(tx, services, bram)

    assert "Bram" not in message_of(office, "U0FATIMA")
    notes.claim_call(services, fatima, number)


def only_fatima_manages(services: Services, fatima: Me) -> Me:
    """Bram was a manager until now; answers Fatima as her next request finds her."""
    with services.database.writing(fatima) as tx:
        change_office(tx, Choice.MANAGERS, ["U0FATIMA"], fatima.person_id, services.clock.now())
        return dataclasses.replace(fatima, office=services.office(tx))


def test_a_call_of_who_is_no_manager_any_more_is_free_again_and_says_who_had_it(
    page: Browser, office: FakeOffice, services: Services, fatima: Me, bram: Me
) -> None:
    number = called_for(page, office)
    notes.claim_call(services, bram, number)
    manager = only_fatima_manages(services, fatima)
    jobs.follow_calls(services)

    assert NUMBER not in message_of(office, "U0BRAM")
    assert actions_of(office.queued("U0BRAM")[0]) == []
    for shown in (message_of(office, "U0FATIMA"), home_of(services, manager)):
        assert NUMBER in shown
        assert manager.say("{who} took it up before", who="Bram") in shown
    notes.claim_call(services, manager, number)
    notes.note_called(services, manager, number)


def test_a_call_that_was_taken_up_a_day_ago_can_be_taken_over_by_another(
    page: Browser, office: FakeOffice, services: Services, fatima: Me, bram: Me, clock: StoppedClock
) -> None:
    number = called_for(page, office)
    notes.claim_call(services, bram, number)
    clock.pass_time(hours=23, minutes=59)
    jobs.follow_calls(services)
    assert NUMBER not in message_of(office, "U0FATIMA") + home_of(services, fatima)
    with pytest.raises(BotError, match="already"):
        notes.claim_call(services, fatima, number)

    clock.pass_time(minutes=1)
    jobs.follow_calls(services)
    for shown in (message_of(office, "U0FATIMA"), home_of(services, fatima)):
        assert NUMBER in shown
        assert "Bram" in shown
        assert screens.CLAIM in shown or actions_of(office.queued("U0FATIMA")[0]) == [screens.CLAIM]
    assert actions_of(office.queued("U0BRAM")[0]) == [screens.CALLED, screens.RELEASE]

    notes.claim_call(services, fatima, number)
    assert NUMBER not in message_of(office, "U0BRAM")
    assert "Fatima" in message_of(office, "U0BRAM")
    with pytest.raises(BotError, match="already"):
        notes.note_called(services, bram, number)


def test_what_is_in_line_already_is_not_sent_again(
    page: Browser, office: FakeOffice, services: Services, fatima: Me, bram: Me, clock: StoppedClock
) -> None:
    notes.claim_call(services, bram, called_for(page, office))
    clock.pass_time(days=2)
    jobs.follow_calls(services)
    before = [post.revision for post in (*office.queued("U0FATIMA"), *office.queued("U0BRAM"))]
    clock.pass_time(days=2)
    jobs.follow_calls(services)

    assert [post.revision for post in (*office.queued("U0FATIMA"), *office.queued("U0BRAM"))] == before


# Answers


def test_an_answer_heard_face_to_face_goes_to_the_managers(
    office: FakeOffice, services: Services, fatima: Me, sanne: Me
) -> None:
    notes.enter_answer(services, sanne, f"  {CHAIRS} ")

    assert CHAIRS in message_of(office, "U0FATIMA")
    assert "Sanne" in message_of(office, "U0FATIMA")
    assert [(note.text, note.heard_by) for note in notes_of(office)] == [(CHAIRS, sanne.person_id)]


def test_the_same_answer_within_two_minutes_is_one(
    office: FakeOffice, services: Services, sanne: Me, clock: StoppedClock
) -> None:
    first = notes.enter_answer(services, sanne, CHAIRS)
    assert notes.enter_answer(services, sanne, CHAIRS) == first
    clock.pass_time(minutes=2, seconds=1)

    assert notes.enter_answer(services, sanne, CHAIRS) != first


@pytest.mark.parametrize("typed", ["", "  ", "?!", "x" * 2001])
def test_no_words_or_too_many_are_no_answer(office: FakeOffice, services: Services, sanne: Me, typed: str) -> None:
    with pytest.raises(BotError):
        notes.enter_answer(services, sanne, typed)
    assert notes_of(office) == []


def test_guests_enter_no_answers(office: FakeOffice, services: Services) -> None:
    guest = office.person("U0GAST", "Gast", standing=Standing.GUEST)

    with pytest.raises(BotError):
        notes.enter_answer(services, guest, CHAIRS)


def test_an_answer_becomes_an_idea_with_one_click_and_only_once(
    page: Browser, office: FakeOffice, services: Services, slack: FakeSlack, ideas: list[AnswerBecameIdea]
) -> None:
    page.send("better", text=CHAIRS)
    number = str(notes_of(office)[0].id)
    form = heard(services, slack).click(screens.IDEA, number, "U0BRAM")
    assert form is not None
    assert CHAIRS in json.dumps(form, ensure_ascii=False)
    assert ideas == []  # a customer's words are not for everybody before a manager worded them
    filled = {"title": {"value": "Stoelen"}, "about": {"value": "Bij het raam"}}
    assert heard(services, slack).send(form, filled, "U0BRAM")["response_action"] == "update"
    heard(services, slack).send(form, filled)

    assert [(fact.title, fact.text, fact.me.slack_id) for fact in ideas] == [("Stoelen", "Bij het raam", "U0BRAM")]
    for manager in ("U0FATIMA", "U0BRAM"):
        assert "Bram" in message_of(office, manager)
        assert actions_of(office.queued(manager)[0]) == []


def test_an_entered_answer_can_be_undone_until_it_is_an_idea(
    page: Browser, office: FakeOffice, services: Services, sanne: Me, fatima: Me
) -> None:
    number = notes.enter_answer(services, sanne, CHAIRS)
    assert notes.take_back(services, fatima, number) is None
    assert notes.take_back(services, sanne, number) == CHAIRS
    assert (notes_of(office), office.queued("U0FATIMA")) == ([], [])
    assert notes.take_back(services, sanne, number) is None

    number = notes.enter_answer(services, sanne, CHAIRS)
    notes.make_idea(services, fatima, number, "Stoelen", CHAIRS)
    assert notes.take_back(services, sanne, number) is None


def test_managers_read_the_latest_answers_in_a_window_and_enter_one_there(
    office: FakeOffice, services: Services, slack: FakeSlack, fatima: Me, sanne: Me
) -> None:
    for number in range(notes.LISTED + 1):
        notes.enter_answer(services, sanne, f"{CHAIRS} {number} " + "x" * 1900)
    window = screens.answers_window(notes.answers(services, fatima), fatima)

    assert complaints_about_view(window) == []
    longest = notes.answers(services, fatima)[0].note
    assert complaints_about_view(idea_form(longest, fatima)) == []
    assert complaints_about_view(screens.idea_window([], fatima.say)) == []
    assert f"{CHAIRS} 0 " not in texts_in(window)
    assert f"{CHAIRS} {notes.LISTED} " in texts_in(window)
    form = heard(services, slack).click(screens.ENTER, view=window | {"type": "modal"})
    assert form is not None
    answer = heard(services, slack).send(form, {"text": {"value": LATE}}, previous_view_id="V0")
    assert answer["response_action"] == "update"
    assert LATE in texts_in(slack.asked("views_update")[-1]["view"])


def test_a_form_without_words_says_so_at_the_field(services: Services, slack: FakeSlack, sanne: Me) -> None:
    answer = heard(services, slack).send(answer_form(sanne), {"text": {"value": "…"}}, "U0SANNE")

    assert answer["response_action"] == "errors"
    assert set(answer["errors"]) == {"text"}


@pytest.mark.parametrize("value", ["", "x", "9" * 30, "١"])
def test_a_button_with_an_odd_number_does_nothing(
    office: FakeOffice, services: Services, slack: FakeSlack, ideas: list[AnswerBecameIdea], fatima: Me, value: str
) -> None:
    for action in (screens.CLAIM, screens.RELEASE, screens.CALLED, screens.IDEA, screens.UNDO):
        window = heard(services, slack).click(action, value)
        assert window is None or "submit" not in window, action
    assert (ideas, office.rows("customer_note"), office.queued("U0FATIMA")) == ([], 0, [])


def test_the_longest_note_fits_in_every_message(office: FakeOffice, services: Services, fatima: Me, bram: Me) -> None:
    longest = CustomerNote(
        id=1, workspace_id=1, kind="call", text="x" * 2000, name="n" * 150, contact="0" * 200,
        received_at=services.clock.now(),
    )  # fmt: skip
    for note in (longest, longest.model_copy(update={"kind": "answer"})):
        message = screens.note_message(screens.Seen(note, link="l" * 80), fatima)
        assert complaints_about_message(message.body()) == []
    say = fatima.say
    for message in (
        screens.help_message(fatima), screens.entered_message(1, say),
        screens.undone_message("x" * 2000, say),
    ):  # fmt: skip
        assert complaints_about_message(message.body()) == []
