"""Every screen stays within what Slack takes, in both languages, with the longest and the strangest words."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from bot.features.change_wall import form, screens, wall
from bot.features.change_wall.rules import LONGEST_ABOUT, LONGEST_ANSWER, LONGEST_PAIN, LONGEST_TITLE
from bot.features.change_wall.wall import Page, View, view_in
from bot.i18n.translate import speakers
from bot.kernel.office import Me
from bot.slack.blocks import home
from storage.idea_wall import Shown
from storage.ideas import Idea, IdeaAnswer, Status
from storage.people import Person, Standing
from tests.fakes import MONDAY, an_office
from tests.features.change_wall.conftest import WALL
from tests.limits import complaints_about_message, complaints_about_view

TODAY = date(2026, 11, 2)
SPEAKERS = speakers()
HOSTILE = {
    "html": "<script>alert(1)</script>", "mrkdwn": "*vet* _schuin_ `code` ~door~", "channel": "<!channel> <!here>",
    "mention": "<@U0BRAM> @bram", "zalgo": "h̸̡̪̯ͨ͊̽̅̾̎" * 4, "rtl": "שלום לך", "link": "<https://boos.example|klik>",
    "braces": "{who} {title} %s %(x)s", "ampersands": "&" * 150, "emoji": "🎉" * 150,
}  # fmt: skip


def me_speaking(language: str, **person: Any) -> Me:
    say = SPEAKERS[language]
    office = an_office(say, change_wall_channel=WALL)
    who = {"person_id": 1, "slack_id": "U0FATIMA", "name": "Fatima"} | person
    return Me(office, zone=office.zone, standing=Standing.MEMBER, is_admin=False, say=say, **who)


@pytest.fixture(params=["nl", "en"])
def me(request: pytest.FixtureRequest) -> Me:
    return me_speaking(request.param)


def somebody(name: str = "N" * 120) -> Person:
    return Person(id=1, workspace_id=1, slack_id="U0SANNE", name=name)


def an_idea(text: str = "Koffie", **values: Any) -> Idea:
    own = {"id": 10**12, "workspace_id": 1, "suggester_id": 1, "suggested_at": MONDAY, "posted_on": TODAY}
    return Idea(**own | {"title": text[:LONGEST_TITLE]} | values)


def the_longest(text: str) -> Shown:
    idea = an_idea(
        text, about=(text * 2000)[:LONGEST_ABOUT], pain=(text * 2000)[:LONGEST_PAIN], due_on=TODAY - timedelta(days=1),
        status=Status.DOING, comments=12345, answered_at=MONDAY,
    )  # fmt: skip
    answer = IdeaAnswer(
        workspace_id=1, idea_id=1, status=Status.NO_BUT, words=(text * 2000)[:LONGEST_ANSWER],
        possible=(text * 2000)[:LONGEST_PAIN], answered_at=MONDAY,
    )  # fmt: skip
    merged = [an_idea(text, merged_at=MONDAY) for _ in range(20)]
    return Shown(idea, somebody(), somebody(), 99999, answer, somebody(), merged)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_the_post_of_the_longest_idea_is_taken_and_nothing_in_it_is_read_as_a_mark(me: Me, text: str) -> None:
    message = screens.idea_message(the_longest(text), TODAY, me.office)

    assert complaints_about_message(message.body()) == []
    assert "mrkdwn" not in json.dumps(message.body())
    assert "<" not in message.body()["text"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_all_messages_are_taken_by_slack(me: Me, text: str) -> None:
    shown = the_longest(text)
    idea, answer = shown.idea, shown.answer
    assert answer is not None
    found = [
        screens.alike_message(idea, [shown] * 3, TODAY, me.say), screens.supported_message(idea.title, me.say),
        screens.gone_message(idea, me.say), screens.gone_message(None, me.say), screens.help_message(me),
        screens.news_message(idea, answer, "N" * 120, me.say), screens.merged_message(idea, idea, me),
        screens.thread_note(idea, True, None, me.say), screens.thread_note(idea, False, "https://x.nl/1", me.say),
        screens.suggested_message(1, [screens.NO_CHANNEL], me),
        wall.week_message([shown] * 50, [shown] * 50, TODAY, me.say), wall.past_week_message(me.say),
    ]  # fmt: skip
    assert [complaints_about_message(message.body()) for message in found] == [[]] * len(found)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_all_windows_are_taken_by_slack(me: Me, text: str) -> None:
    shown = the_longest(text)
    page = Page(View("doing", by_votes=True, offset=10), [shown] * 10, 10_000, {10**12}, MONDAY)
    views = [
        wall.wall_window(page, TODAY, me), form.idea_form(me), form.idea_form(me, shown.idea),
        form.answer_form(shown, me, "1"), form.merge_form(shown.idea, me, "1"),
        wall.wall_window(Page(View(), [], 0, (), MONDAY), TODAY, me), home(wall.home_card(3, 1, me)),
    ]  # fmt: skip
    assert [complaints_about_view(view) for view in views] == [[]] * len(views)


def test_a_list_to_choose_from_has_a_hundred_short_titles(me: Me) -> None:
    choices = [one.to_dict() for one in form.merge_choices(others("wachten "), me.say)]
    assert len(choices) == 100
    assert max(len(one["text"]["text"]) for one in choices) <= 75


def others(text: str) -> Sequence[Idea]:
    return [an_idea(text, id=number + 1) for number in range(120)]


def test_a_colleague_without_a_name_is_written_small_further_on_in_a_line(me: Me) -> None:
    idea = an_idea("Terugbellen", suggester_id=2, owner_id=2, posted_on=TODAY - timedelta(days=3))
    nobody = Person(id=2, workspace_id=1, slack_id="U2", name="")
    shown = Shown(idea, nobody, nobody, 0, None, None, [])
    window = wall.wall_window(Page(View(), [shown], 1, (), MONDAY), TODAY, me)

    assert json.dumps(window).count(me.say("a colleague")) == 2
    assert me.say("A colleague") not in json.dumps(window)


def test_the_window_says_why_not_and_what_is_possible(me: Me) -> None:
    answer = IdeaAnswer(
        workspace_id=1, idea_id=1, status=Status.NO_BUT, words="Te duur", possible="Wel een bordje", answered_at=MONDAY
    )
    shown = Shown(an_idea("Terugbellen", status=Status.NO_BUT), somebody(), None, 0, answer, somebody(), [])
    window = json.dumps(wall.wall_window(Page(View(), [shown], 1, (), MONDAY), TODAY, me))

    assert "Terugbellen" in window
    assert "Te duur" in window
    assert "Wel een bordje" in window


def test_an_idea_of_today_says_in_two_words_that_it_is_new() -> None:
    shown = Shown(an_idea("Terugbellen", posted_on=TODAY), somebody(), None, 0, None, None, [])

    assert screens.state_of(shown, TODAY, SPEAKERS["en"]) == "New today"


def test_home_has_no_card_when_nothing_waits(me: Me) -> None:
    assert wall.home_card(0, 0, me) == []


def test_who_is_no_manager_sees_no_managers_buttons(me: Me) -> None:
    sanne = me_speaking(me.say.language, slack_id="U0SANNE", person_id=7)
    page = Page(View(), [Shown(an_idea(), None)], 1, (), MONDAY)

    assert screens.ANSWER not in json.dumps(wall.wall_window(page, TODAY, sanne))
    assert screens.ANSWER in json.dumps(wall.wall_window(page, TODAY, me))


@pytest.mark.parametrize(
    "value", ["", "all", "mine newest", "boos votes 10", "all votes -1", "all votes 99999999", "all votes ²"]
)
def test_a_view_from_elsewhere_is_the_first_page(value: str) -> None:
    assert view_in(value).offset == 0
    assert view_in(value).which in ("all", "mine")


def test_a_view_comes_back_as_it_was() -> None:
    view = View("planned", by_votes=True, offset=30)
    assert view_in(str(view)) == view
