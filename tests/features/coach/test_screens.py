"""Every screen of the coach stays within what Slack takes, and says people's words as they are."""

import json
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from bot.features.coach import screens
from bot.features.coach.form import refusal_form, typed_refusal
from bot.features.coach.rules import LONGEST_WHAT, LONGEST_WHY, Given, Refusal, TypedRefusal
from bot.i18n.translate import speakers
from bot.kernel.office import Me
from bot.kernel.tips import MOMENTS, Cost, Tip, read_tips
from storage.people import Standing
from storage.stories import Moment
from tests.fakes import an_office
from tests.limits import complaints_about_message, complaints_about_view

SPEAKERS = speakers()
TIPS = read_tips(files("bot.i18n") / "tips.toml")
TODAY = date(2026, 11, 2)


@pytest.fixture(params=["nl", "en"])
def me(request: pytest.FixtureRequest) -> Me:
    say = SPEAKERS[request.param]
    office = an_office(say, commands={"fan": "/fan", "fanclub": "/club"})
    return Me(office, 1, "U0SANNE", "Sanne", office.zone, Standing.MEMBER, is_admin=False, say=say)


def a_tip(moment: Moment, text: str = "x" * 200) -> Tip:
    return Tip("a-tip", moment, Cost.MONEY, {"nl": text, "en": text})


def buttons_in(blocks: Any) -> dict[str, str]:
    """By action, the value that a button carries."""
    rows = [block for block in blocks if block["type"] == "actions"]
    return {button["action_id"]: button.get("value", "") for row in rows for button in row["elements"]}


def said_in(view: dict[str, Any]) -> list[str]:
    """The paragraphs of a window, as they are read."""
    paragraphs = [block for block in view["blocks"] if block["type"] == "rich_text"]
    return ["".join(part["text"] for part in block["elements"][0]["elements"]) for block in paragraphs]


@pytest.mark.parametrize("asked", [None, *MOMENTS])
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_tip_is_taken_by_slack(me: Me, moment: Moment, asked: Moment | None) -> None:
    assert complaints_about_message(screens.tip_message(Given(a_tip(moment), asked), me).body()) == []


def test_there_is_an_answer_when_no_tip_is_left(me: Me) -> None:
    message = screens.tip_message(Given(None, Moment.COMPLAINT), me)

    assert complaints_about_message(message.body()) == []
    assert buttons_in(message.blocks) == {}


def test_a_tip_is_said_in_the_language_of_who_asked(me: Me) -> None:
    for tip in TIPS:
        message = screens.tip_message(Given(tip), me)
        assert message.text == tip.texts[me.say.language]
        assert message.text in json.dumps(list(message.blocks), ensure_ascii=False)


def test_another_one_is_of_the_same_moment_while_there_are_any(me: Me) -> None:
    def another(given: Given) -> str:
        return buttons_in(screens.tip_message(given, me).blocks)[screens.ANOTHER]

    assert another(Given(a_tip(Moment.COMPLAINT), Moment.COMPLAINT)) == "complaint"
    assert another(Given(a_tip(Moment.COMPLAINT), Moment.QUESTION)) == ""
    assert another(Given(a_tip(Moment.COMPLAINT))) == ""


def test_a_tip_of_another_moment_says_so(me: Me) -> None:
    same = screens.tip_message(Given(a_tip(Moment.COMPLAINT), Moment.COMPLAINT), me)
    other = screens.tip_message(Given(a_tip(Moment.COMPLAINT), Moment.QUESTION), me)

    assert len(other.blocks) == len(same.blocks) + 1


def test_a_tip_about_saying_no_leads_to_help_with_it(me: Me) -> None:
    for moment in MOMENTS:
        offered = buttons_in(screens.tip_message(Given(a_tip(moment)), me).blocks)
        assert (screens.REFUSE in offered) == (moment == Moment.SAYING_NO)


@pytest.mark.parametrize("character", ["x", "🎉", "&", "<", "{", "*"])
def test_the_longest_refusal_is_taken_by_slack(me: Me, character: str) -> None:
    refusal = Refusal(character * LONGEST_WHAT, character * LONGEST_WHY)

    assert complaints_about_view(screens.kind_no_window(refusal, me)) == []
    assert complaints_about_view(screens.kind_no_window(Refusal("x"), me)) == []


def test_a_kind_no_has_three_shapes_with_the_persons_own_words(me: Me) -> None:
    what, why = "Ruilen <!channel> {why} *vet*", "de kassa {what} wil het niet"
    shapes = said_in(screens.kind_no_window(Refusal(what, why), me))

    assert len(shapes) == len(set(shapes)) == 3
    for shape in shapes:
        assert f"\n{what}: " in shape
        assert f" {why}. " in shape
        assert "…" in shape


def test_a_no_without_a_reason_leaves_no_hole(me: Me) -> None:
    for shape in said_in(screens.kind_no_window(Refusal("Ruilen zonder bon"), me)):
        assert "  " not in shape
        assert ": ." not in shape


def test_the_form_is_taken_by_slack_and_asks_for_one_thing(me: Me) -> None:
    form = refusal_form(me)
    fields = {block["block_id"]: block["optional"] for block in form["blocks"] if block["type"] == "input"}

    assert complaints_about_view(form) == []
    assert fields == {"what": False, "why": True}
    assert form["callback_id"] == screens.REFUSE


def test_what_was_filled_in_is_read() -> None:
    values = {"what": {"what": {"value": "korting"}}, "why": {"why": {"value": None}}}

    assert typed_refusal({"state": {"values": values}}) == TypedRefusal("korting")
    assert typed_refusal({}) == TypedRefusal("")


def test_help_names_the_command_as_it_is_called_here(me: Me) -> None:
    message = screens.help_message(me)

    assert complaints_about_message(message.body()) == []
    assert json.dumps(list(message.blocks)).count("/club ") == 3
