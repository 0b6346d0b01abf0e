"""Groups of people and who is in them; on both databases."""

from storage.database import Database, InWorkspace
from storage.groups import add_group, group_by_id, groups, groups_of_slack, members_of, replace_members
from tests.storage.records import somebody


def added(database: Database, who: InWorkspace, name: str, usergroup_id: str | None = None, *people: int) -> int:
    with database.writing(who) as tx:
        group = add_group(tx, name)
        assert group is not None
        group.usergroup_id = usergroup_id
        replace_members(tx, group.id or 0, people)
        return group.id or 0


def names(database: Database, who: InWorkspace, group_id: int) -> list[str]:
    with database.reading(who) as tx:
        return [person.name for person in members_of(tx, group_id)]


def test_groups_and_their_people_are_listed_by_name(database: Database, here: InWorkspace) -> None:
    people = [somebody(database, here, f"U{name}", name) for name in ("Sanne", "Bram", "Joost")]
    shop = added(database, here, "Winkel", None, *people)
    added(database, here, "Balie")
    with database.reading(here) as tx:
        assert [group.name for group in groups(tx)] == ["Balie", "Winkel"]

    assert names(database, here, shop) == ["Bram", "Joost", "Sanne"]


def test_of_one_name_there_is_one_in_each_workspace(database: Database, here: InWorkspace, there: InWorkspace) -> None:
    added(database, here, "Balie")
    with database.writing(here) as tx:
        assert add_group(tx, "Balie") is None

    assert added(database, there, "Balie")


def test_who_replaces_whom_is_all_there_is(database: Database, here: InWorkspace) -> None:
    sanne, bram = somebody(database, here, "U1", "Sanne"), somebody(database, here, "U2", "Bram")
    group_id = added(database, here, "Balie", None, sanne)
    with database.writing(here) as tx:
        replace_members(tx, group_id, {bram})

    assert names(database, here, group_id) == ["Bram"]


def test_those_that_slack_keeps_are_found_in_every_workspace(
    database: Database, here: InWorkspace, there: InWorkspace
) -> None:
    first, second = added(database, here, "Balie", "S1"), added(database, there, "Balie", "S2")
    added(database, here, "Winkel")
    with database.reading() as tx:
        found = [(group.workspace_id, group.id, group.usergroup_id) for group in groups_of_slack(tx)]

    assert found == [(here.workspace_id, first, "S1"), (there.workspace_id, second, "S2")]


def test_another_workspaces_group_cannot_be_seen_or_changed(
    database: Database, here: InWorkspace, there: InWorkspace
) -> None:
    group_id = added(database, here, "Balie", None, somebody(database, here, "U1", "Sanne"))
    with database.writing(there) as tx:
        assert group_by_id(tx, group_id) is None
        assert members_of(tx, group_id) == []
        replace_members(tx, group_id, [])

    assert names(database, here, group_id) == ["Sanne"]


def test_a_group_that_is_removed_takes_its_list_along(database: Database, here: InWorkspace) -> None:
    group_id = added(database, here, "Balie", None, somebody(database, here, "U1", "Sanne"))
    with database.writing(here) as tx:
        tx.delete(group_by_id(tx, group_id))

    assert names(database, here, group_id) == []
