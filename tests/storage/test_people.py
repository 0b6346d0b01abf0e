"""How the bot comes to know people; on both databases."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlmodel import select

from storage.database import Database, InWorkspace
from storage.people import (
    Person,
    Standing,
    enter_person,
    known_people,
    people_by_ids,
    people_by_slack_ids,
    people_without_profile,
    person_by_slack_id,
    person_of_team,
    remember_to_forget,
)
from tests.fakes import MONDAY
from tests.storage.records import somebody


def test_a_new_person_is_a_colleague_of_whom_slack_has_told_nothing_yet(database: Database, here: InWorkspace) -> None:
    with database.writing(here) as tx:
        person = enter_person(tx, "U0SANNE", "Sanne")

    assert (person.name, person.standing, person.is_admin) == ("Sanne", Standing.MEMBER, False)
    assert (person.zone, person.language, person.profile_at) == (None, None, None)


def test_who_is_known_keeps_the_name_that_is_known(database: Database, here: InWorkspace) -> None:
    first = somebody(database, here, "U0SANNE", "Sanne de Vries")

    assert somebody(database, here, "U0SANNE", "sdevries") == first
    with database.reading(here) as tx:
        assert tx.exec(select(Person.name)).all() == ["Sanne de Vries"]


def test_a_name_longer_than_its_place_is_cut(database: Database, here: InWorkspace) -> None:
    with database.writing(here) as tx:
        assert enter_person(tx, "U0SANNE", "é" * 200).name == "é" * 120


def test_the_same_slack_id_is_another_person_in_another_workspace(
    database: Database, here: InWorkspace, there: InWorkspace
) -> None:
    mine, theirs = somebody(database, here, "U0SANNE", "Sanne"), somebody(database, there, "U0SANNE", "Susan")

    assert mine != theirs
    with database.reading(here) as tx:
        found = person_by_slack_id(tx, "U0SANNE")
        assert found is not None
        assert (found.id, found.name) == (mine, "Sanne")
        assert people_by_ids(tx, [theirs]) == []
        assert [person.id for person in people_by_slack_ids(tx, ["U0SANNE"])] == [mine]


def test_who_is_not_known_is_nobody(database: Database, here: InWorkspace) -> None:
    with database.reading(here) as tx:
        assert person_by_slack_id(tx, "U0SANNE") is None
        assert people_by_slack_ids(tx, []) == []
        assert people_by_ids(tx, []) == []


def test_a_person_met_sixteen_times_at_once_is_one_person(database: Database, here: InWorkspace) -> None:
    start = Barrier(16)

    def meet(_number: int) -> int:
        start.wait(20)
        return somebody(database, here, "U0SANNE", "Sanne")

    with ThreadPoolExecutor(16) as threads:
        assert len(set(threads.map(meet, range(16)))) == 1


def test_helpers_come_in_the_order_of_the_form_each_once(database: Database, here: InWorkspace) -> None:
    somebody(database, here, "U0BRAM", "Bram")

    with database.writing(here) as tx:
        found = known_people(tx, ["U0NIEUW", "U0BRAM", "U0NIEUW"])

    assert [(person.slack_id, person.name) for person in found] == [("U0NIEUW", ""), ("U0BRAM", "Bram")]


def test_who_had_themselves_erased_is_not_brought_back_by_others(database: Database, here: InWorkspace) -> None:
    with database.writing(here) as tx:
        remember_to_forget(tx, "U0SANNE")
        remember_to_forget(tx, "U0BRAM")
        enter_person(tx, "U0BRAM", "Bram")  # did something since

        found = known_people(tx, ["U0SANNE", "U0BRAM", "U0NIEUW"])

        assert [person.slack_id for person in found] == ["U0BRAM", "U0NIEUW"]
        assert people_by_slack_ids(tx, ["U0SANNE"]) == []


def test_those_without_a_profile_are_asked_after_in_order_in_every_workspace(
    database: Database, here: InWorkspace, there: InWorkspace
) -> None:
    first, second, known, third = (
        somebody(database, who, slack_id) for who, slack_id in ((here, "U1"), (there, "U2"), (here, "U3"), (here, "U4"))
    )
    with database.writing(here) as tx:
        [person] = people_by_ids(tx, [known])
        person.profile_at = MONDAY

    with database.reading() as tx:
        assert [person.id for person in people_without_profile(tx, 10)] == [first, second, third]
        assert [person.id for person in people_without_profile(tx, 2)] == [first, second]


def test_who_asks_is_found_by_team_and_the_transaction_keeps_to_it(
    database: Database, here: InWorkspace, there: InWorkspace
) -> None:
    somebody(database, here, "U0SANNE", "Sanne")
    somebody(database, there, "U0SANNE", "Susan")

    with database.reading() as tx:
        found = person_of_team(tx, "T0EIK", "U0SANNE")
        assert found is not None
        assert (found.name, found.workspace_id) == ("Susan", there.workspace_id)
        assert tx.exec(select(Person.name)).all() == ["Susan"]


def test_who_is_not_known_in_that_team_is_not_found(database: Database, here: InWorkspace, there: InWorkspace) -> None:
    somebody(database, here, "U0SANNE", "Sanne")

    with database.reading() as tx:
        assert person_of_team(tx, "T0EIK", "U0SANNE") is None
        assert person_of_team(tx, "T0ONBEKEND", "U0SANNE") is None
        assert "workspace_id" not in tx.info
