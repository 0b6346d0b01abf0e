"""Leaderboards as people ask for them in Slack, and as a manager posts them."""

import pytest

from bot.features.leaderboards import export, screens
from bot.features.leaderboards.actions import Seen
from bot.features.leaderboards.form import place_form
from bot.kernel.office import Me
from bot.kernel.periods import PeriodKind, period_of
from bot.kernel.weekly import BoardMode
from storage.people import Standing
from tests.fakes import Answered, FakeOffice, FakeSlack, SmallServer, StoppedClock
from tests.features.heard import texts_in
from tests.features.leaderboards.telling import THIS_WEEK, InSlack, Telling, cells, complaints, elements
from tests.limits import complaints_about_view

THIS = "2026-W45 people C0FANS"
TEAM_HERE = "2026-W45 team C0FANS"


@pytest.fixture
def told(telling: Telling, fatima: Me) -> Telling:
    """Sanne made three fans this week, Bram two."""
    telling.colleague("Sanne", 3)
    telling.colleague("Bram", 2)
    return telling


def test_everybody_sees_the_board_of_the_week_and_nobody_else_does(
    in_slack: InSlack, told: Telling, office: FakeOffice
) -> None:
    shown = in_slack.types()

    assert complaints(shown) == []
    assert shown["response_type"] == "ephemeral"
    assert [row[1:3] for row in cells(shown)[1:]] == [["Sanne", 3], ["Bram", 2]]
    assert list(elements(shown)) == [screens.MODE]  # Bram is no manager
    assert office.posts() == []


def test_a_manager_gets_a_preview_with_what_can_be_done(in_slack: InSlack, told: Telling) -> None:
    shown = in_slack.types("week", user="U0FATIMA")
    found = elements(shown)

    assert complaints(shown) == []
    assert list(found) == [screens.MODE, screens.POST, screens.PLACE, screens.FILE]
    assert found[screens.POST]["value"] == THIS
    assert found[screens.MODE]["initial_option"]["value"] == THIS


def test_in_a_direct_message_nothing_can_be_posted_here(in_slack: InSlack, told: Telling) -> None:
    assert screens.POST not in elements(in_slack.types(user="U0FATIMA", channel="D0FATIMA"))


def test_where_slack_takes_no_table_the_answer_comes_in_words(
    in_slack: InSlack, told: Telling, small_server: SmallServer
) -> None:
    small_server.answer = Answered(200, '{"ok":false,"error":"invalid_blocks"}')
    shown = in_slack.types()

    assert "🥇 Sanne" in texts_in(shown)
    assert not any(block["type"].startswith("data_") for block in shown["blocks"])


@pytest.mark.parametrize(
    ("typed", "said"),
    [("2026-W54", "54"), ("2027-W01", "2027-W01"), ("blabla", "blabla"), ("help", "/topfans"), ("2025", "2025")],
)
def test_what_cannot_be_asked_is_answered_in_words(in_slack: InSlack, told: Telling, typed: str, said: str) -> None:
    shown = in_slack.types(typed)

    assert said in texts_in(shown) + shown["text"]
    assert not any(block["type"].startswith("data_") for block in shown.get("blocks", []))


def test_on_monday_morning_it_is_still_last_week(in_slack: InSlack, told: Telling, clock: StoppedClock) -> None:
    clock.pass_time(days=2, hours=20)  # Monday ten o'clock
    assert len(cells(in_slack.types())) == 3
    clock.pass_time(hours=2)

    assert in_slack.types()["blocks"][1]["type"] == "section"  # nothing yet


def test_a_guest_sees_nothing(in_slack: InSlack, told: Telling, office: FakeOffice) -> None:
    office.person("U0GAST", "Gast", standing=Standing.GUEST)

    assert "Sanne" not in texts_in(in_slack.types(user="U0GAST"))


@pytest.mark.parametrize("user", ["U0BRAM", "U0FATIMA"])
def test_everybody_sees_it_otherwise_in_the_same_place(
    in_slack: InSlack, told: Telling, office: FakeOffice, user: str
) -> None:
    shown = in_slack.clicks(screens.MODE, user=user, selected_option={"value": TEAM_HERE})

    assert shown["replace_original"] is True
    assert "Sanne" not in texts_in(shown)
    assert elements(shown)[screens.MODE]["initial_option"]["value"] == TEAM_HERE
    assert (screens.POST in elements(shown)) == (user == "U0FATIMA")
    assert office.rows("outbox") == 0


def test_only_a_manager_posts_it_and_gets_the_file(
    in_slack: InSlack, told: Telling, office: FakeOffice, slack: FakeSlack
) -> None:
    for action in (screens.POST, screens.PLACE, screens.JOIN, screens.FILE):
        in_slack.clicks(action, THIS, user="U0BRAM")

    assert office.rows("outbox") == 0
    assert slack.calls == []


def test_a_manager_posts_it_and_posting_again_renews_it(
    in_slack: InSlack, told: Telling, office: FakeOffice, bram: Me
) -> None:
    first = in_slack.clicks(screens.POST, THIS)
    told.tells(bram, 7, THIS_WEEK)
    again = in_slack.clicks(screens.POST, THIS)

    assert first["text"] != again["text"]
    [post] = office.queued("C0FANS")
    assert complaints(post.body or {}) == []
    assert elements(post.body or {}) == {}
    assert [row[1:3] for row in cells(post.body or {})[1:]] == [["Bram", 7], ["Sanne", 3]]


def test_another_mode_and_another_day_stand_beside_it(
    in_slack: InSlack, told: Telling, office: FakeOffice, clock: StoppedClock
) -> None:
    in_slack.clicks(screens.POST, THIS)
    in_slack.clicks(screens.POST, TEAM_HERE)
    clock.pass_time(days=1)
    in_slack.clicks(screens.POST, THIS)

    assert len(office.queued("C0FANS")) == 3


def test_into_a_public_channel_the_bot_goes_when_a_manager_wants_it(
    in_slack: InSlack, told: Telling, office: FakeOffice, slack: FakeSlack
) -> None:
    slack.closed["C0FANS"] = "not_in_channel"
    asked = in_slack.clicks(screens.POST, THIS)
    assert office.posts("C0FANS") == []

    in_slack.clicks(screens.JOIN, elements(asked)[screens.JOIN]["value"])
    assert len(office.posts("C0FANS")) == 1


def test_into_a_channel_that_it_cannot_see_it_has_to_be_invited(
    in_slack: InSlack, told: Telling, office: FakeOffice, slack: FakeSlack
) -> None:
    slack.closed["C0FANS"] = "channel_not_found"
    asked = in_slack.clicks(screens.POST, THIS)
    slack.fail("join", "method_not_supported_for_channel_type")
    refused = in_slack.clicks(screens.JOIN, THIS)

    assert "/invite" in texts_in(asked)
    assert "/invite" in texts_in(refused)
    assert elements(asked) == {}
    assert office.posts("C0FANS") == []


def test_the_form_posts_it_in_another_channel_and_another_mode(
    in_slack: InSlack, told: Telling, office: FakeOffice, slack: FakeSlack
) -> None:
    in_slack.clicks(screens.PLACE, THIS)
    form = slack.asked("views_open")[-1]["view"]
    assert complaints_about_view(form) == []
    values = {"channel": {"selected_conversation": "C0TEAM"}, "mode": {"selected_option": {"value": "team"}}}
    after = in_slack.send(form, values)["view"]

    assert complaints_about_view(after) == []
    assert len(office.posts("C0TEAM")) == 1
    assert "Sanne" not in office.posts("C0TEAM")[0]


def test_the_form_for_a_channel_without_the_bot_asks_to_join(
    in_slack: InSlack, told: Telling, office: FakeOffice, slack: FakeSlack, fatima: Me
) -> None:
    slack.closed["C0TEAM"] = "not_in_channel"
    seen = Seen(period_of(PeriodKind.WEEK, THIS_WEEK), BoardMode.PEOPLE, None, THIS_WEEK)  # type: ignore[arg-type]
    values = {
        "channel": {"selected_conversation": "C0TEAM"},
        "mode": {"selected_option": {"value": "people"}},
    }
    window = in_slack.send(place_form(seen, fatima), values)["view"]
    value = elements(window)[screens.JOIN]["value"]
    after = in_slack.click(screens.JOIN, value, view=window)

    assert after is not None
    assert len(office.posts("C0TEAM")) == 1


@pytest.mark.parametrize(("channel", "field"), [("", "channel"), ("C0TEAM", "mode")])
def test_what_is_missing_is_told_at_its_field(
    in_slack: InSlack, told: Telling, fatima: Me, channel: str, field: str
) -> None:
    seen = Seen(period_of(PeriodKind.WEEK, THIS_WEEK), BoardMode.PEOPLE, None, THIS_WEEK)  # type: ignore[arg-type]
    values = {"channel": {"selected_conversation": channel or None}, "mode": {"selected_option": None}}

    assert list(in_slack.send(place_form(seen, fatima), values)["errors"]) == [field]


@pytest.mark.parametrize(
    "value", ["", "x", "2026-W45", "2026-W45 nobody C0FANS", "2026-W54 people C0FANS", "2099 people C0FANS",
              "2026-W45 people <!channel>", "2026-W45 people", "9" * 2000],
)  # fmt: skip
def test_a_button_with_nonsense_posts_nothing(in_slack: InSlack, told: Telling, office: FakeOffice, value: str) -> None:
    for action in (screens.POST, screens.JOIN):
        assert in_slack.clicks(action, value)["text"]
    in_slack.clicks(screens.MODE, selected_option={"value": value})

    assert office.posts("C0FANS") == []


def test_an_empty_board_is_not_posted_and_one_that_stands_becomes_empty(
    in_slack: InSlack, telling: Telling, office: FakeOffice, fatima: Me
) -> None:
    in_slack.clicks(screens.POST, THIS)
    assert office.posts() == []
    [story] = telling.tells(telling.colleague("Sanne"), 1)
    in_slack.clicks(screens.POST, THIS)
    telling.forgets(story)
    in_slack.clicks(screens.POST, THIS)

    [text] = office.posts()
    assert "Sanne" not in text


def test_the_file_has_the_board_as_it_is_when_it_is_sent(
    in_slack: InSlack, told: Telling, office: FakeOffice, sanne: Me
) -> None:
    in_slack.clicks(screens.FILE, THIS)
    [post] = office.queued("U0FATIMA")
    assert post.key.startswith(export.FILE)
    for number in range(4):
        told.colleague(f"=Mei {number}", 1, on_board=False)

    assert export.file_contents(office.services, post).splitlines() == [
        "\ufeffPlaats;Naam;Fans;Complimenten;Ideeën uitgevoerd;Applaus", "1;Sanne;3;0;0;0", "2;Bram;2;0;0;0",
        f";{sanne.say('{number} colleagues', number=4)};4;;;",
    ]  # fmt: skip
    told.chooses(managers=["U0BRAM"])
    assert len(export.file_contents(office.services, post).splitlines()) == 1


def test_the_files_of_groups_and_of_the_team_have_no_names(
    told: Telling, office: FakeOffice, sanne: Me, bram: Me
) -> None:
    four = [told.colleague(f"P{number}", 1) for number in range(4)]
    for name in ("Mei", "Ans"):  # with Sanne and Bram enough to be told together
        told.colleague(name, 1)
    told.group("=Winkel", *four)
    for mode, start in ((BoardMode.GROUPS, "1;'=Winkel;1,0;4;4"), (BoardMode.TEAM, "2026-W34;2026-08-17;2026-08-23;0")):
        made = export.csv_of(office.services, office.workspace_id, "2026-W45", mode)
        assert made.splitlines()[1] == start
        assert "Sanne" not in made
