"""Rules that may be bent: written, found, proposed, and put to the managers when they are bent often."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.features.permissions import actions
from bot.features.permissions.rules import (
    LONGEST_DETAILS,
    LONGEST_TEXT,
    LONGEST_WHY,
    OFTEN,
    WITHIN_DAYS,
    TypedProposal,
    TypedRule,
)
from bot.features.permissions.screens import PAGE_SIZE, View
from bot.features.stories import actions as stories
from bot.features.stories.rules import TypedStory
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from storage.people import Standing
from tests.fakes import FakeOffice, StoppedClock
from tests.features.permissions.conftest import DRIVE, RECEIPT, WALL, Write


def found(office: FakeOffice, me: Me, search: str = "") -> list[str]:
    return [one.text for one in actions.page_of(office.services, me, View(search)).rules]


def bend(office: FakeOffice, me: Me, rule_id: int, times: int = 1, *, is_shared: bool = True) -> list[int]:
    """The numbers of the stories in which somebody names the rule."""
    told = []
    for number in range(times):
        typed = TypedStory(f"Bosje bloemen meegegeven, nummer {number}", rule=str(rule_id), is_shared=is_shared)
        told.append(stories.tell_story(office.services, me, typed).story_id)
    return told


def test_everybody_reads_what_a_manager_wrote(office: FakeOffice, sanne: Me, write: Write) -> None:
    write(RECEIPT)
    write(DRIVE)

    assert found(office, sanne) == [DRIVE, RECEIPT]


def test_a_search_finds_words_in_any_order_with_or_without_accents(office: FakeOffice, sanne: Me, write: Write) -> None:
    write(RECEIPT, "Ook bij een café")
    write(DRIVE)

    assert found(office, sanne, "BON terug") == found(office, sanne, "cafe") == [RECEIPT]
    assert found(office, sanne, "100%") == found(office, sanne, "bon klant") == []


def test_a_long_list_has_pages(office: FakeOffice, sanne: Me, write: Write) -> None:
    for number in range(PAGE_SIZE + 1):
        write(f"Regel {number:02}")
    last = actions.page_of(office.services, sanne, View(offset=PAGE_SIZE))

    assert (len(last.rules), last.count) == (1, PAGE_SIZE + 1)


def test_a_rule_gets_other_words_and_is_found_by_them(office: FakeOffice, sanne: Me, fatima: Me, write: Write) -> None:
    actions.change_rule(office.services, fatima, write(RECEIPT), TypedRule(DRIVE, "met de bus mag ook"))

    assert found(office, sanne, "bus") == [DRIVE]
    assert found(office, sanne, "bon") == []


def test_a_rule_may_keep_its_words(office: FakeOffice, fatima: Me, write: Write) -> None:
    actions.change_rule(office.services, fatima, write(RECEIPT), TypedRule(RECEIPT, "met kassier"))

    assert found(office, fatima, "kassier") == [RECEIPT]


def test_a_rule_that_is_withdrawn_is_history(office: FakeOffice, sanne: Me, fatima: Me, write: Write) -> None:
    rule_id = write(RECEIPT)
    for _ in range(2):
        actions.withdraw_rule(office.services, fatima, rule_id)

    assert found(office, sanne) == []
    assert office.rows("permission") == 1
    for attempt in (
        lambda: actions.change_rule(office.services, fatima, rule_id, TypedRule(DRIVE)),
        lambda: actions.rule_to_change(office.services, fatima, rule_id),
        lambda: actions.rule_to_propose(office.services, sanne, rule_id),
        lambda: actions.scrap(office.services, fatima, rule_id),
    ):
        with pytest.raises(BotError, match="not there any more"):
            attempt()
    write(RECEIPT)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (TypedRule(""), "text"), (TypedRule(" \n "), "text"), (TypedRule("!?"), "text"),
        (TypedRule("x" * (LONGEST_TEXT + 1)), "text"), (TypedRule(RECEIPT.upper()), "text"),
        (TypedRule(DRIVE, "x" * (LONGEST_DETAILS + 1)), "details"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_an_error_at_its_field(
    office: FakeOffice, fatima: Me, write: Write, typed: TypedRule, field: str
) -> None:
    write(RECEIPT)
    with pytest.raises(FormError) as raised:
        actions.write_rule(office.services, fatima, typed)

    assert list(raised.value.fields) == [field]
    assert found(office, fatima) == [RECEIPT]


def manager_acts(office: FakeOffice, me: Me, rule_id: int) -> list[Callable[[], object]]:
    services = office.services
    return [
        lambda: actions.write_rule(services, me, TypedRule("Van alles")),
        lambda: actions.change_rule(services, me, rule_id, TypedRule("Van alles")),
        lambda: actions.rule_to_change(services, me, rule_id),
        lambda: actions.withdraw_rule(services, me, rule_id),
        lambda: actions.scrap(services, me, rule_id),
    ]


def test_only_managers_keep_the_list(office: FakeOffice, sanne: Me, write: Write) -> None:
    admin = office.person("U0ADMIN", "Ad", is_admin=True)
    rule_id = write(RECEIPT)
    for attempt in manager_acts(office, sanne, rule_id) + manager_acts(office, admin, rule_id):
        with pytest.raises(BotError, match="managers"):
            attempt()

    assert found(office, sanne) == [RECEIPT]


def test_guests_take_no_part(office: FakeOffice) -> None:
    guest = office.person("U0GAST", "Gast", standing=Standing.GUEST)
    for attempt in (
        lambda: actions.page_of(office.services, guest, View()),
        lambda: actions.propose(office.services, guest, TypedProposal("scrap", RECEIPT)),
    ):
        with pytest.raises(BotError, match="guest"):
            attempt()


# Proposing


def test_a_proposal_becomes_a_suggestion_on_the_wall_of_change(office: FakeOffice, sanne: Me) -> None:
    said = actions.propose(
        office.services, sanne, TypedProposal("scrap", "Pinnen vanaf  10 euro\n", "Klanten lopen weg")
    )

    assert [one.english for one in said] == ["It is on the wall of change now."]
    [post] = office.posts(WALL)
    assert "Pinnen vanaf 10 euro" in post
    assert "Klanten lopen weg" in str(office.queued(WALL)[0].body)


def test_the_same_proposal_twice_is_one_suggestion(office: FakeOffice, sanne: Me) -> None:
    for _ in range(2):
        actions.propose(office.services, sanne, TypedProposal("bend", "Pinnen vanaf 10 euro"))

    assert len(office.posts(WALL)) == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (TypedProposal("bend", ""), "rule"), (TypedProposal("bend", "x" * (LONGEST_TEXT + 1)), "rule"),
        (TypedProposal("bend", RECEIPT, "x" * (LONGEST_WHY + 1)), "why"), (TypedProposal("", RECEIPT), "kind"),
    ],
)  # fmt: skip
def test_a_proposal_that_cannot_be_is_an_error_at_its_field(
    office: FakeOffice, sanne: Me, typed: TypedProposal, field: str
) -> None:
    with pytest.raises(FormError) as raised:
        actions.propose(office.services, sanne, typed)

    assert list(raised.value.fields) == [field]
    assert office.rows("idea") == 0


def test_the_longest_proposal_fits_on_the_wall(office: FakeOffice, sanne: Me) -> None:
    actions.propose(office.services, sanne, TypedProposal("scrap", "x" * LONGEST_TEXT, "y" * LONGEST_WHY))

    assert len(office.posts(WALL)) == 1


def test_without_a_wall_the_proposal_is_kept_and_that_is_said(office: FakeOffice, sanne: Me) -> None:
    me = replace(sanne, office=replace(sanne.office, change_wall_channel=None))
    [said] = actions.propose(office.services, me, TypedProposal("bend", "Pinnen vanaf 10 euro"))

    assert "no channel" in said.english
    assert (office.posts(WALL), office.rows("idea")) == ([], 1)


# Bent often


def test_a_rule_that_is_bent_often_is_put_to_every_manager_once(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me, write: Write
) -> None:
    office.person("U0WARD", "Ward")
    rule_id = write(RECEIPT)
    bend(office, sanne, rule_id, OFTEN - 1)
    assert office.posts("U0FATIMA") == []
    bend(office, bram, rule_id, 3)

    assert [len(office.posts(manager)) for manager in ("U0FATIMA", "U0WARD", "U0SANNE")] == [1, 1, 0]
    assert str(OFTEN) in office.posts("U0FATIMA")[0]
    assert actions.page_of(office.services, sanne, View()).bent == {rule_id: OFTEN + 2}


def test_what_was_bent_long_ago_counts_no_more(
    office: FakeOffice, sanne: Me, bram: Me, clock: StoppedClock, write: Write
) -> None:
    rule_id = write(RECEIPT)
    bend(office, sanne, rule_id, OFTEN - 1)
    clock.pass_time(days=WITHIN_DAYS + 1)
    bend(office, bram, rule_id)

    assert office.posts("U0FATIMA") == []
    assert actions.page_of(office.services, sanne, View()).bent == {rule_id: 1}


def test_what_one_person_bends_is_not_put_to_the_managers(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me, write: Write
) -> None:
    rule_id = write(RECEIPT)
    bend(office, sanne, rule_id, OFTEN + 1)
    assert office.posts("U0FATIMA") == []
    bend(office, bram, rule_id)

    assert len(office.posts("U0FATIMA")) == 1


def test_stories_kept_for_oneself_are_not_counted_before_everybody(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me, write: Write
) -> None:
    rule_id = write(RECEIPT)
    bend(office, sanne, rule_id, OFTEN, is_shared=False)
    bend(office, bram, rule_id)

    assert actions.page_of(office.services, bram, View()).bent == {rule_id: 1}
    assert office.posts("U0FATIMA") == []


def test_a_story_that_is_shared_later_counts_from_then_on(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me, write: Write
) -> None:
    rule_id = write(RECEIPT)
    bend(office, sanne, rule_id, OFTEN - 1)
    [kept] = bend(office, bram, rule_id, is_shared=False)
    stories.change_story(office.services, bram, kept, TypedStory("Bosje bloemen meegegeven", rule=str(rule_id)))

    assert len(office.posts("U0FATIMA")) == 1


def test_a_rule_that_is_withdrawn_leaves_no_button_with_the_managers(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me, write: Write
) -> None:
    rule_id = write(RECEIPT)
    bend(office, sanne, rule_id, OFTEN - 1)
    bend(office, bram, rule_id)
    assert len(office.posts("U0FATIMA")) == 1
    actions.withdraw_rule(office.services, fatima, rule_id)

    assert [post.body for post in office.queued("U0FATIMA") if "rule.scrap" in str(post.body)] == []


def test_a_manager_makes_it_an_idea_to_scrap_once(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me, write: Write
) -> None:
    ward = office.person("U0WARD", "Ward")
    rule_id = write(RECEIPT)
    bend(office, sanne, rule_id, OFTEN - 1)
    bend(office, bram, rule_id)
    for manager in (fatima, ward, fatima):
        actions.scrap(office.services, manager, rule_id)
        office.real_clock.pass_time(minutes=5)

    assert [RECEIPT in post for post in office.posts(WALL)] == [True]
    for manager in ("U0FATIMA", "U0WARD"):
        [message] = office.queued(manager)
        assert "rule.scrap" not in str(message.body)


def test_home_shows_the_first_rules_and_nothing_without_any(office: FakeOffice, sanne: Me, write: Write) -> None:
    with office.services.database.reading(sanne) as tx:
        assert actions.home_card(tx, office.services, sanne) == []
    for number in range(5):
        write(f"Regel {number}")
    with office.services.database.reading(sanne) as tx:
        card = str(actions.home_card(tx, office.services, sanne))

    assert "Regel 2" in card
    assert "Regel 3" not in card
