"""What a customer sees and sends, in a browser without script; on both databases."""

import dataclasses
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.features.customer_page import actions, jobs
from bot.features.customer_page.rules import BY_ADDRESS, BY_LINK, LONGEST, Door, Typed
from bot.features.links import actions as links
from bot.kernel.facts import ComplimentLeft, ComplimentTakenBack
from bot.kernel.links import hashed, new_token
from bot.kernel.office import Me
from bot.services import Reactions, Services
from storage import compliments
from storage.compliments import CameIn, Consent
from storage.customers import NoteKind
from storage.handled import forget_handled_before
from storage.links import LinkKind
from storage.people import Part, Standing
from tests.fakes import FakeOffice, StoppedClock
from tests.features.customer_page.pages import PRAISE, Browser, browser, compliments_of, notes_of

HOSTILE = [
    "<script>alert(1)</script>",
    "*vet* _schuin_ `code` <!channel> <@U0BRAM>",
    "\u202eomgekeerd",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }} {% raw %}",
    "Z̴̨̛͎̦a̵l̷g̸o̷ was hier",
]


@pytest.fixture
def facts() -> list[Any]:
    return []


@pytest.fixture
def reactions(facts: list[Any]) -> Reactions:
    """Nobody but the test responds to a customer."""

    def note(_tx: Any, _services: Services, fact: Any) -> None:
        facts.append(fact)

    return {ComplimentLeft: (note,), ComplimentTakenBack: (note,)}


@pytest.fixture
def page(services: Services, office: FakeOffice, fatima: Me) -> Browser:
    return browser(services, fatima)


# Seeing the page


def test_the_page_has_three_doors_and_no_script(page: Browser) -> None:
    shown = page.get()

    assert shown.status_code == 200
    assert re.findall(r'name="door" value="(\w+)"', shown.text) == ["compliment", "better", "call"]
    assert "<script" not in shown.text
    assert "style=" not in shown.text
    assert "default-src 'none'" in shown.headers["content-security-policy"]
    assert "unsafe" not in shown.headers["content-security-policy"]
    assert shown.headers["referrer-policy"] == "no-referrer"


def test_a_door_can_be_linked_to_open(page: Browser) -> None:
    assert 'class="door phone" name="door" open' in page.get("?door=call").text
    assert " open>" not in page.get("?door=window").text


def test_only_asking_whether_the_page_is_there_is_answered(page: Browser) -> None:
    assert page.client.head(f"/compliment/{page.token}").status_code == 200
    assert page.client.head(f"/compliment/{new_token()}").status_code == 404


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "..%2f..", "A" * 5000, "%00" * 43, "é" * 43])
def test_a_guessed_token_finds_a_friendly_page_that_says_so(page: Browser, token: str) -> None:
    for path in ("compliment", "mine") if token else ():
        for method in ("GET", "POST"):
            answer = page.client.request(method, f"/{path}/{token}")
            assert answer.status_code == 404
            assert "There is nothing here" in answer.text or "%2f" in token


def test_a_revoked_link_opens_nothing(services: Services, page: Browser, fatima: Me) -> None:
    [kept] = links.links_kept(services, fatima)
    links.revoke_link(services, fatima, kept.id)

    assert page.get().status_code == 404
    assert (
        page.client.post(f"/compliment/{page.token}", data={"door": "better", "text": "Meer stoelen"}).status_code
        == 404
    )


def test_a_screens_link_is_no_page_for_customers(services: Services, page: Browser, fatima: Me) -> None:
    links.make_link(services, fatima, LinkKind.SCREEN, "Kantine")
    screen = links.links_kept(services, fatima)[0].address.rpartition("/")[2]

    assert page.client.get(f"/compliment/{screen}").status_code == 404


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("?lang=en", "nl", "en"),
        ("?lang=nl", "en", "nl"),
        ("?lang=xx", "en", "en"),
        ("", "fr, en-GB;q=0.8, nl;q=0.9", "nl"),
        ("", "fr, nl;q=0", "nl"),
        ("", "de", "nl"),
        ("", ";;q=,q=x", "nl"),
    ],
)
def test_the_page_speaks_the_chosen_language_else_the_browsers_else_the_offices(
    page: Browser, query: str, accepted: str, language: str
) -> None:
    shown = page.get(query, headers={"accept-language": accepted})

    assert f'<html lang="{language}">' in shown.text


@pytest.mark.parametrize(
    ("profile", "name"),
    [({"part": Part.JOINED}, "Bram"), ({}, ""), ({"part": Part.JOINED, "standing": Standing.GONE}, "")],
)
def test_a_link_about_a_colleague_names_who_takes_part(
    services: Services, office: FakeOffice, fatima: Me, profile: dict[str, Any], name: str
) -> None:
    bram = office.person("U0BRAM", "Bram de Vries")
    page = browser(services, fatima, about="U0BRAM")
    office.person("U0BRAM", "Bram de Vries", **profile)
    shown = page.get().text

    assert "de Vries" not in shown
    assert ("You can tell Bram how it was" in shown) == bool(name)
    page.praise()
    with services.database.reading(fatima) as tx:
        assert [one.id for one in compliments.about_of(tx, compliments_of(office)[0].id or 0)] == [bram.person_id]


@pytest.mark.parametrize("whom", ["Sanne", "de man met de baard"])
@pytest.mark.parametrize("profile", [{}, {"part": Part.JOINED, "standing": Standing.GONE}])
def test_what_a_customer_typed_counts_where_the_page_hides_whom_its_link_is_about(
    services: Services, office: FakeOffice, fatima: Me, sanne: Me, whom: str, profile: dict[str, Any]
) -> None:
    office.person("U0BRAM", "Bram de Vries")
    page = browser(services, fatima, about="U0BRAM")
    office.person("U0BRAM", "Bram de Vries", **profile)
    page.praise(whom=whom)

    [kept] = compliments_of(office)
    with services.database.reading(fatima) as tx:
        about = [one.name for one in compliments.about_of(tx, kept.id or 0)]
    assert (about, kept.for_whom) == ((["Sanne"], "") if whom == "Sanne" else ([], whom))


# A compliment


def test_a_compliment_waits_for_a_moderator_and_is_anonymous_until_chosen_otherwise(
    page: Browser, office: FakeOffice, facts: list[Any]
) -> None:
    assert re.findall(r'value="(\w+)" checked', page.get().text) == [Consent.ANONYMOUS]
    page.praise(name="Els Jansen")

    [kept] = compliments_of(office)
    assert (kept.text, kept.customer, kept.consent) == (PRAISE, "Els Jansen", Consent.ANONYMOUS)
    assert (kept.is_placed, kept.came_in, kept.entered_by) == (False, CameIn.PAGE, None)
    assert [fact.compliment_id for fact in facts] == [kept.id]


def test_the_customer_sees_the_compliment_again_by_a_link_that_nobody_else_can_read(
    page: Browser, office: FakeOffice
) -> None:
    own = page.praise(name="Els Jansen", consent="first_name")
    shown = page.client.get(own)

    assert shown.status_code == 200
    assert PRAISE in shown.text
    assert ">Els<" in shown.text
    assert "Jansen" not in shown.text
    [kept] = compliments_of(office)
    assert kept.own_link == hashed(own.rpartition("/")[2])


def test_taken_back_a_compliment_is_gone_from_everywhere(page: Browser, office: FakeOffice, facts: list[Any]) -> None:
    own = page.praise()
    number = compliments_of(office)[0].id
    gone = page.client.post(own)

    assert (gone.status_code, compliments_of(office)) == (200, [])
    assert isinstance(facts[-1], ComplimentTakenBack)
    assert facts[-1].compliment_id == number
    assert page.client.get(own).status_code == page.client.post(own).status_code == 404
    assert len(facts) == 2


def test_the_same_form_sent_twice_is_one_compliment_and_one_link(page: Browser, office: FakeOffice) -> None:
    once = page.once()

    assert page.praise(once=once) == page.praise(once=once)
    assert len(compliments_of(office)) == 1
    assert page.praise(once=once, text="En nog iets aardigs") != page.praise(once=once)
    assert len(compliments_of(office)) == 2


@pytest.mark.parametrize("how", [{}, {"only": "link"}])
def test_a_form_that_is_sent_again_after_it_was_taken_back_says_so_and_can_be_sent_anew(
    page: Browser, office: FakeOffice, how: dict[str, str]
) -> None:
    once = page.once()
    page.client.post(page.praise(once=once, name="Els Jansen"), data=how)
    left = len(compliments_of(office))
    again = page.send("compliment", text=PRAISE, name="Els Jansen", once=once)

    assert again.status_code == 409
    assert 'role="alert">You sent this before' in again.text
    assert PRAISE in again.text
    assert 'value="Els Jansen"' in again.text
    assert len(compliments_of(office)) == left
    fresh = re.findall(r'name="once" value="([^"]+)"', again.text)
    assert once not in fresh
    assert page.client.get(page.praise(once=fresh[0], name="Els Jansen")).status_code == 200
    assert len(compliments_of(office)) == left + 1


def test_a_form_that_is_sent_again_days_later_leads_to_the_same_compliment(
    page: Browser, office: FakeOffice, services: Services
) -> None:
    once = page.once()
    own = page.praise(once=once)
    with services.database.writing() as tx:
        forget_handled_before(tx, datetime.max.replace(tzinfo=UTC))

    assert page.praise(once=once) == own
    assert len(compliments_of(office)) == 1


def test_two_customers_with_the_same_words_have_links_of_their_own(page: Browser, office: FakeOffice) -> None:
    assert page.praise() != page.praise()
    assert page.praise(once="guessed") != page.praise(once="guessed")
    assert len(compliments_of(office)) == 4


def test_for_whom_it_is_finds_the_colleague_or_is_told_to_moderators_alone(
    page: Browser, office: FakeOffice, services: Services, fatima: Me
) -> None:
    daan = office.person("U0DAAN", "Daan Bakker")
    office.person("U0NOOR", "Noor Smit")
    office.person("U0NOOR2", "Noor Visser")
    for whom in ("  dáán ", "daan bakker", "Noor", "de man met de baard"):
        page.praise(whom=whom)
    kept = compliments_of(office)

    with services.database.reading(fatima) as tx:
        about = compliments.abouts(tx, [one.id or 0 for one in kept])
    assert [[person.id for person in about[one.id or 0]] for one in kept] == [[daan.person_id]] * 2 + [[], []]
    assert [one.for_whom for one in kept] == ["", "", "Noor", "de man met de baard"]
    assert {one.text for one in kept} == {PRAISE}


@pytest.mark.parametrize("consent", ["full_name", "first_name"])
def test_a_name_that_may_be_shown_has_to_be_there(page: Browser, office: FakeOffice, consent: str) -> None:
    answer = page.send("compliment", text=PRAISE, consent=consent, contact="els@linde.example")

    assert answer.status_code == 422
    assert compliments_of(office) == []
    assert 'id="compliment-name-error"' in answer.text
    assert 'aria-describedby="compliment-name-error" aria-invalid="true"' in answer.text
    for kept in (
        PRAISE,
        'value="els@linde.example"',
        f'value="{consent}" checked',
        'class="door heart" name="door" open',
    ):
        assert kept in answer.text


@pytest.mark.parametrize("text", ["", "  \n", "…!", "🎉🎉", "a" * (LONGEST + 1), "\u202e\u200b"])
@pytest.mark.parametrize("door", ["compliment", "better"])
def test_what_has_no_words_or_too_many_is_refused_and_kept_in_the_form(
    page: Browser, office: FakeOffice, door: str, text: str
) -> None:
    answer = page.send(door, text=text)

    assert answer.status_code == 422
    assert f'id="{door}-text-error"' in answer.text
    assert text.strip("\n ") in answer.text
    assert "maxlength" not in answer.text  # a browser would cut what is pasted, and say nothing
    assert compliments_of(office) == notes_of(office) == []


def test_two_thousand_characters_fit_also_emoji(page: Browser, office: FakeOffice) -> None:
    page.praise(text="a" + "🎉" * (LONGEST - 1))

    assert len(compliments_of(office)[0].text) == LONGEST


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words_on_the_page(page: Browser, words: str) -> None:
    own = page.praise(text=words, name=words, whom=words, contact=words, consent="full_name")
    shown = page.client.get(own).text
    refused = page.send("call", text=words, name=words, contact=words[:5]).text

    for text in (shown, refused):
        assert "<script" not in text
        assert "<img" not in text
        assert "\u202e" not in text or text is refused
        assert ">49<" not in text


# The other two doors


def test_the_open_question_is_answered_by_thank_you_alone(page: Browser, office: FakeOffice) -> None:
    sent = page.send("better", text="Meer stoelen bij de kassa", name="Els", contact="0612345678")
    thanks = page.get(sent.headers["location"].partition("?")[2] and "?thanks=better")

    assert sent.status_code == 303
    assert re.findall(r"<h1>(.*)</h1>", thanks.text) == ["Thank you"]
    assert 'class="lead"' not in thanks.text
    [note] = notes_of(office)
    assert (note.kind, note.text, note.name, note.contact) == (NoteKind.ANSWER, "Meer stoelen bij de kassa", "", "")


def test_who_wants_to_be_called_is_told_to_a_manager_at_once(page: Browser, office: FakeOffice) -> None:
    sent = page.send("call", contact=" 06 - 1234 5678 ", name="Els", text="")

    assert sent.status_code == 303
    assert [(note.kind, note.contact, note.text) for note in notes_of(office)] == [
        (NoteKind.CALL, "06 - 1234 5678", "")
    ]
    [message] = office.queued("U0FATIMA")
    assert "06 - 1234 5678" in str(message.body)


@pytest.mark.parametrize("contact", ["", "bel maar", "12345", "1" * 201])
def test_a_call_needs_a_number(page: Browser, office: FakeOffice, contact: str) -> None:
    answer = page.send("call", contact=contact, text="De doos was leeg")

    assert answer.status_code == 422
    assert 'id="call-contact-error"' in answer.text
    assert "De doos was leeg" in answer.text
    assert notes_of(office) == []


def test_a_program_that_fills_in_every_field_hears_thanks_and_is_not_kept(page: Browser, office: FakeOffice) -> None:
    for door in ("compliment", "better", "call"):
        answer = page.send(door, text="Buy this", contact="0612345678", website="https://spam.example")
        assert answer.status_code == 303

    assert compliments_of(office) == notes_of(office) == []
    assert office.rows("page_visit") == 0


@pytest.mark.parametrize("content", [b"", b"door=window&text=a", b"\xff\xfe", b"a&" * 500, b'{"door": "better"}'])
def test_what_is_no_form_is_refused_with_the_page(page: Browser, content: bytes) -> None:
    answer = page.client.post(f"/compliment/{page.token}", content=content)

    assert answer.status_code in (400, 413)
    assert 'name="door" value="better"' in answer.text


def test_far_too_much_is_not_read_to_its_end(page: Browser, office: FakeOffice) -> None:
    answer = page.client.post(f"/compliment/{page.token}", content=b"door=better&text=" + b"a" * 200_000)

    assert answer.status_code == 413
    assert notes_of(office) == []


# How much


def test_an_address_that_sends_too_much_waits_an_hour_and_loses_no_words(
    page: Browser, office: FakeOffice, clock: StoppedClock
) -> None:
    for number in range(BY_ADDRESS):
        page.praise(text=f"Fijn, al {number} keer")
    held = page.send("compliment", text=PRAISE, name="Els")

    assert held.status_code == 429
    assert int(held.headers["retry-after"]) > 0
    assert PRAISE in held.text
    assert 'value="Els"' in held.text
    assert len(compliments_of(office)) == BY_ADDRESS
    neighbour = dataclasses.replace(page, client=TestClient(page.client.app, client=("192.0.2.2", 1)))
    neighbour.praise()
    clock.pass_time(hours=1)
    page.praise()


def test_a_link_takes_so_much_from_everybody_together(page: Browser, office: FakeOffice, services: Services) -> None:
    found = actions.page_of(services, page.token)
    assert found is not None
    for number in range(BY_LINK):
        actions.leave(services, found, Typed(Door.BETTER, f"Antwoord {number}"), f"192.0.2.{number}")

    crowd = TestClient(page.client.app, client=("198.51.100.7", 1))
    assert dataclasses.replace(page, client=crowd).send("better", text="Nog een").status_code == 429
    assert len(notes_of(office)) == BY_LINK


def test_who_sent_the_form_is_known_by_a_hash_for_an_hour(
    page: Browser, office: FakeOffice, services: Services, clock: StoppedClock
) -> None:
    page.praise()
    jobs.forget_visits(services)
    assert office.rows("page_visit") == 1

    clock.pass_time(hours=1)
    jobs.forget_visits(services)
    assert office.rows("page_visit") == 0


def test_nothing_of_another_workspace_is_found_or_told(page: Browser, office: FakeOffice, services: Services) -> None:
    elsewhere = office.person_elsewhere("T0ANDERS", "U0FATIMA", "Fatima van elders")
    page.send("call", contact="0612345678")
    page.praise(whom="Fatima van elders")

    with services.database.reading(elsewhere) as tx:
        assert compliments.waiting(tx, 5) == (0, [])
    assert compliments_of(office)[0].for_whom == "Fatima van elders"


def test_a_customer_ends_their_own_link_and_the_compliment_stays(page: Browser, office: FakeOffice) -> None:
    own = page.praise()
    assert 'name="only" value="link"' in page.client.get(own).text

    answer = page.client.post(own, data={"only": "link"})

    assert "Your compliment stays" in answer.text
    assert page.client.get(own).status_code == 404
    assert page.client.post(own, data={}).status_code == 404
    assert [one.text for one in compliments_of(office)] == [PRAISE]


def test_a_customers_own_address_keeps_the_language_that_was_chosen(page: Browser) -> None:
    own = page.praise()

    assert f"{own}?lang=nl" in page.client.get(f"{own}?lang=nl&new").text


def test_another_language_opens_the_same_door_and_keeps_what_is_said_of_a_new_compliment(page: Browser) -> None:
    assert 'href="?lang=nl&amp;door=call"' in page.get("?door=call").text
    assert 'href="?lang=nl&amp;door=better"' in page.send("better", text="").text
    assert 'href="?lang=nl"' in page.get("?door=window").text
    own = page.praise()
    assert 'href="?lang=nl&amp;new"' in page.client.get(f"{own}?new").text
    assert 'href="?lang=nl"' in page.client.get(own).text
