"""The log: one line an event, on standard error."""

import logging
import sys

import structlog


def configure_logs(level: str) -> None:
    """Lines for people. Libraries are heard only when something is wrong: their own lines quote requests."""
    console = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S"),
            console,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr)
    logging.getLogger("slack_sdk").setLevel(logging.CRITICAL)  # what Slack refuses is logged by whoever asked
