"""Every screen of the wall stays within what Slack takes, and shows people's words as words alone."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.features.customer_wall import moderators, screens, window
from bot.features.customer_wall.form import compliment_form, private_form, taken_form, thanks_form
from bot.features.customer_wall.moderators import By
from bot.features.customer_wall.rules import LISTED, MOST_ABOUT, Looked
from bot.features.customer_wall.screens import Keepers
from bot.features.customer_wall.window import Found
from bot.kernel.office import Me
from bot.slack.blocks import Message, home
from bot.slack.text import tidy
from storage.compliments import CameIn, Compliment, Consent
from tests.fakes import MONDAY
from tests.features.stories.test_screens import me_speaking, people
from tests.limits import complaints_about_message, complaints_about_view

LONGEST = "&" * 2000
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<!channel> <!here> <@U0BRAM> <#C0FANS>",
    "<https://kwaad.nl|klik hier>",
    "*vet* _schuin_ ~weg~ `code` ```blok```",
    "{who} {colleagues} {0} %s %(x)s",
    "\u202egnirts\u202c en \u2066zo\u2069",
    "h\u0335\u0321\u0322\u0327\u0328\u0336\u0337\u0338a\u0335\u0321\u0322\u0327",
    ":tada: 🎉 👩‍👩‍👧",
    "a\u0000b\ud800c",
    "' OR 1=1; --",
]


@pytest.fixture(params=["nl", "en"])
def me(request: pytest.FixtureRequest) -> Me:
    return me_speaking(request.param)


def deciding(me: Me) -> Me:
    """The same person as a moderator."""
    return replace(me, office=replace(me.office, moderators=frozenset({me.slack_id})))


def a_compliment(text: str = "Wat een geduld", **more: Any) -> Compliment:
    values: dict[str, Any] = {"id": 10**12, "workspace_id": 1, "day": date(2026, 9, 30), "entered_at": MONDAY}
    return Compliment(**values | {"text": text} | more)


def heaviest(**more: Any) -> Compliment:
    values = {"customer": "K" * 150, "consent": Consent.FULL_NAME, "photo": "F0123456789", "came_in": CameIn.PAGE,
              "for_whom": "W" * 150, "contact": "C" * 200}  # fmt: skip
    return a_compliment(LONGEST, **values | more)


def messages(compliment: Compliment, about: list[Any], me: Me) -> Iterator[Message]:
    ids = [person.slack_id for person in about]
    keepers = Keepers(ids, ids)
    yield screens.compliment_message(compliment, about, 10_000, keepers, me.office)
    yield screens.praise_message(compliment, me)
    yield screens.added_message(1, [screens.NO_CHANNEL], me)
    yield screens.undone_message(compliment, me.say)
    yield screens.undone_message(None, me.say)
    yield screens.help_message(me)
    yield screens.placed_message([screens.NO_CHANNEL], me.say)
    yield moderators.moderator_message(compliment, about, deciding(me), By(1, "N" * 120), By(1, "N" * 120))
    yield moderators.moderator_message(compliment, about, me, By(1, "N" * 120), By(1, "N" * 120))
    yield moderators.refused_message(By(1, "N" * 120), me)
    yield moderators.withdrawn_message(me, by_customer=True)
    yield moderators.withdrawn_message(me, by_customer=False)


def views(compliment: Compliment, about: list[Any], me: Me) -> Iterator[dict[str, Any]]:
    ids = [person.slack_id for person in about]
    yield compliment_form(me, "2026-11-02")
    yield compliment_form(me, "2026-11-02", compliment, about)
    yield compliment_form(me, "2026-11-02", compliment, about, adjust=True)
    yield taken_form(me, "2026-11-02", compliment.text * 3, ids)
    yield private_form(me, compliment.text * 3, ids * 2)
    yield private_form(me, "", [])
    yield thanks_form(compliment, me)
    yield screens.saved_window([screens.NO_CHANNEL], me)
    yield home(screens.praise_card(compliment, me))
    if not compliment.is_placed:
        yield home(moderators.waiting_card(3, [(compliment, about)] * 3, me))
    full = Looked("U0BRAM", "week", "letter", "x" * 100, "2026-01-01:1")
    listed = [compliment] * LISTED
    yield window.wall_window(Found(full, listed, {compliment.id or 0: about}, {compliment.id or 0: 9}, True), me, 7)
    yield window.wall_window(Found(Looked(), [], {}, {}, has_older=False), me)
    yield window.wall_window(Found(full, [], {}, {}, has_older=False), me)


@pytest.mark.parametrize("answered", [False, True])
def test_the_longest_words_and_names_are_taken_by_slack(me: Me, answered: bool) -> None:
    kept = heaviest(is_placed=answered, contact="" if answered else "c" * 200, answer="a" * 3000 if answered else "")
    about = people(MOST_ABOUT)

    for message in messages(kept, about, me):
        assert complaints_about_message(message.body()) == []
    for view in views(kept, about, me):
        assert complaints_about_view(view) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_are_words_alone(me: Me, text: str) -> None:
    said = tidy(text)
    kept = a_compliment(said, customer=said, consent=Consent.FULL_NAME, contact=said, answer=said, is_placed=False)
    for message in messages(kept, people(1), me):
        body = message.body()
        assert complaints_about_message(body) == []
        assert "<" not in body["text"]
        assert "mrkdwn" not in json.dumps(body)
    for view in views(kept, people(1), me):
        assert complaints_about_view(view) == []
        assert "mrkdwn" not in json.dumps(view)
    post = screens.compliment_message(kept, people(1), 0, Keepers((), ()), me.office).body()
    assert {"type": "text", "text": said} in post["blocks"][1]["elements"][0]["elements"]


def test_without_anybody_to_keep_it_nobody_sees_those_buttons(me: Me) -> None:
    row = screens.compliment_message(a_compliment(), [], 0, Keepers((), ()), me.office).blocks[-1]

    assert [button["action_id"] for button in row["elements"]] == [screens.APPLAUD]


def test_a_form_of_a_compliment_from_the_page_offers_no_more_than_was_allowed(me: Me) -> None:
    form = compliment_form(me, "2026-11-02", a_compliment(came_in=CameIn.PAGE, consent=Consent.FIRST_NAME))
    fields = {block["block_id"]: block.get("element") for block in form["blocks"]}

    assert {option["value"] for option in fields["consent"]["options"]} == set(Consent) - {Consent.FULL_NAME}
    assert "came_in" not in fields


def test_consent_is_anonymous_until_chosen_otherwise(me: Me) -> None:
    [consent] = [block for block in compliment_form(me, "2026-11-02")["blocks"] if block["block_id"] == "consent"]

    assert consent["element"]["initial_option"]["value"] == Consent.ANONYMOUS


def test_another_turn_of_the_window_forgets_what_was_filled_in(me: Me) -> None:
    first, second = (window.wall_window(Found(Looked(), [], {}, {}, False), me, turn) for turn in (0, 1))

    assert not {block.get("block_id") for block in first["blocks"]} & {
        block["block_id"] for block in second["blocks"] if "block_id" in block
    }
    assert (window.turn_in(first), window.turn_in(second), window.turn_in({"private_metadata": "x"})) == (0, 1, 0)


def test_for_whom_a_customer_meant_it_is_told_to_moderators_and_stands_in_no_post(me: Me) -> None:
    compliment = a_compliment(for_whom="de dame aan de balie", came_in=CameIn.PAGE)

    assert "de dame aan de balie" in str(moderators.moderator_message(compliment, [], deciding(me)).blocks)
    post = screens.compliment_message(compliment, [], 0, Keepers([], []), me.office)
    assert "de dame aan de balie" not in str(post)
