"""An office with stories of some days, written the way the bot writes them."""

from datetime import date, time
from typing import Any

from bot.features.figures import remembering
from bot.kernel.links import new_token
from bot.kernel.office import Me
from storage.absences import Absence
from storage.compliments import Consent, add_compliment, replace_about
from storage.links import LinkKind, PublicLink
from storage.participants import Participant
from storage.people import Part, people_by_ids, person_by_slack_id
from storage.spending import LedgerEntry, Spending
from storage.stories import Applause, add_story
from tests.fakes import MONDAY, FakeOffice

TODAY = date(2026, 11, 2)


def story(office: FakeOffice, me: Me, day: date = TODAY, text: str = "Paraplu uitgeleend", **values: Any) -> int:
    """A story; `values` are its columns."""
    with office.services.database.writing(me) as tx:
        told = {"day": day, "told_at": MONDAY, "posted_on": day, **values}
        return add_story(tx, workspace_id=me.workspace_id, teller_id=me.person_id, text=text, **told)


def applaud(office: FakeOffice, me: Me, story_id: int, *, is_given: bool = True) -> None:
    with office.services.database.writing(me) as tx:
        own = {"workspace_id": me.workspace_id, "person_id": me.person_id, "story_id": story_id}
        tx.add(Applause(**own, changed_at=MONDAY, is_given=is_given))


def compliment(office: FakeOffice, me: Me, day: date = TODAY, *, is_placed: bool = True) -> None:
    """One about somebody."""
    with office.services.database.writing(me) as tx:
        one = add_compliment(
            tx, text="Wat fijn", day=day, entered_at=MONDAY, consent=Consent.ANONYMOUS, is_placed=is_placed
        )
        replace_about(tx, one.id or 0, people_by_ids(tx, [me.person_id]))


def spend(office: FakeOffice, me: Me, cents: int, day: date = TODAY, **values: Any) -> None:
    """An expense and its entry in the ledger; `values` are columns of the expense."""
    own = {"workspace_id": me.workspace_id, "person_id": me.person_id, "day": day, "cents": cents}
    with office.services.database.writing(me) as tx:
        spending = Spending(**own, currency="EUR", what_for="Bloemen", asked_at=MONDAY, **values)
        tx.add(spending)
        tx.flush()
        entry = {"spending_id": spending.id or 0, "month": f"{day:%Y-%m}", "is_staff": spending.is_staff}
        tx.add(LedgerEntry(**own, **entry, booked_at=MONDAY))


def join(office: FakeOffice, me: Me) -> Me:
    """Somebody takes part from now on."""
    with office.services.database.writing(me) as tx:
        person = person_by_slack_id(tx, me.slack_id)
        assert person is not None
        person.part = Part.JOINED
        tx.add(
            Participant(
                workspace_id=me.workspace_id, person_id=me.person_id, joined_at=MONDAY, joined_on=TODAY,
                on_board=False, remind_at=time(9), second_at=time(16), volume="light",
            )
        )  # fmt: skip
    return me


def team(office: FakeOffice, count: int) -> list[Me]:
    """So many colleagues who take part."""
    return [join(office, office.person(f"U0P{number}", f"Collega {number}")) for number in range(count)]


def away(office: FakeOffice, me: Me, first: date, last: date) -> None:
    with office.services.database.writing(me) as tx:
        own = {"workspace_id": me.workspace_id, "person_id": me.person_id}
        tx.add(Absence(**own, first_day=first, last_day=last, entered_at=MONDAY))


def link(office: FakeOffice, me: Me, kind: LinkKind = LinkKind.FIGURES, **values: Any) -> str:
    """The token of a new link."""
    token = new_token()
    with office.services.database.writing(me) as tx:
        tx.add(PublicLink(workspace_id=me.workspace_id, kind=kind, token=token, made_at=MONDAY, **values))
    return token


def remembered(office: FakeOffice, me: Me) -> list[str]:
    """Let the clock's job do its work; what stands with somebody since."""
    for workspace_id in remembering.workspaces(office.services):
        remembering.remember(office.services, workspace_id)
    return office.posts(me.slack_id)
