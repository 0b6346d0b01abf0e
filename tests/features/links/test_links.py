"""Making, naming and revoking links, and their posters; on both databases."""

import dataclasses
import json
import re
import zlib
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.features.links import actions, listeners, rules, screens
from bot.features.links.poster import poster_pdf, printable
from bot.features.links.web import routes
from bot.i18n.translate import speakers
from bot.kernel.errors import BotError, FormError
from bot.kernel.links import is_token, new_token
from bot.kernel.office import Me
from bot.services import Services
from bot.settings import Settings
from storage.links import LinkKind, link_by_id, link_by_token, links_of
from storage.people import Standing, remember_to_forget
from storage.personal import make_nameless
from tests.fakes import FakeOffice, FakeSlack
from tests.features.heard import Heard, texts_in
from tests.limits import complaints_about_view

PUBLIC = "https://fans.linde.example/"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"public_url": PUBLIC})


def at_home(services: Services) -> Services:
    """The same, where the world can't reach the pages."""
    return dataclasses.replace(services, settings=services.settings.model_copy(update={"public_url": None}))


def token_of(kept: actions.Kept) -> str:
    return kept.address.rpartition("/")[2]


def test_a_link_is_random_named_and_readable_to_managers(services: Services, office: FakeOffice, fatima: Me) -> None:
    actions.make_link(services, fatima, LinkKind.CUSTOMERS, "  Winkel \n Utrecht ")
    actions.make_link(services, fatima, LinkKind.SCREEN, "Kantine")
    screen, page = actions.links_kept(services, fatima)

    assert (screen.kind, screen.name, screen.poster) == (LinkKind.SCREEN, "Kantine", "")
    assert (page.kind, page.name) == (LinkKind.CUSTOMERS, "Winkel Utrecht")
    assert screen.address == f"{PUBLIC}wall/{token_of(screen)}"
    assert page.address == f"{PUBLIC}compliment/{token_of(page)}"
    assert page.poster == f"{PUBLIC}poster/{token_of(page)}.pdf"
    assert is_token(token_of(screen))
    assert token_of(screen) != token_of(page)


@pytest.mark.parametrize("name", ["", "  ", "…", "x" * 81])
def test_a_link_has_a_name(services: Services, office: FakeOffice, fatima: Me, name: str) -> None:
    with pytest.raises(FormError) as error:
        actions.make_link(services, fatima, LinkKind.SCREEN, name)

    assert set(error.value.fields) == {"name"}
    assert actions.links_kept(services, fatima) == []


def test_only_managers_make_see_name_and_revoke_links(
    services: Services, office: FakeOffice, fatima: Me, sanne: Me
) -> None:
    number = actions.make_link(services, fatima, LinkKind.SCREEN, "Kantine")
    admin = office.person("U0ADMIN", "Ada", is_admin=True)

    for nobody in (sanne, admin):
        for refused in (
            lambda me: actions.make_link(services, me, LinkKind.SCREEN, "Gang"),
            lambda me: actions.links_kept(services, me),
            lambda me: actions.name_link(services, me, number, "Gang"),
            lambda me: actions.revoke_link(services, me, number),
            lambda me: actions.link_to_name(services, me, number),
        ):
            with pytest.raises(BotError):
                refused(nobody)
    assert [kept.name for kept in actions.links_kept(services, fatima)] == ["Kantine"]


def test_a_revoked_link_opens_nothing_and_is_not_renamed(services: Services, office: FakeOffice, fatima: Me) -> None:
    number = actions.make_link(services, fatima, LinkKind.SCREEN, "Kantine")
    token = token_of(actions.links_kept(services, fatima)[0])
    actions.revoke_link(services, fatima, number)
    actions.revoke_link(services, fatima, number)

    assert actions.links_kept(services, fatima) == []
    with services.database.reading() as tx:
        assert link_by_token(tx, token, LinkKind.SCREEN) is None
    with pytest.raises(BotError):
        actions.name_link(services, fatima, number, "Gang")


def test_a_link_is_found_by_its_own_kind_of_any_workspace(services: Services, office: FakeOffice, fatima: Me) -> None:
    number = actions.make_link(services, fatima, LinkKind.SCREEN, "Kantine")
    token = token_of(actions.links_kept(services, fatima)[0])
    elsewhere = office.person_elsewhere("T0ANDERS", "U0FATIMA", "Fatima van elders")

    with services.database.reading() as tx:
        found = link_by_token(tx, token, LinkKind.SCREEN)
        assert found is not None
        assert found.workspace_id == office.workspace_id
        assert link_by_token(tx, token, LinkKind.CUSTOMERS) is None
        assert link_by_token(tx, new_token(), LinkKind.SCREEN) is None
    with services.database.reading(elsewhere) as tx:
        assert link_by_token(tx, token, LinkKind.SCREEN) is None
        assert link_by_id(tx, number) is None
        assert links_of(tx, LinkKind.SCREEN) == []


def test_a_link_can_be_about_a_colleague_and_about_nobody_else(
    services: Services, office: FakeOffice, fatima: Me, bram: Me
) -> None:
    office.person("U0GAST", "Gast", standing=Standing.GUEST)
    actions.make_link(services, fatima, LinkKind.CUSTOMERS, "Bram", "U0BRAM")
    actions.make_link(services, fatima, LinkKind.SCREEN, "Kantine", "U0BRAM")
    with pytest.raises(FormError):
        actions.make_link(services, fatima, LinkKind.CUSTOMERS, "Gast", "U0GAST")

    assert [(kept.name, kept.colleague) for kept in actions.links_kept(services, fatima)] == [
        ("Kantine", ""), ("Bram", "Bram"),
    ]  # fmt: skip


def test_a_link_about_who_had_themselves_erased_says_so_at_the_field(
    services: Services, office: FakeOffice, fatima: Me, bram: Me
) -> None:
    with services.database.writing(bram) as tx:
        remember_to_forget(tx, "U0BRAM")
        make_nameless(tx, bram.person_id, services.clock.now())

    with pytest.raises(FormError) as caught:
        actions.make_link(services, fatima, LinkKind.CUSTOMERS, "Bram", "U0BRAM")
    assert list(caught.value.fields) == ["about"]


def test_the_links_about_somebody_who_is_erased_are_revoked(
    services: Services, office: FakeOffice, fatima: Me, bram: Me
) -> None:
    number = actions.make_link(services, fatima, LinkKind.CUSTOMERS, "Bram de Vries", "U0BRAM")
    with services.database.writing(bram) as tx:
        actions.forget_about(tx, services, bram)

    assert actions.links_kept(services, fatima) == []
    with services.database.reading(fatima) as tx:
        link = link_by_id(tx, number)
    assert link is not None
    assert (link.name, link.about_id) == ("", None)


# In Slack


def test_a_manager_makes_renames_and_revokes_a_link_in_windows(
    services: Services, office: FakeOffice, slack: FakeSlack, fatima: Me
) -> None:
    heard = Heard(services, slack, listeners.register)
    window = heard.click(screens.OPEN_ALL)
    assert window is not None
    form = heard.click(screens.NEW[LinkKind.CUSTOMERS], view=window | {"type": "modal"})
    assert form is not None
    assert complaints_about_view(form) == []
    heard.send(form, {"name": {"value": "Winkel"}, "about": {"selected_user": None}}, previous_view_id="V1")
    [kept] = actions.links_kept(services, fatima)
    shown = slack.asked("views_update")[-1]["view"]
    assert kept.address in texts_in(shown)
    assert kept.poster in json.dumps(shown)

    form = heard.click(screens.RENAME, str(kept.id), view=window | {"type": "modal"})
    assert form is not None
    assert complaints_about_view(form) == []
    heard.send(form, {"name": {"value": "Winkel Utrecht"}}, previous_view_id="V1")
    assert [one.name for one in actions.links_kept(services, fatima)] == ["Winkel Utrecht"]

    after = heard.click(screens.REVOKE, str(kept.id), view=window | {"type": "modal"})
    assert after is not None
    assert kept.address not in texts_in(after)
    assert actions.links_kept(services, fatima) == []


def test_a_form_without_a_name_says_so_at_the_field(services: Services, slack: FakeSlack, fatima: Me) -> None:
    heard = Heard(services, slack, listeners.register)
    form = heard.click(screens.NEW[LinkKind.SCREEN])
    assert form is not None

    assert set(heard.send(form, {"name": {"value": "…"}})["errors"]) == {"name"}


def test_a_hundred_links_are_shown_a_page_at_a_time(services: Services, office: FakeOffice, fatima: Me) -> None:
    for number in range(2 * screens.A_PAGE + 1):
        actions.make_link(services, fatima, LinkKind.CUSTOMERS, f"Winkel {number:02} " + "x" * 60)
    kept = actions.links_kept(services, fatima)
    seen: list[str] = []

    for page in range(4):
        window = screens.links_window(kept, fatima, is_public=False, page=page)
        assert complaints_about_view(window) == []
        seen += re.findall(r"Winkel \d\d (?=x+ \|)", texts_in(window))
    assert len(set(seen)) == len(kept)
    assert screens.links_window(kept, fatima, is_public=True, page=9) == window | {"blocks": [
        block for block in window["blocks"] if "PUBLIC_URL" not in json.dumps(block)
    ]}  # fmt: skip


def test_hostile_names_are_only_words(services: Services, office: FakeOffice, fatima: Me) -> None:
    actions.make_link(services, fatima, LinkKind.CUSTOMERS, "<!channel> *vet* \u202e<b>")
    window = screens.links_window(actions.links_kept(services, fatima), fatima, is_public=True)

    assert "mrkdwn" not in json.dumps(window)
    assert "\u202e" not in texts_in(window)


# Posters


def said_in(pdf: bytes) -> str:
    """The words and marks that a PDF draws."""
    return "".join(
        zlib.decompress(part).decode("latin-1") for part in re.findall(rb"stream\n(x.*?)\nendstream", pdf, re.S)
    )


def test_a_poster_is_one_page_a4_with_the_code_and_the_address(services: Services) -> None:
    address = f"{PUBLIC}compliment/{new_token()}"
    pdf = poster_pdf(address, "Winkel Škoda 🎉 <b>", speakers()["en"], datetime(2026, 11, 2, tzinfo=UTC))
    said = said_in(pdf)

    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") == 1
    assert b"595.28 841.89" in pdf
    assert "Happy with us?" in said
    assert address in said
    assert "Winkel Skoda  <b>" in said
    assert said.count(" re") > 200  # the modules of the code
    assert pdf == poster_pdf(address, "Winkel Škoda 🎉 <b>", speakers()["en"], datetime(2026, 11, 2, tzinfo=UTC))


@pytest.mark.parametrize("name", ["", "x" * 80, "\u202e\u0000", "漢字 " * 20, "(haakje) \\ )"])
def test_every_name_makes_a_poster(name: str) -> None:
    for say in speakers().values():
        assert poster_pdf(PUBLIC + "x" * 300, name, say, datetime(2026, 11, 2, tzinfo=UTC)).startswith(b"%PDF")
    assert printable(name).encode("latin-1") is not None


def test_the_poster_is_served_to_who_has_the_link(services: Services, office: FakeOffice, fatima: Me) -> None:
    actions.make_link(services, fatima, LinkKind.CUSTOMERS, "Winkel")
    actions.make_link(services, fatima, LinkKind.SCREEN, "Kantine")
    screen, page = actions.links_kept(services, fatima)
    client = TestClient(Starlette(routes=routes(services)))

    served = client.get(f"/poster/{token_of(page)}.pdf")
    assert (served.status_code, served.headers["content-type"]) == (200, "application/pdf")
    assert client.head(f"/poster/{token_of(page)}.pdf").status_code == 200
    for token in (token_of(screen), new_token(), "x"):
        assert client.get(f"/poster/{token}.pdf").status_code == 404
    actions.revoke_link(services, fatima, page.id)
    assert client.get(f"/poster/{token_of(page)}.pdf").status_code == 404


def test_there_is_no_poster_while_the_world_cannot_reach_the_page(
    services: Services, office: FakeOffice, fatima: Me
) -> None:
    actions.make_link(services, fatima, LinkKind.CUSTOMERS, "Winkel")
    alone = at_home(services)
    [kept] = actions.links_kept(alone, fatima)

    assert kept.poster == ""
    assert actions.poster_of(alone, token_of(kept)) is None
    with pytest.raises(BotError):
        actions.poster(alone)
    window = screens.links_window([kept], fatima, is_public=False)
    assert screens.POSTER not in json.dumps(window)
    assert "PUBLIC_URL" in texts_in(window)


def test_the_command_line_makes_the_poster_of_the_first_link_or_of_the_one_by_that_name(
    services: Services, office: FakeOffice, fatima: Me
) -> None:
    with pytest.raises(BotError):
        actions.poster(services)
    for name in ("Utrecht", "Gent"):
        actions.make_link(services, fatima, LinkKind.CUSTOMERS, name)

    assert "Utrecht" in said_in(actions.poster(services))
    assert "Gent" in said_in(actions.poster(services, " gent "))
    with pytest.raises(BotError):
        actions.poster(services, "Arnhem")


def test_a_link_leads_where_the_pages_are() -> None:
    assert set(rules.PATHS) == set(LinkKind)
