"""What is withdrawn, refused or settled leaves the Homes of all who saw it, not that of who did it alone."""

import json

import pytest

from bot.features.customer_page import actions as page
from bot.features.customer_page import notes
from bot.features.customer_wall import actions, moderating
from bot.features.team_wall import actions as team
from bot.features.team_wall import reporting
from bot.features.team_wall.rules import TypedCelebration
from bot.kernel.links import hashed, new_token
from bot.kernel.office import Me
from bot.wiring.home import show_home
from bot.wiring.personal import KEPT
from storage.customers import CustomerNote, NoteKind
from storage.database import InWorkspace
from storage.personal import make_nameless
from tests.fakes import FakeOffice
from tests.features.customer_wall.wall import KIND, anew, left_by_customer, open_channel, taking_part, typed

CONTACT = "06 12345678"


def home_of(office: FakeOffice, me: Me) -> str:
    [post] = [post for post in office.queued(me.slack_id) if post.is_home]
    return json.dumps(post.body, ensure_ascii=False)


@pytest.fixture
def moderator(office: FakeOffice, fatima: Me, bram: Me) -> Me:
    """Fatima, the manager; Bram decides too. Each has opened Home."""
    moderator = open_channel(office, fatima, moderators=["U0BRAM"])
    for me in (fatima, bram):
        show_home(office.services, anew(office, me))
    return anew(office, moderator)


def test_what_waits_and_is_refused_comes_and_goes_at_each_moderators_home(
    office: FakeOffice, moderator: Me, bram: Me, sanne: Me
) -> None:
    number = left_by_customer(office, contact=CONTACT)
    assert CONTACT in home_of(office, moderator)
    assert CONTACT in home_of(office, bram)
    moderating.refuse_compliment(office.services, anew(office, bram), number)

    for me in (moderator, bram):
        assert CONTACT not in home_of(office, me)
        assert KIND not in home_of(office, me)
    assert office.queued(sanne.slack_id) == []  # who never opened Home gets none


def test_what_a_customer_takes_back_is_gone_from_home(office: FakeOffice, moderator: Me, bram: Me) -> None:
    token = new_token()
    left_by_customer(office, contact=CONTACT, own_link=hashed(token))
    assert CONTACT in home_of(office, bram)

    assert page.withdraw(office.services, token)
    assert CONTACT not in home_of(office, bram) + home_of(office, moderator)


def test_praise_that_is_changed_or_withdrawn_is_so_at_the_home_of_whom_it_is_about(
    office: FakeOffice, moderator: Me, sanne: Me
) -> None:
    show_home(office.services, taking_part(office, sanne))
    number = actions.enter_compliment(office.services, moderator, typed(about=("U0SANNE",))).compliment_id
    assert KIND in home_of(office, sanne)
    actions.change_compliment(office.services, moderator, number, typed("Andere woorden", about=("U0SANNE",)))
    assert KIND not in home_of(office, sanne)
    actions.withdraw_compliment(office.services, moderator, number)
    assert "Andere woorden" not in home_of(office, sanne)


def test_a_call_that_was_made_leaves_no_number_at_another_managers_home(
    office: FakeOffice, fatima: Me, bram: Me
) -> None:
    manager = open_channel(office, fatima, managers=["U0FATIMA", "U0BRAM"])
    show_home(office.services, anew(office, bram))
    with office.services.database.writing(InWorkspace(office.workspace_id)) as tx:
        now = office.services.clock.now()
        note = CustomerNote(
            workspace_id=office.workspace_id, kind=NoteKind.CALL, text="", contact=CONTACT, received_at=now
        )
        tx.add(note)
        tx.flush()
        notes.tell_managers(tx, office.services, note)
        number = note.id or 0
    assert CONTACT in home_of(office, bram)

    notes.claim_call(office.services, manager, number)
    assert CONTACT not in home_of(office, bram)
    assert "Fatima" in home_of(office, bram)


def test_a_reported_post_that_is_taken_away_leaves_the_moderators_homes(
    office: FakeOffice, moderator: Me, bram: Me, sanne: Me
) -> None:
    team.post(office.services, sanne, TypedCelebration("Flauwe grap"))
    reporting.report(office.services, bram, 1)
    show_home(office.services, moderator)
    assert "Flauwe grap" in home_of(office, moderator)

    team.remove(office.services, sanne, 1)
    assert "Flauwe grap" not in home_of(office, moderator)


def test_the_name_of_who_is_erased_leaves_others_homes(office: FakeOffice, moderator: Me, bram: Me, sanne: Me) -> None:
    show_home(office.services, anew(office, sanne))
    both = typed("Dank Sanne en Bram", about=("U0SANNE", "U0BRAM"))
    actions.enter_compliment(office.services, moderator, both)
    [about_me] = [one for one in KEPT if one.name == "compliments_about_me"]
    with office.services.database.writing(bram) as tx:
        make_nameless(tx, bram.person_id, office.services.clock.now())
        about_me.forget(tx, office.services, bram)

    assert "Dank Sanne en een collega" in home_of(office, sanne)
