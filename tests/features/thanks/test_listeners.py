"""Thanks as people give them in Slack."""

import pytest

from bot.features.thanks import actions, listeners, screens
from bot.features.thanks.form import thanks_form
from bot.features.thanks.rules import TypedThanks
from bot.kernel.office import Me
from storage.thanks import Teller, Thanks
from tests.fakes import FANS, FakeOffice, FakeSlack
from tests.features.gifts.shelf import Shelf
from tests.features.heard import Heard, Json, texts_in
from tests.features.thanks.conftest import STORY
from tests.limits import complaints_about_message, complaints_about_view


@pytest.fixture
def heard(office: FakeOffice, slack: FakeSlack, sanne: Me, bram: Me, fatima: Me) -> Heard:
    return Heard(office.services, slack, listeners.register)


def opened(heard: Heard, action: str, value: str = "", user: str = "U0FATIMA", view: Json | None = None) -> Json:
    shown = heard.click(action, value, user, view)
    assert shown is not None
    assert complaints_about_view(shown) == []
    return shown


def filled(words: str = "Prachtig", gift: str = "", where: str = "thread") -> Json:
    chosen = {"gift": {"selected_option": {"value": gift} if gift else None}}
    return {"words": {"value": words}, "where": {"selected_option": {"value": where}}} | chosen


def test_the_button_beneath_a_story_opens_the_form_and_the_form_thanks(
    heard: Heard, shelf: Shelf, office: FakeOffice, story: int
) -> None:
    chocolate = shelf.has()
    form = opened(heard, screens.GIVE, str(story))
    assert STORY in texts_in(form)
    assert "🍫 Chocolade" in texts_in(form)
    after = heard.send(form, filled(gift=str(chocolate)))

    assert complaints_about_view(after["view"]) == []
    assert shelf.gift(chocolate).stock == 4
    for post in [*office.queued(FANS), *office.queued("U0SANNE")]:
        assert complaints_about_message(post.body or {}) == []


def test_errors_stand_at_their_fields(heard: Heard, shelf: Shelf, story: int) -> None:
    form = opened(heard, screens.GIVE, str(story))

    assert list(heard.send(form, filled(" "))["errors"]) == ["words"]
    assert list(heard.send(form, filled(gift=str(shelf.has("Fiets", price="200"))))["errors"]) == ["gift"]


def test_the_managers_list_opens_the_same_form(heard: Heard, slack: FakeSlack, story: int) -> None:
    assert opened(heard, screens.PICK, f"{story}:2")["private_metadata"] == str(story)
    assert opened(heard, screens.PICK, str(story))["private_metadata"] == str(story)  # a list of before


def test_ones_own_thanks_are_seen_and_taken_back(
    heard: Heard, office: FakeOffice, bram: Me, sanne: Me, story: int
) -> None:
    opened(heard, screens.SEE, user="U0SANNE")
    actions.thank(office.services, bram, story, TypedThanks("Prachtig"))
    assert "Prachtig" in texts_in(opened(heard, screens.SEE, user="U0SANNE"))
    mine = opened(heard, screens.SEE, user="U0BRAM")
    assert screens.TAKE_BACK in str(mine)
    after = opened(heard, screens.TAKE_BACK, "1", "U0BRAM", mine)

    assert "Prachtig" not in texts_in(after)
    assert office.posts("U0SANNE") == []


def test_a_button_with_nonsense_thanks_nobody(heard: Heard, office: FakeOffice, story: int) -> None:
    for action in (screens.GIVE, screens.PICK, screens.TAKE_BACK):
        for value in ("", "x", "-1", "9" * 30, "٣"):
            heard.click(action, value)

    assert office.rows("thanks") == 0


def test_the_longest_form_and_list_fit(office: FakeOffice, shelf: Shelf, fatima: Me, sanne: Me, story: int) -> None:
    for number in range(101):
        shelf.has("x" * 79 + str(number % 10), price="999")
    found = actions.story_to_thank(office.services, fatima, story)
    long = found.story.model_copy(update={"text": "é" * 3000})
    assert complaints_about_view(thanks_form(long, found.teller, found.offered, found.wheres, fatima)) == []
    named = found.teller.model_copy(update={"name": "Wilhelmina van den Berg-de Groot"})
    everybody = [Teller(named, number) for number in range(150)]

    assert complaints_about_message(screens.week_message(everybody, fatima.say).body()) == []
    gift = found.offered[0][1]
    given = Thanks(from_id=1, to_id=2, words="é" * 1000, workspace_id=1, thanked_at=office.services.clock.now())
    for message in (
        screens.thread_message(given, fatima, named, gift, fatima.office),
        screens.private_message(given, fatima, gift, long, fatima.say),
    ):
        assert complaints_about_message(message.body()) == []
