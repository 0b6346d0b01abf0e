"""Telling, changing, removing and applauding stories, on both databases."""

import dataclasses
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.stories import actions
from bot.features.stories.jobs import expire_drafts
from bot.features.stories.rules import TypedStory
from bot.features.stories.screens import APPLAUD, CHANGE, REMOVE, DraftChoice, story_message
from bot.kernel.errors import BotError, FormError
from bot.kernel.facts import StoryChanged, StoryRemoved, StoryTold
from bot.kernel.money import typed_amount
from bot.kernel.office import Me
from bot.services import Services
from bot.wiring.home import show_home
from storage.outbox import Post
from storage.people import Person, Standing
from storage.stories import Draft, Story
from tests.fakes import FANS, FakeOffice, StoppedClock
from tests.features.stories.test_screens import me_speaking

UMBRELLA = "Paraplu meegegeven aan een klant in de regen"
BIKE = "Een lekke band geplakt terwijl de klant wachtte"


def typed(text: str = UMBRELLA, **fields: Any) -> TypedStory:
    return TypedStory(text=text, **fields)


def plain_words(post: Post) -> str:
    """All that a post's rich text says, in one line."""
    return " ".join(part["text"] for part in text_elements(post.body) if part["type"] == "text")


def text_elements(body: Any) -> list[dict[str, Any]]:
    """The elements of all rich text in a message or a view."""
    found = []
    for block in body["blocks"]:
        for section in block.get("elements", []) if block["type"] == "rich_text" else []:
            found += section["elements"]
    return found


def buttons_of(post: Post) -> dict[str, dict[str, Any]]:
    rows = [block for block in (post.body or {})["blocks"] if block["type"] == "actions"]
    return {button["action_id"]: button for row in rows for button in row["elements"]}


# Telling


def test_a_story_told_in_one_go_is_saved_and_posted(office: FakeOffice, sanne: Me) -> None:
    told = actions.share_story(office.services, sanne, f"  {UMBRELLA} ")

    [story] = office.stories()
    assert (story.id, story.text, story.teller_id) == (told.story_id, UMBRELLA, sanne.person_id)
    assert (story.day, told.is_shared) == (date(2026, 11, 2), True)
    assert office.posts() == [f"Sanne maakte een fan: {UMBRELLA}"]


def test_the_same_words_within_two_minutes_are_the_same_story(
    office: FakeOffice, sanne: Me, clock: StoppedClock
) -> None:
    first = actions.share_story(office.services, sanne, UMBRELLA)
    clock.pass_time(minutes=2)
    again = actions.share_story(office.services, sanne, f"{UMBRELLA}\n")

    assert again.story_id == first.story_id
    assert len(office.stories()) == len(office.posts()) == 1


def test_the_same_words_after_two_minutes_are_another_story(office: FakeOffice, sanne: Me, clock: StoppedClock) -> None:
    actions.share_story(office.services, sanne, UMBRELLA)
    clock.pass_time(minutes=2, seconds=1)
    actions.share_story(office.services, sanne, UMBRELLA)

    assert len(office.stories()) == len(office.posts()) == 2


def test_two_people_may_tell_the_same_words(office: FakeOffice, sanne: Me, bram: Me) -> None:
    actions.share_story(office.services, sanne, UMBRELLA)
    actions.share_story(office.services, bram, UMBRELLA)

    assert office.posts() == [f"Sanne maakte een fan: {UMBRELLA}", f"Bram maakte een fan: {UMBRELLA}"]


def test_words_that_were_taken_back_can_be_told_again_at_once(office: FakeOffice, sanne: Me) -> None:
    first = actions.share_story(office.services, sanne, UMBRELLA)
    actions.remove_story(office.services, sanne, first.story_id)
    second = actions.share_story(office.services, sanne, UMBRELLA)

    assert second.story_id != first.story_id
    assert office.posts() == [f"Sanne maakte een fan: {UMBRELLA}"]


def test_other_words_within_two_minutes_are_another_story(office: FakeOffice, sanne: Me) -> None:
    actions.share_story(office.services, sanne, UMBRELLA)
    actions.share_story(office.services, sanne, BIKE)

    assert [story.text for story in office.stories()] == [UMBRELLA, BIKE]


def test_a_day_is_the_tellers_own(office: FakeOffice, sanne: Me, clock: StoppedClock) -> None:
    auckland = office.person("U0KIRI", "Kiri", zone="Pacific/Auckland")
    clock.pass_time(hours=6)  # four in the afternoon in Amsterdam, and four at night in Auckland
    actions.share_story(office.services, sanne, UMBRELLA)
    actions.share_story(office.services, auckland, UMBRELLA)

    assert [story.day for story in office.stories()] == [date(2026, 11, 2), date(2026, 11, 3)]


@pytest.mark.parametrize("words", ["", "   \n\t ", "leuk", "🎉" * 3000, ":tada: :+1:", "…!?", "x" * 3001])
def test_what_makes_no_story_is_refused_and_leaves_nothing(office: FakeOffice, sanne: Me, words: str) -> None:
    with pytest.raises(BotError):
        actions.share_story(office.services, sanne, words)

    assert not office.stories()
    assert not office.posts()


@pytest.mark.parametrize(
    "words",
    ["x" * 10, "é" * 3000, "ש" * 20, "Klant blij " + "🎉" * 2989, "שלום לך לקוח יקר", "&" * 2990 + "nul tot tien"[:10]],
)
def test_odd_but_honest_words_make_a_story(office: FakeOffice, sanne: Me, words: str) -> None:
    actions.share_story(office.services, sanne, words)

    assert [story.text for story in office.stories()] == [words]
    assert words in plain_words(office.queued(FANS)[0])


def test_marks_that_turn_the_direction_of_writing_are_left_out(office: FakeOffice, sanne: Me) -> None:
    actions.share_story(office.services, sanne, "Klant \u202egeholpen\u202c met\u2066 de fiets\u2069\u0007")

    assert office.stories()[0].text == "Klant geholpen met de fiets"


@pytest.mark.parametrize(
    ("standing", "reason"),
    [
        (Standing.GUEST, "As a guest"),
        (Standing.STRANGER, "people who work here"),
        (Standing.GONE, "can't take part"),
        (Standing.BOT, "can't take part"),
    ],
)
def test_who_does_not_belong_can_neither_tell_nor_applaud(
    office: FakeOffice, sanne: Me, standing: Standing, reason: str
) -> None:
    told = actions.share_story(office.services, sanne, UMBRELLA)
    outsider = office.person("U0OTHER", "Ander", standing=standing)

    for attempt in (
        lambda: actions.share_story(office.services, outsider, BIKE),
        lambda: actions.tell_story(office.services, outsider, typed(BIKE)),
        lambda: actions.write_draft(office.services, outsider, BIKE),
        lambda: actions.settle_draft(office.services, outsider, 1, DraftChoice.SHARE),
        lambda: actions.applaud(office.services, outsider, told.story_id),
    ):
        with pytest.raises(BotError, match=reason):
            attempt()

    assert len(office.stories()) == 1
    assert "· 1" not in buttons_of(office.queued(FANS)[0])[APPLAUD]["text"]["text"]
    assert not office.posts("U0OTHER")


def test_a_person_whom_slack_has_not_named_yet_can_tell(office: FakeOffice) -> None:
    nobody = office.person("U0NEW", "")
    actions.share_story(office.services, nobody, UMBRELLA)

    assert text_elements(office.queued(FANS)[0].body)[0]["text"] == "een collega"


# The form


def test_the_form_keeps_all_that_was_filled_in(office: FakeOffice, sanne: Me, bram: Me, fatima: Me) -> None:
    told = actions.tell_story(
        office.services,
        sanne,
        typed(
            customer="mevrouw De V.",
            moment="complaint",
            unasked=True,
            helpers=("U0BRAM", "U0FATIMA"),
            spent="€ 7,50",
            minutes="20",
            day="2026-10-30",
            on_screen=True,
        ),
    )

    [story] = office.stories()
    kept = story.customer, story.moment, story.unasked, story.spent_cents, story.minutes, story.day, story.on_screen
    assert kept == ("mevrouw De V.", "complaint", True, 750, 20, date(2026, 10, 30), True)
    _, helpers = actions.story_to_change(office.services, sanne, told.story_id)
    assert [helper.name for helper in helpers] == ["Bram", "Fatima"]


def test_the_post_says_who_what_when_and_with_whom(office: FakeOffice, sanne: Me, bram: Me, fatima: Me) -> None:
    actions.tell_story(
        office.services,
        sanne,
        typed(moment="complaint", unasked=True, helpers=("U0BRAM", "U0FATIMA"), day="2026-10-30"),
    )

    said = plain_words(office.queued(FANS)[0])
    for part in (
        "Sanne",
        "bij een klacht",
        "ongevraagd",
        "vrijdag 30 oktober",
        UMBRELLA,
        "Samen met",
        "Bram",
        "Fatima",
    ):
        assert part in said


def test_the_post_leaves_out_the_customer_and_the_cost(office: FakeOffice, sanne: Me) -> None:
    actions.tell_story(
        office.services, sanne, typed(customer="mevrouw De Vries", spent="1.234,56", minutes="77", on_screen=True)
    )

    [post] = office.queued(FANS)
    everything = json.dumps(post.body, ensure_ascii=False)
    for secret in ("Vries", "1234", "1.234", "123456", "77"):
        assert secret not in everything


@given(cents=st.integers(100_01, 99_999_99), minutes=st.integers(200, 600), language=st.sampled_from(["nl", "en"]))
def test_no_post_ever_holds_an_amount(cents: int, minutes: int, language: str) -> None:
    office = me_speaking(language).office
    sanne = Person(workspace_id=1, slack_id="USANNE", name="Sanne")
    story = Story(
        workspace_id=1, id=1, teller_id=1, text=UMBRELLA, day=date(2026, 11, 2),
        told_at=StoppedClock().now(), spent_cents=cents, minutes=minutes, customer="Klaas",
    )  # fmt: skip

    everything = json.dumps(story_message(story, sanne, [sanne], 3, office).body(), ensure_ascii=False)

    for secret in (str(cents // 100), str(cents), str(minutes), typed_amount(cents, language), "EUR", "€", "Klaas"):
        assert secret not in everything


def test_everything_wrong_in_a_form_is_told_at_its_field_and_nothing_is_kept(office: FakeOffice, sanne: Me) -> None:
    with pytest.raises(FormError) as wrong:
        actions.tell_story(
            office.services,
            sanne,
            typed("kort", customer="x" * 151, spent="1.250", minutes="veel", day="2026-11-03"),
        )

    assert set(wrong.value.fields) == {"story", "customer", "spent", "minutes", "day"}
    assert "1.25 or 1250" in str(wrong.value.fields["spent"])
    assert not office.stories()
    assert not office.posts()


@pytest.mark.parametrize(
    ("amount", "cents"),
    [("7,50", 750), ("€ 7.50", 750), ("7,5", 750), ("7,-", 700), ("7,50 euro", 750), ("1.250,00", 125_000), ("", None)],
)
def test_amounts_are_read_as_people_type_them(office: FakeOffice, sanne: Me, amount: str, cents: int | None) -> None:
    actions.tell_story(office.services, sanne, typed(spent=amount))

    assert office.stories()[0].spent_cents == cents


def test_a_story_of_seven_days_ago_can_be_told_and_of_eight_not(office: FakeOffice, sanne: Me) -> None:
    actions.tell_story(office.services, sanne, typed(day="2026-10-26"))
    with pytest.raises(FormError) as wrong:
        actions.tell_story(office.services, sanne, typed(day="2026-10-25"))

    assert list(wrong.value.fields) == ["day"]
    assert [story.day for story in office.stories()] == [date(2026, 10, 26)]


def test_one_is_no_helper_of_oneself_and_a_bot_is_none_either(office: FakeOffice, sanne: Me, bram: Me) -> None:
    office.person("U0BOT", "Robot", standing=Standing.BOT)
    told = actions.tell_story(office.services, sanne, typed(helpers=("U0SANNE", "U0BOT", "U0BRAM", "U0BRAM")))

    _, helpers = actions.story_to_change(office.services, sanne, told.story_id)
    assert [helper.slack_id for helper in helpers] == ["U0BRAM"]


def test_a_helper_whom_the_bot_does_not_know_yet_gets_a_row(office: FakeOffice, sanne: Me) -> None:
    told = actions.tell_story(office.services, sanne, typed(helpers=("U0UNKNOWN",)))

    _, [helper] = actions.story_to_change(office.services, sanne, told.story_id)
    assert (helper.slack_id, helper.name, helper.profile_at) == ("U0UNKNOWN", "", None)
    said = [part["text"] for part in text_elements(office.queued(FANS)[0].body)]
    assert "een collega" in said


def test_a_private_story_is_never_put_on_the_screen(office: FakeOffice, sanne: Me) -> None:
    actions.tell_story(office.services, sanne, typed(is_shared=False, on_screen=True))

    assert not office.stories()[0].on_screen


# What goes wrong undoes everything


def test_a_reaction_that_refuses_undoes_the_story_its_post_and_its_helpers(office: FakeOffice, sanne: Me) -> None:
    def refuse(*_: Any) -> None:
        raise BotError("Choose a colleague.")

    strict = dataclasses.replace(office.services, reactions={StoryTold: (refuse,)})
    with pytest.raises(BotError, match="Choose a colleague"):
        actions.tell_story(strict, sanne, typed(helpers=("U0UNKNOWN",)))

    assert not office.stories()
    assert not office.posts()
    assert actions.share_story(office.services, sanne, UMBRELLA).is_shared  # and the lock is free again


def test_a_reaction_that_breaks_leaves_the_story_as_it_was(office: FakeOffice, sanne: Me) -> None:
    told = actions.share_story(office.services, sanne, UMBRELLA)

    def break_down(*_: Any) -> None:
        raise ZeroDivisionError

    broken = dataclasses.replace(office.services, reactions={StoryChanged: (break_down,), StoryRemoved: (break_down,)})
    with pytest.raises(ZeroDivisionError):
        actions.change_story(broken, sanne, told.story_id, typed(BIKE))
    with pytest.raises(ZeroDivisionError):
        actions.remove_story(broken, sanne, told.story_id)

    assert [story.text for story in office.stories()] == [UMBRELLA]
    assert office.posts() == [f"Sanne maakte een fan: {UMBRELLA}"]


# Shared, or kept for oneself


def test_a_private_story_is_saved_and_posted_nowhere(office: FakeOffice, sanne: Me) -> None:
    told = actions.tell_story(office.services, sanne, typed(is_shared=False))

    assert not told.is_shared
    assert [story.text for story in office.stories()] == [UMBRELLA]
    assert not office.posts()


def test_nobody_applauds_changes_or_removes_anothers_private_story(office: FakeOffice, sanne: Me, bram: Me) -> None:
    told = actions.tell_story(office.services, sanne, typed(is_shared=False))

    with pytest.raises(BotError, match="not there any more"):
        actions.applaud(office.services, bram, told.story_id)
    for attempt in (
        lambda: actions.story_to_change(office.services, bram, told.story_id),
        lambda: actions.change_story(office.services, bram, told.story_id, typed(BIKE)),
        lambda: actions.remove_story(office.services, bram, told.story_id),
    ):
        with pytest.raises(BotError, match="Only the teller"):
            attempt()
    assert [story.text for story in office.stories()] == [UMBRELLA]


def test_a_private_story_can_be_shared_later(office: FakeOffice, sanne: Me, clock: StoppedClock) -> None:
    told = actions.tell_story(office.services, sanne, typed(is_shared=False))
    clock.pass_time(days=2)
    changed = actions.change_story(office.services, sanne, told.story_id, typed(day="2026-11-02"))

    assert changed.is_shared
    assert office.posts() == [f"Sanne maakte een fan: {UMBRELLA}"]
    assert "maandag 2 november" in plain_words(office.queued(FANS)[0])  # it is not about the day on which it is read
    assert office.stories()[0].posted_on == date(2026, 11, 4)


def test_a_shared_story_can_be_taken_back_and_shared_again(office: FakeOffice, sanne: Me) -> None:
    told = actions.share_story(office.services, sanne, UMBRELLA)

    actions.change_story(office.services, sanne, told.story_id, typed(is_shared=False))
    assert not office.posts()
    assert office.stories()[0].posted_on is None

    actions.change_story(office.services, sanne, told.story_id, typed())
    assert office.posts() == [f"Sanne maakte een fan: {UMBRELLA}"]


def test_without_a_channel_a_story_is_kept_and_the_teller_hears_that_nobody_sees_it(
    office: FakeOffice, sanne: Me
) -> None:
    homeless = dataclasses.replace(sanne, office=dataclasses.replace(sanne.office, stories_channel=None))
    told = actions.share_story(office.services, homeless, UMBRELLA)

    assert len(office.stories()) == 1
    assert not office.posts()
    assert ["no channel for stories yet" in remark.english for remark in told.remarks].count(True) == 1
    actions.remove_story(office.services, homeless, told.story_id)
    assert not office.stories()


# A busy day


def test_the_sixteenth_story_of_a_day_goes_into_the_thread_of_one_daily_post(office: FakeOffice) -> None:
    for number in range(18):
        teller = office.person(f"U{number:04}", f"Collega {number}")
        actions.share_story(office.services, teller, f"{UMBRELLA}, nummer {number}")

    posts = office.queued(FANS)
    in_thread = [post.key for post in posts if post.thread_key]
    assert {post.thread_key for post in posts if post.thread_key} == {"stories:2026-11-02"}
    assert in_thread == ["story:16", "story:17", "story:18"]
    assert [post.key for post in posts if not post.thread_key][15:] == ["stories:2026-11-02"]
    assert len(posts) == 19


def test_a_new_day_begins_in_the_channel_again(office: FakeOffice, sanne: Me, clock: StoppedClock) -> None:
    for number in range(16):
        actions.share_story(office.services, sanne, f"{UMBRELLA}, nummer {number}")
    clock.pass_time(days=1)
    actions.share_story(office.services, sanne, BIKE)

    assert office.queued(FANS)[-1].thread_key is None


def test_private_and_removed_stories_take_no_place_of_the_fifteen(office: FakeOffice, sanne: Me) -> None:
    for number in range(14):
        actions.share_story(office.services, sanne, f"{UMBRELLA}, nummer {number}")
    actions.tell_story(office.services, sanne, typed("Alleen voor mijzelf geschreven", is_shared=False))
    gone = actions.share_story(office.services, sanne, "Dit verhaal gaat zo weer weg")
    actions.remove_story(office.services, sanne, gone.story_id)
    actions.share_story(office.services, sanne, BIKE)

    assert all(post.thread_key is None for post in office.queued(FANS))


# Changing and removing


def test_changing_a_story_changes_its_post_in_place(office: FakeOffice, sanne: Me, bram: Me, fatima: Me) -> None:
    told = actions.tell_story(office.services, sanne, typed(helpers=("U0BRAM",)))
    [before] = office.queued(FANS)
    actions.change_story(office.services, sanne, told.story_id, typed(BIKE, moment="question", helpers=("U0FATIMA",)))

    [after] = office.queued(FANS)
    assert (after.id, after.key, after.revision) == (before.id, before.key, before.revision + 1)
    assert "Fatima" in plain_words(after)
    assert "Bram" not in plain_words(after)
    assert [(story.text, story.moment) for story in office.stories()] == [(BIKE, "question")]
    assert office.stories()[0].changed_at == office.services.clock.now()


def test_a_change_with_an_error_changes_nothing(office: FakeOffice, sanne: Me) -> None:
    told = actions.share_story(office.services, sanne, UMBRELLA)
    with pytest.raises(FormError):
        actions.change_story(office.services, sanne, told.story_id, typed(BIKE, spent="heel veel"))

    assert office.stories()[0].text == UMBRELLA
    assert office.queued(FANS)[0].revision == 1


def test_an_old_story_may_keep_its_day(office: FakeOffice, sanne: Me, clock: StoppedClock) -> None:
    told = actions.share_story(office.services, sanne, UMBRELLA)
    clock.pass_time(days=30)
    actions.change_story(office.services, sanne, told.story_id, typed(BIKE, day="2026-11-02"))

    assert (office.stories()[0].text, office.stories()[0].day) == (BIKE, date(2026, 11, 2))


def test_a_change_keeps_the_applause(office: FakeOffice, sanne: Me, bram: Me) -> None:
    told = actions.share_story(office.services, sanne, UMBRELLA)
    actions.applaud(office.services, bram, told.story_id)
    actions.change_story(office.services, sanne, told.story_id, typed(BIKE))

    assert buttons_of(office.queued(FANS)[0])[APPLAUD]["text"]["text"].endswith("· 1")


def test_removing_a_story_takes_its_post_applause_and_helpers_with_it(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me
) -> None:
    told = actions.tell_story(office.services, sanne, typed(helpers=("U0BRAM",)))
    actions.applaud(office.services, fatima, told.story_id)

    removed = actions.remove_story(office.services, sanne, told.story_id)

    assert removed is not None
    assert removed.text == UMBRELLA  # the teller gets the words back
    assert not office.stories()
    assert not office.posts()
    assert office.rows("applause") == office.rows("story_helper") == 0


def test_removing_twice_is_no_error_and_changing_what_is_gone_says_so(office: FakeOffice, sanne: Me) -> None:
    told = actions.share_story(office.services, sanne, UMBRELLA)
    actions.remove_story(office.services, sanne, told.story_id)

    assert actions.remove_story(office.services, sanne, told.story_id) is None
    with pytest.raises(BotError, match="not there any more"):
        actions.change_story(office.services, sanne, told.story_id, typed(BIKE))


def test_the_buttons_to_change_and_remove_are_shown_to_the_teller_alone(office: FakeOffice, sanne: Me) -> None:
    actions.share_story(office.services, sanne, UMBRELLA)

    shown = buttons_of(office.queued(FANS)[0])
    assert shown[CHANGE]["visible_to_user_ids"] == shown[REMOVE]["visible_to_user_ids"] == ["U0SANNE"]
    assert "visible_to_user_ids" not in shown[APPLAUD]
    assert "confirm" in shown[REMOVE]


def test_a_story_of_another_workspace_is_not_there(office: FakeOffice, sanne: Me) -> None:
    told = actions.share_story(office.services, sanne, UMBRELLA)
    elsewhere = office.person_elsewhere("T0OTHER", "U0SANNE", "Sanne")

    assert actions.remove_story(office.services, elsewhere, told.story_id) is None
    with pytest.raises(BotError, match="not there any more"):
        actions.applaud(office.services, elsewhere, told.story_id)
    assert len(office.stories()) == 1


# Applause


def test_applause_counts_once_a_person(office: FakeOffice, sanne: Me, bram: Me, fatima: Me) -> None:
    told = actions.share_story(office.services, sanne, UMBRELLA)
    actions.applaud(office.services, bram, told.story_id)
    actions.applaud(office.services, fatima, told.story_id)

    assert buttons_of(office.queued(FANS)[0])[APPLAUD]["text"]["text"] == "👏 Mooi · 2"


def test_applauding_again_takes_it_back(office: FakeOffice, sanne: Me, bram: Me, clock: StoppedClock) -> None:
    told = actions.share_story(office.services, sanne, UMBRELLA)
    actions.applaud(office.services, bram, told.story_id)
    clock.pass_time(seconds=2)
    actions.applaud(office.services, bram, told.story_id)

    assert buttons_of(office.queued(FANS)[0])[APPLAUD]["text"]["text"] == "👏 Mooi"
    clock.pass_time(seconds=2)
    actions.applaud(office.services, bram, told.story_id)
    assert buttons_of(office.queued(FANS)[0])[APPLAUD]["text"]["text"] == "👏 Mooi · 1"


def test_a_double_click_is_one_applause(office: FakeOffice, sanne: Me, bram: Me, clock: StoppedClock) -> None:
    told = actions.share_story(office.services, sanne, UMBRELLA)
    actions.applaud(office.services, bram, told.story_id)
    clock.pass_time(seconds=0.5)
    actions.applaud(office.services, bram, told.story_id)

    assert buttons_of(office.queued(FANS)[0])[APPLAUD]["text"]["text"] == "👏 Mooi · 1"


def test_a_double_click_that_takes_applause_back_takes_it_once(
    office: FakeOffice, sanne: Me, bram: Me, clock: StoppedClock
) -> None:
    told = actions.share_story(office.services, sanne, UMBRELLA)
    actions.applaud(office.services, bram, told.story_id)
    clock.pass_time(minutes=1)
    actions.applaud(office.services, bram, told.story_id)
    clock.pass_time(seconds=0.3)
    actions.applaud(office.services, bram, told.story_id)

    assert buttons_of(office.queued(FANS)[0])[APPLAUD]["text"]["text"] == "👏 Mooi"


def test_the_same_words_kept_for_oneself_do_not_stand_in_the_way_of_telling_the_team(
    office: FakeOffice, sanne: Me
) -> None:
    actions.tell_story(office.services, sanne, typed(UMBRELLA, is_shared=False))
    told = actions.share_story(office.services, sanne, UMBRELLA)

    assert told.is_shared
    assert len(office.posts()) == 1


def test_drafts_that_nobody_settles_are_let_go_after_a_week(office: FakeOffice, sanne: Me, clock: StoppedClock) -> None:
    actions.write_draft(office.services, sanne, UMBRELLA)
    clock.pass_time(days=6)
    expire_drafts(office.services)
    assert office.rows("draft") == 1

    clock.pass_time(days=1, seconds=1)
    expire_drafts(office.services)

    assert office.rows("draft") == 0
    assert office.posts("U0SANNE") == [
        "Dit concept is niet gebruikt, dus ik heb het losgelaten. Schrijf me gerust opnieuw."
    ]


def test_nobody_applauds_for_themselves(office: FakeOffice, sanne: Me) -> None:
    told = actions.share_story(office.services, sanne, UMBRELLA)
    with pytest.raises(BotError, match="for your colleagues"):
        actions.applaud(office.services, sanne, told.story_id)

    assert office.rows("applause") == 0


# Drafts


def write_draft(office: FakeOffice, me: Me, words: str = UMBRELLA) -> int:
    actions.write_draft(office.services, me, words)
    with office.services.database.reading(me) as tx:
        from sqlmodel import col, select

        newest = tx.exec(select(Draft).order_by(col(Draft.id).desc())).first()
    assert newest is not None
    return newest.id or 0


def test_words_to_the_bot_become_a_question_and_no_story_yet(office: FakeOffice, sanne: Me) -> None:
    write_draft(office, sanne)

    [post] = office.queued("U0SANNE")
    assert set(buttons_of(post)) == {choice.value for choice in DraftChoice}
    assert UMBRELLA in plain_words(post)
    assert not office.stories()
    assert not office.posts()


def test_a_draft_can_be_posted(office: FakeOffice, sanne: Me) -> None:
    actions.settle_draft(office.services, sanne, write_draft(office, sanne), DraftChoice.SHARE)

    assert [story.is_shared for story in office.stories()] == [True]
    assert office.posts() == [f"Sanne maakte een fan: {UMBRELLA}"]
    [settled] = office.queued("U0SANNE")
    assert not set(DraftChoice) & set(buttons_of(settled))
    assert UMBRELLA in plain_words(settled)


def test_a_draft_can_be_kept_for_oneself(office: FakeOffice, sanne: Me) -> None:
    actions.settle_draft(office.services, sanne, write_draft(office, sanne), DraftChoice.KEEP)

    assert [story.is_shared for story in office.stories()] == [False]
    assert not office.posts()
    assert office.posts("U0SANNE") == ["Bewaard, alleen voor jou."]


def test_a_draft_can_be_dropped(office: FakeOffice, sanne: Me) -> None:
    actions.settle_draft(office.services, sanne, write_draft(office, sanne), DraftChoice.DROP)

    assert not office.stories()
    assert office.rows("draft") == 0
    assert office.posts("U0SANNE") == ["Goed, er is niets bewaard."]


def test_a_draft_is_settled_once_and_by_its_writer(office: FakeOffice, sanne: Me, bram: Me) -> None:
    draft = write_draft(office, sanne)
    actions.settle_draft(office.services, bram, draft, DraftChoice.SHARE)
    assert not office.stories()

    actions.settle_draft(office.services, sanne, draft, DraftChoice.KEEP)
    actions.settle_draft(office.services, sanne, draft, DraftChoice.SHARE)
    assert [story.is_shared for story in office.stories()] == [False]


def test_a_draft_that_is_posted_the_next_morning_is_of_the_day_it_was_written(
    office: FakeOffice, sanne: Me, clock: StoppedClock
) -> None:
    draft = write_draft(office, sanne)
    clock.pass_time(days=1)
    actions.settle_draft(office.services, sanne, draft, DraftChoice.SHARE)

    [story] = office.stories()
    assert (story.day, story.posted_on) == (date(2026, 11, 2), date(2026, 11, 3))


# People's words stay words

MISCHIEF = [
    "Hallo <!channel> en <!here> allemaal",
    "Dank aan <@U0BRAM> voor de hulp",
    "Kijk op <http://boef.nl|de bank>",
    "*vet* _schuin_ ~door~ `code` ```blok```",
    "Jansen & Zonen > de rest &amp; <b>",
    "@channel @here @everyone #fans C0FANS",
    "tada &lt;!channel&gt; hoera",
]


@pytest.mark.parametrize("words", MISCHIEF)
def test_peoples_words_neither_ping_nor_link_nor_format(office: FakeOffice, sanne: Me, words: str) -> None:
    actions.tell_story(office.services, sanne, typed(words))

    [post] = office.queued(FANS)
    texts = [part for part in text_elements(post.body) if part["type"] == "text"]
    assert [part for part in texts if part["text"] == words and "style" not in part]
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert post.body is not None
    assert post.body["text"] == f"Sanne maakte een fan: {escaped}"
    assert "mrkdwn" not in json.dumps(post.body)


@pytest.mark.parametrize("name", ["<!channel>", "*Sanne*", "<@U0BRAM>", "San & ne"])
def test_peoples_names_neither_ping_nor_format(office: FakeOffice, bram: Me, name: str) -> None:
    trickster = office.person("U0TRICK", name)
    actions.tell_story(office.services, bram, typed(helpers=("U0TRICK",)))
    actions.share_story(office.services, trickster, BIKE)

    for post in office.queued(FANS):
        names = [part for part in text_elements(post.body) if part.get("text") == name]
        assert [part["type"] for part in names] == ["text"]
        assert post.body is not None
        assert not {"<", ">"} & set(post.body["text"])


# Home


def opens_home(office: FakeOffice, me: Me) -> Me:
    """As the next request knows who opened it."""
    show_home(office.services, me)
    return office.person(me.slack_id, me.name)


def test_home_is_drawn_again_for_who_opened_it_and_for_nobody_else(office: FakeOffice, sanne: Me, bram: Me) -> None:
    sanne = opens_home(office, sanne)
    actions.share_story(office.services, sanne, UMBRELLA)
    actions.share_story(office.services, bram, BIKE)

    [home] = [post for post in office.queued("U0SANNE") if post.is_home]
    assert home.revision == 2
    assert UMBRELLA in plain_words(home)
    assert BIKE not in plain_words(home)
    assert not office.queued("U0BRAM")


def test_home_follows_a_change_and_a_removal(office: FakeOffice, sanne: Me) -> None:
    sanne = opens_home(office, sanne)
    told = actions.share_story(office.services, sanne, UMBRELLA)
    actions.change_story(office.services, sanne, told.story_id, typed(BIKE))
    assert BIKE in plain_words(office.queued("U0SANNE")[0])

    actions.remove_story(office.services, sanne, told.story_id)
    assert BIKE not in json.dumps(office.queued("U0SANNE")[0].body)


def test_home_shows_ones_last_stories_private_ones_too(
    office: FakeOffice, services: Services, sanne: Me, clock: StoppedClock
) -> None:
    for number in range(7):
        clock.pass_time(seconds=1)
        actions.tell_story(services, sanne, typed(f"{UMBRELLA}, nummer {number}", is_shared=number != 6))
    show_home(services, sanne)

    said = plain_words(office.queued("U0SANNE")[0])
    assert [number for number in range(7) if f"nummer {number}" in said] == [4, 5, 6]
    assert "alleen voor jou" in said


def test_a_story_of_yesterday_does_not_make_today_told(office: FakeOffice, sanne: Me) -> None:
    actions.tell_story(office.services, sanne, typed(day="2026-11-01"))
    sanne = opens_home(office, sanne)
    assert "Wie maak jij vandaag fan?" in json.dumps(office.queued("U0SANNE")[0].body)

    actions.tell_story(office.services, sanne, typed(BIKE))
    assert "Je hebt vandaag een fan gemaakt." in json.dumps(office.queued("U0SANNE")[0].body)


def test_a_guest_who_opens_home_reads_why_there_is_nothing_in_it(office: FakeOffice) -> None:
    show_home(office.services, office.person("U0GUEST", "Gast", standing=Standing.GUEST))

    assert "Als gast kun je meelezen" in json.dumps(office.queued("U0GUEST")[0].body)
