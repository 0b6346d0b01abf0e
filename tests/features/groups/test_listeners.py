"""Managers among the groups: the list, the form, and the way back; every window within what Slack takes."""

import json
from typing import Any

import pytest

from bot.features.groups import actions, listeners, screens
from bot.features.groups.form import OWN, group_form, typed_group
from bot.features.groups.rules import LONGEST_NAME, MOST, TypedGroup
from bot.features.office.screens import GROUPS
from bot.i18n.translate import speakers
from bot.kernel.office import Me
from storage.groups import PeopleGroup
from storage.people import Person, Standing
from tests.fakes import FakeOffice, FakeSlack, an_office
from tests.features.heard import Heard, Json, texts_in
from tests.limits import complaints_about_view

USERGROUPS = [("S0BALIE", "Balie"), ("S0WINKEL", "Winkel")]


@pytest.fixture
def heard(office: FakeOffice, slack: FakeSlack, fatima: Me) -> Heard:
    return Heard(office.services, slack, listeners.register)


@pytest.fixture(params=["nl", "en"])
def manager(request: pytest.FixtureRequest) -> Me:
    say = speakers()[request.param]
    office = an_office(say)
    return Me(office, 1, "U0FATIMA", "Fatima", office.zone, Standing.MEMBER, is_admin=False, say=say)


def a_group(number: int = 1, people: int = 0, usergroup_id: str | None = None) -> actions.Kept:
    name = f"{number}" + "x" * (LONGEST_NAME - len(str(number)))
    members = [Person(workspace_id=1, slack_id=f"U{member:09}", name="<*Sanne*> " * 12) for member in range(people)]
    return actions.Kept(PeopleGroup(workspace_id=1, id=number, name=name, usergroup_id=usergroup_id), members)


def filled(name: str = "Balie", *slack_ids: str, usergroup: str | None = None) -> Json:
    values: Json = {"name": {"value": name}, "members": {"selected_users": list(slack_ids)}}
    return values | ({"usergroup": {"selected_option": {"value": usergroup}}} if usergroup else {})


def kept(office: FakeOffice, me: Me) -> dict[str, list[str]]:
    found = actions.groups_kept(office.services, me)
    return {one.group.name: [person.name for person in one.members] for one in found}


def usergroups(slack: FakeSlack, *users: str) -> None:
    slack.usergroups = [
        {"id": slack_id, "name": name, "handle": name.lower(), "users": list(users)} for slack_id, name in USERGROUPS
    ]


# The windows


def test_every_window_is_taken_by_slack(manager: Me) -> None:
    many = [(f"S{number:09}", "y" * 90) for number in range(200)]
    windows = [
        screens.groups_window([], manager),
        screens.groups_window([a_group(number, people=30, usergroup_id="S1") for number in range(MOST)], manager),
        group_form(manager, []),
        group_form(manager, many),
        group_form(manager, many, a_group(people=200)),
        group_form(manager, many, a_group(people=30, usergroup_id="S0GONE")),
        group_form(manager, [], a_group(usergroup_id="S0GONE")),
        group_form(manager, many, a_group(usergroup_id="S000000150")),
    ]

    assert [complaints_about_view(window) for window in windows] == [[]] * len(windows)


def test_people_who_were_erased_are_no_choice(manager: Me) -> None:
    one = a_group(people=2)
    one.members[0].slack_id = "erased:7"

    assert "erased" not in json.dumps(group_form(manager, [], one))


@pytest.mark.parametrize(
    ("values", "typed"),
    [
        (filled("Balie", "U1", "U2"), TypedGroup("Balie", "", ("U1", "U2"))),
        (filled("Balie", "U1", usergroup=OWN), TypedGroup("Balie", "", ("U1",))),
        (filled("Balie", usergroup="S0BALIE"), TypedGroup("Balie", "S0BALIE", ())),
        ({}, TypedGroup("")),
    ],
)
def test_what_was_filled_in_is_read(values: Json, typed: TypedGroup) -> None:
    state = {"values": {name: {name: element} for name, element in values.items()}}

    assert typed_group({"state": state}) == typed


# The way through them


def test_the_settings_lead_to_the_groups() -> None:
    assert GROUPS == screens.LIST


def test_a_group_is_made_and_the_list_has_it(heard: Heard, office: FakeOffice, slack: FakeSlack, sanne: Me) -> None:
    window = heard.click(screens.LIST)
    form = heard.click(screens.ADD, view=window)
    assert form is not None
    assert heard.send(form, filled("Balie", "U0SANNE"), previous_view_id="V0LIST") == {}

    [update] = slack.asked("views_update")
    assert update["view_id"] == "V0LIST"
    assert "Balie" in texts_in(update["view"])
    assert "Sanne" in texts_in(update["view"])


def test_a_group_is_changed(heard: Heard, office: FakeOffice, fatima: Me, sanne: Me, bram: Me) -> None:
    actions.add_group(office.services, fatima, TypedGroup("Balie", "", ("U0SANNE",)))
    [one] = actions.groups_kept(office.services, fatima)
    form = heard.click(screens.CHANGE, str(one.group.id), view={"type": "modal"})
    assert form is not None
    assert '"U0SANNE"' in json.dumps(form)
    heard.send(form, filled("Receptie", "U0BRAM"))

    assert kept(office, fatima) == {"Receptie": ["Bram"]}


def test_a_group_is_removed_and_the_list_is_without_it(heard: Heard, office: FakeOffice, fatima: Me) -> None:
    actions.add_group(office.services, fatima, TypedGroup("Balie"))
    [one] = actions.groups_kept(office.services, fatima)
    shown = heard.click(screens.REMOVE, str(one.group.id), view={"type": "modal"})

    assert shown is not None
    assert "Balie" not in texts_in(shown)


@pytest.mark.parametrize("name", ["", "balie"])
def test_a_name_that_cannot_be_is_said_at_its_field(heard: Heard, office: FakeOffice, fatima: Me, name: str) -> None:
    actions.add_group(office.services, fatima, TypedGroup("Balie"))
    answer = heard.send(group_form(fatima, []), filled(name))

    assert answer["response_action"] == "errors"
    assert set(answer["errors"]) == {"name"}


@pytest.mark.parametrize("value", ["", "99", "x", "9" * 30, "1; DROP TABLE"])
def test_an_old_button_of_a_group_that_is_gone_says_so(heard: Heard, slack: FakeSlack, value: str) -> None:
    shown = heard.click(screens.CHANGE, value, view={"type": "modal"})

    assert shown is not None
    assert "callback_id" not in shown


def test_a_window_that_does_not_open_is_said(heard: Heard, slack: FakeSlack) -> None:
    slack.fail("views_open", "expired_trigger_id")
    heard.click(screens.LIST)

    assert "Slack" in texts_in(slack.asked("views_open")[-1]["view"])


# Slack's user groups


def test_a_user_group_of_slacks_brings_its_people(
    heard: Heard, office: FakeOffice, slack: FakeSlack, fatima: Me, sanne: Me, bram: Me
) -> None:
    usergroups(slack, "U0BRAM")
    form = heard.click(screens.ADD)
    assert form is not None
    heard.send(form, filled("Aan de balie", "U0SANNE", usergroup="S0BALIE"))

    assert "Winkel" in texts_in(form)
    assert kept(office, fatima) == {"Aan de balie": ["Bram"]}


def test_without_user_groups_there_is_no_such_choice(heard: Heard, slack: FakeSlack) -> None:
    slack.fail("usergroups_list", "missing_scope")
    form = heard.click(screens.ADD)

    assert form is not None
    assert [block["block_id"] for block in form["blocks"]] == ["name", "members"]


@pytest.mark.parametrize("broken", [lambda slack: slack.fail("usergroups_users_list", "ratelimited", 429),
                                    lambda slack: slack.lose("usergroups_users_list", TimeoutError())])  # fmt: skip
def test_a_slack_that_does_not_tell_who_is_in_a_user_group_is_said_at_the_field(
    heard: Heard, office: FakeOffice, slack: FakeSlack, fatima: Me, broken: Any
) -> None:
    broken(slack)
    answer = heard.send(group_form(fatima, USERGROUPS), filled("Balie", usergroup="S0BALIE"))

    assert set(answer["errors"]) == {"usergroup"}
    assert kept(office, fatima) == {}


# Who may


@pytest.mark.parametrize("action_id", [screens.LIST, screens.ADD, screens.CHANGE, screens.REMOVE])
def test_a_button_does_nothing_for_who_may_not_manage(
    heard: Heard, office: FakeOffice, fatima: Me, sanne: Me, slack: FakeSlack, action_id: str
) -> None:
    actions.add_group(office.services, fatima, TypedGroup("Balie"))
    [one] = actions.groups_kept(office.services, fatima)
    shown = heard.click(action_id, str(one.group.id), user="U0SANNE")

    assert shown is not None
    assert [block["type"] for block in shown["blocks"]] == ["section"]
    assert {call.method for call in slack.calls} == {"views_open"}
    assert list(kept(office, fatima)) == ["Balie"]


def test_a_form_of_who_manages_no_longer_is_not_saved(
    heard: Heard, office: FakeOffice, fatima: Me, sanne: Me, slack: FakeSlack
) -> None:
    for form in (group_form(fatima, []), group_form(fatima, [], a_group())):
        assert heard.send(form, filled("Winkel"), user="U0SANNE")["response_action"] == "errors"

    assert kept(office, fatima) == {}
    assert slack.calls == []
