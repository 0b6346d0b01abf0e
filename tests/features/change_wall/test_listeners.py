"""What people click and type on the wall of change, as Slack sends it."""

import json
from typing import Any

import pytest
from slack_bolt import App, BoltRequest

from bot.features.change_wall import actions, listeners, managing, screens
from bot.features.change_wall.wall import View, wall_window
from bot.kernel.office import Me
from bot.services import Services
from tests.fakes import MONDAY, FakeOffice, FakeSlack, SmallServer, StoppedClock
from tests.features.change_wall.conftest import WALL, Suggest
from tests.features.change_wall.test_actions import HOURS, UMBRELLAS, count, ideas_in, says
from tests.features.heard import Heard, Json, texts_in
from tests.wiring import payloads

ALIKE = "Zet de openingstijden op de bladzijde"


@pytest.fixture
def heard(services: Services, slack: FakeSlack) -> Heard:
    def register(app: App) -> None:
        listeners.register(app, dict(services.settings.commands))

    return Heard(services, slack, register)


def typed(heard: Heard, text: str, user: str = "U0SANNE", slack: FakeSlack | None = None) -> Json:
    """`/idee text`; answers the private line, or the window that opened."""
    body = payloads.command(text, user, name="/idee")
    answer = heard._app.dispatch(BoltRequest(body=body, mode="socket_mode"))
    assert answer.status == 200
    if answer.body:
        found: Json = json.loads(answer.body)
        return found
    return slack.asked("views_open")[-1]["view"] if slack else {}


def field(value: Any) -> Json:
    return {"type": "plain_text_input", "value": value}


def buttons_in(view: Json) -> list[tuple[str, str]]:
    rows = [block for block in view["blocks"] if block["type"] == "actions"]
    return [(one["action_id"], one.get("value", "")) for row in rows for one in row["elements"]]


def test_the_command_with_words_saves_at_once(heard: Heard, office: FakeOffice, sanne: Me) -> None:
    answer = typed(heard, "Openingstijden &amp; <https://a.nl|adres> op de site")

    [idea] = ideas_in(office, sanne)
    assert idea.title == "Openingstijden & adres op de site"
    assert [name for name, _ in buttons_in(answer)] == [screens.CHANGE, screens.UNDO]


@pytest.mark.parametrize("word", ["help", "hulp", "?", "HELP"])
def test_the_command_explains_itself(heard: Heard, sanne: Me, word: str) -> None:
    assert "/idee" in texts_in(typed(heard, word))


def test_the_command_alone_opens_the_wall(
    heard: Heard, office: FakeOffice, slack: FakeSlack, sanne: Me, suggest: Suggest
) -> None:
    suggest(sanne, HOURS)
    view = typed(heard, "", slack=slack)
    assert HOURS in texts_in(view)
    assert view["private_metadata"] == "all newest 0"


def test_a_vote_in_the_window_shows_there(heard: Heard, office: FakeOffice, sanne: Me, suggest: Suggest) -> None:
    idea = suggest(sanne, HOURS)
    window = heard.click(screens.WALL, str(View("new", by_votes=True)), user="U0BRAM")
    assert window is not None
    after = heard.click(screens.VOTE, str(idea), user="U0BRAM", view=window)
    assert after is not None
    assert "✓" in texts_in(after)
    assert after["private_metadata"] == "new votes 0"
    assert "· 1" in says(office, idea)


def test_the_window_turns_to_what_is_chosen(
    heard: Heard, office: FakeOffice, slack: FakeSlack, sanne: Me, suggest: Suggest
) -> None:
    for number in range(11):
        suggest(sanne, f"{HOURS} {number}")
    window = typed(heard, "", slack=slack)
    further = next(value for name, value in buttons_in(window) if name == screens.PAGE)
    after = heard.click(screens.PAGE, further, user="U0SANNE", view=window)
    assert after is not None
    assert f"{HOURS} 0" in texts_in(after)
    assert (f"{screens.PAGE}.back", "all newest 0") in buttons_in(after)


ANONYMOUS = {"type": "checkboxes", "selected_options": [{"value": "yes"}]}


def test_a_colleagues_name_in_an_anonymous_idea_is_asked_about_once_and_nothing_typed_is_lost(
    heard: Heard, office: FakeOffice, sanne: Me, bram: Me
) -> None:
    form = heard.click(screens.SUGGEST, user="U0SANNE")
    assert form is not None
    filled = {"title": field(HOURS), "about": field("Vraag het Bram, die weet het"), "pain": field(None)}
    asked = heard.send(form, filled | {"anonymous": ANONYMOUS}, user="U0SANNE")["view"]

    fields = {one["block_id"]: one for one in asked["blocks"]}
    assert [name for name, one in fields.items() if "⚠️" in one.get("hint", {}).get("text", "")] == ["about"]
    assert fields["title"]["element"]["initial_value"] == HOURS
    assert fields["about"]["element"]["initial_value"] == "Vraag het Bram, die weet het"
    assert fields["anonymous"]["element"]["initial_options"]
    assert ideas_in(office, sanne) == []

    heard.send(asked, filled | {"anonymous": ANONYMOUS}, user="U0SANNE")
    assert [idea.title for idea in ideas_in(office, sanne)] == [HOURS]


def test_a_name_that_comes_into_an_anonymous_idea_later_is_asked_about_as_well(
    heard: Heard, office: FakeOffice, sanne: Me, bram: Me, suggest: Suggest
) -> None:
    idea = suggest(sanne, HOURS, is_anonymous=True)
    form = heard.click(screens.CHANGE, str(idea), user="U0SANNE")
    assert form is not None
    filled = {"title": field("Bram aan de balie"), "about": field(None), "pain": field(None), "anonymous": ANONYMOUS}
    asked = heard.send(form, filled, user="U0SANNE")["view"]
    assert ideas_in(office, sanne)[0].title == HOURS

    heard.send(asked, filled, user="U0SANNE")
    assert ideas_in(office, sanne)[0].title == "Bram aan de balie"


def test_who_signs_an_idea_may_name_whom_they_like(heard: Heard, office: FakeOffice, sanne: Me, bram: Me) -> None:
    form = heard.click(screens.SUGGEST, user="U0SANNE")
    assert form is not None
    heard.send(form, {"title": field("Bram aan de balie"), "about": field(None), "pain": field(None)}, user="U0SANNE")

    assert len(ideas_in(office, sanne)) == 1


def test_the_form_shows_what_is_alike_and_one_supports_that(
    heard: Heard, office: FakeOffice, sanne: Me, bram: Me, suggest: Suggest
) -> None:
    idea = suggest(sanne, HOURS)
    form = heard.click(screens.SUGGEST, user="U0BRAM")
    assert form is not None
    answer = heard.send(form, {"title": field(ALIKE), "about": field(None), "pain": field(None)}, user="U0BRAM")
    window = answer["view"]
    assert HOURS in texts_in(window)
    instead = next(value for name, value in buttons_in(window) if name == screens.INSTEAD)
    after = heard.click(screens.INSTEAD, instead, user="U0BRAM", view=window)
    assert after is not None
    assert HOURS in texts_in(after)
    assert count(office, sanne, idea) == 1
    assert len(ideas_in(office, sanne)) == 1


def test_nobody_is_asked_to_support_their_own_idea(heard: Heard, sanne: Me, suggest: Suggest) -> None:
    suggest(sanne, HOURS)
    answer = typed(heard, ALIKE)
    assert HOURS in texts_in(answer)
    assert [name for name, _ in buttons_in(answer)] == [screens.ANYWAY, screens.DISCARD]


def test_one_posts_it_all_the_same_or_lets_it_be(
    heard: Heard, office: FakeOffice, sanne: Me, bram: Me, suggest: Suggest
) -> None:
    suggest(sanne, HOURS)
    for choice, left in ((screens.DISCARD, 1), (screens.ANYWAY, 2)):
        own = actions.suggest_in_one_go(office.services, bram, ALIKE).idea.id
        window = {"type": "modal", "private_metadata": "", "blocks": []}
        assert heard.click(choice, str(own), user="U0BRAM", view=window) is not None
        assert len(office.queued(WALL)) == left


def test_an_idea_that_waits_is_found_among_ones_own_and_decided_on_there(
    heard: Heard, office: FakeOffice, sanne: Me, bram: Me, suggest: Suggest, slack: FakeSlack
) -> None:
    suggest(sanne, HOURS)
    assert "24" in texts_in(typed(heard, ALIKE, user="U0BRAM"))
    own = actions.suggest_in_one_go(office.services, bram, ALIKE).idea.id
    wall = wall_window(actions.page_of(office.services, bram, View("mine")), MONDAY.date(), bram)
    assert [name for name, _ in buttons_in(wall)[3:]] == [screens.DECIDE, screens.ANYWAY, screens.DISCARD]
    assert ALIKE not in texts_in(wall_window(actions.page_of(office.services, sanne, View()), MONDAY.date(), sanne))

    window = heard.click(screens.DECIDE, str(own), user="U0BRAM", view=wall)
    assert window is not None
    assert HOURS in texts_in(window)
    refused = heard.click(screens.DECIDE, str(own), user="U0SANNE", view=wall)
    assert refused is not None
    assert ALIKE not in texts_in(refused)
    heard.click(screens.DISCARD, str(own), user="U0BRAM", view=window | {"previous_view_id": "V0"})
    beneath, above = (call["view"] for call in slack.asked("views_update"))
    assert (beneath["private_metadata"], ALIKE in texts_in(beneath)) == ("mine newest 0", False)
    assert ALIKE in texts_in(above)  # the words are not lost
    assert heard.click(screens.DISCARD, str(own), user="U0BRAM", view=wall) is not None


def test_an_anonymous_idea_by_the_form(heard: Heard, office: FakeOffice, sanne: Me) -> None:
    form = heard.click(screens.SUGGEST, user="U0SANNE")
    assert form is not None
    ticked = {"type": "checkboxes", "selected_options": [{"value": "yes"}]}
    heard.send(form, {"title": field(HOURS), "anonymous": ticked}, user="U0SANNE")
    assert "U0SANNE" not in json.dumps(office.queued(WALL)[0].body)
    idea = ideas_in(office, sanne)[0].id
    change = heard.click(screens.CHANGE, str(idea), user="U0SANNE")
    assert change is not None
    heard.send(change, {"title": field(UMBRELLAS), "anonymous": ticked}, user="U0SANNE")
    assert UMBRELLAS in says(office, idea or 0)


def test_a_manager_answers_from_the_wall_and_it_follows(
    heard: Heard, office: FakeOffice, slack: FakeSlack, sanne: Me, fatima: Me, suggest: Suggest
) -> None:
    idea = suggest(sanne, HOURS)
    window = typed(heard, "", "U0FATIMA", slack)
    form = heard.click(screens.ANSWER, str(idea), view=window)
    assert form is not None
    assert form["private_metadata"] == f"{idea} all newest 0"
    chosen = {"type": "static_select", "selected_option": {"value": "planned"}}
    who = {"type": "users_select", "selected_user": "U0FATIMA"}
    when = {"type": "datepicker", "selected_date": "2026-12-01"}
    wrong = heard.send(form, {"status": chosen, "words": field(None), "owner": who, "due": when})
    assert list(wrong["errors"]) == ["words"]
    done = heard.send(form, {"status": chosen, "words": field("In december"), "owner": who, "due": when},
                      previous_view_id="V0")  # fmt: skip
    assert done == {}
    assert "In december" in says(office, idea)
    assert slack.asked("views_update")[-1]["view_id"] == "V0"


def test_a_manager_merges_and_undoes_it(
    heard: Heard, office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest
) -> None:
    child, root = suggest(sanne, HOURS), suggest(sanne, UMBRELLAS)
    form = heard.click(screens.MERGE, str(child))
    assert form is not None
    assert offered(heard, form, "paraplu") == [(str(root), UMBRELLAS)]
    assert offered(heard, form, "") == [(str(root), UMBRELLAS)]
    into = {"type": "external_select", "selected_option": {"value": str(root)}}
    window = heard.send(form, {screens.INTO: into})["view"]
    assert HOURS in says(office, root)
    assert heard.click(screens.UNMERGE, str(child), view=window) is not None
    assert HOURS not in says(office, root)


def test_only_a_manager_sees_what_there_is_to_merge_with(heard: Heard, sanne: Me, fatima: Me, suggest: Suggest) -> None:
    child, _ = suggest(sanne, HOURS), suggest(sanne, UMBRELLAS)
    form = heard.click(screens.MERGE, str(child))
    assert form is not None
    assert offered(heard, form, "paraplu", user="U0SANNE") == []
    assert offered(heard, form | {"private_metadata": "x"}, "paraplu") == []


def offered(heard: Heard, form: Json, typed: str, user: str = "U0FATIMA") -> list[tuple[str, str]]:
    """The values and texts in the list of the form for a merge, after somebody typed this."""
    answer = heard._app.dispatch(BoltRequest(body=payloads.suggestion(form, screens.INTO, typed, user),
                                             mode="socket_mode"))  # fmt: skip
    assert answer.status == 200
    return [(one["value"], one["text"]["text"]) for one in json.loads(answer.body)["options"]]


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 19, "²", "1; drop", "1 2"])
def test_a_button_that_carries_no_number_is_answered_kindly(
    heard: Heard, office: FakeOffice, sanne: Me, value: str
) -> None:
    for name in (screens.VOTE, screens.CHANGE, screens.WITHDRAW, screens.ANYWAY, screens.INSTEAD):
        assert heard.click(name, value, user="U0SANNE") is not None
    assert office.rows("idea_vote") == 0


def test_in_a_message_support_and_withdrawal_are_answered_to_who_clicked_alone(
    heard: Heard, office: FakeOffice, sanne: Me, suggest: Suggest, small_server: SmallServer, clock: StoppedClock
) -> None:
    idea = suggest(sanne, HOURS)
    for number, name in enumerate((screens.VOTE, screens.UNDO)):
        body = payloads.click(name, str(idea), url=small_server.url, at=f"{number}.5")
        assert heard._app.dispatch(BoltRequest(body=body, mode="socket_mode")).status == 200
    [(_, voted), (_, answer)] = small_server.asked
    assert (voted["response_type"], voted["replace_original"]) == ("ephemeral", False)
    assert answer["replace_original"] is True
    assert HOURS in json.dumps(answer)
    assert ideas_in(office, sanne) == []


def test_undoing_a_merge_from_the_post_needs_a_manager(
    heard: Heard, office: FakeOffice, sanne: Me, fatima: Me, suggest: Suggest
) -> None:
    child, root = suggest(sanne, HOURS), suggest(sanne, UMBRELLAS)
    managing.merge_ideas(office.services, fatima, child, root)
    window = heard.click(screens.UNMERGE, str(child), user="U0SANNE")
    assert window is not None
    assert HOURS in says(office, root)
