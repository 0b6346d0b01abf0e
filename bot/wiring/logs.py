"""The log: one line an event, on standard error. Never people's words, and never a token."""

import logging
import sys
from contextlib import suppress
from secrets import token_hex
from typing import TextIO

import structlog
from structlog.typing import Processor


class _Unfailing:
    """A stream that loses a line rather than the work that the line is about: its disk may be full, its reader gone."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        with suppress(OSError):
            self._stream.write(text)

    def flush(self) -> None:
        with suppress(OSError):
            self._stream.flush()


def configure_logs(level: str, form: str = "console") -> None:
    """Lines for people ("console") or for a machine ("json").

    Libraries are heard only when something is wrong: their own lines quote requests.
    """
    console = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    lines: list[Processor] = [console]
    if form == "json":
        lines = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *lines,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(_Unfailing(sys.stderr)),  # type: ignore[arg-type]
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr)
    logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)  # what Slack refuses is logged by whoever asked


def begin_request(kind: str, team_id: str | None) -> None:
    """Every line until the next request in this thread says which one it belongs to."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=token_hex(4), team=team_id, kind=kind)
