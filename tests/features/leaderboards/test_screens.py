"""What a leaderboard says and shows, in Slack's own blocks and in plainer ones."""

from datetime import date
from decimal import Decimal

import pytest

from bot.features.leaderboards import screens, wording
from bot.features.leaderboards.actions import Seen
from bot.features.leaderboards.rules import (
    Board,
    GroupRow,
    GroupsBoard,
    Others,
    PeopleBoard,
    Row,
    TeamBoard,
    TiedFirst,
)
from bot.i18n.translate import speakers
from bot.kernel.boards import PAST
from bot.kernel.periods import PeriodKind, period_of, previous
from bot.kernel.weekly import BoardMode
from bot.slack.blocks import Message
from bot.slack.charts import MARK
from tests.features.heard import texts_in
from tests.features.leaderboards.telling import block_of, cells, complaints

EN = speakers()["en"]
TODAY = date(2026, 11, 6)
WEEK = period_of(PeriodKind.WEEK, TODAY)
ROWS = [Row(1, "Sanne", 9, 2, 1, 7), Row(1, "Bram", 9, 0, 0, 0), Row(3, "Mei", 4, 0, 0, 1)]
PEOPLE = PeopleBoard(ROWS, Others(7, 12), 34)
GROUPS = GroupsBoard([GroupRow(1, "Winkel", 4, 14, Decimal("3.5")), GroupRow(2, "Kantoor", 12, 24, Decimal("2.0"))],
                     None, 38)  # fmt: skip
TEAM = TeamBoard([(one, number) for number, one in enumerate(previous(WEEK, 12))])


def seen(board: Board, mode: BoardMode = BoardMode.PEOPLE) -> Seen:
    return Seen(WEEK, mode, board, TODAY)


def message(board: Board, mode: BoardMode = BoardMode.PEOPLE) -> Message:
    made = screens.board_message(seen(board, mode), EN)
    assert complaints(made.body()) == []
    return made


def test_people_stand_in_a_table_and_the_others_are_counted_beneath_it() -> None:
    made = message(PEOPLE)

    assert cells(made.body()) == [
        ["Place", "Name", "Fans", "Compliments", "Ideas done", "Applause"],
        [1, "Sanne", 9, 2, 1, 7], [1, "Bram", 9, 0, 0, 0], [3, "Mei", 4, 0, 0, 1],
    ]  # fmt: skip
    assert "And 7 colleagues: 12 fans. Together: 34 fans." in texts_in(made.body())
    assert "at most 3 a person a day" in texts_in(made.body())


def test_the_text_reads_as_a_sentence() -> None:
    assert message(PEOPLE).text == (
        "Top fans: this week. Sanne 9, Bram 9, Mei 4. And 7 colleagues: 12 fans. Together: 34 fans."
    )
    assert message(GROUPS, BoardMode.GROUPS).text == "Top fans: this week. Winkel 3.5, Kantoor 2.0."
    assert message(TEAM, BoardMode.TEAM).text == "This week: 11 fans together."


def test_of_a_few_others_no_number_is_told() -> None:
    made = message(PeopleBoard(ROWS, Others(None, None), None))

    assert "And other colleagues." in made.text
    assert "Together" not in made.text


def test_groups_stand_in_a_chart_and_a_table() -> None:
    made = message(GROUPS, BoardMode.GROUPS).body()
    chart = block_of(made, "data_visualization")["chart"]

    assert (chart["type"], chart["axis_config"]["categories"]) == ("bar", ["Winkel", "Kantoor"])
    assert [point["value"] for point in chart["series"][0]["data"]] == [3.5, 2.0]
    assert cells(made)[1:] == [[1, "Winkel", 3.5, 14, 4], [2, "Kantoor", 2.0, 24, 12]]


@pytest.mark.parametrize("kind", PeriodKind)
def test_the_team_stands_in_a_line_of_its_own_past(kind: PeriodKind) -> None:
    periods = previous(period_of(kind, TODAY), PAST[kind])
    for say in speakers().values():
        board = Seen(periods[-1], BoardMode.TEAM, TeamBoard([(one, 3) for one in periods]), TODAY)
        made = screens.board_message(board, say).body()
        labels = block_of(made, "data_visualization")["chart"]["axis_config"]["categories"]

        assert complaints(made) == []
        assert len(set(labels)) == len(periods)


def test_where_slack_draws_no_tables_there_are_medals_and_bars() -> None:
    for board, mode in ((PEOPLE, BoardMode.PEOPLE), (GROUPS, BoardMode.GROUPS), (TEAM, BoardMode.TEAM)):
        made = message(board, mode)
        assert not any(block["type"].startswith("data_") for block in made.plainer)
        assert MARK in texts_in({"blocks": made.plainer})
    plain = texts_in({"blocks": message(PEOPLE).plainer})

    assert f"🥇 Sanne  | {MARK * 10} 9 · Compliments 2 · Ideas done 1 · Applause 7" in plain
    assert f"🥉 Mei  | {MARK * 4} 4 · Applause 1" in plain


def test_when_nothing_was_told_it_says_so_and_draws_nothing() -> None:
    for board in (PeopleBoard([], None, 0), GroupsBoard([], None, 0), TeamBoard([(WEEK, 0)])):
        made = message(board)
        assert made.text == "This week: no fan stories yet. Who tells the first?"
        assert not made.plainer
    before = previous(WEEK, 2)[0]
    past = Seen(before, BoardMode.PEOPLE, PeopleBoard([], None, 0), TODAY)

    assert screens.board_message(past, EN).text == "Last week: no fan stories were told."


def test_where_few_told_it_says_what_they_made_together_and_no_name() -> None:
    assert message(PeopleBoard([], Others(None, None), 9)).text == (
        "Top fans: this week. A few colleagues told of fans: 9 together."
    )
    groups = message(GroupsBoard([], Others(None, None), 1), BoardMode.GROUPS)
    assert groups.text == "Top fans: this week. A few colleagues told of one fan."


def test_of_a_day_on_which_few_told_it_says_no_number() -> None:
    for board, mode in (
        (PeopleBoard([], Others(None, None), None), BoardMode.PEOPLE),
        (GroupsBoard([], Others(None, None), None), BoardMode.GROUPS),
        (TeamBoard([], is_few=True), BoardMode.TEAM),
    ):
        made = message(board, mode)
        assert "olleagues" in made.text
        assert not set("0123456789") & set(made.text)
        assert not any(block["type"].startswith("data_") for block in made.blocks)


def test_ten_people_with_long_ids_fit_in_what_a_board_carries_of_itself() -> None:
    rows = [Row(number, "x", 1, 0, 0, 0, person_id=2**63 - number) for number in range(10)]

    assert len(message(PeopleBoard(rows, None, 10)).blocks[0]["block_id"]) <= 255


def test_one_person_alone_is_a_board() -> None:
    assert message(PeopleBoard(ROWS[:1], None, 9)).text == "Top fans: this week. Sanne 9."


def test_a_first_place_that_too_many_share_is_told_without_their_names() -> None:
    people = message(PeopleBoard([], None, 36, TiedFirst(12, Decimal(3))))
    groups = message(GroupsBoard([], Others(9, 9), 60, TiedFirst(11, Decimal("2.5"))), BoardMode.GROUPS)

    assert "12 colleagues share the first place, each with 3." in people.text
    assert "11 groups share the first place, each with 2.5 per head." in groups.text


def test_without_a_group_that_is_large_enough_it_says_so() -> None:
    assert "This time no group is shown by itself." in message(
        GroupsBoard([], Others(9, 20), 20), BoardMode.GROUPS
    ).text  # fmt: skip


def test_in_dutch_numbers_have_a_comma() -> None:
    assert wording.shown(Decimal("3.5"), speakers()["nl"]) == "3,5"


@pytest.mark.parametrize("name", ["x" * 300, "<!channel> *vet*", "\u202eomgekeerd", "😀" * 40, "| a | b |"])
def test_the_longest_and_the_oddest_names_fit(name: str) -> None:
    people = [Row(number, name, 10**6, 10**6, 10**6, 10**6) for number in range(1, 11)]
    groups = [GroupRow(number, name[:60], 10**4, 10**6, Decimal("100.0")) for number in range(1, 11)]

    assert "<!" not in str(message(PeopleBoard(people, Others(9990, 10**7), 10**8)).body()["text"])
    labels = block_of(message(GroupsBoard(groups, None, 1), BoardMode.GROUPS).body(), "data_visualization")
    assert len(set(labels["chart"]["axis_config"]["categories"])) == 10
