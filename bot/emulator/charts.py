"""The geometry of a `data_visualization` block: where its bars, lines and slices go."""

import math
from dataclasses import dataclass, field

from bot.emulator.model import Json

WIDTH, HEIGHT = 480, 240
LEFT, RIGHT, TOP, BOTTOM = 40, 8, 12, 28
RADIUS = 96
LABEL, LETTER = 20, 7.5  # letters of a label at most, and how wide one is


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    series: int


@dataclass(frozen=True)
class Line:
    points: str  # as SVG's polyline takes them
    area: str  # the same, closed along the axis
    series: int


@dataclass(frozen=True)
class Slice:
    path: str
    series: int


@dataclass(frozen=True)
class Chart:
    kind: str
    title: str
    legend: list[str]
    rows: list[tuple[str, list[str]]]  # the figures by label, for who can't see the drawing
    ticks: list[tuple[float, str]] = field(default_factory=list)
    categories: list[tuple[float, str]] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    slices: list[Slice] = field(default_factory=list)
    x_label: str = ""
    y_label: str = ""


def chart(block: Json) -> Chart:
    title, drawn = str(block.get("title", "")), block.get("chart") or {}
    return _pie(title, drawn) if drawn.get("type") == "pie" else _plot(title, drawn)


def figure(value: float) -> str:
    """A number in Dutch notation, without superfluous decimals."""
    return f"{value:,.2f}".rstrip("0").rstrip(".").translate(str.maketrans(",.", ".,"))


def _pie(title: str, drawn: Json) -> Chart:
    segments = [(str(segment["label"]), float(segment["value"])) for segment in drawn.get("segments", [])]
    total = sum(value for _, value in segments) or 1
    slices, turn = [], 0.0
    for index, (_, value) in enumerate(segments):
        slices.append(Slice(_arc(turn, turn + value / total), index))
        turn += value / total
    rows = [(label, [f"{figure(value)} ({round(100 * value / total)}%)"]) for label, value in segments]
    legend = [f"{label}: {figures[0]}" for label, figures in rows]
    return Chart("pie", title, legend, rows, slices=slices)


def _arc(begin: float, end: float) -> str:
    """A slice around 0,0 between two parts of a turn; one full turn is no arc, hence the tiny gap."""
    end = min(end, begin + 0.9999)
    (x1, y1), (x2, y2) = (
        (RADIUS * math.sin(2 * math.pi * t), -RADIUS * math.cos(2 * math.pi * t)) for t in (begin, end)
    )
    return f"M0 0L{x1:.1f} {y1:.1f}A{RADIUS} {RADIUS} 0 {int(end - begin > 0.5)} 1 {x2:.1f} {y2:.1f}Z"


def _plot(title: str, drawn: Json) -> Chart:
    axis = drawn.get("axis_config") or {}
    series = [(str(one.get("name", "")), _values(one)) for one in drawn.get("series", [])]
    categories = [str(label) for label in axis.get("categories", [])] or list(series[0][1] if series else [])
    low, high, step = _scale([value for _, values in series for value in values.values()])
    frame = _Frame(categories, low, high)
    is_bar = drawn.get("type") == "bar"
    table = [(label, [figure(values.get(label, 0)) for _, values in series]) for label in categories]
    return Chart(
        kind=str(drawn.get("type", "")),
        title=title,
        legend=[name for name, _ in series],
        rows=table,
        ticks=[(frame.y(low + step * n), figure(low + step * n)) for n in range(round((high - low) / step) + 1)],
        categories=frame.labels(),
        bars=frame.bars([values for _, values in series]) if is_bar else [],
        lines=[] if is_bar else [frame.line(values, index) for index, (_, values) in enumerate(series)],
        x_label=str(axis.get("x_label") or ""),
        y_label=str(axis.get("y_label") or ""),
    )


def _values(series: Json) -> dict[str, float]:
    return {str(point["label"]): float(point["value"]) for point in series.get("data", [])}


def _scale(values: list[float]) -> tuple[float, float, float]:
    """Lowest and highest value of the axis and a round step between its lines, about four of them."""
    low, high = min([0.0, *values]), max([0.0, *values])
    rough = (high - low or 1) / 4
    magnitude = 10 ** math.floor(math.log10(rough))
    step = next(magnitude * round_number for round_number in (1, 2, 5, 10) if magnitude * round_number >= rough)
    return math.floor(low / step) * step, math.ceil((high or 1) / step) * step, step


@dataclass(frozen=True)
class _Frame:
    categories: list[str]
    low: float
    high: float

    @property
    def slot(self) -> float:
        return (WIDTH - LEFT - RIGHT) / max(1, len(self.categories))

    def middle(self, index: int) -> float:
        return round(LEFT + self.slot * (index + 0.5), 1)

    def labels(self) -> list[tuple[float, str]]:
        """As many as fit beside each other, the last one always."""
        longest = max(map(len, self.categories), default=0)
        every = max(1, math.ceil(min(longest, LABEL) * LETTER / self.slot))
        last = len(self.categories) - 1
        return [(self.middle(at), self.categories[at]) for at in range(last + 1) if (last - at) % every == 0]

    def y(self, value: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (self.high - value) / (self.high - self.low), 1)

    def bars(self, series: list[dict[str, float]]) -> list[Bar]:
        width = min(40.0, self.slot * 0.7 / max(1, len(series)))
        return [
            self._bar(self.middle(at) + width * (number - len(series) / 2), values.get(label, 0), width, number)
            for number, values in enumerate(series)
            for at, label in enumerate(self.categories)
        ]

    def _bar(self, x: float, value: float, width: float, number: int) -> Bar:
        top, bottom = sorted((self.y(value), self.y(0)))
        return Bar(round(x, 1), top, round(width, 1), round(bottom - top, 1), number)

    def line(self, values: dict[str, float], number: int) -> Line:
        points = [f"{self.middle(at)},{self.y(values.get(label, 0))}" for at, label in enumerate(self.categories)]
        ends = [f"{self.middle(len(points) - 1)},{self.y(0)}", f"{self.middle(0)},{self.y(0)}"]
        return Line(" ".join(points), " ".join(points + ends), number)
