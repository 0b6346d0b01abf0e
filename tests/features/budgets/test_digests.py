"""What managers read of what waits stays true, and with them alone."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlmodel import select

from bot.features.budgets import actions, approving, deciding, forgetting, jobs, listeners, overview, repaying, screens
from bot.features.budgets.rules import Decision
from bot.kernel.errors import BotError
from bot.kernel.facts import HomesOutdated
from bot.kernel.office import Me
from bot.services import Services
from bot.wiring.gateway import me_of
from bot.wiring.requests import Asking
from storage.office import change_office
from storage.outbox import Post
from tests.fakes import MONDAY, TEAM, FakeOffice, FakeSlack, StoppedClock
from tests.features.budgets.spenders import correct, entries, spend, spendings
from tests.features.heard import Heard, texts_in

Read = Callable[[], str]


@pytest.fixture
def read(office: FakeOffice) -> Read:
    """What stands in Fatima's messages."""
    return lambda: str([post.body for post in office.queued("U0FATIMA") if not post.is_home])


@pytest.fixture
def heard(services: Services, slack: FakeSlack) -> Heard:
    return Heard(services, slack, lambda app: listeners.register(app, dict(services.settings.commands)))


def test_a_manager_agrees_only_with_the_amount_that_they_read(
    heard: Heard, services: Services, sanne: Me, fatima: Me, read: Read
) -> None:
    asked = spend(services, sanne, "12", what_for="taart").spending
    jobs.ask_in_digest(services)
    seen = approving.as_seen(asked)
    form = heard.click(approving.PART, seen) or {}
    correct(services, sanne, asked.id or 0, "120", what_for="gouden horloge")

    answer = heard.click(approving.AGREE, seen) or {}

    assert fatima.say.money(12000, "EUR") in texts_in(answer)
    assert heard.send(form, {"amount": {"type": "plain_text_input", "value": "10"}})["errors"]
    assert heard.click(approving.REFUSE, seen) != form
    assert heard.click(approving.AGREE, str(asked.id)) is not None  # a button of before amounts stood on them
    assert entries(services, sanne) == []
    assert "gouden horloge" in read()
    heard.click(approving.AGREE, approving.as_seen(spendings(services, sanne)[0]))
    assert entries(services, sanne) == [12000]


def test_what_was_corrected_so_that_it_fits_leaves_the_digest(
    services: Services, sanne: Me, fatima: Me, read: Read
) -> None:
    asked = spend(services, sanne, "12").spending.id or 0
    jobs.ask_in_digest(services)

    correct(services, sanne, asked, "8")

    assert approving.AGREE not in read()


def test_of_who_is_erased_no_digest_tells_any_more(
    services: Services, sanne: Me, bram: Me, fatima: Me, read: Read, clock: StoppedClock
) -> None:
    spend(services, sanne, "25", what_for="mevrouw Pietersen")
    spend(services, bram, "30", what_for="taart")
    jobs.ask_in_digest(services)
    clock.pass_time(days=1)
    assert "mevrouw Pietersen" in read()

    with services.database.writing(sanne) as tx:
        forgetting.forget_spender(tx, services, sanne)

    assert "Sanne" not in read()
    assert "mevrouw Pietersen" not in read()
    assert "taart" in read()


def test_who_is_no_manager_any_more_reads_nothing_new(
    services: Services, sanne: Me, bram: Me, fatima: Me, office: FakeOffice, read: Read
) -> None:
    first = spend(services, sanne, "25").spending.id or 0
    urgent = spend(services, sanne, "35", is_urgent=True).spending.id or 0
    office.person("U0ILSE", "Ilse")
    jobs.ask_in_digest(services)
    with services.database.writing(fatima) as tx:
        change_office(tx, "managers", ["U0ILSE"], fatima.person_id, MONDAY)
    ilse = me_of(services, Asking(TEAM, "U0ILSE", "Ilse", is_stranger=False, request_key=None))

    spend(services, bram, "45", what_for="NIEUW")
    deciding.decide_spending(services, ilse, first, Decision.APPROVE)
    correct(services, sanne, urgent, "36", what_for="NIEUW")

    assert "NIEUW" not in read()
    assert approving.AGREE not in read()


def test_a_digest_of_yesterday_has_no_buttons_any_more(
    services: Services, sanne: Me, fatima: Me, office: FakeOffice, clock: StoppedClock
) -> None:
    asked = spend(services, sanne, "25").spending.id or 0
    jobs.ask_in_digest(services)
    sent(services, fatima)
    clock.pass_time(days=1)
    jobs.ask_in_digest(services)

    before, today = (str(post.body) for post in office.queued("U0FATIMA"))
    assert approving.AGREE not in before
    assert approving.AGREE in today
    clock.pass_time(days=5)  # on Sunday no digest comes, and that of Tuesday is true still
    deciding.decide_spending(services, fatima, asked, Decision.APPROVE)
    assert approving.AGREE not in str([post.body for post in office.queued("U0FATIMA")])


def test_what_is_urgent_comes_once(services: Services, sanne: Me, fatima: Me, office: FakeOffice) -> None:
    spend(services, sanne, "25", is_urgent=True)

    jobs.ask_in_digest(services)

    assert len(office.posts("U0FATIMA")) == 1


def test_paid_back_is_what_stood_beside_the_button(heard: Heard, services: Services, sanne: Me, fatima: Me) -> None:
    first, second = spend(services, sanne, "5").spending.id or 0, spend(services, sanne, "2").spending.id or 0
    correct(services, sanne, first, "6,50")

    heard.click(overview.PAID_BACK, f"{first}:500,{second}:200")

    assert [one.paid_back_at is not None for one in spendings(services, sanne)] == [False, True]
    heard.click(overview.PAID_BACK, f"{first}:650")
    assert spendings(services, sanne)[0].paid_back_at is not None


def test_homes_are_drawn_anew_when_what_waits_changes(services: Services, sanne: Me, fatima: Me) -> None:
    told: list[tuple[int, ...]] = []
    services = watching(services, told)
    both = tuple(sorted((sanne.person_id, fatima.person_id)))

    spend(services, sanne, "3")
    assert told == [(sanne.person_id,)]
    asked = spend(services, sanne, "25").spending.id or 0
    correct(services, sanne, asked, "26")
    actions.hurry_spending(services, sanne, asked)
    actions.undo_spending(services, sanne, asked)
    deciding.decide_spending(services, fatima, spend(services, sanne, "30").spending.id or 0, Decision.APPROVE)
    assert told[1:] == [both] * 6


def test_who_left_or_is_erased_is_told_nothing_of_money(
    services: Services, sanne: Me, fatima: Me, office: FakeOffice
) -> None:
    own = spend(services, sanne, "5").spending.id or 0
    with services.database.writing(sanne) as tx:
        assert "5" in forgetting.what_is_owed(tx, sanne)[0]
    office.person("U0SANNE", "Sanne", standing="gone")

    assert repaying.mark_paid_back(services, fatima, [own]) == 1

    assert office.queued("U0SANNE") == []


def test_spent_now_is_said_in_the_list(heard: Heard, services: Services, sanne: Me, fatima: Me) -> None:
    asked = spend(services, sanne, "25", is_spent=False).spending.id or 0
    deciding.decide_spending(services, fatima, asked, Decision.APPROVE)
    window = heard.click(screens.BALANCE, user="U0SANNE") or {}
    assert screens.SPENT in str(window)

    after = heard.click(screens.SPENT, str(asked), user="U0SANNE", view=window) or {}

    assert screens.SPENT not in str(after)
    assert spendings(services, sanne)[0].is_spent


def test_nobody_decides_on_an_amount_that_is_no_number(services: Services, sanne: Me, fatima: Me) -> None:
    asked = spend(services, sanne, "25").spending.id or 0

    with pytest.raises(BotError, match="Meanwhile"):
        deciding.decide_spending(services, fatima, asked, Decision.APPROVE, seen_cents=0)


def watching(services: Services, told: list[tuple[int, ...]]) -> Services:
    """The same, with whose Homes are drawn anew noted."""

    def note(_tx: object, _services: Services, fact: HomesOutdated) -> None:
        told.append(fact.concerns)

    return replace(services, reactions={HomesOutdated: (note,)})


def sent(services: Services, me: Me) -> None:
    """All that is queued stands in Slack."""
    with services.database.writing(me) as tx:
        for post in tx.exec(select(Post)):
            post.ts, post.sent_revision, post.is_waiting = "1.1", post.revision, False


def test_the_customer_waits_is_heard_by_the_managers_at_once(
    heard: Heard, services: Services, office: FakeOffice, sanne: Me, fatima: Me
) -> None:
    waiting = spend(services, sanne, "25").spending
    assert office.posts("U0FATIMA") == []

    heard.click(screens.HURRY, str(waiting.id), user="U0SANNE")

    assert len(office.posts("U0FATIMA")) == 1
