"""What customers leave, and what becomes of it: asked, placed, adjusted, refused, answered, taken back."""

import json
from collections.abc import Callable

import pytest

from bot.features.customer_wall import actions, moderating
from bot.features.customer_wall.moderators import ADJUST, PLACE, REFUSE, THANK
from bot.features.customer_wall.rules import Looked
from bot.features.customer_wall.screens import CHANGE, WITHDRAW
from bot.features.customer_wall.window import wall_window
from bot.kernel.errors import BotError, FormError
from bot.kernel.facts import ComplimentTakenBack
from bot.kernel.office import Me
from storage.compliments import Consent
from storage.database import InWorkspace
from storage.people import Standing
from storage.personal import make_nameless
from tests.fakes import FakeOffice
from tests.features.customer_wall.test_actions import buttons_of
from tests.features.customer_wall.wall import (
    KIND,
    WALL,
    anew,
    kept,
    left_by_customer,
    names_about,
    open_channel,
    taking_part,
    typed,
)


@pytest.fixture
def moderator(office: FakeOffice, fatima: Me) -> Me:
    """Fatima is the manager; Bram decides too."""
    return open_channel(office, fatima, moderators=["U0BRAM", "U0GAST", "U0ONBEKEND"])


@pytest.fixture
def helper(office: FakeOffice, moderator: Me, bram: Me) -> Me:
    return anew(office, bram)


def asked(office: FakeOffice, slack_id: str) -> str:
    """The one message to a moderator."""
    [post] = office.queued(slack_id)
    return json.dumps(post.body, ensure_ascii=False)


def test_each_manager_and_moderator_who_belongs_is_asked(office: FakeOffice, moderator: Me, helper: Me) -> None:
    office.person("U0GAST", "Gast", standing=Standing.GUEST)
    left_by_customer(office, contact="ria@example.nl")

    for slack_id in ("U0FATIMA", "U0BRAM"):
        assert all(part in asked(office, slack_id) for part in (KIND, "ria@example.nl", PLACE, ADJUST, REFUSE, THANK))
        assert "ria@" not in office.posts(slack_id)[0]
    assert office.posts("U0GAST") == office.posts("U0ONBEKEND") == office.posts(WALL) == []


def test_without_a_known_moderator_it_is_kept_and_waits_at_home(office: FakeOffice, fatima: Me) -> None:
    number = left_by_customer(office)
    with office.services.database.reading(fatima) as tx:
        card = json.dumps(actions.home_card(tx, office.services, fatima))

    assert KIND in card
    assert f'"{number}"' in card


def test_who_does_not_moderate_decides_nothing(office: FakeOffice, moderator: Me, sanne: Me) -> None:
    number = left_by_customer(office, contact="06")
    deeds: list[Callable[[], object]] = [
        lambda: moderating.place_compliment(office.services, sanne, number),
        lambda: moderating.adjust_compliment(office.services, sanne, number, typed()),
        lambda: moderating.refuse_compliment(office.services, sanne, number),
        lambda: moderating.note_thanks(office.services, sanne, number, "Dank"),
        lambda: moderating.compliment_to_adjust(office.services, sanne, number),
        lambda: moderating.compliment_to_thank_for(office.services, sanne, number),
    ]

    for deed in deeds:
        with pytest.raises(BotError, match="Only managers"):
            deed()
    with office.services.database.reading(sanne) as tx:
        assert actions.home_card(tx, office.services, sanne) == []


def test_placed_it_is_posted_and_all_messages_follow(office: FakeOffice, moderator: Me, helper: Me, sanne: Me) -> None:
    taking_part(office, sanne)
    number = left_by_customer(office, about=sanne)
    moderating.place_compliment(office.services, helper, number)

    assert KIND in office.posts(WALL)[0]
    assert len(office.posts("U0SANNE")) == 1
    for slack_id in ("U0FATIMA", "U0BRAM"):
        assert '"Bram"' in asked(office, slack_id)
        assert PLACE not in asked(office, slack_id)
    deciding = ["U0BRAM", "U0FATIMA", "U0GAST", "U0ONBEKEND"]
    assert buttons_of(office)[CHANGE]["visible_to_user_ids"] == deciding
    assert buttons_of(office)[WITHDRAW]["visible_to_user_ids"] == [*deciding, "U0SANNE"]


def test_what_a_customer_wrote_is_not_opened_or_changed_by_whom_it_is_about(
    office: FakeOffice, moderator: Me, helper: Me, sanne: Me
) -> None:
    number = left_by_customer(office, about=taking_part(office, sanne))
    moderating.place_compliment(office.services, moderator, number)
    sanne = anew(office, sanne)
    with pytest.raises(BotError, match="The customer wrote this"):
        actions.compliment_to_change(office.services, sanne, number)
    with pytest.raises(BotError, match="The customer wrote this"):
        actions.change_compliment(office.services, sanne, number, typed("Zij was de beste"))

    told, seen = (
        asked(office, "U0SANNE"),
        json.dumps(wall_window(actions.look(office.services, sanne, Looked()), sanne)),
    )
    for shown in (told, seen):
        assert WITHDRAW in shown
        assert CHANGE not in shown
    assert actions.withdraw_compliment(office.services, sanne, number) is not None
    assert office.posts(WALL) == []


def test_a_moderator_who_is_called_otherwise_since_is_named_no_more_once_erased(
    office: FakeOffice, moderator: Me, helper: Me
) -> None:
    number = left_by_customer(office)
    moderating.place_compliment(office.services, helper, number)
    other = anew(office, helper, name="Abraham")
    with office.services.database.writing(other) as tx:
        make_nameless(tx, other.person_id, office.services.clock.now())
        actions.forget_moderator(tx, office.services, other)

    assert "Bram" not in asked(office, "U0FATIMA")


def test_it_is_decided_once(office: FakeOffice, moderator: Me, helper: Me) -> None:
    number = left_by_customer(office)
    moderating.place_compliment(office.services, helper, number)

    with pytest.raises(BotError, match="already"):
        moderating.refuse_compliment(office.services, moderator, number)
    with pytest.raises(BotError, match="already"):
        moderating.place_compliment(office.services, moderator, number)
    assert len(office.posts(WALL)) == 1


def test_adjusted_it_is_placed_with_the_other_words(office: FakeOffice, moderator: Me) -> None:
    number = left_by_customer(office, "Dank aan Jan Jansen van de buren", consent=Consent.FIRST_NAME)
    moderating.adjust_compliment(office.services, moderator, number, typed(customer="Ria", consent="first_name"))

    assert office.posts(WALL)[0].startswith("Ria")
    assert "Jansen" not in office.posts(WALL)[0]
    compliment = kept(office, number)
    assert compliment is not None
    assert (compliment.came_in, compliment.is_placed, compliment.entered_by) == ("page", True, None)


def test_nobody_shows_more_of_a_customer_than_they_allowed(office: FakeOffice, moderator: Me) -> None:
    number = left_by_customer(office, consent=Consent.FIRST_NAME)
    with pytest.raises(FormError) as error:
        moderating.adjust_compliment(office.services, moderator, number, typed(consent="full_name"))

    assert set(error.value.fields) == {"consent"}
    moderating.adjust_compliment(office.services, moderator, number, typed(consent="not_on_screen"))
    with pytest.raises(FormError):
        actions.change_compliment(office.services, moderator, number, typed(consent="anonymous"))


def test_refused_it_is_gone_and_its_words_with_it(office: FakeOffice, moderator: Me, helper: Me) -> None:
    number = left_by_customer(office, contact="ria@example.nl")
    moderating.refuse_compliment(office.services, moderator, number)

    assert kept(office, number) is None
    assert office.posts(WALL) == []
    for slack_id in ("U0FATIMA", "U0BRAM"):
        assert "ria@example.nl" not in asked(office, slack_id)
        assert KIND not in asked(office, slack_id)
        assert '"Fatima"' in asked(office, slack_id)


def test_the_contact_is_forgotten_once_the_customer_was_thanked(office: FakeOffice, moderator: Me, helper: Me) -> None:
    number = left_by_customer(office, contact="ria@example.nl")
    assert moderating.compliment_to_thank_for(office.services, helper, number).contact == "ria@example.nl"
    with pytest.raises(BotError, match="Which words"):
        moderating.note_thanks(office.services, helper, number, " … ")
    moderating.note_thanks(office.services, helper, number, "Wat lief, dank je wel")

    compliment = kept(office, number)
    assert compliment is not None
    assert (compliment.contact, compliment.answer, compliment.answered_by) == (
        "", "Wat lief, dank je wel", helper.person_id,
    )  # fmt: skip
    for slack_id in ("U0FATIMA", "U0BRAM"):
        assert "ria@example.nl" not in asked(office, slack_id)
        assert "Wat lief, dank je wel" in asked(office, slack_id)
        assert PLACE in asked(office, slack_id)
    with pytest.raises(BotError, match="thanked already"):
        moderating.note_thanks(office.services, moderator, number, "Nog eens dank")


def test_thanking_comes_after_placing_too(office: FakeOffice, moderator: Me) -> None:
    number = left_by_customer(office, contact="ria@example.nl")
    moderating.place_compliment(office.services, moderator, number)
    assert THANK in asked(office, "U0FATIMA")
    wall = wall_window(actions.look(office.services, moderator, Looked()), moderator)
    assert THANK in json.dumps(wall)
    assert "ria@" not in json.dumps(wall)
    moderating.note_thanks(office.services, moderator, number, "Dank je wel")

    assert THANK not in asked(office, "U0FATIMA")


@pytest.mark.parametrize("is_placed", [False, True])
def test_what_a_customer_takes_back_is_gone_everywhere(
    office: FakeOffice, moderator: Me, helper: Me, sanne: Me, is_placed: bool
) -> None:
    taking_part(office, sanne)
    number = left_by_customer(office, about=sanne, contact="ria@example.nl")
    if is_placed:
        moderating.place_compliment(office.services, moderator, number)
    with office.services.database.writing(InWorkspace(office.workspace_id)) as tx:
        moderating.take_down(tx, office.services, ComplimentTakenBack(office.services.office(tx), number))

    assert office.posts(WALL) == office.posts("U0SANNE") == []
    for slack_id in ("U0FATIMA", "U0BRAM"):
        assert KIND not in asked(office, slack_id)
        assert "ria@example.nl" not in asked(office, slack_id)
        assert "compliment." not in asked(office, slack_id)


def test_who_moderates_no_more_keeps_no_contact(office: FakeOffice, moderator: Me, helper: Me) -> None:
    number = left_by_customer(office, contact="ria@example.nl")
    manager = open_channel(office, moderator, moderators=[])
    moderating.refuse_compliment(office.services, manager, number)

    assert "ria@example.nl" not in asked(office, "U0BRAM")


@pytest.mark.parametrize("is_thanked", [False, True])
def test_the_message_of_who_moderates_no_more_holds_what_everybody_sees(
    office: FakeOffice, moderator: Me, helper: Me, is_thanked: bool
) -> None:
    number = left_by_customer(office, customer="Ria de Wit", contact="ria@example.nl", for_whom="de man met de baard")
    assert "Ria de Wit" in asked(office, "U0BRAM")
    manager = open_channel(office, moderator, moderators=[])
    if is_thanked:
        moderating.note_thanks(office.services, manager, number, "Dank, mevrouw de Wit")
    else:
        moderating.place_compliment(office.services, manager, number)

    message = asked(office, "U0BRAM")
    assert KIND in message
    for secret in ("ria@example.nl", "de Wit", "baard", PLACE, ADJUST, REFUSE, THANK):
        assert secret not in message
    assert "Ria de Wit" in asked(office, "U0FATIMA")


def test_who_is_named_by_an_at_in_adjusted_words_is_whom_it_is_about(office: FakeOffice, moderator: Me) -> None:
    number = left_by_customer(office)
    moderating.adjust_compliment(office.services, moderator, number, typed("Wat fijn, @Bram", about=("U0FATIMA",)))
    assert names_about(office, number) == ["Fatima"]

    office.person("U0BRAM", "Bram")
    actions.change_compliment(office.services, moderator, number, typed("Wat fijn, @Bram"))
    assert names_about(office, number) == ["Bram"]


def test_a_moderator_corrects_and_withdraws_what_came_by_the_page(
    office: FakeOffice, moderator: Me, helper: Me
) -> None:
    number = left_by_customer(office)
    moderating.place_compliment(office.services, moderator, number)
    actions.change_compliment(office.services, helper, number, typed("Andere woorden"))
    assert "Andere woorden" in office.posts(WALL)[0]
    assert "Andere woorden" in asked(office, "U0FATIMA")
    assert actions.withdraw_compliment(office.services, helper, number) is not None

    assert office.posts(WALL) == []
    assert "Andere woorden" not in asked(office, "U0FATIMA")


def test_who_decided_is_named_no_more_once_erased(office: FakeOffice, moderator: Me, helper: Me) -> None:
    refused, answered = left_by_customer(office), left_by_customer(office, "Iets anders", contact="06")
    moderating.refuse_compliment(office.services, helper, refused)
    moderating.note_thanks(office.services, helper, answered, "Dank")
    moderating.place_compliment(office.services, helper, answered)
    with office.services.database.writing(helper) as tx:
        make_nameless(tx, helper.person_id, office.services.clock.now())
        actions.forget_moderator(tx, office.services, helper)

    messages = [json.dumps(post.body) for post in office.queued("U0FATIMA")]
    assert len(messages) == 2
    assert not any("Bram" in message for message in messages)


def test_what_another_workspace_has_waiting_is_not_decided_on(office: FakeOffice, moderator: Me) -> None:
    number = left_by_customer(office)
    elsewhere = office.person_elsewhere("T0ELDERS", "U0FATIMA", "Fatima")

    with pytest.raises(BotError):
        moderating.refuse_compliment(office.services, elsewhere, number)
    assert kept(office, number) is not None
