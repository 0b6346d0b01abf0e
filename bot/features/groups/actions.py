"""Making, changing and removing groups of people, and following Slack's own."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from bot.features.groups import rules
from bot.features.groups.rules import TypedGroup
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.kernel.roles import must_manage
from bot.services import Services
from storage import groups, people
from storage.database import InWorkspace
from storage.groups import PeopleGroup
from storage.office import note_change
from storage.people import Person

HISTORY = "group"  # under which name changes are kept beside those of the office's settings


@dataclass(frozen=True)
class Kept:
    """A group, and who is in it."""

    group: PeopleGroup
    members: Sequence[Person]


def groups_kept(services: Services, me: Me) -> Sequence[Kept]:
    """All groups, by name. Raises BotError for who may not change settings."""
    must_manage(me)
    with services.database.reading(me) as tx:
        return [Kept(group, groups.members_of(tx, group.id or 0)) for group in groups.groups(tx)]


def group_to_change(services: Services, me: Me, group_id: int) -> Kept:
    """One of them, for the form. Raises BotError, also when it is gone."""
    must_manage(me)
    with services.database.reading(me) as tx:
        return Kept(_must_be_there(tx, group_id), groups.members_of(tx, group_id))


def add_group(services: Services, me: Me, typed: TypedGroup) -> None:
    """Make a group. Raises FormError, BotError."""
    must_manage(me)
    with services.database.writing(me) as tx:
        there = groups.groups(tx)
        rules.must_have_room(there)
        name = rules.group_name(typed.name, there)
        group = groups.add_group(tx, name)
        if group is None:
            raise BotError("There is a group called {name} already.", name=name)
        group.usergroup_id = typed.usergroup_id or None
        _let_in(tx, group, typed.slack_ids)
        _note(tx, services, me, "added", name)


def change_group(services: Services, me: Me, group_id: int, typed: TypedGroup) -> None:
    """Give a group another name or other people; nothing happens when nothing is other. Raises FormError, BotError."""
    must_manage(me)
    with services.database.writing(me) as tx:
        group = _must_be_there(tx, group_id)
        name = rules.group_name(typed.name, [other for other in groups.groups(tx) if other.id != group_id])
        was = (group.name, group.usergroup_id)
        group.name, group.usergroup_id = name, typed.usergroup_id or None
        others_are_in = _let_in(tx, group, typed.slack_ids)
        if others_are_in or was != (group.name, group.usergroup_id):
            _note(tx, services, me, "changed", name)


def remove_group(services: Services, me: Me, group_id: int) -> None:
    """Take a group away; its people stay. Nothing happens the second time. Raises BotError."""
    must_manage(me)
    with services.database.writing(me) as tx:
        group = groups.group_by_id(tx, group_id)
        if group is not None:
            tx.delete(group)
            tx.flush()
            _note(tx, services, me, "removed", group.name)


def groups_to_follow(services: Services) -> Sequence[tuple[int, int, str]]:
    """Of every workspace the groups whose people Slack knows: workspace, group, and Slack's id of it."""
    with services.database.reading() as tx:
        return [(group.workspace_id, group.id or 0, group.usergroup_id or "") for group in groups.groups_of_slack(tx)]


def follow_slack(services: Services, workspace_id: int, group_id: int, slack_ids: Sequence[str]) -> None:
    """Let those be in a group who are in Slack's."""
    with services.database.writing(InWorkspace(workspace_id)) as tx:
        group = groups.group_by_id(tx, group_id)
        if group is not None and group.usergroup_id:
            _let_in(tx, group, slack_ids)


def _let_in(tx: Session, group: PeopleGroup, slack_ids: Sequence[str]) -> bool:
    """These are in the group, and nobody else; answers whether that is any other than before."""
    tx.flush()
    wanted = rules.members_among(people.known_people(tx, slack_ids))
    if wanted == {person.id for person in groups.members_of(tx, group.id or 0)}:
        return False
    groups.replace_members(tx, group.id or 0, wanted)
    return True


def _must_be_there(tx: Session, group_id: int) -> PeopleGroup:
    group = groups.group_by_id(tx, group_id)
    if group is None:
        raise BotError("That group is not there any more.")
    return group


def _note(tx: Session, services: Services, me: Me, change: str, name: str) -> None:
    note_change(tx, HISTORY, {"change": change, "name": name}, me.person_id, services.clock.now())
