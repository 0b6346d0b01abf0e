"""Rows to test with, written the way the bot writes them."""

from datetime import date, time
from typing import Any

from sqlmodel import Session, select

from storage.absences import Absence
from storage.celebrations import Celebration, CelebrationHidden, CelebrationReport, OwnDates
from storage.compliments import Compliment, ComplimentAbout, ComplimentApplause
from storage.customers import CustomerNote, PageVisit
from storage.database import Database, InWorkspace
from storage.gifts import Cupboard, Gift, GiftMove
from storage.groups import GroupMember, PeopleGroup
from storage.ideas import Idea, IdeaAnswer, IdeaFollower, IdeaVote
from storage.links import PublicLink
from storage.office import OfficeChange
from storage.participants import Participant, WorkingDays
from storage.people import Forgotten, enter_person
from storage.permissions import Permission, StoryPermission
from storage.reminders import Reminder
from storage.rows import workspace_of
from storage.spending import ClosedMonth, LedgerEntry, PersonCap, Spending
from storage.stories import Applause, Draft, Story, add_story, replace_helpers
from storage.thanks import Thanks
from storage.tips import TipShown
from storage.to_nots import ToNot, ToNotKept, ToNotVote
from storage.workspaces import enter_workspace
from tests.fakes import MONDAY

TODAY = date(2026, 11, 2)


def enter(database: Database, team_id: str) -> InWorkspace:
    """A workspace, to open transactions for."""
    with database.writing() as tx:
        return InWorkspace(enter_workspace(tx, team_id, MONDAY).id or 0)


def somebody(database: Database, who: InWorkspace, slack_id: str, name: str = "") -> int:
    with database.writing(who) as tx:
        return enter_person(tx, slack_id, name).id or 0


def told(database: Database, who: InWorkspace, teller_id: int, text: str = "Paraplu uitgeleend", **values: Any) -> int:
    """A story; `values` are its columns."""
    values = {"day": TODAY, "told_at": MONDAY, "posted_on": TODAY, **values}
    with database.writing(who) as tx:
        return add_story(tx, workspace_id=who.workspace_id, teller_id=teller_id, text=text, **values)


def applauded(database: Database, who: InWorkspace, story_id: int, person_id: int) -> None:
    with database.writing(who) as tx:
        tx.add(Applause(workspace_id=who.workspace_id, story_id=story_id, person_id=person_id, changed_at=MONDAY))


def helped(database: Database, who: InWorkspace, story_id: int, *slack_ids: str) -> None:
    with database.writing(who) as tx:
        replace_helpers(tx, story_id, [enter_person(tx, slack_id) for slack_id in slack_ids])


def drafted(database: Database, who: InWorkspace, person_id: int, text: str = "Een idee") -> int:
    with database.writing(who) as tx:
        draft = Draft(workspace_id=who.workspace_id, person_id=person_id, text=text, written_at=MONDAY)
        tx.add(draft)
        tx.flush()
        return draft.id or 0


def one_of_each(database: Database, who: InWorkspace, person_id: int) -> None:
    """A row in every table that a person's habit and an office's choices leave behind."""
    own: dict[str, Any] = {"workspace_id": who.workspace_id}
    with database.writing(who) as tx:
        tx.add(Participant(**own, person_id=person_id, joined_at=MONDAY, joined_on=TODAY, on_board=True,
                           remind_at=time(9), second_at=time(16), volume="light"))  # fmt: skip
        tx.add(WorkingDays(**own, person_id=person_id, from_day=TODAY, days="01234"))
        tx.add(Absence(**own, person_id=person_id, first_day=TODAY, last_day=TODAY, entered_at=MONDAY))
        tx.add(Reminder(**own, person_id=person_id, day=TODAY, reminded_at=MONDAY))
        tx.add(TipShown(**own, person_id=person_id, tip_id="tip", shown_on=TODAY))
        tx.add(OfficeChange(**own, name="language", value="en", changed_by=person_id, changed_at=MONDAY))
        tx.add(Forgotten(**own, mark="mark"))
        group = PeopleGroup(**own, name="Balie")
        tx.add(group)
        tx.flush()
        tx.add(GroupMember(**own, group_id=group.id or 0, person_id=person_id))
        on_the_walls(tx, person_id, "Sanne", "Een stoel bij de balie")
        in_the_books(tx, person_id, "Bloemen")
        rule, story = tx.exec(select(Permission)).one(), tx.exec(select(Story)).first()
        if story is not None:
            tx.add(StoryPermission(**own, story_id=story.id or 0, permission_id=rule.id or 0))


def on_the_walls(tx: Session, person_id: int, name: str, title: str) -> None:
    """A row in each table of the walls, and of what customers said."""
    own, day = {"workspace_id": workspace_of(tx)}, MONDAY.date()
    compliment = Compliment(**own, text=f"Wat fijn, {name}", day=day, entered_at=MONDAY, placed_at=MONDAY,
                            entered_by=person_id, answered_by=person_id, answered_at=MONDAY,
                            answer="Bedankt")  # fmt: skip
    idea = Idea(**own, title=title, suggester_id=person_id, owner_id=person_id, suggested_at=MONDAY, posted_on=day)
    party = Celebration(**own, occasion="joke", text="Een grap", about_id=person_id, entered_by=person_id,
                        posted_on=day, entered_at=MONDAY)  # fmt: skip
    note = CustomerNote(**own, kind="answer", text="Meer stoelen", received_at=MONDAY, heard_by=person_id,
                        taken_by=person_id, taken_at=MONDAY)  # fmt: skip
    link = PublicLink(**own, kind="customers", token=f"{workspace_of(tx):t>43}", name=f"Balie van {name}",
                      about_id=person_id, made_by=person_id, made_at=MONDAY)  # fmt: skip
    tx.add_all([compliment, idea, party, note, link, OwnDates(**own, person_id=person_id, birthday="02-29")])
    tx.flush()
    each = own | {"person_id": person_id}
    about, ideas, posts = ({name: row.id or 0} for name, row in
                           (("compliment_id", compliment), ("idea_id", idea), ("celebration_id", party)))  # fmt: skip
    tx.add_all([
        ComplimentAbout(**each, **about), ComplimentApplause(**each, **about, changed_at=MONDAY),
        IdeaVote(**each, **ideas, changed_at=MONDAY), IdeaFollower(**each, **ideas, mark="m"),
        IdeaAnswer(**own, **ideas, status="done", words="Staat er", answered_by=person_id, answered_at=MONDAY),
        PageVisit(**own, link_id=link.id or 0, address="a", at=MONDAY),
        CelebrationHidden(**each, **posts), CelebrationReport(**each, **posts, reported_at=MONDAY),
    ])  # fmt: skip


def in_the_books(tx: Session, person_id: int, what_for: str) -> None:
    """A row in each table of what is spent, given, bent, stopped and thanked."""
    own, day, who = {"workspace_id": workspace_of(tx)}, MONDAY.date(), person_id
    spending = Spending(**own, person_id=who, day=day, cents=750, currency="EUR", what_for=what_for, asked_at=MONDAY,
                        decided_by=who, decided_at=MONDAY, paid_back_by=who, paid_back_at=MONDAY)  # fmt: skip
    cupboard, listed = Cupboard(**own, name="Kantine", keeper_id=who), ToNot(**own, text="Minder cc", minutes=30,
                                proposed_by=who, proposed_at=MONDAY, agreed_on=day)  # fmt: skip
    rule = Permission(**own, text="Ruilen zonder bon", written_by=who, written_at=MONDAY)
    tx.add_all([spending, cupboard, listed, rule])
    tx.flush()
    gift = Gift(**own, cupboard_id=cupboard.id or 0, name="Chocola", price_cents=250)
    tx.add(gift)
    tx.flush()
    tx.add_all([
        LedgerEntry(**own, spending_id=spending.id or 0, person_id=who, day=day, month="2026-11", cents=750,
                    booked_at=MONDAY),
        PersonCap(**own, person_id=who, first_day=day, day_cents=2000, set_by=who, set_at=MONDAY),
        ClosedMonth(**own, month="2026-09", closed_by=who, closed_at=MONDAY),
        GiftMove(**own, gift_id=gift.id or 0, kind="taken", count=-1, person_id=who, for_person_id=who,
                 moved_at=MONDAY),
        ToNotVote(**own, to_not_id=listed.id or 0, person_id=who, voted_at=MONDAY),
        ToNotKept(**own, to_not_id=listed.id or 0, month="2026-10", person_id=who, said_at=MONDAY),
        Thanks(**own, from_id=who, to_id=who, words="Dank je wel", thanked_at=MONDAY),
    ])  # fmt: skip
