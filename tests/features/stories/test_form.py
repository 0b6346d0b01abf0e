"""The form of a story: what it shows, and what is read from it."""

from datetime import date
from typing import Any

import pytest

from bot.features.stories.form import story_form, typed_story
from bot.features.stories.rules import MOST_HELPERS, TypedStory
from bot.kernel.office import Me
from storage.people import Person
from storage.stories import Moment, Story
from tests.fakes import MONDAY
from tests.features.stories.test_screens import LONG, me_speaking
from tests.limits import complaints_about_view

TODAY = "2026-11-02"
FIELDS = ["story", "moment", "unasked", "day", "helpers", "customer", "spent", "minutes", "audience", "screen"]


@pytest.fixture(params=["nl", "en"])
def me(request: pytest.FixtureRequest) -> Me:
    return me_speaking(request.param)


def a_story(**fields: Any) -> Story:
    values: dict[str, Any] = {"id": 7, "workspace_id": 1, "teller_id": 1, "text": "Paraplu meegegeven"}
    return Story(**values | {"day": date(2026, 10, 30), "told_at": MONDAY} | fields)


def as_submitted(view: dict[str, Any], **changes: dict[str, Any]) -> dict[str, Any]:
    """The view as Slack sends it back when nothing but `changes` was touched."""
    shown = {block["block_id"]: block["element"] for block in view["blocks"]}
    initial = {name: _initial(element) | changes.get(name, {}) for name, element in shown.items()}
    return {**view, "state": {"values": {name: {name: element} for name, element in initial.items()}}}


def _initial(element: dict[str, Any]) -> dict[str, Any]:
    kind = element["type"]
    match kind:
        case "plain_text_input" | "number_input":
            return {"type": kind, "value": element.get("initial_value")}
        case "datepicker":
            return {"type": kind, "selected_date": element.get("initial_date")}
        case "static_select" | "radio_buttons":
            return {"type": kind, "selected_option": element.get("initial_option")}
        case "checkboxes":
            return {"type": kind, "selected_options": element.get("initial_options", [])}
        case _:
            return {"type": kind, "selected_users": element.get("initial_users", [])}


def test_an_empty_form_asks_everything_and_presumes_little(me: Me) -> None:
    view = story_form(me, TODAY)

    assert [block["block_id"] for block in view["blocks"]] == FIELDS
    assert [block["block_id"] for block in view["blocks"] if not block.get("optional")] == ["story", "day", "audience"]
    assert typed_story(as_submitted(view)) == TypedStory(text="", day=TODAY, is_shared=True, on_screen=False)


def test_nobody_asks_for_a_full_name(me: Me) -> None:
    [customer] = [block for block in story_form(me, TODAY)["blocks"] if block["block_id"] == "customer"]

    assert ("volledige namen" if me.say.language == "nl" else "full names") in customer["hint"]["text"]


def test_a_story_that_is_changed_comes_back_as_it_was(me: Me) -> None:
    story = a_story(
        customer="mevrouw De V.", moment=Moment.COMPLAINT, unasked=True, spent_cents=125_050, minutes=20,
        is_shared=False, on_screen=True,
    )  # fmt: skip
    helpers = [Person(workspace_id=1, slack_id="U0BRAM", name="Bram")]
    view = story_form(me, TODAY, story, helpers)

    assert view["private_metadata"] == "7"
    assert typed_story(as_submitted(view)) == TypedStory(
        text="Paraplu meegegeven", customer="mevrouw De V.", moment="complaint", unasked=True, helpers=("U0BRAM",),
        spent="1250,50" if me.say.language == "nl" else "1250.50", minutes="20", day="2026-10-30",
        is_shared=False, on_screen=True,
    )  # fmt: skip


def test_nothing_spent_and_no_minutes_are_kept_as_they_are(me: Me) -> None:
    read = typed_story(as_submitted(story_form(me, TODAY, a_story(spent_cents=0, minutes=0))))

    assert (read.spent.replace(".", ","), read.minutes) == ("0,00", "0")


def test_what_somebody_fills_in_is_read(me: Me) -> None:
    view = as_submitted(
        story_form(me, TODAY),
        story={"value": "<!channel> *ik* & hij"},
        helpers={"selected_users": ["U1", "U2"]},
        audience={"selected_option": {"value": "me"}},
        moment={"selected_option": {"value": "not_ours"}},
        spent={"value": "7,-"},
        minutes={"value": "5"},
    )

    assert typed_story(view) == TypedStory(
        text="<!channel> *ik* & hij", helpers=("U1", "U2"), is_shared=False, moment="not_ours", spent="7,-",
        minutes="5", day=TODAY,
    )  # fmt: skip


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_the_form_is_taken_by_slack_with_the_longest_story_in_it(me: Me, text: str) -> None:
    helpers = [Person(workspace_id=1, slack_id=f"U{number}", name="N") for number in range(MOST_HELPERS)]
    story = a_story(text=text, customer="K" * 150, spent_cents=100_000_00, minutes=600, moment=Moment.OTHER)

    assert complaints_about_view(story_form(me, TODAY)) == []
    assert complaints_about_view(story_form(me, TODAY, story, helpers)) == []


def test_no_more_helpers_are_chosen_than_a_post_can_name(me: Me) -> None:
    [element] = [block["element"] for block in story_form(me, TODAY)["blocks"] if block["block_id"] == "helpers"]

    assert element["max_selected_items"] == MOST_HELPERS
