"""The wall as people walk through it in Slack."""

import pytest

from bot.features.team_wall import actions, listeners, posts, reporting, screens
from bot.features.team_wall.form import celebration_form, dates_form
from bot.kernel.office import Me
from tests.fakes import FakeOffice, FakeSlack
from tests.features.heard import Heard, Json, texts_in
from tests.features.team_wall.team import Team


@pytest.fixture
def heard(office: FakeOffice, slack: FakeSlack, team: Team, sanne: Me, bram: Me) -> Heard:
    return Heard(office.services, slack, listeners.register)


def filled(text: str = "Taart in de keuken", **more: Json) -> Json:
    return {"text": {"value": text}, "occasion": {"selected_option": {"value": "good_news"}}} | more


def test_the_wall_opens_and_its_button_opens_the_form(heard: Heard) -> None:
    window = heard.click(screens.WALL, user="U0SANNE")
    assert window is not None
    assert "nothing here yet" in texts_in(window)

    form = heard.click(screens.ADD, user="U0SANNE", view=window)
    assert form is not None
    assert form["callback_id"] == screens.ADD


def test_a_form_that_is_sent_posts_and_shows_in_the_window_beneath(heard: Heard, slack: FakeSlack, sanne: Me) -> None:
    answer = heard.send(celebration_form(sanne), filled(), user="U0SANNE", previous_view_id="V0WALL")

    assert "on its way" in texts_in(answer["view"])
    assert "Taart in de keuken" in texts_in(slack.asked("views_update")[0]["view"])


def test_an_empty_form_has_its_error_at_the_field(heard: Heard, sanne: Me) -> None:
    assert list(heard.send(celebration_form(sanne), filled(" "), user="U0SANNE")["errors"]) == ["text"]


def test_a_post_is_changed_taken_away_and_hidden_from_the_window(heard: Heard, team: Team, sanne: Me) -> None:
    told = str(team.tells(sanne, "Tart"))
    form = heard.click(posts.CHANGE, told, user="U0SANNE")
    assert form is not None
    heard.send(form, filled("Taart"), user="U0SANNE")
    assert team.wall(sanne) == ["Taart"]

    modal = {"type": "modal"}
    hidden = heard.click(screens.HIDE_HERE, told, user="U0BRAM", view=modal)
    assert hidden is not None
    assert "Show it again" in texts_in(hidden)
    shown = heard.click(screens.SHOW_HERE, user="U0BRAM", view=modal)
    assert shown is not None
    assert "Taart" in texts_in(shown)
    gone = heard.click(screens.REMOVE_HERE, told, user="U0SANNE", view=modal)
    assert gone is not None
    assert "Taart" not in texts_in(gone)


def test_a_report_from_the_window_is_thanked_for_in_a_window(heard: Heard, team: Team, sanne: Me) -> None:
    told = str(team.tells(sanne, "Flauwe mop"))
    window = heard.click(posts.REPORT, told, user="U0BRAM", view={"type": "modal"})

    assert window is not None
    assert "nobody hears that it was you" in texts_in(window)
    heard.click(screens.TAKE_DOWN, told, user="U0FATIMA")
    assert team.wall(sanne) == []


def test_a_moderator_lets_it_stand(heard: Heard, team: Team, sanne: Me) -> None:
    told = str(team.tells(sanne, "Goede mop"))
    heard.click(posts.REPORT, told, user="U0BRAM")
    heard.click(screens.LET_STAND, told, user="U0FATIMA")

    assert team.wall(sanne) == ["Goede mop"]
    assert team.office.posts("U0FATIMA") == ["Fatima let this stand on the team wall."]


def test_under_the_post_hiding_and_taking_away_need_no_window(heard: Heard, team: Team, sanne: Me, bram: Me) -> None:
    told = str(team.tells(sanne))
    assert heard.click(posts.HIDE, told, user="U0BRAM") is None
    assert team.wall(bram) == []
    assert heard.click(posts.REMOVE, told, user="U0SANNE") is None
    assert team.channel() == []


def test_dates_are_given_and_forgotten(heard: Heard, sanne: Me, team: Team) -> None:
    chosen = {"day": {"selected_option": {"value": "3"}}, "month": {"selected_option": {"value": "11"}}}
    assert "Saved" in texts_in(heard.send(dates_form(sanne, None), chosen, user="U0SANNE")["view"])
    wrong = {"day": {"selected_option": {"value": "31"}}, "month": {"selected_option": {"value": "11"}}}
    assert list(heard.send(dates_form(sanne, None), wrong, user="U0SANNE")["errors"]) == ["day"]

    form = heard.click(screens.DATES, user="U0SANNE")
    assert form is not None
    assert "Forget my dates" in texts_in(form)
    window = heard.click(screens.NO_DATES, user="U0SANNE", view={"type": "modal"})
    assert window is not None
    assert "Nothing is kept" in texts_in(window)
    assert actions.my_dates(team.services, sanne) is None


@pytest.mark.parametrize("value", ["", "x", "²", "1" * 19, "-1", "1; drop table"])
def test_a_button_that_carries_no_number_is_answered_kindly(heard: Heard, value: str) -> None:
    for action in (posts.HIDE, posts.REPORT, posts.CHANGE, posts.REMOVE, screens.TAKE_DOWN):
        window = heard.click(action, value)
        assert window is not None, action
        assert "This is not on the wall any more." in texts_in(window)


def test_nobody_else_s_report_is_told(team: Team, sanne: Me, bram: Me) -> None:
    told = team.tells(sanne)
    reporting.report(team.services, bram, told)

    assert team.office.posts("U0SANNE") == []
