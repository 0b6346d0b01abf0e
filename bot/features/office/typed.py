"""What a form of the office's settings holds, as it was filled in."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class TypedGeneral:
    language: str
    zone: str
    other_zone: str  # typed; wins over the one that was chosen
    currency: str
    name: str = ""  # of the company


@dataclass(frozen=True)
class TypedCalendar:
    country: str
    switches: Sequence[str]  # names of fields of HolidayRules
    company_days: str  # a line each


@dataclass(frozen=True)
class TypedReminder:
    at: str
    workdays: Sequence[str]  # 0 = Monday


@dataclass(frozen=True)
class TypedChannels:
    stories: str
    customer_wall: str
    change_wall: str
    team_wall: str = ""
    weekend_birthdays: str = "before"


@dataclass(frozen=True)
class TypedManagers:
    slack_ids: Sequence[str]
    moderators: Sequence[str] = ()


@dataclass(frozen=True)
class TypedBudgets:
    per_day: str
    per_month: str
    minutes: str = ""
    is_soft: bool = False
    notice: str = ""


@dataclass(frozen=True)
class TypedWeek:
    board_mode: str
    channel: str  # empty: nothing goes out by itself
    weekday: str  # 0 = Monday
    at: str
    posts: Sequence[str]  # "digest", "board"


Typed = TypedGeneral | TypedCalendar | TypedReminder | TypedChannels | TypedManagers | TypedBudgets | TypedWeek
