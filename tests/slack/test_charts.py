"""Charts as Slack takes them, and the same in text and emoji."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.emulator.validation import block_messages
from bot.slack.charts import LONGEST_BAR, MARK, bar_chart, emoji_bars, line_chart, pie_chart

Draw = Callable[..., dict[str, Any]]
POINTS = st.lists(st.integers(0, 10_000), min_size=1, max_size=12)


def points(values: list[int]) -> list[tuple[str, float]]:
    return [(f"wk {number}", value) for number, value in enumerate(values)]


@given(POINTS)
def test_slack_takes_every_line_and_every_row_of_bars(values: list[int]) -> None:
    drawn = [line_chart("Fans a week", "Fans", points(values)), emoji_bars(points(values))]

    assert block_messages(drawn, "message", 50, "/blocks") == []


@pytest.mark.parametrize(("value", "written"), [(1_234_567, "1234567"), (2.5, "2.5"), (0, "0"), (10, "10")])
def test_large_numbers_are_written_plainly(value: float, written: str) -> None:
    assert f" {written}\n" in emoji_bars([("2026", value)])["elements"][0]["elements"][1]["text"]


@given(POINTS)
def test_something_has_a_mark_and_nothing_has_none(values: list[int]) -> None:
    shown = emoji_bars(points(values))["elements"][0]["elements"][1::2]

    for value, bar in zip(values, shown, strict=True):
        assert (MARK in bar["text"]) is (value > 0)
        assert bar["text"].count(MARK) <= LONGEST_BAR


def test_a_pie_has_no_slice_of_nothing() -> None:
    drawn = pie_chart("Moments", [("Een klacht", 3), ("Iets anders", 0)])

    assert [one["label"] for one in drawn["chart"]["segments"]] == ["Een klacht"]
    assert block_messages([drawn], "message", 50, "/blocks") == []


@pytest.mark.parametrize("title", ["x" * 90, "Hoeveel fans er per week gemaakt werden in het hele kantoor"])
def test_a_long_title_or_label_is_cut(title: str) -> None:
    drawn = [line_chart(title, title, [(title, 1)]), pie_chart(title, [(title, 1)])]

    assert block_messages(drawn, "message", 50, "/blocks") == []


@pytest.mark.parametrize("draw", [line_chart, bar_chart])
def test_a_long_label_is_cut_where_one_sees_it_and_no_two_are_alike(draw: Draw) -> None:
    drawn = draw("Momenten", "Applaus", [("Een vraag of een probleem", 2), ("Een vraag of een praatje", 1)])

    labels = drawn["chart"]["axis_config"]["categories"]
    assert labels == ["Een vraag of een pr…", "Een vraag of een (2)"]
    assert [point["label"] for point in drawn["chart"]["series"][0]["data"]] == labels


def test_slices_with_long_names_stay_apart() -> None:
    drawn = pie_chart("Momenten", [("Een vraag of een probleem", 2), ("Een vraag of een praatje", 1)])

    assert len({one["label"] for one in drawn["chart"]["segments"]}) == 2
