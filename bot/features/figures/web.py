"""The page of the office's figures, for who has the link: nobody is named on it."""

from collections.abc import Sequence
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.features.figures import actions, wording
from bot.features.figures.rules import OfficeFigures, OfficeLine, Share
from bot.kernel.office import Office, Say
from bot.kernel.periods import name_of
from bot.pages import charts
from bot.pages.render import page
from bot.services import Services


def routes(services: Services) -> list[BaseRoute]:
    """`/figures/<token>`."""

    async def show(request: Request) -> Response:
        return await run_in_threadpool(_show, services, str(request.path_params["token"]))

    return [Route("/figures/{token}", show)]


def _show(services: Services, token: str) -> Response:
    found = actions.figures_of_link(services, token)
    if found is None:
        return page("wall_unknown", services.speakers[services.settings.language], status=404)
    office, figures = found
    values = _values(office, figures, office.say)
    return page("figures", office.say, company=office.name, made=office.say.day(services.clock.today(office.zone)),
                **values)  # fmt: skip


def _values(office: Office, figures: OfficeFigures, say: Say) -> dict[str, Any]:
    return {
        "summary": wording.office_sentence(figures, say),
        "facts": wording.office_facts(figures, office, say),
        "note": wording.followed_note(say) if figures.is_told else wording.too_few(say),
        "weeks": _line(figures.weeks, say) if figures.weeks else None,
        "months": _line(figures.months, say) if figures.months else None,
        "week_rows": _line_rows(figures.weeks, [wording.short_name(week, say) for week, _ in figures.weeks], say),
        "month_rows": _line_rows(figures.months, [name_of(one, one.first, say) for one, _ in figures.months], say),
        "moments": charts.bars(_received(figures.moments, say)) if figures.moments else None,
        "moment_rows": _rows(figures.moments, say),
        "gestures": charts.pie(_counted(figures.gestures, say)) if figures.gestures else None,
        "gesture_rows": _rows(figures.gestures, say),
    }


def _line(line: OfficeLine, say: Say) -> charts.Line:
    return charts.line([charts.Point(name, count, str(count)) for name, count in wording.points_of(line, say)])


def _line_rows(line: OfficeLine, names: Sequence[str], say: Say) -> list[list[str]]:
    """All of the line, also what isn't drawn because it has no number."""
    return [[name, count] for name, count in zip(names, wording.counts_of(line, say), strict=True)]


def _received(shares: Sequence[Share], say: Say) -> list[charts.Point]:
    return [
        charts.Point(wording.kind_called(one.kind, say), one.applause, wording.decimal(one.applause, say))
        for one in shares
    ]


def _counted(shares: Sequence[Share], say: Say) -> list[charts.Point]:
    return [charts.Point(wording.kind_called(one.kind, say), one.stories, str(one.stories)) for one in shares]


def _rows(shares: Sequence[Share], say: Say) -> list[list[str]]:
    return [_row(one, say) for one in shares]


def _row(one: Share, say: Say) -> list[str]:
    figures = (wording.decimal(one.applause, say), wording.decimal(one.compliments, say))
    return [wording.kind_called(one.kind, say), str(one.stories), *figures]
