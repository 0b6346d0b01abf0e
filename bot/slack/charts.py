"""Slack's own charts, and the same in text and emoji for where Slack doesn't draw them."""

from collections.abc import Sequence

from bot.slack.blocks import Json, paragraph, words

Points = Sequence[tuple[str, float]]  # what each is of, and how much

LONGEST_LABEL = 20  # characters; Slack refuses more
LONGEST_BAR = 10  # marks
MARK = "🟪"


def line_chart(title: str, name: str, points: Points) -> Json:
    """A line of at most twenty points; `name` says what is counted. For messages alone."""
    return _drawn(title, _on_axes("line", name, points))


def bar_chart(title: str, name: str, points: Points) -> Json:
    """At most twenty bars; `name` says what is counted. For messages alone."""
    return _drawn(title, _on_axes("bar", name, points))


def pie_chart(title: str, points: Points) -> Json:
    """A pie of slices that are more than nothing. For messages alone."""
    shown = [(label, value) for label, value in points if value > 0]
    labels = _labels([label for label, _ in shown])
    segments = [{"label": label, "value": value} for label, (_, value) in zip(labels, shown, strict=True)]
    return _drawn(title, {"type": "pie", "segments": segments})


def emoji_bars(points: Points, written: Sequence[str] = ()) -> Json:
    """A paragraph with a bar for each point; something is never nothing.

    Behind each bar stands how much it is, or what is `written` for it.
    """
    most = max((value for _, value in points), default=0) or 1
    parts: list[Json] = []
    for (label, value), behind in zip(points, written or [plainly(value) for _, value in points], strict=True):
        bar = MARK * max(round(LONGEST_BAR * value / most), 1 if value else 0)
        parts += [words(f"{label} ", bold=True), words(f"{bar} {behind}\n")]
    return paragraph(*parts)


def plainly(value: float) -> str:
    """A figure as people write it, however large: 1250000, 2.5."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _on_axes(kind: str, name: str, points: Points) -> Json:
    labels = _labels([label for label, _ in points])
    data = [{"label": label, "value": value} for label, (_, value) in zip(labels, points, strict=True)]
    series = [{"name": name[:LONGEST_LABEL], "data": data}]
    return {"type": kind, "series": series, "axis_config": {"categories": labels}}


def _drawn(title: str, chart: Json) -> Json:
    return {"type": "data_visualization", "title": title[:50], "chart": chart}


def _labels(names: Sequence[str]) -> list[str]:
    """Each name in the room that a chart has for it, no two alike."""
    found: list[str] = []
    for number, name in enumerate(names, 1):
        cut = name if len(name) <= LONGEST_LABEL else name[: LONGEST_LABEL - 1] + "…"
        ending = f" ({number})"
        found.append(name[: LONGEST_LABEL - len(ending)] + ending if cut in found else cut)
    return found
