"""Compliments in the record: what they are searched by, whose name is shown, and their order on the wall."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import compliments
from storage.compliments import Compliment, ComplimentApplause, Consent, Wanted
from storage.database import Database, InWorkspace
from storage.letters import plain_letters
from storage.outbox import put_post
from storage.people import enter_person
from tests.fakes import MONDAY
from tests.storage.records import enter

DAY = date(2026, 11, 2)


@pytest.fixture
def here(database: Database) -> InWorkspace:
    return enter(database, "T0LINDE")


def add(tx: Any, text: str = "Fijn", day: date = DAY, **more: Any) -> Compliment:
    return compliments.add_compliment(tx, text=text, day=day, entered_at=MONDAY, **more)


def texts(found: Any) -> list[str]:
    return [compliment.text for compliment in found]


@pytest.mark.parametrize(
    ("consent", "name"),
    [
        (Consent.FULL_NAME, "Ria de Wit"),
        (Consent.FIRST_NAME, "Ria"),
        (Consent.ANONYMOUS, ""),
        (Consent.NOT_ON_SCREEN, ""),
        ("something else", ""),
    ],
)
def test_a_name_goes_as_far_as_the_consent(consent: str, name: str) -> None:
    compliment = Compliment(workspace_id=1, text="Fijn", day=DAY, customer="Ria de Wit", consent=consent)

    assert compliments.shown_name(compliment) == name
    assert compliments.folded("Fijn", "Ria de Wit", consent) == f"fijn\n{name.lower()}"


def test_nobody_is_shown_where_no_name_is_known() -> None:
    for consent in Consent:
        assert compliments.shown_name(Compliment(workspace_id=1, text="x", day=DAY, consent=consent)) == ""


def test_letters_are_compared_without_accents_capitals_and_heaps() -> None:
    assert plain_letters("Één CAFÉ, Straße; h\u0335\u0321a") == "een cafe, strasse; ha"


@given(st.text(max_size=40))
def test_what_is_compared_is_compared_once(text: str) -> None:
    assert plain_letters(plain_letters(text)) == plain_letters(text)


def test_a_compliment_is_found_by_what_it_says_now(database: Database, here: InWorkspace) -> None:
    with database.writing(here) as tx:
        compliment = add(tx, "Heerlijke CRÈME", customer="Ria de Wit", consent=Consent.FIRST_NAME)
        for search in ("creme", "Crème heerlijk", "ria", ""):
            assert texts(compliments.latest(tx, Wanted(search=search), 5)) == ["Heerlijke CRÈME"]
        assert compliments.latest(tx, Wanted(search="wit"), 5) == []
        compliment.text, compliment.consent = "Anders", Consent.FULL_NAME
        compliments.fold(compliment)
        assert compliments.latest(tx, Wanted(search="creme"), 5) == []
        assert texts(compliments.latest(tx, Wanted(search="wit"), 5)) == ["Anders"]


@pytest.mark.parametrize("search", ["%", "_", "\\", "/", "' OR 1=1 --", "\u0301"])
def test_signs_of_the_question_are_only_signs(database: Database, here: InWorkspace, search: str) -> None:
    with database.writing(here) as tx:
        add(tx, "niets bijzonders")
        add(tx, f"met {search} erin")

        found = texts(compliments.latest(tx, Wanted(search=search), 5))
        assert found == [f"met {search} erin"] or not plain_letters(search)


def test_pages_follow_each_other_without_gap_or_repeat(database: Database, here: InWorkspace) -> None:
    with database.writing(here) as tx:
        for number in range(20):
            add(tx, str(number), DAY.replace(day=1 + number * 7 % 5))
        add(tx, "waits", is_placed=False)
        seen: list[Compliment] = []
        whole = compliments.latest(tx, Wanted(), 50)
        page = compliments.latest(tx, Wanted(), 3)
        while page:
            seen += page
            page = compliments.latest(tx, Wanted(), 3, compliments.place_of(page[-1]))

    assert texts(seen) == texts(whole)
    assert len(set(texts(seen))) == 20
    assert [one.day for one in seen] == sorted((one.day for one in seen), reverse=True)


def test_about_whom_and_how_many_applaud_are_asked_of_many_at_once(database: Database, here: InWorkspace) -> None:
    with database.writing(here) as tx:
        first, second, third = (add(tx).id or 0 for _ in range(3))
        sanne, bram = (enter_person(tx, slack_id, slack_id) for slack_id in ("U0SANNE", "U0BRAM"))
        compliments.replace_about(tx, first, [sanne])
        compliments.replace_about(tx, first, [bram, sanne])
        compliments.replace_about(tx, second, [sanne])
        for number, person, is_given in ((first, sanne, True), (first, bram, True), (second, bram, False)):
            tx.add(
                ComplimentApplause(
                    workspace_id=here.workspace_id, compliment_id=number, person_id=person.id or 0, is_given=is_given,
                    changed_at=MONDAY,
                )
            )  # fmt: skip
        tx.flush()

        about = compliments.abouts(tx, [first, second, third])
        assert {number: [one.slack_id for one in people] for number, people in about.items()} == {
            first: ["U0SANNE", "U0BRAM"], second: ["U0SANNE"],
        }  # fmt: skip
        assert compliments.applauses(tx, [first, second, third]) == {first: 2}
        assert [one.id for one in compliments.latest(tx, Wanted(about_id=sanne.id), 5)] == [second, first]
        assert [one.id for one in compliments.all_about(tx, bram.id or 0)] == [first]


def test_what_waits_is_counted_and_shown_from_the_oldest_on(database: Database, here: InWorkspace) -> None:
    with database.writing(here) as tx:
        for number in range(4):
            add(tx, str(number), is_placed=False)
        add(tx, "placed")
        count, oldest = compliments.waiting(tx, 2)

    assert (count, texts(oldest)) == (4, ["0", "1"])


def test_one_workspace_sees_nothing_of_another(database: Database, here: InWorkspace) -> None:
    with database.writing(here) as tx:
        add(tx, own_link="a" * 64, is_placed=False)
        add(tx)
    with database.reading(enter(database, "T0ELDERS")) as tx:
        assert compliments.latest(tx, Wanted(), 5) == []
        assert compliments.waiting(tx, 5) == (0, [])
        assert compliments.compliment_by_own_link(tx, "a" * 64) is None
        assert compliments.compliment_by_id(tx, 1) is None


def test_who_was_told_is_known_by_the_beginning_of_the_keys(database: Database, here: InWorkspace) -> None:
    with database.writing(here) as tx:
        for slack_id, key in (("U0SANNE", "moderate:4:U0SANNE"), ("U0BRAM", "moderate:42:U0BRAM")):
            enter_person(tx, slack_id, slack_id)
            put_post(
                tx, key=key, body={"text": "x"}, target=slack_id, workspace_id=here.workspace_id, token=key,
                due_at=MONDAY,
            )  # fmt: skip

        assert [person.slack_id for person in compliments.people_told(tx, "moderate:4:")] == ["U0SANNE"]
        assert compliments.people_told(tx, "moderate_") == []
