"""What an export holds of the walls and of the figures; on both databases."""

from datetime import date, timedelta
from typing import Any

import pytest

from storage.compliments import CameIn, Consent, add_compliment, replace_about
from storage.database import Database, InWorkspace
from storage.figures_export import ExportedFigures, figures_count, figures_to_export
from storage.ideas import Idea, IdeaVote
from storage.people import people_by_ids
from storage.spending import LedgerEntry, Spending
from storage.wall_export import (
    ExportedCompliment,
    ExportedIdea,
    compliments_count,
    compliments_to_export,
    ideas_count,
    ideas_to_export,
)
from tests.fakes import MONDAY
from tests.storage.records import TODAY, applauded, somebody, told

LAST_MONTH = TODAY - timedelta(days=5)


def praised(database: Database, who: InWorkspace, *about: int, **values: Any) -> int:
    first = {"text": "Wat een zorg", "day": TODAY, "entered_at": MONDAY, "customer": "Jan de Boer"}
    with database.writing(who) as tx:
        compliment = add_compliment(tx, **first | values)
        replace_about(tx, compliment.id or 0, people_by_ids(tx, about))
        return compliment.id or 0


def suggested(database: Database, who: InWorkspace, suggester_id: int, **values: Any) -> int:
    first = {"title": "Een stoel bij de balie", "suggested_at": MONDAY, "posted_on": TODAY}
    with database.writing(who) as tx:
        idea = Idea(workspace_id=who.workspace_id, suggester_id=suggester_id, **first | values)
        tx.add(idea)
        tx.flush()
        tx.add(IdeaVote(workspace_id=who.workspace_id, idea_id=idea.id, person_id=suggester_id, changed_at=MONDAY))
        return idea.id or 0


def spent(database: Database, who: InWorkspace, person_id: int, cents: int, day: date = TODAY, **more: Any) -> None:
    own: dict[str, Any] = {"workspace_id": who.workspace_id, "person_id": person_id, "day": day, "cents": cents}
    with database.writing(who) as tx:
        spending = Spending(**own, currency="EUR", what_for="Bloemen", asked_at=MONDAY, **more)
        tx.add(spending)
        tx.flush()
        entry = {"spending_id": spending.id or 0, "month": f"{day:%Y-%m}", "is_staff": spending.is_staff}
        tx.add(LedgerEntry(**own, **entry, booked_at=MONDAY))


def compliments(database: Database, month: str = "") -> list[ExportedCompliment]:
    with database.reading() as tx:
        found = list(compliments_to_export(tx, month))
        assert compliments_count(tx, month) == len(found)
    return found


def ideas(database: Database, month: str = "") -> list[ExportedIdea]:
    with database.reading() as tx:
        found = list(ideas_to_export(tx, month))
        assert ideas_count(tx, month) == len(found)
    return found


def figures(database: Database, month: str = "", fewest: int = 4) -> list[ExportedFigures]:
    with database.reading() as tx:
        found = list(figures_to_export(tx, fewest, month))
        assert figures_count(tx, month) == len(found)
    return found


def test_a_compliment_is_exported_whole(database: Database, here: InWorkspace, sanne: int) -> None:
    number = praised(database, here, sanne, consent=Consent.FULL_NAME, came_in=CameIn.MAIL)

    assert compliments(database) == [
        ExportedCompliment(
            "T0LINDE", number, TODAY, MONDAY, "Wat een zorg", "Jan de Boer", "full_name", "mail", "Sanne", 0
        )
    ]


def test_a_customer_is_named_as_far_as_they_allow(database: Database, here: InWorkspace) -> None:
    for consent in Consent:
        praised(database, here, consent=consent)

    assert [one.customer for one in compliments(database)] == ["Jan de Boer", "Jan", "", ""]


def test_a_compliment_that_waits_is_not_exported(database: Database, here: InWorkspace) -> None:
    praised(database, here, is_placed=False)

    assert compliments(database) == []


def test_one_month_of_a_wall_is_exported(database: Database, here: InWorkspace, sanne: int) -> None:
    for day in (LAST_MONTH, TODAY):
        praised(database, here, day=day)
        suggested(database, here, sanne, posted_on=day)

    assert [one.day for one in compliments(database, "2026-10")] == [LAST_MONTH]
    assert [one.posted_on for one in ideas(database, "2026-11")] == [TODAY]
    assert len(compliments(database)) == len(ideas(database)) == 2


def test_an_idea_is_exported_whole_and_an_anonymous_one_without_who_made_it(
    database: Database, here: InWorkspace, sanne: int, bram: int
) -> None:
    suggested(database, here, sanne, owner_id=bram)
    suggested(database, here, sanne, is_anonymous=True)
    suggested(database, here, sanne, posted_on=None)

    found = ideas(database)
    assert [(one.suggester, one.owner, one.votes) for one in found] == [("Sanne", "Bram", 1), ("", "", 1)]
    assert "Sanne" not in repr(found[1])


def test_names_come_from_ones_own_workspace(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int, their_sanne: int
) -> None:
    praised(database, there, their_sanne)
    suggested(database, here, sanne)

    assert [(one.workspace, one.about) for one in compliments(database)] == [("T0EIK", "Sanne elders")]
    assert [(one.workspace, one.suggester) for one in ideas(database)] == [("T0LINDE", "Sanne")]


def test_figures_are_counted_month_by_month(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int, bram: int, their_sanne: int
) -> None:
    story = told(database, here, sanne)
    told(database, here, bram)
    told(database, here, bram, is_shared=False)
    told(database, here, sanne, day=LAST_MONTH)
    told(database, there, their_sanne)
    applauded(database, here, story, sanne)  # one's own
    applauded(database, here, story, bram)
    praised(database, here, sanne)
    praised(database, here, is_placed=False)
    spent(database, here, sanne, 500)
    spent(database, here, bram, 250)
    spent(database, here, sanne, 9999, is_staff=True)

    assert figures(database, fewest=2) == [
        ExportedFigures("T0EIK", "2026-11", None, None, None, 0, None, None),
        ExportedFigures("T0LINDE", "2026-10", None, None, None, 0, None, None),
        ExportedFigures("T0LINDE", "2026-11", 2, 2, 1, 1, 750, 375),
    ]
    assert [one.month for one in figures(database, "2026-10")] == ["2026-10"]


def test_what_a_few_people_spent_stays_untold(database: Database, here: InWorkspace) -> None:
    for number in range(4):
        person = somebody(database, here, f"U{number}")
        spent(database, here, person, 1000)
        told(database, here, person)
        [line] = figures(database)
        assert (line.spent_cents is None) is (number < 3)
        assert (line.fans is None) is (line.applause is None) is (number < 3)


@pytest.mark.parametrize("amounts", [[4200], [10, 10, 10], [10, 10, 10, 10, -10]])
def test_what_few_of_many_tellers_spent_stays_untold(database: Database, here: InWorkspace, amounts: list[int]) -> None:
    people = [somebody(database, here, f"U{number}") for number in range(5)]
    for person in people:
        told(database, here, person)
    for number, cents in enumerate(amounts):
        spent(database, here, people[min(number, 3)], cents)

    [line] = figures(database)
    assert (line.fans, line.spent_cents, line.cents_a_fan) == (5, None, None)


def test_a_month_without_stories_is_a_line_too(database: Database, here: InWorkspace, sanne: int) -> None:
    spent(database, here, sanne, 500)

    assert figures(database) == [ExportedFigures("T0LINDE", "2026-11", None, None, None, 0, None, None)]
    assert figures(database, fewest=0)[0].cents_a_fan is None
