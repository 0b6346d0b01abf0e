"""Thanks, and who had none, on both databases."""

from datetime import UTC, date, datetime, timedelta

from storage import thanks
from storage.database import Database, InWorkspace
from storage.stories import Story
from storage.thanks import Thanks

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = date(2026, 11, 2)


def told(database: Database, who: InWorkspace, teller_id: int, **more: object) -> int:
    values = {"text": "Meegelopen", "day": DAY, "posted_on": DAY, "told_at": NOW} | more
    with database.writing(who) as tx:
        story = Story(workspace_id=who.workspace_id, teller_id=teller_id, **values)  # type: ignore[arg-type]
        tx.add(story)
        tx.flush()
        return story.id or 0


def thanked(database: Database, who: InWorkspace, story_id: int, from_id: int, to_id: int, at: datetime = NOW) -> None:
    with database.writing(who) as tx:
        given = {"story_id": story_id, "from_id": from_id, "to_id": to_id, "words": "Mooi", "thanked_at": at}
        tx.add(Thanks(workspace_id=who.workspace_id, **given))  # type: ignore[arg-type]


def test_who_told_something_and_had_no_thanks_is_found_with_the_last_story(
    database: Database, here: InWorkspace, sanne: int, bram: int
) -> None:
    told(database, here, sanne)
    last, brams = told(database, here, sanne), told(database, here, bram)
    told(database, here, bram, posted_on=None)
    thanked(database, here, brams, sanne, bram)

    with database.reading(here) as tx:
        found = thanks.without_thanks(tx, DAY, DAY, NOW)
        assert [(one.person.id, one.story_id) for one in found] == [(sanne, last)]
        assert len(thanks.without_thanks(tx, DAY, DAY, NOW + timedelta(seconds=1))) == 2
        assert thanks.without_thanks(tx, DAY + timedelta(days=1), DAY + timedelta(days=7), NOW) == []


def test_one_workspace_hears_nothing_of_another(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int, bram: int
) -> None:
    story_id = told(database, here, sanne)
    thanked(database, here, story_id, bram, sanne)

    with database.reading(there) as tx:
        assert thanks.received_by(tx, sanne, 9) == thanks.given_by(tx, bram, 9) == []
        assert thanks.without_thanks(tx, DAY, DAY, NOW + timedelta(days=1)) == []
        assert thanks.thanks_by_id(tx, 1) is None
    with database.reading() as tx:
        assert thanks.workspaces_with_stories(tx, DAY) == [here.workspace_id]


def test_thanks_are_counted_from_a_moment_on(database: Database, here: InWorkspace, sanne: int, bram: int) -> None:
    story_id = told(database, here, sanne)
    for days in (0, 3):
        thanked(database, here, story_id, bram, sanne, NOW - timedelta(days=days))

    with database.reading(here) as tx:
        assert thanks.given_since(tx, bram, NOW) == thanks.received_since(tx, sanne, NOW) == 1
        assert thanks.given_since(tx, bram, NOW - timedelta(days=3)) == 2
        assert thanks.given_since(tx, sanne, NOW - timedelta(days=3)) == 0
        assert thanks.told_between(tx, sanne, DAY, DAY) == 1
