"""Posting, changing, taking away and hiding; reporting, and what moderators decide; on both databases."""

import json

import pytest

from bot.features.team_wall import actions, reporting, screens
from bot.features.team_wall.rules import LISTED, LONGEST, TypedCelebration
from bot.kernel.choices import Choice
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from storage.people import Standing, remember_to_forget
from storage.personal import make_nameless
from tests.fakes import FakeOffice
from tests.features.team_wall.team import TEAM_WALL, Team
from tests.limits import complaints_about_message

HOSTILE = (
    "<script>alert(1)</script>",
    "<!channel> <@U0BRAM> <https://example.com|hier>",
    "*dik* _schuin_ `code` ~weg~ &amp; & < >",
    "rechts \u202enaar links\u202c en weer",
    "zalgo " + "e\u0301\u0302\u0303\u0304\u0305" * 40,
    "{who} {0} %s %(x)s",
)


def test_a_post_says_who_told_it_and_whom_it_is_about(team: Team, sanne: Me, bram: Me) -> None:
    team.tells(sanne, "  Bram is vader geworden ", occasion="birth", about="U0BRAM", photo="F1", photo_kind="png")

    assert team.channel() == ["Sanne tells of a birth: Bram is vader geworden"]
    body = team.office.queued(TEAM_WALL)[0].body or {}
    assert {"id": "F1"} in [block.get("slack_file") for block in body["blocks"]]
    assert '"type": "user"' not in json.dumps(body)  # a mention would notify
    assert team.office.posts("U0BRAM") == []


def test_without_a_channel_it_is_kept_and_says_so(team: Team, sanne: Me) -> None:
    team.choose(Choice.TEAM_WALL_CHANNEL, "")

    assert actions.post(team.services, sanne, TypedCelebration("Taart")) == [screens.NO_CHANNEL]
    assert team.wall(sanne) == ["Taart"]


@pytest.mark.parametrize("about", ["U0SANNE", "U0ROBOT", "U0GONE", ""])
def test_oneself_a_bot_and_a_leaver_are_nobody_in_particular(
    team: Team, sanne: Me, office: FakeOffice, about: str
) -> None:
    office.person("U0ROBOT", "Robot", standing=Standing.BOT)
    office.person("U0GONE", "Weg", standing=Standing.GONE)
    team.tells(sanne, about=about)

    assert team.kept(sanne)[0].about_id is None


def test_a_guest_posts_nothing_and_sees_no_window(team: Team, office: FakeOffice) -> None:
    guest = office.person("U0GAST", "Gast", standing=Standing.GUEST)
    for act in (lambda: team.tells(guest), lambda: team.wall(guest)):
        with pytest.raises(BotError, match="As a guest"):
            act()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_stay_words(team: Team, sanne: Me, bram: Me, text: str) -> None:
    told = team.tells(sanne, text, about="U0BRAM")
    reporting.report(team.services, bram, told)

    for target in (TEAM_WALL, "U0FATIMA"):
        body = team.office.queued(target)[0].body or {}
        assert complaints_about_message(body) == []
        assert "<" not in body["text"]
        assert "mrkdwn" not in json.dumps(body)
        assert "\u202e" not in json.dumps(body, ensure_ascii=False)


def test_the_longest_post_is_taken_by_slack(team: Team, sanne: Me, bram: Me) -> None:
    told = team.tells(sanne, "&" * (LONGEST - 1) + "x", about="U0BRAM", photo="F1", photo_kind="png")
    reporting.report(team.services, bram, told)

    for target in (TEAM_WALL, "U0FATIMA"):
        assert complaints_about_message(team.office.queued(target)[0].body or {}) == []


def test_who_posted_it_changes_it_and_the_post_follows(team: Team, sanne: Me, bram: Me) -> None:
    told = team.tells(sanne, "Tart", photo="F1", photo_kind="png")
    actions.change(team.services, sanne, told, TypedCelebration("Taart", "joke", without_photo=True))

    assert team.channel() == ["Sanne tells a joke: Taart"]
    assert "slack_file" not in json.dumps(team.office.queued(TEAM_WALL)[0].body)
    for act in (actions.change, actions.to_change):
        with pytest.raises(BotError, match="Only who posted it"):
            act(team.services, bram, told, *([TypedCelebration("x y")] if act is actions.change else []))  # type: ignore[operator]


def test_a_change_with_nothing_in_it_changes_nothing(team: Team, sanne: Me) -> None:
    told = team.tells(sanne, "Taart")
    with pytest.raises(FormError):
        actions.change(team.services, sanne, told, TypedCelebration(" "))

    assert team.channel() == ["Sanne has good news: Taart"]


def test_who_posted_it_and_whom_it_is_about_take_it_away_and_nobody_else(
    team: Team, sanne: Me, bram: Me, fatima: Me
) -> None:
    first, second = team.tells(sanne, "Een", about="U0BRAM"), team.tells(sanne, "Twee", about="U0BRAM")
    with pytest.raises(BotError, match="whom it is about"):
        actions.remove(team.services, fatima, first)
    actions.remove(team.services, sanne, first)
    actions.remove(team.services, bram, second)
    actions.remove(team.services, bram, second)

    assert (team.channel(), team.wall(sanne)) == ([], [])


def test_the_buttons_of_a_post_are_shown_to_whose_it_is(team: Team, sanne: Me, bram: Me) -> None:
    team.tells(sanne, about="U0BRAM")
    team.leaves(sanne)

    row = (team.office.queued(TEAM_WALL)[0].body or {})["blocks"][-1]["elements"]
    assert [(one["text"]["text"], one.get("visible_to_user_ids")) for one in row] == [
        ("Hide", None), ("Report", None), ("Take away", ["U0BRAM"]),
    ]  # fmt: skip


def test_the_window_shows_the_latest_ten_of_ten_thousand(team: Team, sanne: Me) -> None:
    for number in range(LISTED + 5):
        team.tells(sanne, f"Nummer {number}")

    assert team.wall(sanne) == [f"Nummer {number}" for number in range(LISTED + 4, 4, -1)]


def test_a_hidden_post_is_hidden_from_who_hid_it_alone(team: Team, sanne: Me, bram: Me) -> None:
    told = team.tells(sanne, "Flauwe mop")
    for _ in range(2):
        actions.hide(team.services, bram, told)

    assert (team.wall(bram), team.wall(sanne)) == ([], ["Flauwe mop"])
    assert actions.see_wall(team.services, bram).is_any_hidden
    actions.show(team.services, bram, told)
    assert team.wall(bram) == ["Flauwe mop"]
    assert not actions.see_wall(team.services, bram).is_any_hidden


def test_all_that_is_hidden_comes_back_at_once(team: Team, sanne: Me) -> None:
    for text in ("Een", "Twee"):
        actions.hide(team.services, sanne, team.tells(sanne, text))
    actions.show_all(team.services, sanne)

    assert team.wall(sanne) == ["Twee", "Een"]


@pytest.mark.parametrize("act", [actions.hide, actions.show, reporting.report])
def test_what_is_gone_cannot_be_hidden_or_reported(team: Team, sanne: Me, act: object) -> None:
    with pytest.raises(BotError, match="not on the wall any more"):
        act(team.services, sanne, 999)  # type: ignore[operator]


def test_another_workspace_s_post_is_not_there(team: Team, sanne: Me, office: FakeOffice) -> None:
    told = team.tells(sanne)
    theirs = office.person_elsewhere("T0EIK", "U0EIK", "Eikje")
    for act in (actions.hide, reporting.report, actions.to_change):
        with pytest.raises(BotError, match="not on the wall any more"):
            act(team.services, theirs, told)
    actions.remove(team.services, theirs, told)

    assert (team.wall(theirs), team.wall(sanne)) == ([], ["Onze dochter is geboren"])


# Reports


def test_a_report_goes_to_managers_and_moderators_who_work_here(
    team: Team, sanne: Me, bram: Me, office: FakeOffice
) -> None:
    office.person("U0ILSE", "Ilse")
    office.person("U0GAST", "Gast", standing=Standing.GUEST)
    team.choose(Choice.MODERATORS, ["U0ILSE", "U0GAST", "U0NOBODY"])
    told = team.tells(sanne, "Flauwe mop")

    assert reporting.report(team.services, bram, told) is True
    assert reporting.report(team.services, bram, told) is False
    for moderator in ("U0FATIMA", "U0ILSE"):
        assert office.posts(moderator) == ["A colleague reported this on the team wall."]
        assert "Bram" not in json.dumps(office.queued(moderator)[0].body)
    assert office.posts("U0GAST") == office.posts("U0NOBODY") == office.posts("U0SANNE") == []


def test_the_second_who_reports_it_is_counted_in_the_same_message(team: Team, sanne: Me, bram: Me, fatima: Me) -> None:
    told = team.tells(sanne)
    reporting.report(team.services, bram, told)
    reporting.report(team.services, fatima, told)

    assert team.office.posts("U0FATIMA") == ["2 colleagues reported this on the team wall."]


def test_the_first_decision_counts_and_all_moderators_see_it(
    team: Team, sanne: Me, bram: Me, fatima: Me, office: FakeOffice
) -> None:
    office.person("U0ILSE", "Ilse")
    team.choose(Choice.MODERATORS, ["U0ILSE"])
    told = team.tells(sanne)
    reporting.report(team.services, bram, told)
    fatima, ilse = office.person("U0FATIMA", "Fatima"), office.person("U0ILSE", "Ilse")
    reporting.settle(team.services, ilse, told, take_down=False)
    reporting.settle(team.services, fatima, told, take_down=True)

    for moderator in ("U0FATIMA", "U0ILSE"):
        assert office.posts(moderator) == ["Ilse let this stand on the team wall."]
        assert "actions" not in [block["type"] for block in (office.queued(moderator)[0].body or {})["blocks"]]
    assert len(team.channel()) == 1


def test_what_is_taken_down_is_gone_for_everybody(team: Team, sanne: Me, bram: Me, fatima: Me) -> None:
    told = team.tells(sanne)
    reporting.report(team.services, bram, told)
    reporting.settle(team.services, fatima, told, take_down=True)

    assert (team.channel(), team.wall(sanne)) == ([], [])
    assert team.office.posts("U0FATIMA") == ["Fatima took this off the team wall."]
    with pytest.raises(BotError, match="not on the wall any more"):
        actions.change(team.services, sanne, told, TypedCelebration("Toch"))


def test_a_congratulation_that_is_taken_down_does_not_come_back(team: Team, sanne: Me, bram: Me, fatima: Me) -> None:
    team.gives(sanne, "3", "11")
    team.tick(team.services.clock.now().date().replace(day=3))
    told = team.kept(sanne)[0].id or 0
    reporting.report(team.services, bram, told)
    reporting.settle(team.services, fatima, told, take_down=True)
    team.tick(team.services.clock.now().date(), hour=12)

    assert (team.channel(), team.wall(bram)) == ([], [])


def test_only_moderators_decide(team: Team, sanne: Me, bram: Me) -> None:
    told = team.tells(sanne)
    reporting.report(team.services, bram, told)
    with pytest.raises(BotError, match="Only managers"):
        reporting.settle(team.services, sanne, told, take_down=True)

    assert len(team.channel()) == 1


def test_a_post_that_was_let_stand_and_is_reported_again_asks_anew(team: Team, sanne: Me, bram: Me, fatima: Me) -> None:
    told = team.tells(sanne)
    reporting.report(team.services, bram, told)
    reporting.settle(team.services, fatima, told, take_down=False)
    reporting.report(team.services, sanne, told)
    assert team.office.posts("U0FATIMA") == [
        "Fatima let this stand on the team wall.", "A colleague reported this on the team wall.",
    ]  # fmt: skip

    reporting.settle(team.services, fatima, told, take_down=True)
    assert team.office.posts("U0FATIMA") == [
        "Fatima let this stand on the team wall.", "Fatima took this off the team wall.",
    ]  # fmt: skip


def test_who_takes_a_reported_post_away_themself_closes_the_question(team: Team, sanne: Me, bram: Me) -> None:
    told = team.tells(sanne, "Flauwe mop")
    reporting.report(team.services, bram, told)
    actions.remove(team.services, sanne, told)

    assert team.office.posts("U0FATIMA") == ["This was reported, and is not on the team wall any more."]
    assert "Flauwe" not in json.dumps(team.office.queued("U0FATIMA")[0].body)


def test_at_home_moderators_see_what_waits_and_others_nothing(team: Team, sanne: Me, bram: Me, fatima: Me) -> None:
    told = team.tells(sanne, "Flauwe mop")
    reporting.report(team.services, bram, told)
    with team.services.database.reading(fatima) as tx:
        assert "Flauwe mop" in json.dumps(reporting.home_card(tx, team.services, fatima))
        assert reporting.home_card(tx, team.services, sanne) == []

    reporting.settle(team.services, fatima, told, take_down=False)
    with team.services.database.reading(fatima) as tx:
        assert reporting.home_card(tx, team.services, fatima) == []


def test_news_about_who_had_themselves_erased_says_so_at_the_field(team: Team, sanne: Me, bram: Me) -> None:
    with team.services.database.writing(bram) as tx:
        remember_to_forget(tx, "U0BRAM")
        make_nameless(tx, bram.person_id, team.services.clock.now())

    with pytest.raises(FormError) as caught:
        team.tells(sanne, about="U0BRAM")
    assert list(caught.value.fields) == ["about"]


def test_who_does_not_belong_hides_and_reports_nothing(team: Team, office: FakeOffice, sanne: Me) -> None:
    number, guest = team.tells(sanne), office.person("U0GAST", "Gast", standing="guest")

    with pytest.raises(BotError):
        actions.hide(team.services, guest, number)
    with pytest.raises(BotError):
        reporting.report(team.services, guest, number)
    assert office.rows("celebration_hidden") == office.rows("celebration_report") == 0


@pytest.mark.parametrize("text", ["<!channel>", "@channel", ":tada:"])
def test_marks_alone_are_no_news(team: Team, sanne: Me, text: str) -> None:
    with pytest.raises(FormError):
        team.tells(sanne, text)
