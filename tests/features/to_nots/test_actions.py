"""The to-not list: proposed, agreed to, held on to each month, and let go; on both databases."""

from threading import Thread

import pytest

from bot.features.to_nots import actions
from bot.features.to_nots.rules import LONGEST, MOST, MOST_MINUTES, TypedToNot
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from storage.people import Standing
from tests.fakes import FakeOffice, StoppedClock
from tests.features.heard import texts_in

MEETING = "Notulen van het weekoverleg"


@pytest.fixture
def eva(office: FakeOffice) -> Me:
    return office.person("U0EVA", "Eva")


def propose(office: FakeOffice, me: Me, text: str = MEETING, minutes: str = "30") -> int:
    actions.propose(office.services, me, TypedToNot(text, minutes))
    return actions.the_list(office.services, me).to_nots[-1].id or 0


def agreed(office: FakeOffice, me: Me) -> list[str]:
    return [one.text for one in actions.the_list(office.services, me).to_nots if one.agreed_on is not None]


def proposed(office: FakeOffice, me: Me) -> list[str]:
    return [one.text for one in actions.the_list(office.services, me).to_nots if one.agreed_on is None]


def at_home(office: FakeOffice, me: Me) -> str:
    with office.services.database.reading(me) as tx:
        return texts_in({"blocks": actions.home_card(tx, office.services, me)})


def test_a_proposal_waits_for_three_colleagues(office: FakeOffice, sanne: Me, bram: Me, eva: Me) -> None:
    to_not_id = propose(office, sanne, f"  {MEETING} \n")
    for _ in range(3):
        actions.agree(office.services, sanne, to_not_id)
        actions.agree(office.services, bram, to_not_id)
    assert proposed(office, sanne) == [MEETING]
    actions.agree(office.services, eva, to_not_id)

    assert (proposed(office, sanne), agreed(office, sanne)) == ([], [MEETING])


def test_one_manager_is_enough(office: FakeOffice, sanne: Me, fatima: Me) -> None:
    actions.agree(office.services, fatima, propose(office, sanne))
    propose(office, fatima, "Cc aan iedereen")

    assert agreed(office, sanne) == [MEETING, "Cc aan iedereen"]


def test_an_admin_of_slack_is_a_colleague_like_others(office: FakeOffice, sanne: Me) -> None:
    admin = office.person("U0ADMIN", "Ad", is_admin=True)
    to_not_id = propose(office, sanne)
    actions.agree(office.services, admin, to_not_id)
    with pytest.raises(BotError, match="managers"):
        actions.let_go(office.services, admin, to_not_id)

    assert proposed(office, sanne) == [MEETING]


def test_who_agreed_can_take_it_back_while_it_is_a_proposal(office: FakeOffice, sanne: Me, bram: Me, eva: Me) -> None:
    to_not_id = propose(office, sanne)
    actions.agree(office.services, bram, to_not_id)
    for _ in range(2):
        actions.take_back(office.services, bram, to_not_id)
    actions.agree(office.services, eva, to_not_id)
    assert proposed(office, sanne) == [MEETING]
    actions.agree(office.services, bram, to_not_id)
    actions.take_back(office.services, bram, to_not_id)

    assert agreed(office, sanne) == [MEETING]


def test_the_third_and_the_second_at_once_put_it_on_the_list(office: FakeOffice, sanne: Me, bram: Me, eva: Me) -> None:
    to_not_id = propose(office, sanne)
    voting = [Thread(target=actions.agree, args=(office.services, me, to_not_id)) for me in (bram, eva)]
    for thread in voting:
        thread.start()
    for thread in voting:
        thread.join()

    assert agreed(office, sanne) == [MEETING]


def test_we_hold_on_to_it_once_a_month(office: FakeOffice, clock: StoppedClock, sanne: Me, fatima: Me) -> None:
    to_not_id = propose(office, fatima)
    for me in (sanne, fatima, sanne):
        actions.keep_up(office.services, me, to_not_id)
    clock.pass_time(days=31)
    actions.keep_up(office.services, fatima, to_not_id)

    assert actions.the_list(office.services, sanne).months == {to_not_id: ["2026-11", "2026-12"]}


def test_what_is_not_agreed_is_nothing_to_hold_on_to(office: FakeOffice, sanne: Me) -> None:
    with pytest.raises(BotError, match="agreed"):
        actions.keep_up(office.services, sanne, propose(office, sanne))


def test_who_proposed_it_and_managers_let_it_go(office: FakeOffice, sanne: Me, bram: Me, fatima: Me) -> None:
    first, second = propose(office, sanne), propose(office, sanne, "Cc aan iedereen")
    with pytest.raises(BotError, match="Only who proposed it"):
        actions.let_go(office.services, bram, first)
    actions.let_go(office.services, sanne, first)
    actions.let_go(office.services, fatima, second)

    assert actions.the_list(office.services, sanne).to_nots == []
    assert office.rows("to_not") == 2
    for act in (actions.agree, actions.take_back, actions.keep_up, actions.let_go):
        with pytest.raises(BotError, match="not on the list"):
            act(office.services, fatima, first)


def test_what_the_team_agreed_on_does_not_end_by_who_proposed_it(
    office: FakeOffice, sanne: Me, bram: Me, eva: Me
) -> None:
    to_not_id = propose(office, sanne)
    for me in (bram, eva):
        actions.agree(office.services, me, to_not_id)
    for _ in range(3):
        actions.let_go(office.services, sanne, to_not_id)
    assert agreed(office, sanne) == [MEETING]
    assert dict(actions.the_list(office.services, sanne).ending) == {to_not_id: 1}
    actions.let_go(office.services, bram, to_not_id)
    actions.let_go(office.services, eva, to_not_id)

    assert actions.the_list(office.services, sanne).to_nots == []


def test_who_would_let_it_go_can_think_again(office: FakeOffice, sanne: Me, bram: Me, eva: Me, fatima: Me) -> None:
    to_not_id = propose(office, fatima)
    for me in (sanne, bram):
        actions.let_go(office.services, me, to_not_id)
    actions.take_back(office.services, bram, to_not_id)
    actions.agree(office.services, sanne, to_not_id)
    actions.let_go(office.services, eva, to_not_id)

    seen = actions.the_list(office.services, eva)
    assert (dict(seen.ending), set(seen.mine_ending)) == ({to_not_id: 1}, {to_not_id})
    assert agreed(office, eva) == [MEETING]


def test_a_manager_ends_what_was_agreed_on(office: FakeOffice, sanne: Me, fatima: Me) -> None:
    to_not_id = propose(office, sanne)
    actions.agree(office.services, fatima, to_not_id)
    actions.let_go(office.services, fatima, to_not_id)

    assert agreed(office, sanne) == []


@pytest.mark.parametrize(
    ("text", "minutes", "field"),
    [
        ("", "30", "text"), ("  ", "30", "text"), ("!!", "30", "text"), ("x" * (LONGEST + 1), "30", "text"),
        (MEETING.upper(), "30", "text"), ("Cc", "", "minutes"), ("Cc", "0", "minutes"), ("Cc", "-5", "minutes"),
        ("Cc", "1e9", "minutes"), ("Cc", "7,5", "minutes"), ("Cc", "²", "minutes"), ("Cc", "9" * 40, "minutes"),
        ("Cc", str(MOST_MINUTES + 1), "minutes"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_an_error_at_its_field(
    office: FakeOffice, sanne: Me, text: str, minutes: str, field: str
) -> None:
    propose(office, sanne)
    with pytest.raises(FormError) as raised:
        propose(office, sanne, text, minutes)

    assert list(raised.value.fields) == [field]
    assert proposed(office, sanne) == [MEETING]


def test_the_list_stays_short(office: FakeOffice, sanne: Me) -> None:
    for number in range(MOST):
        propose(office, sanne, f"Overleg {number}", str(MOST_MINUTES))
    with pytest.raises(FormError, match="not right"):
        propose(office, sanne)


def test_guests_take_no_part(office: FakeOffice, sanne: Me) -> None:
    guest, to_not_id = office.person("U0GAST", "Gast", standing=Standing.GUEST), propose(office, sanne)
    for act in (actions.agree, actions.take_back, actions.keep_up, actions.let_go):
        with pytest.raises(BotError, match="guest"):
            act(office.services, guest, to_not_id)
    with pytest.raises(BotError, match="guest"):
        actions.the_list(office.services, guest)


def test_another_office_has_its_own_list(office: FakeOffice, sanne: Me) -> None:
    elsewhere, to_not_id = office.person_elsewhere("T0OTHER", "U0OTHER", "Otto"), propose(office, sanne)

    assert actions.the_list(office.services, elsewhere).to_nots == []
    with pytest.raises(BotError, match="not on the list"):
        actions.agree(office.services, elsewhere, to_not_id)


# Home


def test_home_says_nothing_where_there_is_nothing(office: FakeOffice, sanne: Me) -> None:
    assert at_home(office, sanne) == ""


def test_home_shows_the_sum_of_the_minutes_won(office: FakeOffice, sanne: Me, fatima: Me) -> None:
    first = propose(office, fatima, MEETING, "30")
    propose(office, fatima, "Cc aan iedereen", "45")
    propose(office, sanne, "Vrijdagborrel", "600")
    assert "75" in at_home(office, sanne)
    assert "675" not in at_home(office, sanne)
    actions.let_go(office.services, fatima, first)

    assert "45" in at_home(office, sanne)


def test_home_asks_for_a_word_until_somebody_gave_it(office: FakeOffice, sanne: Me, fatima: Me) -> None:
    to_not_id = propose(office, fatima)
    before = at_home(office, sanne)
    actions.keep_up(office.services, fatima, to_not_id)
    office.person_elsewhere("T0OTHER", "U0OTHER", "Otto")

    assert len(at_home(office, sanne)) < len(before)


# Erasing


def test_who_is_erased_leaves_what_the_team_agreed_to(office: FakeOffice, sanne: Me, bram: Me, fatima: Me) -> None:
    actions.agree(office.services, fatima, propose(office, sanne))
    propose(office, sanne, "Geheim voorstel")
    with office.services.database.writing(sanne) as tx:
        actions.forget_proposer(tx, office.services, sanne)
    left = actions.the_list(office.services, bram).to_nots

    assert [(one.text, one.proposed_by) for one in left] == [(MEETING, None)]
