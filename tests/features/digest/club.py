"""An office that has its week told in #fans, and what one would see of it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.features.digest import jobs
from bot.kernel.choices import Choice
from bot.kernel.office import Me
from bot.kernel.weekly import Weekly, weekly_as_json
from storage.compliments import Compliment, Consent, add_compliment
from storage.database import InWorkspace
from storage.ideas import Idea, Status
from storage.office import change_office
from storage.outbox import Post
from storage.stories import story_by_id
from tests.fakes import FANS, MONDAY, FakeOffice
from tests.storage.records import applauded, told

FIRST = date(2026, 11, 2)  # the Monday of the week that the tests are about
FRIDAY = date(2026, 11, 6)
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def at(day: date, hour: int = 15, minute: int = 0) -> datetime:
    """A moment on the clock of Amsterdam."""
    return datetime.combine(day, time(hour, minute), AMSTERDAM).astimezone(UTC)


class Club:
    """The office: in English, with a digest on Fridays at three."""

    def __init__(self, office: FakeOffice, fatima: Me) -> None:
        self.office, self.services, self.fatima = office, office.services, fatima
        self.choose(Choice.LANGUAGE, "en")
        self.goes_out()

    @property
    def here(self) -> InWorkspace:
        return InWorkspace(self.office.workspace_id)

    def choose(self, name: str, value: object) -> None:
        with self.services.database.writing(self.here) as tx:
            change_office(tx, name, value, self.fatima.person_id, self.services.clock.now())

    def goes_out(self, **weekly: Any) -> None:
        """When and where: the values of a `Weekly`."""
        self.choose(Choice.WEEKLY, weekly_as_json(Weekly(**{"channel": FANS} | weekly)))

    def me(self, me: Me) -> Me:
        """The person as their next request finds them."""
        return self.office.person(me.slack_id, me.name)

    def told(self, me: Me, text: str = "Paraplu uitgeleend", by: Sequence[Me] | None = None, **values: Any) -> int:
        """A story, told at noon, and who applauded: Fatima, if nothing else is said; its number."""
        day = values.get("day", FIRST)
        given: dict[str, Any] = {"posted_on": day, "told_at": at(day, 12)}
        story = told(self.services.database, self.here, me.person_id, text, **given | values)
        for one in [self.fatima] if by is None else by:
            applauded(self.services.database, self.here, story, one.person_id)
        return story

    def said(self, text: str = "Wat een geduld", **values: Any) -> int:
        """A compliment; its number."""
        given: dict[str, Any] = {
            "customer": "Ria de Wit",
            "consent": Consent.FIRST_NAME,
            "day": FIRST,
            "entered_at": at(values.get("day", FIRST), 12),
        }
        with self.services.database.writing(self.here) as tx:
            compliment: Compliment = add_compliment(tx, text=text, **given | values)
            return compliment.id or 0

    def moved(self, title: str = "Stoelen bij de balie", **values: Any) -> int:
        """A suggestion that came further; its number."""
        kept: dict[str, Any] = {
            "status": Status.DONE,
            "posted_on": FIRST,
            "suggested_at": MONDAY,
            "moved_at": at(FIRST, 12),
        } | values
        with self.services.database.writing(self.here) as tx:
            idea = Idea(workspace_id=self.office.workspace_id, title=title, **kept)
            tx.add(idea)
            tx.flush()
            return idea.id or 0

    def tick(self, moment: datetime | None = None) -> None:
        """It is then, Friday at three unless told otherwise, and the clock starts its jobs."""
        self.services.clock.move_to(moment or at(FRIDAY))
        jobs.post_digests(self.services)

    def digests(self) -> list[Post]:
        return [post for post in self.office.queued(FANS) if post.key.startswith("digest:")]

    def thread(self, monday: date = FIRST) -> dict[str, str]:
        """What stands in the thread of a week's digest: the texts, by the kind of part."""
        posts = [post for post in self.office.queued(FANS) if post.thread_key == f"digest:{monday}"]
        return {post.key.partition(":")[0]: str((post.body or {})["text"]) for post in posts}

    def week_of(self, story_id: int) -> date | None:
        with self.services.database.reading(self.here) as tx:
            story = story_by_id(tx, story_id)
            assert story is not None
            return story.week_of


def weeks(number: int) -> timedelta:
    return timedelta(weeks=number)
