"""Where the lines, bars and slices of a page's charts go."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.translate import speakers
from bot.pages import charts
from bot.pages.charts import BAR_ROW, BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, Point
from bot.pages.render import _TEMPLATES

VALUES = st.lists(st.integers(0, 10**9) | st.floats(0, 1e6, allow_nan=False), max_size=30)
SAY = speakers()["en"]


def points(*values: float) -> list[Point]:
    return [Point(f"wk {number}", value, f"{value:g}") for number, value in enumerate(values)]


def html(kind: str, drawn: object) -> str:
    """The chart as it stands in a page, with its table."""
    unfolds = ", 'Getallen'" if kind == "line" else ""
    called = "{{ charts." + kind + "(drawn, 'Fans <b>', 'Samen', ['Week', 'Fans']" + unfolds + ") }}"
    return _TEMPLATES.from_string("{% import 'charts.html' as charts %}" + called).render(drawn=drawn, say=SAY)


@given(values=VALUES)
def test_a_line_stays_within_its_frame_and_its_axis_reaches_over_it(values: list[float]) -> None:
    drawn = charts.line(points(*values))
    heights = [height for height, _ in drawn.ticks]

    assert all(LEFT <= dot.x <= WIDTH - RIGHT for dot in drawn.dots)
    assert all(TOP <= dot.y <= HEIGHT - BOTTOM for dot in drawn.dots)
    assert (max(heights), min(heights)) == (HEIGHT - BOTTOM, TOP)
    assert 2 <= len(drawn.ticks) <= 6
    assert sorted(dot.x for dot in drawn.dots) == [dot.x for dot in drawn.dots]


@pytest.mark.parametrize(
    ("values", "ticks"),
    [((0, 0), ["0", "1"]), ((3, 1), ["0", "1", "2", "3"]), ((7,), ["0", "2", "4", "6", "8"]), ((), ["0", "1"]),
     ((35, 3), ["0", "10", "20", "30", "40"]), ((0.5, 0.2), ["0", "0.2", "0.4", "0.6"])],
)  # fmt: skip
def test_an_axis_is_round_and_of_whole_fans(values: tuple[float, ...], ticks: list[str]) -> None:
    assert [written for _, written in charts.line(points(*values)).ticks] == ticks


@given(count=st.integers(1, 60))
def test_labels_leave_each_other_room_and_the_last_always_has_one(count: int) -> None:
    dots = charts.line(points(*[1] * count)).dots
    labelled = [dot for dot in dots if dot.label_class]

    assert 1 <= len(labelled) <= charts.MOST_LABELS
    assert dots[-1].label_class == "always"
    assert sum(dot.label_class == "always" for dot in dots) <= charts.MOST_LABELS // 2


@given(values=VALUES)
def test_the_longest_bar_is_as_wide_as_the_drawing(values: list[float]) -> None:
    drawn = charts.bars(points(*values))

    assert all(0 <= bar.width <= WIDTH for bar in drawn.bars)
    assert drawn.height == BAR_ROW * len(values)
    assert not any(values) or max(bar.width for bar in drawn.bars) == WIDTH


def test_a_long_name_is_short_over_its_bar_and_whole_in_the_table() -> None:
    name = "Bartholomeus Ferdinand van der Zandschulp-Hendriks"
    drawn = charts.bars([Point(name, 3, "3")])

    assert drawn.bars[0].label == "Bartholomeus Ferdinand van de…"
    assert f"<bdi>{name}</bdi>" in html("bars", drawn)


def test_slices_follow_each_other_and_make_a_whole() -> None:
    quarter, rest, nothing = charts.pie(points(1, 3, 0)).slices

    assert quarter.path == "M0 0L0.00 -100.00A100 100 0 0 1 100.00 -0.00Z"
    assert rest.path.startswith("M0 0L100.00 -0.00A100 100 0 1 1 ")
    assert nothing.path == ""
    assert "nan" not in charts.pie(points(5)).slices[0].path
    assert [one.path for one in charts.pie(points(0, 0)).slices] == ["", ""]


@pytest.mark.parametrize("kind", ["line", "bars", "pie"])
@pytest.mark.parametrize("values", [(), (0,), (3,), (3, 0, 2.5)])
def test_each_chart_says_what_it_shows_and_has_its_figures_beneath_it(kind: str, values: tuple[float, ...]) -> None:
    made = html(kind, getattr(charts, kind)(points(*values)))

    assert len(re.findall(r'<th scope="row"', made)) == len(values)
    assert (kind == "bars" and not values) or 'role="img" aria-label="Samen"' in made
    assert "Fans &lt;b&gt;" in made
    assert "style=" not in made


def test_at_the_axis_large_numbers_are_written_plainly() -> None:
    drawn = charts.line(points(6_000_000, 2))

    assert [shown for _, shown in drawn.ticks] == ["0", "2000000", "4000000", "6000000"]
