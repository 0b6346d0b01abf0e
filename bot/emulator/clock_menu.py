"""The moments to which somebody can move the workspace's clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.emulator.clock import Clock
from bot.emulator.moments import at, full_moment, short_moment

MORNING = time(9)
FURTHEST = timedelta(days=3660)  # from the real time; beyond it calendars become guesswork


def move(clock: Clock, how: str, typed: str, zone: str) -> None:
    """`how`: hour, tomorrow, now, or to (the local moment that was typed). Raises ValueError in the reader's words."""
    if how == "now":
        clock.reset()
    else:
        clock.set(_within_reach(_target(at(clock.now(), zone), how, typed), clock))


def shown(clock: Clock, zone: str) -> str:
    """The time that the workspace thinks it is, in full."""
    return full_moment(at(clock.now(), zone))


def short(clock: Clock, zone: str) -> str:
    """With the year when that isn't the real one."""
    moment, real = at(clock.now(), zone), at(clock.now() - clock.ahead, zone)
    return short_moment(moment, with_year=moment.year != real.year)


def field_value(clock: Clock, zone: str) -> str:
    return f"{at(clock.now(), zone):%Y-%m-%dT%H:%M}"


def with_seconds(epoch: float, zone: str) -> str:
    return f"{at(epoch, zone):%H:%M:%S}"


def _target(now: datetime, how: str, typed: str) -> datetime:
    if how == "hour":
        return (now.astimezone(UTC) + timedelta(hours=1)).astimezone(now.tzinfo)
    if how == "tomorrow":
        return datetime.combine(now.date() + timedelta(days=1), MORNING, now.tzinfo)
    if how != "to":
        raise ValueError("Zo kan ik de klok niet zetten.")
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=ZoneInfo(str(now.tzinfo)))
    except ValueError:
        raise ValueError("Kies een datum en een tijd.") from None


def _within_reach(moment: datetime, clock: Clock) -> datetime:
    real = datetime.fromtimestamp(clock.now() - clock.ahead, UTC)
    if not abs(moment.replace(tzinfo=UTC) - real) < FURTHEST:
        raise ValueError("Zo ver kan de klok niet. Kies een moment binnen tien jaar.")
    return moment
