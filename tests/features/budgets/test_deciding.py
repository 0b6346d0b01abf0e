"""What managers decide on what somebody asked."""

import pytest

from bot.features.budgets import actions, closing, deciding, repaying
from bot.features.budgets.rules import Decision
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from bot.services import Services
from bot.wiring.gateway import me_of
from bot.wiring.requests import Asking
from storage.absences import Absence
from storage.office import change_office
from storage.spending import SpendingStatus
from tests.fakes import MONDAY, TEAM, FakeOffice, StoppedClock
from tests.features.budgets.spenders import correct, entries, lines, spend, spendings


@pytest.fixture
def ilse(office: FakeOffice, services: Services, fatima: Me) -> Me:
    """Another manager."""
    ilse = office.person("U0ILSE", "Ilse")
    with services.database.writing(fatima) as tx:
        change_office(tx, "managers", ["U0FATIMA", "U0ILSE"], fatima.person_id, MONDAY)
    return me_of(services, Asking(TEAM, ilse.slack_id, "Ilse", is_stranger=False, request_key=None))


def asked(services: Services, me: Me, amount: str = "25", **typed: object) -> int:
    return spend(services, me, amount, **typed).spending.id or 0


def test_what_is_approved_is_booked_outside_the_caps(
    services: Services, sanne: Me, fatima: Me, office: FakeOffice
) -> None:
    deciding.decide_spending(services, fatima, asked(services, sanne), Decision.APPROVE)

    assert [(one.cents, one.is_asked) for one in lines(services, sanne)] == [(2500, True)]
    assert actions.balance(services, sanne).room.cents == 1000
    assert len(office.posts("U0SANNE")) == 1


def test_a_part_is_what_is_booked(services: Services, sanne: Me, fatima: Me) -> None:
    decided = deciding.decide_spending(
        services, fatima, asked(services, sanne), Decision.PARTLY, "12,50", "de rest is voor ons"
    )

    assert (decided.status, decided.cents, decided.cents_approved) == (SpendingStatus.APPROVED, 2500, 1250)
    assert entries(services, sanne) == [1250]


def test_a_no_books_nothing_and_keeps_the_reason(services: Services, sanne: Me, fatima: Me, office: FakeOffice) -> None:
    decided = deciding.decide_spending(
        services, fatima, asked(services, sanne), Decision.REFUSE, reason="kies iets kleiners"
    )

    assert (decided.status, decided.reason) == (SpendingStatus.REFUSED, "kies iets kleiners")
    assert entries(services, sanne) == []
    assert "kies iets kleiners" in str(office.queued("U0SANNE")[-1].body)


def test_two_managers_decide_once(services: Services, fatima: Me, ilse: Me, sanne: Me) -> None:
    spending = asked(services, sanne)
    deciding.decide_spending(services, fatima, spending, Decision.APPROVE)

    with pytest.raises(BotError, match="decided on this already"):
        deciding.decide_spending(services, ilse, spending, Decision.REFUSE, reason="nee")

    assert entries(services, sanne) == [2500]


def test_nobody_decides_on_their_own(services: Services, fatima: Me, ilse: Me) -> None:
    spending = asked(services, fatima)

    with pytest.raises(BotError, match="their own"):
        deciding.decide_spending(services, fatima, spending, Decision.APPROVE)
    with pytest.raises(BotError, match="their own"):
        deciding.spending_to_decide(services, fatima, spending)
    assert deciding.waiting(services, fatima) == []

    deciding.decide_spending(services, ilse, spending, Decision.APPROVE)
    assert entries(services, fatima) == [2500]


def test_who_is_no_manager_decides_nothing_not_even_slacks_admin(
    services: Services, sanne: Me, bram: Me, office: FakeOffice
) -> None:
    admin = office.person("U0ADMIN", "Ada", is_admin=True)
    spending = asked(services, sanne)

    for somebody in (bram, admin):
        for attempt in (
            lambda me: deciding.decide_spending(services, me, spending, Decision.APPROVE),
            lambda me: deciding.spending_to_decide(services, me, spending),
            lambda me: deciding.waiting(services, me),
            lambda me: repaying.mark_paid_back(services, me, [spending]),
            lambda me: closing.overview(services, me),
            lambda me: closing.close_month(services, me, "2026-10"),
            lambda me: closing.set_person_cap(services, me, "U0SANNE", "5", ""),
        ):
            with pytest.raises(BotError, match="Only the office's managers"):
                attempt(somebody)


def test_what_was_taken_back_is_not_decided(services: Services, sanne: Me, fatima: Me, office: FakeOffice) -> None:
    spending = asked(services, sanne, is_urgent=True)
    actions.undo_spending(services, sanne, spending)

    with pytest.raises(BotError, match="taken back"):
        deciding.decide_spending(services, fatima, spending, Decision.APPROVE)

    assert entries(services, sanne) == []
    assert "actions" not in [block["type"] for block in (office.queued("U0FATIMA")[0].body or {})["blocks"]]


def test_a_wrong_part_is_told_at_its_field_and_it_waits_still(services: Services, sanne: Me, fatima: Me) -> None:
    spending = asked(services, sanne)

    with pytest.raises(FormError) as refused:
        deciding.decide_spending(services, fatima, spending, Decision.PARTLY, "25")

    assert set(refused.value.fields) == {"amount"}
    assert spendings(services, sanne)[0].status == SpendingStatus.WAITING


def test_when_the_customer_waits_the_managers_who_are_there_hear_it_at_once(
    services: Services, fatima: Me, ilse: Me, sanne: Me, office: FakeOffice
) -> None:
    today = MONDAY.date()
    with services.database.writing(ilse) as tx:
        away = {"first_day": today, "last_day": today, "entered_at": MONDAY}
        tx.add(Absence(workspace_id=ilse.workspace_id, person_id=ilse.person_id, **away))

    spending = asked(services, sanne)
    assert office.posts("U0FATIMA") == office.posts("U0ILSE") == []
    actions.hurry_spending(services, sanne, spending)

    assert (len(office.posts("U0FATIMA")), len(office.posts("U0ILSE"))) == (1, 0)


def test_a_decision_renews_the_messages_of_all_managers(
    services: Services, fatima: Me, ilse: Me, sanne: Me, office: FakeOffice
) -> None:
    spending = asked(services, sanne, is_urgent=True)

    deciding.decide_spending(services, fatima, spending, Decision.APPROVE)

    for manager in ("U0FATIMA", "U0ILSE"):
        (post,) = office.queued(manager)
        assert "spending.agree" not in str(post.body)
        assert "Fatima" in str(post.body)


def test_above_a_soft_cap_it_is_booked_and_a_manager_sees_it(
    services: Services, sanne: Me, fatima: Me, office: FakeOffice
) -> None:
    with services.database.writing(fatima) as tx:
        caps = {"day_cents": 1000, "month_cents": 3000, "is_soft": True}
        change_office(tx, "caps", [["0001-01-01", caps]], fatima.person_id, MONDAY)
    me = me_of(services, Asking(TEAM, "U0SANNE", "Sanne", is_stranger=False, request_key=None))

    spent = spend(services, me, "25")

    assert (spent.spending.status, spent.spending.is_over) == (SpendingStatus.BOOKED, True)
    assert entries(services, sanne) == [2500]
    assert len(office.posts("U0FATIMA")) == 1
    assert spend(services, me, "6").spending.status == SpendingStatus.WAITING  # above the month's


def test_own_money_is_paid_back_once(services: Services, sanne: Me, fatima: Me, office: FakeOffice) -> None:
    own, till = asked(services, sanne, "4"), asked(services, sanne, "3", paid_with="till")

    assert repaying.mark_paid_back(services, fatima, [own, till]) == 1
    assert repaying.mark_paid_back(services, fatima, [own]) == 0

    assert len(office.posts("U0SANNE")) == 1
    with pytest.raises(BotError, match="paid back"):
        actions.undo_spending(services, sanne, own)
    with pytest.raises(BotError, match="paid back"):
        correct(services, sanne, own, "3")


def test_nobody_pays_their_own_money_back(services: Services, fatima: Me) -> None:
    own = asked(services, fatima, "4")

    with pytest.raises(BotError):
        repaying.mark_paid_back(services, fatima, [own])


def test_an_approval_after_the_month_closed_stands_in_the_open_one(
    services: Services, sanne: Me, fatima: Me, clock: StoppedClock
) -> None:
    spending = asked(services, sanne)
    clock.pass_time(days=31)
    closing.close_month(services, fatima, "2026-11")

    deciding.decide_spending(services, fatima, spending, Decision.APPROVE)

    assert [(one.month, f"{one.day}") for one in lines(services, sanne)] == [("2026-12", "2026-11-02")]


def test_what_was_approved_can_be_taken_back_but_not_corrected(services: Services, sanne: Me, fatima: Me) -> None:
    spending = asked(services, sanne)
    deciding.decide_spending(services, fatima, spending, Decision.APPROVE)

    with pytest.raises(BotError, match="agreed"):
        correct(services, sanne, spending, "9")
    actions.undo_spending(services, sanne, spending)

    assert [(one.cents, one.is_asked) for one in lines(services, sanne)] == [(2500, True), (-2500, True)]


def test_where_nobody_can_decide_it_is_said(services: Services, fatima: Me) -> None:
    assert [remark.english for remark in spend(services, fatima, "25").remarks] == [
        "There is no other manager yet who can decide on it. The office's settings name them."
    ]


def test_an_overview_has_a_months_totals_and_what_is_to_be_done(
    services: Services, sanne: Me, bram: Me, fatima: Me
) -> None:
    waits, own = asked(services, bram), asked(services, sanne, "4")
    asked(services, sanne, "3", paid_with="till", is_staff=True)

    seen = closing.overview(services, fatima)

    assert [(one.person.name, one.cents, one.staff_cents) for one in seen.people] == [("Sanne", 400, 300)]
    assert [one.spending.id for one in seen.waiting] == [waits]
    assert [one.spending.id for one in seen.to_pay_back] == [own]
    assert (seen.month, seen.cents, seen.is_closed, seen.may_close) == ("2026-11", 700, False, False)
    assert closing.overview(services, fatima, "2026-10").may_close


def test_a_month_is_closed_once_it_is_over_and_with_those_before(services: Services, fatima: Me) -> None:
    with pytest.raises(BotError, match="not over yet"):
        closing.close_month(services, fatima, "2026-11")

    assert closing.close_month(services, fatima, "2026-10")
    assert not closing.close_month(services, fatima, "2026-10")
    assert not closing.close_month(services, fatima, "2026-09")
    assert closing.overview(services, fatima, "2026-09").is_closed


def test_somebodys_own_caps_hold_from_today_and_leave_the_past(
    services: Services, sanne: Me, fatima: Me, clock: StoppedClock
) -> None:
    clock.pass_time(days=1)
    closing.set_person_cap(services, fatima, "U0SANNE", "25", "")
    closing.set_person_cap(services, fatima, "U0SANNE", "20", "")

    assert spend(services, sanne, "20").spending.status == SpendingStatus.BOOKED
    assert spend(services, sanne, "20", day="2026-11-02").spending.status == SpendingStatus.WAITING
    with pytest.raises(BotError, match="their own"):
        closing.set_person_cap(services, fatima, "U0FATIMA", "20", "")


def test_somebodys_own_caps_may_begin_later_and_have_minutes(
    services: Services, sanne: Me, fatima: Me, clock: StoppedClock
) -> None:
    closing.set_person_cap(services, fatima, "U0SANNE", "25", "", "20", "2026-11-04")

    assert spend(services, sanne, "20").spending.status == SpendingStatus.WAITING
    clock.pass_time(days=2)
    assert spend(services, sanne, "20").spending.status == SpendingStatus.BOOKED
    assert actions.balance(services, sanne).caps.day_minutes == 20
    with pytest.raises(FormError):
        closing.set_person_cap(services, fatima, "U0SANNE", "25", "", "", "2026-11-03")
