"""The file for the accountant: what is in it, and who gets it."""

import csv
from dataclasses import fields
from io import StringIO

import pytest

from bot.features.budgets import actions, closing, export, showing
from bot.features.budgets.rules import Receipt
from bot.features.stories.actions import share_story
from bot.kernel.choices import Choice
from bot.kernel.errors import BotError
from bot.kernel.office import Me
from bot.kernel.spreadsheets import BETWEEN, UTF_8
from bot.services import Services
from storage.ledger_export import ExportedCompany, ExportedEntry, companies_count, companies_to_export
from storage.office import change_office
from tests.fakes import TEAM, FakeOffice, StoppedClock
from tests.features.budgets.spenders import correct, spend


def rows(services: Services, me: Me, month: str = "2026-11") -> list[dict[str, str]]:
    return rows_in(export.csv_of(services, me.workspace_id, month), ExportedEntry)


def test_every_line_of_the_month_is_in_it_and_the_sum_is_what_was_spent(services: Services, sanne: Me) -> None:
    spent = spend(services, sanne, "7,50", company="Bakkerij Jansen", vat_rate="9", no_receipt="zoek")
    correct(services, sanne, spent.spending.id or 0, "5", company="Bakkerij Jansen", vat_rate="9")
    spend(services, sanne, "25")  # it waits: nothing stands in the books

    found = rows(services, sanne)

    assert [row["cents"] for row in found] == ["750", "-750", "500"]
    assert [row["corrected_entry"] for row in found][:2] == ["", found[0]["entry"]]
    first = found[0]
    assert (first["day"], first["person"], first["currency"]) == ("2026-11-02", "Sanne", "EUR")
    assert (first["what_for"], first["company"], first["vat_rate"]) == ("bloemen", "Bakkerij Jansen", "9")
    assert (first["recipient"], first["paid_with"], first["status"]) == ("klant", "eigen geld", "geboekt")


def test_a_correction_of_a_closed_month_stands_in_the_open_one(
    services: Services, clock: StoppedClock, sanne: Me, fatima: Me
) -> None:
    spent = spend(services, sanne, "7,50")
    clock.pass_time(days=30)
    closing.close_month(services, fatima, "2026-11")

    actions.undo_spending(services, sanne, spent.spending.id or 0)

    assert [row["cents"] for row in rows(services, sanne)] == ["750"]
    assert [(row["cents"], row["day"]) for row in rows(services, sanne, "2026-12")] == [("-750", "2026-11-02")]


def test_no_cell_is_a_formula(services: Services, sanne: Me) -> None:
    spend(services, sanne, "5", what_for="=SUM(A1)", company="@Jansen")

    [row] = rows(services, sanne)
    assert (row["what_for"], row["company"]) == ("'=SUM(A1)", "'@Jansen")


def test_another_workspace_is_not_in_it(services: Services, office: FakeOffice, sanne: Me) -> None:
    elsewhere = office.person_elsewhere("T0ANDERS", "U0ILSE", "Ilse")
    spend(services, elsewhere, "5")
    spend(services, sanne, "3")

    assert [row["cents"] for row in rows(services, sanne)] == ["300"]


def test_who_lost_the_role_meanwhile_gets_no_figures(
    services: Services, office: FakeOffice, sanne: Me, fatima: Me
) -> None:
    spend(services, sanne, "7,50")
    export.queue_file(services, fatima, "2026-11")
    [post] = office.queued("U0FATIMA")
    assert post.key.startswith(export.FILE)
    assert "Sanne" in export.file_contents(services, post)

    with services.database.writing(fatima) as tx:
        change_office(tx, Choice.MANAGERS, ["U0BRAM"], fatima.person_id, services.clock.now())

    assert "Sanne" not in export.file_contents(services, post)


def test_only_a_manager_gets_it_and_of_a_month(services: Services, sanne: Me, fatima: Me) -> None:
    with pytest.raises(BotError):
        export.queue_file(services, sanne, "2026-11")
    for month in ("", "2026", "2026-13", "../etc", "2026-11 "):
        with pytest.raises(BotError):
            export.queue_file(services, fatima, month)


def test_a_company_is_counted_over_the_year_however_it_is_written(services: Services, sanne: Me, fatima: Me) -> None:
    spend(services, sanne, "5,45", company="Bakkerij Jansen", vat_rate="9", day="2026-10-05")
    spend(services, sanne, "3", company="bakkerij  jansen")
    spend(services, sanne, "2", company="Slagerij", is_staff=True)

    [(_, cents)] = showing.office_in(services, fatima).companies
    assert cents == 500 + 300


def test_home_shows_ones_own_budget_and_to_managers_what_waits(services: Services, sanne: Me, fatima: Me) -> None:
    spend(services, sanne, "25")
    with services.database.reading(fatima) as tx:
        own, managers = (str(showing.home_card(tx, services, me)) for me in (sanne, fatima))

    assert "spending.agree" not in own
    assert "spending.agree" in managers


def test_a_story_that_an_expense_belongs_to_stays_among_those_to_choose(
    services: Services, clock: StoppedClock, sanne: Me
) -> None:
    first = share_story(services, sanne, "De eerste klant die een paraplu meekreeg").story_id
    spent = spend(services, sanne, "5", story_id=first).spending
    clock.pass_time(minutes=1)
    for number in range(showing.OFFERED):
        share_story(services, sanne, f"Klant nummer {number} kreeg een kop koffie")

    assert first not in {story.id for story in showing.stories_to_choose(services, sanne)}
    assert first in {story.id for story in showing.stories_to_choose(services, sanne, spent)}


def test_a_receipt_is_found_by_its_address_or_its_number(services: Services, sanne: Me) -> None:
    link = "https://club.slack.com/files/U1/F1/bon.pdf"
    spend(services, sanne, "2", receipt=Receipt("F1", "application/pdf", 9, link))
    spend(services, sanne, "3", receipt=Receipt("F2", "application/pdf", 9))
    spend(services, sanne, "4")

    assert [row["receipt"] for row in rows(services, sanne)] == [link, "bon:F2", ""]


def test_what_companies_got_in_the_year_comes_in_a_file_beside_it(
    services: Services, office: FakeOffice, sanne: Me, fatima: Me
) -> None:
    spend(services, sanne, "5,45", company="Jansen B.V.", vat_rate="9", day="2026-10-05")
    spend(services, sanne, "3", company="jansen bv")

    export.queue_file(services, fatima, "2026-11")

    month, year = office.queued("U0FATIMA")
    assert [(row["cents"], row["day"]) for row in rows_in(export.file_contents(services, month), ExportedEntry)] == [
        ("300", "2026-11-02")
    ]
    [company] = rows_in(export.file_contents(services, year), ExportedCompany)
    assert (company["company"], company["year"], company["cents"], company["currency"]) == (
        "Jansen B.V.", "2026", "800", "EUR",
    )  # fmt: skip


def test_each_workspace_has_its_own_companies(services: Services, office: FakeOffice, sanne: Me) -> None:
    elsewhere = office.person_elsewhere("T0ANDERS", "U0ILSE", "Ilse")
    for me in (elsewhere, sanne):
        spend(services, me, "3", company="Jansen")

    with services.database.reading() as tx:
        found = [(one.workspace, one.year, one.cents) for one in companies_to_export(tx)]
        assert (len(found), companies_count(tx, "2026-11"), companies_count(tx, "2025-11")) == (2, 2, 0)
    assert sorted(found) == [("T0ANDERS", 2026, 300), (TEAM, 2026, 300)]


def rows_in(text: str, kind: type[object]) -> list[dict[str, str]]:
    """The lines of a file beneath its headings, by the names of a line's fields."""
    [_, *lines] = csv.reader(StringIO(text.removeprefix(UTF_8)), delimiter=BETWEEN)
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    return [dict(zip(names, line, strict=True)) for line in lines]


def test_the_headings_are_in_the_offices_language_and_each_field_has_one(services: Services, sanne: Me) -> None:
    [headings] = csv.reader(StringIO(export.csv_of(services, sanne.workspace_id, "2026-11")), delimiter=BETWEEN)

    assert headings[:3] == [UTF_8 + "Slack-werkruimte", "Datum", "Maand"]
    for kind in (ExportedEntry, ExportedCompany):
        assert {field.name for field in fields(kind)} <= set(export.HEADINGS)
