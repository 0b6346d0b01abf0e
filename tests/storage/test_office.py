"""What managers chose for their office, and the changes that led there; on both databases."""

from datetime import timedelta

import pytest

from storage.database import Database, InWorkspace
from storage.office import change_office, note_change, office_changes, office_values, workspaces_with_choice
from storage.people import Person, people_by_ids
from tests.fakes import MONDAY
from tests.storage.records import somebody


def changed(database: Database, who: InWorkspace, person_id: int, name: str, value: object, hours: int = 0) -> bool:
    with database.writing(who) as tx:
        return change_office(tx, name, value, person_id, MONDAY + timedelta(hours=hours))


def values(database: Database, who: InWorkspace) -> dict[str, object]:
    with database.reading(who) as tx:
        return dict(office_values(tx))


def test_an_office_begins_without_choices(database: Database, here: InWorkspace) -> None:
    assert values(database, here) == {}


@pytest.mark.parametrize("value", ["nl", "", 0, 1250, True, ["U1", "U2"], [], {"a": [1, {"b": None}]}, None])
def test_a_choice_is_kept_as_it_was_made(database: Database, here: InWorkspace, value: object) -> None:
    assert changed(database, here, somebody(database, here, "U1"), "language", value)
    assert values(database, here) == {"language": value}


def test_one_question_finds_the_workspaces_that_chose(
    database: Database, here: InWorkspace, there: InWorkspace
) -> None:
    for who, name, value in ((here, "weekly", {"channel": "C1"}), (there, "language", "nl"), (there, "zone", None)):
        assert changed(database, who, somebody(database, who, f"U{name}"), name, value)

    with database.reading() as tx:
        assert workspaces_with_choice(tx, "weekly") == {here.workspace_id: {"channel": "C1"}}
        assert workspaces_with_choice(tx, "language") == {there.workspace_id: "nl"}
        assert workspaces_with_choice(tx, "zone") == {}


def test_the_last_choice_holds_and_the_others_stay(database: Database, here: InWorkspace) -> None:
    person = somebody(database, here, "U1")
    for name, value in (("language", "en"), ("zone", "Asia/Tokyo"), ("language", "nl")):
        assert changed(database, here, person, name, value)

    assert values(database, here) == {"language": "nl", "zone": "Asia/Tokyo"}


def test_the_same_value_is_no_change(database: Database, here: InWorkspace) -> None:
    person = somebody(database, here, "U1")

    assert changed(database, here, person, "zone", "Asia/Tokyo")
    assert not changed(database, here, person, "zone", "Asia/Tokyo")
    with database.reading(here) as tx:
        assert len(office_changes(tx, 10)) == 1


def test_several_changes_of_one_transaction_are_seen_in_it(database: Database, here: InWorkspace) -> None:
    person = somebody(database, here, "U1")
    with database.writing(here) as tx:
        assert office_values(tx) == {}
        change_office(tx, "zone", "Asia/Tokyo", person, MONDAY)
        change_office(tx, "language", "en", person, MONDAY)
        assert office_values(tx) == {"zone": "Asia/Tokyo", "language": "en"}


def test_each_change_has_who_and_when_the_newest_first(database: Database, here: InWorkspace) -> None:
    fatima, jeroen = somebody(database, here, "U1"), somebody(database, here, "U2")
    for hours, person in enumerate((fatima, jeroen, fatima)):
        changed(database, here, person, "zone", f"Zone {hours}", hours)
    with database.reading(here) as tx:
        found = [(one.value, one.changed_by, one.changed_at) for one in office_changes(tx, 2)]

    assert found == [
        ("Zone 2", fatima, MONDAY + timedelta(hours=2)),
        ("Zone 1", jeroen, MONDAY + timedelta(hours=1)),
    ]


def test_a_change_elsewhere_is_noted_among_them_and_is_no_choice(database: Database, here: InWorkspace) -> None:
    person = somebody(database, here, "U1")
    with database.writing(here) as tx:
        note_change(tx, "group", {"change": "added"}, person, MONDAY)
    with database.reading(here) as tx:
        assert [one.name for one in office_changes(tx, 10)] == ["group"]

    assert values(database, here) == {}


def test_a_change_stays_when_the_person_goes(database: Database, here: InWorkspace) -> None:
    person = somebody(database, here, "U1")
    changed(database, here, person, "zone", "Asia/Tokyo")
    with database.writing(here) as tx:
        gone: Person = people_by_ids(tx, [person])[0]
        tx.delete(gone)
    with database.reading(here) as tx:
        assert [(one.value, one.changed_by) for one in office_changes(tx, 10)] == [("Asia/Tokyo", None)]


def test_another_workspace_has_its_own(database: Database, here: InWorkspace, there: InWorkspace) -> None:
    changed(database, here, somebody(database, here, "U1"), "zone", "Asia/Tokyo")

    assert values(database, there) == {}
    with database.reading(there) as tx:
        assert office_changes(tx, 10) == []
