"""The office, and the person who is doing something in it: what a request needs to know of both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Protocol

from bot.kernel.calendar import Dated, HolidayRules, Workdays
from bot.kernel.caps import Caps
from bot.kernel.errors import BotError
from bot.kernel.weekly import BoardMode, Edited, Weekly
from storage.people import Part, Standing

LONGEST_NAME = 80  # characters of a company's name


class Say(Protocol):
    """Speaks one language: the id of a sentence is its English."""

    @property
    def language(self) -> str: ...
    def __call__(self, sentence: str, /, **values: Any) -> str: ...
    def plural(self, one: str, many: str, number: int, /, **values: Any) -> str: ...
    def day(self, day: date) -> str: ...
    def money(self, cents: int, currency: str) -> str: ...
    def error(self, error: BotError) -> str: ...


@dataclass(frozen=True)
class Office:
    """The workspace's own choices."""

    workspace_id: int
    name: str  # of the company; empty until Slack told
    say: Say  # in the office's language: for what everybody reads
    zone: str
    currency: str
    stories_channel: str | None
    customer_wall_channel: str | None
    change_wall_channel: str | None
    team_wall_channel: str | None
    calendar: Dated[HolidayRules]
    workdays: Workdays  # first value for who joins
    remind_at: time  # likewise
    caps: Dated[Caps]
    gift_notice: int  # cents a year to one company
    is_set_up: bool  # a manager was led through the settings
    managers: frozenset[str]  # Slack ids
    moderators: frozenset[str]  # Slack ids of who looks at what comes from outside, beside the managers
    weekend_birthdays: str  # "before" or "after": on which working day somebody is congratulated
    board_mode: BoardMode
    weekly: Weekly
    digest: Edited  # of the last week in which a manager changed anything
    commands: Mapping[str, str]  # what a command is called here: {"fan": "/fan", …}


@dataclass(frozen=True)
class Me:
    """Who is acting, and in which request."""

    office: Office
    person_id: int
    slack_id: str
    name: str
    zone: str
    standing: Standing
    is_admin: bool
    say: Say  # in the person's language
    part: Part = Part.UNASKED
    has_home: bool = False  # has opened Home, so that it is kept fresh
    request_key: str | None = None  # a request is handled once

    @property
    def workspace_id(self) -> int:
        return self.office.workspace_id

    @property
    def is_manager(self) -> bool:
        return self.slack_id in self.office.managers

    @property
    def is_moderator(self) -> bool:
        return self.is_manager or self.slack_id in self.office.moderators
