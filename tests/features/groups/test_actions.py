"""Groups of people: made, changed, removed, and kept in step with Slack's own; on both databases."""

from typing import Any

import pytest

from bot.features.groups import actions, jobs, screens
from bot.features.groups.rules import LONGEST_NAME, MOST, TypedGroup
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from storage.office import office_changes
from storage.people import Standing, person_by_slack_id, remember_to_forget
from storage.personal import make_nameless
from tests.fakes import FakeOffice, FakeSlack


def group(name: str = "Balie", *slack_ids: str, usergroup: str = "") -> TypedGroup:
    return TypedGroup(name, usergroup, slack_ids)


def add(office: FakeOffice, me: Me, *typed: TypedGroup) -> None:
    for one in typed:
        actions.add_group(office.services, me, one)


def kept(office: FakeOffice, me: Me) -> dict[str, list[str]]:
    """The names of the people in each group, by its name."""
    found = actions.groups_kept(office.services, me)
    return {one.group.name: [person.name for person in one.members] for one in found}


def ids(office: FakeOffice, me: Me) -> list[int]:
    return [one.group.id or 0 for one in actions.groups_kept(office.services, me)]


def noted(office: FakeOffice, me: Me) -> list[Any]:
    with office.services.database.reading(me) as tx:
        return [(one.name, one.value, one.changed_by) for one in office_changes(tx, 10)]


def test_a_group_is_a_name_and_people(office: FakeOffice, fatima: Me, sanne: Me, bram: Me) -> None:
    add(office, fatima, group("  Balie \n noord ", "U0SANNE", "U0BRAM", "U0SANNE"))

    assert kept(office, fatima) == {"Balie noord": ["Bram", "Sanne"]}
    assert noted(office, fatima) == [("group", {"change": "added", "name": "Balie noord"}, fatima.person_id)]


def test_groups_are_listed_by_name(office: FakeOffice, fatima: Me) -> None:
    add(office, fatima, group("Winkel"), group("Balie"), group("Magazijn"))

    assert list(kept(office, fatima)) == ["Balie", "Magazijn", "Winkel"]


def test_a_group_gets_another_name_and_other_people(office: FakeOffice, fatima: Me, sanne: Me, bram: Me) -> None:
    add(office, fatima, group("Balie", "U0SANNE"))
    [group_id] = ids(office, fatima)
    actions.change_group(office.services, fatima, group_id, group("Receptie", "U0BRAM"))

    assert kept(office, fatima) == {"Receptie": ["Bram"]}
    assert noted(office, fatima)[0][1] == {"change": "changed", "name": "Receptie"}


def test_the_same_once_more_changes_nothing(office: FakeOffice, fatima: Me, sanne: Me) -> None:
    add(office, fatima, group("Balie", "U0SANNE"))
    [group_id] = ids(office, fatima)
    actions.change_group(office.services, fatima, group_id, group("Balie", "U0SANNE"))

    assert len(noted(office, fatima)) == 1


def test_a_group_that_is_removed_leaves_its_people(office: FakeOffice, fatima: Me, sanne: Me) -> None:
    add(office, fatima, group("Balie", "U0SANNE"))
    [group_id] = ids(office, fatima)
    for _ in range(2):
        actions.remove_group(office.services, fatima, group_id)

    assert kept(office, fatima) == {}
    assert office.rows("group_member") == 0
    assert office.person("U0SANNE", "Sanne").person_id == sanne.person_id
    assert [value for _, value, _ in noted(office, fatima)] == [
        {"change": "removed", "name": "Balie"}, {"change": "added", "name": "Balie"},
    ]  # fmt: skip


def test_somebody_the_bot_never_met_can_be_in_a_group_and_a_bot_cannot(office: FakeOffice, fatima: Me) -> None:
    office.person("U0ROBOT", "Robot", standing=Standing.BOT)
    add(office, fatima, group("Balie", "U0ROBOT", "U0NEW"))

    assert kept(office, fatima) == {"Balie": [""]}


@pytest.mark.parametrize(
    ("name", "error"),
    [("", "Give the group a name"), (" \n ", "Give the group a name"), ("x" * (LONGEST_NAME + 1), "too long"),
     ("Balie", "called Balie already"), (" balie ", "called balie already"), ("BALIE", "already")],
)  # fmt: skip
def test_a_name_that_cannot_be_is_an_error_at_its_field(office: FakeOffice, fatima: Me, name: str, error: str) -> None:
    add(office, fatima, group("Balie"), group("Winkel"))
    winkel = ids(office, fatima)[1]
    for attempt in (
        lambda: actions.add_group(office.services, fatima, group(name)),
        lambda: actions.change_group(office.services, fatima, winkel, group(name)),
    ):
        with pytest.raises(FormError) as raised:
            attempt()
        assert error in str(raised.value.fields["name"])

    assert list(kept(office, fatima)) == ["Balie", "Winkel"]


def test_a_group_may_keep_its_own_name_in_other_letters(office: FakeOffice, fatima: Me) -> None:
    add(office, fatima, group("balie"))
    actions.change_group(office.services, fatima, ids(office, fatima)[0], group("Balie"))

    assert list(kept(office, fatima)) == ["Balie"]


def test_there_are_no_more_groups_than_a_window_shows(office: FakeOffice, fatima: Me) -> None:
    add(office, fatima, *(group(f"Groep {number}") for number in range(MOST)))
    with pytest.raises(FormError) as raised:
        add(office, fatima, group("Nog een"))

    assert "name" in raised.value.fields


def test_a_group_that_is_gone_cannot_be_changed(office: FakeOffice, fatima: Me) -> None:
    for attempt in (
        lambda: actions.group_to_change(office.services, fatima, 99),
        lambda: actions.change_group(office.services, fatima, 99, group("Balie")),
    ):
        with pytest.raises(BotError, match="not there any more"):
            attempt()


def test_another_workspace_has_groups_of_its_own(office: FakeOffice, fatima: Me) -> None:
    there = office.person_elsewhere("T0OTHER", "U0FATIMA", "Fatima daar")
    add(office, fatima, group("Balie"))
    add(office, there, group("Balie"))
    actions.remove_group(office.services, there, ids(office, fatima)[0])

    assert list(kept(office, fatima)) == list(kept(office, there)) == ["Balie"]


# Who may


def test_only_who_may_manage_sees_or_changes_groups(office: FakeOffice, fatima: Me, sanne: Me) -> None:
    add(office, fatima, group("Balie"))
    [group_id] = ids(office, fatima)
    for attempt in (
        lambda: actions.groups_kept(office.services, sanne),
        lambda: actions.group_to_change(office.services, sanne, group_id),
        lambda: actions.add_group(office.services, sanne, group("Winkel")),
        lambda: actions.change_group(office.services, sanne, group_id, group("Winkel")),
        lambda: actions.remove_group(office.services, sanne, group_id),
    ):
        with pytest.raises(BotError, match="Only the office's managers"):
            attempt()

    assert kept(office, office.person("U0JEROEN", "Jeroen", is_admin=True)) == {"Balie": []}


# Slack's own


def refresh(office: FakeOffice, slack: FakeSlack) -> None:
    client: Any = slack
    jobs.refresh_groups(office.services, lambda _: client)


def test_who_is_in_slacks_group_is_in_ours_by_the_next_morning(
    office: FakeOffice, fatima: Me, sanne: Me, bram: Me, slack: FakeSlack
) -> None:
    add(office, fatima, group("Balie", "U0SANNE", usergroup="S0BALIE"), group("Winkel", "U0SANNE"))
    slack.usergroups = [{"id": "S0BALIE", "name": "Balie", "handle": "balie", "users": ["U0BRAM", "U0NEW"]}]
    refresh(office, slack)

    assert kept(office, fatima) == {"Balie": ["", "Bram"], "Winkel": ["Sanne"]}
    assert len(noted(office, fatima)) == 2


@pytest.mark.parametrize("error", ["missing_scope", "no_such_subteam", "ratelimited"])
def test_a_group_that_slack_does_not_tell_of_stays_as_it_was(
    office: FakeOffice, fatima: Me, sanne: Me, slack: FakeSlack, error: str
) -> None:
    add(office, fatima, group("Balie", "U0SANNE", usergroup="S0BALIE"))
    slack.fail("usergroups_users_list", error)
    refresh(office, slack)

    assert kept(office, fatima) == {"Balie": ["Sanne"]}


def test_a_group_that_became_a_list_of_ones_own_is_left_alone(
    office: FakeOffice, fatima: Me, sanne: Me, slack: FakeSlack
) -> None:
    add(office, fatima, group("Balie", usergroup="S0BALIE"))
    [group_id] = ids(office, fatima)
    actions.change_group(office.services, fatima, group_id, group("Balie", "U0SANNE"))
    actions.follow_slack(office.services, office.workspace_id, group_id, ["U0NEW"])
    refresh(office, slack)

    assert kept(office, fatima) == {"Balie": ["Sanne"]}
    assert slack.calls == []


def test_the_night_does_not_bring_back_who_had_themselves_erased(
    office: FakeOffice, fatima: Me, sanne: Me, bram: Me, slack: FakeSlack
) -> None:
    slack.usergroups = [{"id": "S1", "name": "Balie", "handle": "balie", "users": ["U0SANNE", "U0BRAM"]}]
    add(office, fatima, group("Balie", "U0SANNE", "U0BRAM", usergroup="S1"))
    with office.services.database.writing(sanne) as tx:
        remember_to_forget(tx, "U0SANNE")
        make_nameless(tx, sanne.person_id, office.services.clock.now())
    client: Any = slack
    jobs.refresh_groups(office.services, lambda _: client)

    assert kept(office, fatima) == {"Balie": ["Bram"]}
    with office.services.database.reading(fatima) as tx:
        assert person_by_slack_id(tx, "U0SANNE") is None


def test_who_has_no_name_yet_is_counted(office: FakeOffice, fatima: Me, sanne: Me) -> None:
    add(office, fatima, group("Balie", "U0ONE"), group("Winkel", "U0SANNE", "U0ONE", "U0TWO"))
    shown = str(screens.groups_window(actions.groups_kept(office.services, fatima), fatima))

    assert repr(fatima.say("a colleague")) in shown
    assert repr("Sanne, " + fatima.say.plural("{number} colleague", "{number} colleagues", 2)) in shown
