"""Thanking for a story: in words, with a gift, in the thread or in private; and taking it back."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.features.gifts.actions import put_back, see_cupboards
from bot.features.stories.actions import remove_story, share_story
from bot.features.thanks import actions, forgetting
from bot.features.thanks.rules import TypedThanks, Where
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from storage.outbox import post_by_key
from storage.people import Part, Standing, note_home
from storage.personal import make_nameless
from storage.stories import Story
from tests.fakes import FANS, FakeOffice
from tests.features.gifts.shelf import Shelf
from tests.features.thanks.conftest import STORY

KIND = "Wat lief dat je meeliep"


def in_thread(words: str = KIND, gift: int | str = "") -> TypedThanks:
    return TypedThanks(words, str(gift), Where.THREAD)


def in_private(words: str = KIND, gift: int | str = "") -> TypedThanks:
    return TypedThanks(words, str(gift), Where.PRIVATE)


def stories_of(office: FakeOffice, me: Me, count: int) -> list[int]:
    return [share_story(office.services, me, f"Verhaal {number} over een klant").story_id for number in range(count)]


def test_thanks_stand_in_the_thread_and_the_teller_hears_once(
    office: FakeOffice, bram: Me, sanne: Me, story: int
) -> None:
    actions.thank(office.services, bram, story, in_thread())

    [post] = office.queued(FANS)[1:]
    assert post.thread_key == f"story:{story}"
    assert KIND in json.dumps(post.body)
    assert len(office.posts("U0SANNE")) == 1
    assert KIND in office.posts("U0SANNE")[0]


def test_in_private_nobody_else_reads_it(office: FakeOffice, bram: Me, sanne: Me, story: int) -> None:
    actions.thank(office.services, bram, story, in_private())

    assert len(office.queued(FANS)) == 1
    assert len(office.posts("U0SANNE")) == 1


def test_who_takes_no_part_gets_no_message_and_sees_it_at_home(office: FakeOffice, bram: Me, fatima: Me) -> None:
    [told] = stories_of(office, bram, 1)
    assert actions.story_to_thank(office.services, fatima, told).wheres == [Where.THREAD]
    actions.thank(office.services, fatima, told, in_private())
    with office.services.database.reading(bram) as tx:
        card = json.dumps(actions.home_card(tx, office.services, bram))

    assert office.posts("U0BRAM") == []
    assert len(office.queued(FANS)) == 2
    assert KIND in card


def test_on_a_busy_day_it_goes_into_the_thread_in_which_the_story_is(office: FakeOffice, bram: Me, sanne: Me) -> None:
    told = stories_of(office, sanne, 17)[-1]
    actions.thank(office.services, bram, told, in_thread())
    with office.services.database.reading(sanne) as tx:
        posts = post_by_key(tx, f"story:{told}"), post_by_key(tx, f"thanks:{told}:1")

    assert all(post is not None and (post.thread_key or "").startswith("stories:") for post in posts)


def test_a_gift_goes_with_it_from_the_cupboard_and_on_the_ledger(
    office: FakeOffice, shelf: Shelf, fatima: Me, sanne: Me, story: int
) -> None:
    chocolate = shelf.has()
    actions.thank(office.services, fatima, story, in_thread(gift=chocolate))

    assert shelf.gift(chocolate).stock == 4
    [spent] = shelf.spent(fatima)
    assert (spent.cents, spent.is_staff, spent.story_id) == (250, True, story)
    posts = json.dumps([post.body for post in [*office.queued(FANS), *office.queued("U0SANNE")]], ensure_ascii=False)
    assert posts.count("🍫 Chocolade") == 2
    assert "2,50" not in posts
    [got] = actions.see_thanks(office.services, sanne).received
    assert got.gift is not None
    assert got.gift.name == "Chocolade"


def test_without_room_in_the_budget_or_the_cupboard_there_are_no_thanks_either(
    office: FakeOffice, shelf: Shelf, fatima: Me, story: int
) -> None:
    for gift in (shelf.has("Fiets", price="250"), shelf.has(stock=0), 999, "x"):
        with pytest.raises(FormError) as error:
            actions.thank(office.services, fatima, story, in_thread(gift=gift))
        assert list(error.value.fields) == ["gift"]

    assert office.rows("thanks") == office.rows("spending") == 0
    assert len(office.queued(FANS)) == 1


def test_of_two_who_give_the_last_one_the_second_hears_it(
    office: FakeOffice, shelf: Shelf, fatima: Me, bram: Me, story: int
) -> None:
    chocolate = shelf.has(stock=1)
    actions.thank(office.services, fatima, story, in_thread(gift=chocolate))

    with pytest.raises(FormError):
        actions.thank(office.services, bram, story, in_thread(gift=chocolate))
    assert shelf.entries(bram) == []


def test_nobody_thanks_themselves_a_bot_a_guest_or_who_left(
    office: FakeOffice, bram: Me, sanne: Me, story: int
) -> None:
    with pytest.raises(BotError, match="for your colleagues"):
        actions.thank(office.services, sanne, story, in_thread())
    for standing, why in ((Standing.BOT, "A bot"), (Standing.GONE, "any more"), (Standing.GUEST, "any more")):
        office.person("U0SANNE", "Sanne", standing=standing)
        with pytest.raises(BotError, match=why):
            actions.story_to_thank(office.services, bram, story)


def test_a_guest_thanks_nobody(office: FakeOffice, story: int) -> None:
    guest = office.person("U0GAST", "Gast", standing=Standing.GUEST)

    with pytest.raises(BotError, match="guest"):
        actions.thank(office.services, guest, story, in_thread())


def test_a_story_kept_for_oneself_or_gone_is_not_thanked_for(
    office: FakeOffice, bram: Me, sanne: Me, story: int
) -> None:
    with office.services.database.writing(sanne) as tx:
        kept = tx.get(Story, story)
        assert kept is not None
        kept.is_shared = False
    for number in (story, 999):
        with pytest.raises(BotError, match="not there"):
            actions.thank(office.services, bram, number, in_thread())


def test_a_story_of_another_workspace_is_not_thanked_for(office: FakeOffice, story: int) -> None:
    elsewhere = office.person_elsewhere("T0ELDERS", "U0BRAM", "Bram")

    with pytest.raises(BotError, match="not there"):
        actions.thank(office.services, elsewhere, story, in_thread())


def test_one_story_is_thanked_for_once(office: FakeOffice, bram: Me, story: int) -> None:
    actions.thank(office.services, bram, story, in_thread())

    with pytest.raises(BotError, match="already"):
        actions.thank(office.services, bram, story, in_private())


def test_there_are_five_thanks_in_a_week_and_a_manager_has_twenty(
    office: FakeOffice, bram: Me, fatima: Me, sanne: Me
) -> None:
    told = stories_of(office, sanne, 7)
    for number in told[:5]:
        actions.thank(office.services, bram, number, in_private())
    with pytest.raises(BotError, match="5 times"):
        actions.thank(office.services, bram, told[5], in_private())
    for number in told[:6]:
        actions.thank(office.services, fatima, number, in_private())
    assert actions.see_thanks(office.services, fatima).left == 14
    office.real_clock.pass_time(days=7)

    actions.thank(office.services, bram, told[5], in_private())
    assert actions.see_thanks(office.services, bram).left == 4


@pytest.mark.parametrize("words", ["", "  \n ", "x" * 1001])
def test_thanks_without_words_or_with_far_too_many_are_refused(
    office: FakeOffice, bram: Me, story: int, words: str
) -> None:
    with pytest.raises(FormError) as error:
        actions.thank(office.services, bram, story, in_thread(words))

    assert list(error.value.fields) == ["words"]


def test_taken_back_it_is_gone_from_slack_and_the_gift_is_there_again(
    office: FakeOffice, shelf: Shelf, bram: Me, sanne: Me, story: int
) -> None:
    chocolate = shelf.has()
    actions.thank(office.services, bram, story, in_thread(gift=chocolate))
    [given] = actions.see_thanks(office.services, bram).given
    with pytest.raises(BotError, match="Only who gave"):
        actions.take_back(office.services, sanne, given.thanks.id or 0)
    actions.take_back(office.services, bram, given.thanks.id or 0)

    assert shelf.gift(chocolate).stock == 5
    assert shelf.entries(bram) == [250, -250]
    assert office.posts("U0SANNE") == []
    assert len(office.queued(FANS)) == 1
    assert actions.see_thanks(office.services, bram).left == 5
    with pytest.raises(BotError, match="already"):
        actions.take_back(office.services, bram, given.thanks.id or 0)


def test_after_a_month_thanks_stay(office: FakeOffice, bram: Me, story: int) -> None:
    actions.thank(office.services, bram, story, in_thread())
    office.services.clock.move_to(office.services.clock.now() + timedelta(days=32))

    with pytest.raises(BotError, match="too long ago"):
        actions.take_back(office.services, bram, 1)


def test_a_gift_that_went_with_thanks_comes_back_with_them_alone(
    office: FakeOffice, shelf: Shelf, bram: Me, story: int
) -> None:
    actions.thank(office.services, bram, story, in_thread(gift=shelf.has()))

    assert see_cupboards(office.services, bram).mine == []


def test_the_thanks_in_a_thread_go_with_the_story(office: FakeOffice, bram: Me, sanne: Me, story: int) -> None:
    actions.thank(office.services, bram, story, in_thread())
    remove_story(office.services, sanne, story)

    assert office.queued(FANS) == []
    assert [got.thanks.words for got in actions.see_thanks(office.services, sanne).received] == [KIND]


def test_everybody_sees_of_themselves_the_week_that_the_managers_list_is_of(
    office: FakeOffice, bram: Me, sanne: Me, story: int
) -> None:
    def seen() -> tuple[int, int]:
        mine = actions.see_thanks(office.services, sanne)
        return mine.told, mine.thanked

    on_its_own_monday = seen()
    office.services.clock.move_to(office.services.clock.now() + timedelta(days=13))  # Sunday of the week after
    before = seen()
    actions.thank(office.services, bram, story, in_thread())
    after = seen()
    office.services.clock.move_to(office.services.clock.now() + timedelta(days=1))

    assert (on_its_own_monday, before, after, seen()) == ((0, 0), (1, 0), (1, 1), (0, 1))
    assert [got.other.name for got in actions.see_thanks(office.services, sanne).received] == ["Bram"]


def test_of_who_was_erased_the_words_go_and_the_thanks_stay(
    office: FakeOffice, bram: Me, sanne: Me, story: int
) -> None:
    actions.thank(office.services, bram, story, in_thread())
    with office.services.database.writing(bram) as tx:
        make_nameless(tx, bram.person_id, office.services.clock.now())
        forgetting.forget_thanker(tx, office.services, bram)

    said = json.dumps([post.body for post in [*office.queued(FANS), *office.queued("U0SANNE")]])
    assert KIND not in said
    assert "Bram" not in said
    assert len(office.queued(FANS)) == 2
    assert [got.thanks.words for got in actions.see_thanks(office.services, sanne).received] == [""]


def test_of_who_was_thanked_and_erased_nothing_stays(office: FakeOffice, bram: Me, sanne: Me, story: int) -> None:
    actions.thank(office.services, bram, story, in_thread())
    with office.services.database.writing(sanne) as tx:
        make_nameless(tx, sanne.person_id, office.services.clock.now())
        forgetting.forget_thanked(tx, office.services, sanne)

    assert office.rows("thanks") == 0
    assert [post.key for post in office.queued(FANS)] == [f"story:{story}"]


def test_what_went_with_thanks_to_who_was_erased_can_be_put_back(
    office: FakeOffice, shelf: Shelf, bram: Me, sanne: Me, story: int
) -> None:
    chocolate = shelf.has()
    actions.thank(office.services, bram, story, in_thread(gift=chocolate))
    with office.services.database.writing(sanne) as tx:
        make_nameless(tx, sanne.person_id, office.services.clock.now())
        forgetting.forget_thanked(tx, office.services, sanne)
    [(move, _)] = see_cupboards(office.services, bram).mine
    put_back(office.services, bram, move.id or 0)

    assert shelf.gift(chocolate).stock == 5
    assert shelf.entries(bram) == [250, -250]


def test_without_a_channel_there_is_no_thread(office: FakeOffice, bram: Me, sanne: Me) -> None:
    quiet = replace(sanne, office=replace(sanne.office, stories_channel=None))
    told = share_story(office.services, quiet, STORY).story_id

    assert actions.story_to_thank(office.services, bram, told).wheres == [Where.PRIVATE]
    actions.thank(office.services, bram, told, in_thread())
    assert office.posts(FANS) == []
    assert len(office.posts("U0SANNE")) == 1


def test_joining_later_opens_the_private_way(office: FakeOffice, bram: Me, fatima: Me) -> None:
    [told] = stories_of(office, bram, 1)
    office.person("U0BRAM", "Bram", part=Part.JOINED)

    assert actions.story_to_thank(office.services, fatima, told).wheres == [Where.THREAD, Where.PRIVATE]


def test_home_of_who_is_thanked_follows(office: FakeOffice, bram: Me, sanne: Me, story: int) -> None:
    with office.services.database.writing(sanne) as tx:
        note_home(tx, sanne.person_id, office.services.clock.now())
    actions.thank(office.services, bram, story, in_private())

    assert [post.key for post in office.queued("U0SANNE") if post.is_home] == [f"home:{sanne.person_id}"]
