"""A team with a channel for its wall, and what one would see of it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from bot.features.team_wall import actions, jobs
from bot.features.team_wall.rules import TypedCelebration, TypedDates
from bot.kernel.choices import Choice
from bot.kernel.office import Me
from storage.celebrations import Celebration
from storage.office import change_office
from tests.fakes import FakeOffice

TEAM_WALL = "C0TEAM"


class Team:
    """An office whose employees have a wall."""

    def __init__(self, office: FakeOffice, fatima: Me) -> None:
        self.office, self.services, self._fatima = office, office.services, fatima
        self.choose(Choice.LANGUAGE, "en")
        self.choose(Choice.TEAM_WALL_CHANNEL, TEAM_WALL)

    def choose(self, name: str, value: object) -> None:
        """A manager gives a setting of the office another value."""
        with self.services.database.writing(self._fatima) as tx:
            change_office(tx, name, value, self._fatima.person_id, self.services.clock.now())

    def gives(self, me: Me, day: str = "", month: str = "", began: str = "") -> bool:
        return actions.keep_dates(self.services, me, TypedDates(day, month, began))

    def tells(self, me: Me, text: str = "Onze dochter is geboren", **typed: Any) -> int:
        """Somebody puts something on the wall; its number."""
        actions.post(self.services, me, TypedCelebration(text, **typed))
        return max(one.id or 0 for one in self.kept(me))

    def tick(self, day: date, hour: int = 9) -> None:
        """It is that hour in Amsterdam, and the clock starts its jobs."""
        moment = datetime.combine(day, time(hour), ZoneInfo("Europe/Amsterdam")).astimezone(UTC)
        self.services.clock.move_to(moment)
        jobs.congratulate(self.services)

    def leaves(self, me: Me) -> None:
        self.office.person(me.slack_id, me.name, standing="gone")
        jobs.let_leavers_go(self.services)

    def channel(self) -> list[str]:
        return self.office.posts(TEAM_WALL)

    def wall(self, me: Me) -> list[str]:
        """What somebody sees of the wall: the words of each post, or the names in it."""
        posts = actions.see_wall(self.services, me).posts
        return [
            ", ".join(one.celebration.text or (one.about.name if one.about else "") for one in post) for post in posts
        ]

    def kept(self, me: Me) -> Sequence[Celebration]:
        with self.services.database.reading(me) as tx:
            return tx.exec(select(Celebration).order_by(col(Celebration.id))).all()
