"""Where the lines, bars and slices of a page's charts go: figures in, points of an SVG out."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 480, 240  # of a line's drawing; bars are as high as there are
LEFT, RIGHT, TOP, BOTTOM = 46, 22, 18, 34
BAR_ROW, BAR_HEIGHT, BAR_DROP = 50, 16, 24  # a row of bars, and how far its bar lies beneath the words over it
RADIUS = 100
MOST_LABELS = 6  # beneath a line; on a phone it is half of that
COLOURS = 6  # kinds of slices that look different
LONGEST_LABEL = 30  # characters over a bar; the table beneath has all of them


@dataclass(frozen=True)
class Point:
    """A figure: what it is of, how much, and how that is written."""

    label: str
    value: float  # 0 or more
    shown: str


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    point: Point
    label_class: str  # "always", "wide" (not on a phone) or empty: no label beneath it


@dataclass(frozen=True)
class Line:
    dots: Sequence[Dot]
    path: str  # as SVG's polyline takes it
    area: str  # the same, closed along the axis
    ticks: Sequence[tuple[float, str]]  # height, and what stands there

    @property
    def points(self) -> list[Point]:
        return [dot.point for dot in self.dots]


@dataclass(frozen=True)
class Bar:
    y: float
    width: float
    label: str  # short enough to stand over the bar
    point: Point


@dataclass(frozen=True)
class Bars:
    bars: Sequence[Bar]
    height: float

    @property
    def points(self) -> list[Point]:
        return [bar.point for bar in self.bars]


@dataclass(frozen=True)
class Slice:
    path: str  # empty for nothing
    colour: int
    point: Point


@dataclass(frozen=True)
class Pie:
    slices: Sequence[Slice]

    @property
    def points(self) -> list[Point]:
        return [one.point for one in self.slices]


def plainly(value: float) -> str:
    """A figure as people write it, however large: 1250000, 2.5."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def line(points: Sequence[Point], written: Callable[[float], str] = plainly) -> Line:
    """A line from left to right; `written` says how a figure at the axis is written."""
    step, top = _axis([point.value for point in points])
    last = len(points) - 1
    every = math.ceil(len(points) / MOST_LABELS) or 1
    dots = [
        Dot(_across(at, last), _down(point.value, top), point, _label_class(last - at, every))
        for at, point in enumerate(points)
    ]
    path = " ".join(f"{dot.x},{dot.y}" for dot in dots)
    floor = _down(0, top)
    area = f"{path} {dots[-1].x},{floor} {dots[0].x},{floor}" if dots else ""
    return Line(dots, path, area, [(_down(step * n, top), written(step * n)) for n in range(round(top / step) + 1)])


def bars(points: Sequence[Point]) -> Bars:
    """Lying bars beneath each other, in the order of the points; the longest is as wide as the drawing."""
    most = max((point.value for point in points), default=0) or 1
    drawn = [
        Bar(BAR_ROW * at, round(WIDTH * point.value / most, 1), _short(point.label), point)
        for at, point in enumerate(points)
    ]
    return Bars(drawn, BAR_ROW * len(drawn))


def pie(points: Sequence[Point]) -> Pie:
    """Slices clockwise from above, in the order of the points."""
    total, turn, drawn = sum(point.value for point in points) or 1, 0.0, []
    for at, point in enumerate(points):
        part = point.value / total
        drawn.append(Slice(_arc(turn, turn + part) if part else "", at % COLOURS, point))
        turn += part
    return Pie(drawn)


def _axis(values: Sequence[float]) -> tuple[float, float]:
    """A round step between the axis' lines, about four of them, and the highest one; whole for whole figures."""
    most = max(values, default=0) or 1
    size = 10 ** math.floor(math.log10(most / 4))
    step = next(size * round_one for round_one in (1, 2, 5, 10) if size * round_one >= most / 4)
    if all(float(value).is_integer() for value in values):
        step = max(1, step)
    return step, math.ceil(round(most / step, 6)) * step


def _across(at: int, last: int) -> float:
    room = WIDTH - LEFT - RIGHT
    return round(LEFT + (room * at / last if last > 0 else room / 2), 1)


def _down(value: float, top: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top), 1)


def _label_class(from_the_end: int, every: int) -> str:
    if from_the_end % every:
        return ""
    return "wide" if from_the_end % (2 * every) else "always"


def _arc(begin: float, end: float) -> str:
    """A slice around 0,0 between two parts of a turn; one full turn is no arc, hence the tiny gap."""
    end = min(end, begin + 0.9999)
    (x1, y1), (x2, y2) = (
        (RADIUS * math.sin(2 * math.pi * turn), -RADIUS * math.cos(2 * math.pi * turn)) for turn in (begin, end)
    )
    return f"M0 0L{x1:.2f} {y1:.2f}A{RADIUS} {RADIUS} 0 {int(end - begin > 0.5)} 1 {x2:.2f} {y2:.2f}Z"


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"
