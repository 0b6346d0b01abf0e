"""The employees' wall in the record: who sees what, of which workspace, and nobody twice; on both databases."""

from datetime import date
from typing import Any

from sqlmodel import select

from storage import celebrations
from storage.celebrations import Celebration, Occasion, OwnDates
from storage.database import Database, InWorkspace
from storage.people import Person, Standing
from tests.fakes import MONDAY

TODAY = date(2026, 11, 2)


def told(database: Database, who: InWorkspace, author: int | None, text: str, **values: Any) -> int:
    first = {"occasion": Occasion.JOKE, "posted_on": TODAY, "entered_at": MONDAY, "entered_by": author}
    with database.writing(who) as tx:
        celebration = Celebration(workspace_id=who.workspace_id, text=text, **first | values)
        tx.add(celebration)
        tx.flush()
        return celebration.id or 0


def congratulate(database: Database, who: InWorkspace, person: int, day: date = TODAY) -> bool:
    values = {"occasion": Occasion.BIRTHDAY, "day": day, "about_id": person, "posted_on": TODAY, "entered_at": MONDAY}
    with database.writing(who) as tx:
        return celebrations.add_congratulation(tx, **values)


def gives(database: Database, who: InWorkspace, person: int, birthday: str) -> None:
    with database.writing(who) as tx:
        tx.add(OwnDates(workspace_id=who.workspace_id, person_id=person, birthday=birthday))


def leaves(database: Database, who: InWorkspace, person: int) -> None:
    with database.writing(who) as tx:
        tx.exec(select(Person).where(Person.id == person)).one().standing = Standing.GONE


def latest(database: Database, who: InWorkspace, person: int, limit: int = 10) -> list[str]:
    with database.reading(who) as tx:
        return [one.text for one in celebrations.latest_for(tx, person, limit)]


def test_the_latest_are_those_of_the_latest_day(database: Database, here: InWorkspace, sanne: int) -> None:
    told(database, here, sanne, "gisteren", posted_on=date(2026, 11, 1))
    told(database, here, sanne, "vandaag")
    told(database, here, sanne, "vorige week", posted_on=date(2026, 10, 26))

    assert latest(database, here, sanne) == ["vandaag", "gisteren", "vorige week"]
    assert latest(database, here, sanne, limit=1) == ["vandaag"]


def test_one_workspace_sees_nothing_of_another(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int, their_sanne: int
) -> None:
    number = told(database, here, sanne, "hier")
    gives(database, here, sanne, "11-02")
    congratulate(database, here, sanne)

    assert latest(database, there, their_sanne) == []
    with database.writing(there) as tx:
        assert celebrations.celebration_by_id(tx, number) is None
        assert celebrations.celebration_held(tx, number) is None
        assert celebrations.congratulated_on(tx, TODAY) == []
        assert celebrations.colleagues_with(tx, ["11-02"], []) == []
        celebrations.lock_congratulations(tx)


def test_a_birthday_has_its_turn_once_a_year(database: Database, here: InWorkspace, sanne: int, bram: int) -> None:
    assert congratulate(database, here, sanne)
    assert not congratulate(database, here, sanne)
    assert congratulate(database, here, bram)
    assert congratulate(database, here, sanne, date(2027, 11, 2))


def test_what_people_enter_themselves_may_be_alike(database: Database, here: InWorkspace, sanne: int) -> None:
    for _ in range(2):
        told(database, here, sanne, "nog een kind", occasion=Occasion.BIRTH, about_id=sanne)

    assert len(latest(database, here, sanne)) == 2


def test_leavers_are_found_in_their_own_workspace_until_they_are_gone_from_it(
    database: Database, here: InWorkspace, there: InWorkspace, sanne: int, bram: int
) -> None:
    told(database, here, sanne, "van Sanne")
    told(database, here, bram, "over Sanne", about_id=sanne)
    told(database, here, bram, "van Bram")
    told(database, here, sanne, "weg", is_removed=True)
    with database.reading() as tx:
        assert celebrations.workspaces_with_leavers(tx) == []
    leaves(database, here, sanne)

    with database.reading() as tx:
        assert celebrations.workspaces_with_leavers(tx) == [here.workspace_id]
    with database.reading(here) as tx:
        assert [one.text for one in celebrations.leavers_posts(tx, 10)] == ["van Sanne", "over Sanne"]
    assert latest(database, here, bram) == ["van Bram"]


def test_a_leaver_who_gave_only_a_date_is_found_too(database: Database, here: InWorkspace, sanne: int) -> None:
    gives(database, here, sanne, "02-29")
    leaves(database, here, sanne)

    with database.reading() as tx:
        assert celebrations.workspaces_with_leavers(tx) == celebrations.workspaces_with_dates(tx)
    with database.reading(here) as tx:
        assert [dates.birthday for dates in celebrations.leavers_dates(tx)] == ["02-29"]
