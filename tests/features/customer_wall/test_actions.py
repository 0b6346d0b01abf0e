"""Entering, changing, withdrawing, applauding and looking through compliments, on both databases."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bot.features.customer_wall import actions
from bot.features.customer_wall.rules import Looked, place_written
from bot.features.customer_wall.screens import APPLAUD, CHANGE, WITHDRAW
from bot.features.wall_screen import actions as wall_screen
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me
from storage.compliments import CameIn, Consent
from storage.people import Standing
from storage.personal import make_nameless
from tests.fakes import FakeOffice, StoppedClock
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

ABOUT_BRAM = "Wat een geduld heeft <@U0BRAM|bram>"


def buttons_of(office: FakeOffice) -> dict[str, dict[str, Any]]:
    """The buttons of the one post on the wall."""
    [post] = office.queued(WALL)
    rows = [block for block in (post.body or {})["blocks"] if block["type"] == "actions"]
    return {button["action_id"]: button for row in rows for button in row["elements"]}


def body_of(office: FakeOffice, target: str = WALL) -> str:
    return json.dumps([post.body for post in office.queued(target)], ensure_ascii=False)


# Entering


def test_a_compliment_in_one_line_is_kept_and_posted(office: FakeOffice, sanne: Me) -> None:
    added = actions.share_compliment(office.services, open_channel(office, sanne), f" {KIND} ")

    compliment = kept(office, added.compliment_id)
    assert compliment is not None
    assert (compliment.text, compliment.customer, compliment.consent) == (KIND, "", Consent.ANONYMOUS)
    assert (compliment.day, compliment.came_in, compliment.is_placed) == (date(2026, 11, 2), CameIn.TALK, True)
    [post] = office.posts(WALL)
    assert post.endswith(f": {KIND}")


def test_who_is_mentioned_is_whom_it_is_about_and_named_without_a_mention(
    office: FakeOffice, sanne: Me, bram: Me
) -> None:
    added = actions.share_compliment(office.services, open_channel(office, sanne), ABOUT_BRAM)

    assert names_about(office, added.compliment_id) == ["Bram"]
    assert "Wat een geduld heeft @Bram" in office.posts(WALL)[0]
    assert '"user_id"' not in body_of(office)
    assert "<@" not in body_of(office)


def test_a_mention_without_a_label_gets_the_name(office: FakeOffice, sanne: Me, bram: Me) -> None:
    added = actions.share_compliment(office.services, sanne, "Dank aan <@U0BRAM> en <@U0NIEUW>")

    compliment = kept(office, added.compliment_id)
    assert compliment is not None
    assert compliment.text == "Dank aan @Bram en @U0NIEUW"
    assert len(names_about(office, added.compliment_id)) == 2


def test_a_bot_is_no_colleague(office: FakeOffice, sanne: Me) -> None:
    office.person("U0ROBOT", "Robot", standing=Standing.BOT)
    added = actions.share_compliment(office.services, sanne, "Fijn <@U0ROBOT|robot>")

    assert names_about(office, added.compliment_id) == []


@pytest.mark.parametrize("text", ["", "  ", "*_~*", "<@U0BRAM|bram>", "<!channel>", "@here", "\u202e\u200b!!", "🎉"])
def test_words_are_needed(office: FakeOffice, sanne: Me, bram: Me, text: str) -> None:
    with pytest.raises(BotError):
        actions.share_compliment(office.services, sanne, text)
    assert office.rows("compliment") == 0


def test_too_many_characters_are_refused(office: FakeOffice, sanne: Me) -> None:
    with pytest.raises(BotError, match="2000 at most"):
        actions.share_compliment(office.services, sanne, "x" * 2001)


def test_the_same_words_within_two_minutes_are_the_same_compliment(
    office: FakeOffice, sanne: Me, clock: StoppedClock
) -> None:
    first = actions.share_compliment(office.services, sanne, KIND)
    clock.pass_time(minutes=2)
    assert actions.share_compliment(office.services, sanne, KIND).compliment_id == first.compliment_id
    clock.pass_time(seconds=1)
    assert actions.share_compliment(office.services, sanne, KIND).compliment_id != first.compliment_id


def test_without_a_channel_it_is_kept_and_that_is_said(office: FakeOffice, sanne: Me) -> None:
    added = actions.share_compliment(office.services, sanne, KIND)

    assert kept(office, added.compliment_id) is not None
    assert [remark.english[:19] for remark in added.remarks] == ["There is no channel"]


@pytest.mark.parametrize(
    ("consent", "shown", "hidden"),
    [
        (Consent.FULL_NAME, "Ria de Molenaar", "niemand"),
        (Consent.FIRST_NAME, "Ria", "Molenaar"),
        (Consent.ANONYMOUS, "", "Ria"),
        (Consent.NOT_ON_SCREEN, "", "Ria"),
    ],
)
def test_a_name_is_shown_as_far_as_the_customer_allows(
    office: FakeOffice, sanne: Me, consent: str, shown: str, hidden: str
) -> None:
    me = open_channel(office, sanne)
    added = actions.enter_compliment(office.services, me, typed(customer="Ria de Molenaar", consent=consent))

    assert shown in body_of(office)
    assert hidden not in body_of(office)
    compliment = kept(office, added.compliment_id)
    assert compliment is not None
    assert ("molenaar" in compliment.folded, "ria" in compliment.folded) == ("Molenaar" in shown, "Ria" in shown)


def test_the_form_says_what_is_wrong_at_each_field(office: FakeOffice, sanne: Me) -> None:
    wrong = typed("  ", customer="K" * 151, day="2026-11-03", photo="F1", photo_kind="html")
    with pytest.raises(FormError) as error:
        actions.enter_compliment(office.services, sanne, wrong)

    assert set(error.value.fields) == {"compliment", "customer", "day", "photo"}


def test_a_photo_is_in_the_post(office: FakeOffice, sanne: Me) -> None:
    me = open_channel(office, sanne)
    actions.enter_compliment(office.services, me, typed(photo="F0FOTO", photo_kind="png"))

    [post] = office.queued(WALL)
    [image] = [block for block in (post.body or {})["blocks"] if block["type"] == "image"]
    assert image["slack_file"] == {"id": "F0FOTO"}
    assert image["alt_text"]


@pytest.mark.parametrize("standing", [Standing.GUEST, Standing.STRANGER, Standing.GONE])
def test_who_does_not_belong_enters_applauds_and_changes_nothing(
    office: FakeOffice, sanne: Me, standing: Standing
) -> None:
    number = actions.share_compliment(office.services, sanne, KIND).compliment_id
    other = office.person("U0GAST", "Gast", standing=standing)
    deeds: list[Callable[[], object]] = [
        lambda: actions.share_compliment(office.services, other, "Iets aardigs"),
        lambda: actions.enter_compliment(office.services, other, typed()),
        lambda: actions.applaud(office.services, other, number),
        lambda: actions.change_compliment(office.services, other, number, typed()),
        lambda: actions.withdraw_compliment(office.services, other, number),
        lambda: actions.look(office.services, other, Looked()),
    ]

    for deed in deeds:
        with pytest.raises(BotError):
            deed()
    assert office.rows("compliment") == 1


def test_who_is_named_by_an_at_in_the_form_is_whom_it_is_about_as_with_a_command(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me
) -> None:
    taking_part(office, bram)
    office.person("U0KEES", "Kees Bakker")
    words = "Wat een geduld hebben @bram en @kees bakker; 1 < 2 &lt; 3 <@U0SANNE>"
    added = actions.enter_compliment(office.services, sanne, typed(words, about=("U0FATIMA", "U0BRAM")))

    assert sorted(names_about(office, added.compliment_id)) == ["Bram", "Fatima", "Kees Bakker"]
    compliment = kept(office, added.compliment_id)
    assert compliment is not None
    assert compliment.text == "Wat een geduld hebben @Bram en @Kees Bakker; 1 < 2 &lt; 3 <@U0SANNE>"
    assert len(office.posts("U0BRAM")) == 1
    actions.change_compliment(office.services, sanne, added.compliment_id, typed("Fijn, @Kees Bakker"))
    assert names_about(office, added.compliment_id) == ["Kees Bakker"]


def test_who_takes_no_part_and_is_named_in_the_form_is_a_colleague_on_the_screen(office: FakeOffice, sanne: Me) -> None:
    office.person("U0KEES", "Kees Bakker")
    actions.enter_compliment(office.services, sanne, typed("Wat een geduld heeft @Kees Bakker"))

    [card] = wall_screen.wall_now(office.services, office.workspace_id)[0].cards
    assert "Kees" not in f"{card}"


# The colleague it is about


def test_a_colleague_who_takes_part_gets_one_message(office: FakeOffice, sanne: Me, bram: Me) -> None:
    taking_part(office, bram)
    actions.share_compliment(office.services, open_channel(office, sanne), ABOUT_BRAM)

    [message] = office.posts("U0BRAM")
    assert message.endswith("Wat een geduld heeft @Bram")


def test_who_does_not_take_part_or_entered_it_gets_no_message(office: FakeOffice, sanne: Me, bram: Me) -> None:
    taking_part(office, sanne)
    actions.share_compliment(office.services, sanne, "Voor <@U0BRAM|bram> en <@U0SANNE|sanne>")

    assert office.posts("U0BRAM") == office.posts("U0SANNE") == []


def test_the_message_follows_a_change_and_a_withdrawal(office: FakeOffice, sanne: Me, bram: Me) -> None:
    taking_part(office, bram)
    me = open_channel(office, sanne)
    number = actions.share_compliment(office.services, me, ABOUT_BRAM).compliment_id
    actions.change_compliment(office.services, me, number, typed("Heel fijn geholpen", about=("U0BRAM",)))

    assert [text.endswith("Heel fijn geholpen") for text in office.posts("U0BRAM") + office.posts(WALL)] == [True] * 2
    actions.withdraw_compliment(office.services, me, number)
    assert office.posts("U0BRAM") == office.posts(WALL) == []


def test_a_change_of_whom_it_is_about_moves_the_message(office: FakeOffice, sanne: Me, bram: Me, fatima: Me) -> None:
    taking_part(office, bram)
    taking_part(office, fatima)
    number = actions.share_compliment(office.services, sanne, ABOUT_BRAM).compliment_id
    actions.change_compliment(office.services, sanne, number, typed(about=("U0FATIMA",)))

    assert office.posts("U0BRAM") == []
    assert len(office.posts("U0FATIMA")) == 1


# Changing and withdrawing


def test_who_entered_it_and_whom_it_is_about_may_change_and_withdraw_it(
    office: FakeOffice, sanne: Me, bram: Me, fatima: Me
) -> None:
    me = open_channel(office, sanne)
    number = actions.share_compliment(office.services, me, ABOUT_BRAM).compliment_id
    assert buttons_of(office)[CHANGE]["visible_to_user_ids"] == ["U0SANNE", "U0BRAM"]
    assert buttons_of(office)[WITHDRAW]["visible_to_user_ids"] == ["U0SANNE", "U0BRAM"]

    actions.change_compliment(office.services, anew(office, bram), number, typed(about=("U0BRAM",)))
    manager = anew(office, fatima)
    with pytest.raises(BotError, match="Only who entered it"):
        actions.change_compliment(office.services, manager, number, typed())
    with pytest.raises(BotError, match="Only who entered it"):
        actions.withdraw_compliment(office.services, manager, number)
    assert actions.withdraw_compliment(office.services, anew(office, bram), number) is not None
    assert actions.withdraw_compliment(office.services, me, number) is None
    assert office.posts(WALL) == []
    assert office.rows("compliment") == office.rows("compliment_about") == 0


def test_a_change_keeps_the_photo_until_it_is_taken_away(office: FakeOffice, sanne: Me) -> None:
    added = actions.enter_compliment(office.services, sanne, typed(photo="F0FOTO", photo_kind="png"))
    for without, photo in ((False, "F0FOTO"), (True, None)):
        actions.change_compliment(office.services, sanne, added.compliment_id, typed(without_photo=without))
        compliment = kept(office, added.compliment_id)
        assert compliment is not None
        assert compliment.photo == photo


def test_what_is_gone_can_not_be_changed(office: FakeOffice, sanne: Me) -> None:
    for deed in (actions.compliment_to_change, actions.applaud):
        with pytest.raises(BotError, match="not there any more"):
            deed(office.services, sanne, 99)


def test_what_waits_for_a_moderator_can_not_be_changed_or_applauded(office: FakeOffice, bram: Me) -> None:
    number = left_by_customer(office, about=bram)

    with pytest.raises(BotError, match="not there any more"):
        actions.change_compliment(office.services, bram, number, typed())
    with pytest.raises(BotError, match="not there any more"):
        actions.withdraw_compliment(office.services, bram, number)
    with pytest.raises(BotError, match="not there any more"):
        actions.applaud(office.services, bram, number)


# Applause


def test_applause_is_given_and_taken_back(office: FakeOffice, sanne: Me, fatima: Me, clock: StoppedClock) -> None:
    number = actions.share_compliment(office.services, open_channel(office, sanne), KIND).compliment_id
    for shown in (" · 1", " · 1", ""):
        actions.applaud(office.services, anew(office, fatima), number)
        assert buttons_of(office)[APPLAUD]["text"]["text"].endswith(shown or "Mooi")
        clock.pass_time(seconds=0.6 if shown else 0)


def test_nobody_applauds_what_is_about_themselves(office: FakeOffice, sanne: Me, bram: Me) -> None:
    number = actions.share_compliment(office.services, sanne, ABOUT_BRAM).compliment_id

    with pytest.raises(BotError, match="for your colleagues"):
        actions.applaud(office.services, bram, number)


# Looking


def test_the_latest_ten_come_first_and_the_others_after_them(office: FakeOffice, sanne: Me) -> None:
    for number in range(23):
        actions.share_compliment(office.services, sanne, f"Compliment {number}")
    found, seen = actions.look(office.services, sanne, Looked()), []
    seen += [compliment.text for compliment in found.compliments]
    while found.has_older:
        before = place_written(found.compliments[-1])
        found = actions.look(office.services, sanne, Looked(before=before))
        seen += [compliment.text for compliment in found.compliments]

    assert seen == [f"Compliment {number}" for number in reversed(range(23))]


@pytest.mark.parametrize(
    ("looked", "texts"),
    [
        (Looked(search="GEDULD heeft"), [2]),
        (Looked(search="cafe"), [1]),
        (Looked(search="café één"), [1]),
        (Looked(search="100%"), [1]),
        (Looked(search="10_"), []),
        (Looked(search="ria"), [1]),
        (Looked(search="wit"), []),
        (Looked(colleague="U0BRAM"), [2]),
        (Looked(colleague="U0ONBEKEND"), []),
        (Looked(period="week"), [2]),
        (Looked(period="eeuw"), [2, 1]),
        (Looked(period="month", came_in="letter"), [1]),
        (Looked(came_in="phone"), []),
        (Looked(before="nonsense"), [2, 1]),
        (Looked(before="2026-99-99:1"), [2, 1]),
    ],
)
def test_the_wall_is_looked_through_and_searched(
    office: FakeOffice, sanne: Me, bram: Me, looked: Looked, texts: list[int]
) -> None:
    letter = typed(
        "Eén keer in jullie Café: 100% fijn", customer="Ria de Wit", consent="first_name", came_in="letter",
        day="2026-10-20",
    )  # fmt: skip
    actions.enter_compliment(office.services, sanne, letter)
    actions.share_compliment(office.services, sanne, ABOUT_BRAM)

    assert [one.id for one in actions.look(office.services, sanne, looked).compliments] == texts


def test_what_waits_is_not_on_the_wall(office: FakeOffice, sanne: Me) -> None:
    left_by_customer(office)

    assert actions.look(office.services, sanne, Looked()).compliments == []


def test_another_workspace_is_not_looked_into(office: FakeOffice, sanne: Me) -> None:
    stranger = office.person_elsewhere("T0ELDERS", "U0ELDERS", "Elders")
    number = actions.share_compliment(office.services, sanne, KIND).compliment_id

    assert actions.look(office.services, stranger, Looked()).compliments == []
    with pytest.raises(BotError, match="not there any more"):
        actions.applaud(office.services, stranger, number)


# Home, and being erased


def test_home_shows_the_last_compliment_about_me(office: FakeOffice, sanne: Me, bram: Me) -> None:
    actions.share_compliment(office.services, sanne, ABOUT_BRAM)
    actions.share_compliment(office.services, sanne, "Voor <@U0BRAM|bram> een zoen")
    with office.services.database.reading(bram) as tx:
        assert "een zoen" in json.dumps(actions.home_card(tx, office.services, bram))
        assert actions.home_card(tx, office.services, sanne) == []


def test_who_is_erased_is_named_no_more(office: FakeOffice, sanne: Me, bram: Me, fatima: Me) -> None:
    whole = anew(office, bram, name="Bram de Boer")
    taking_part(office, fatima)
    text = "BRAM de Boer hielp me; Bram, @bram: top! <@U0FATIMA|fatima> ook. Abrams niet"
    typed_by_sanne = typed(text, about=("U0BRAM", "U0FATIMA"))
    number = actions.enter_compliment(office.services, open_channel(office, sanne), typed_by_sanne).compliment_id
    with office.services.database.writing(whole) as tx:
        make_nameless(tx, whole.person_id, office.services.clock.now())
        actions.forget_colleague(tx, office.services, whole)

    compliment = kept(office, number)
    assert compliment is not None
    assert "bram" not in compliment.folded.replace("abrams", "")
    assert "Abrams niet" in compliment.text
    shown = body_of(office) + body_of(office, "U0FATIMA")
    assert "bram" not in shown.lower().replace("abrams", "").replace("u0bram", "")
    assert "boer" not in shown.lower()
