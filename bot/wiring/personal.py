"""Who keeps what about a person: how it is shown to them, and what becomes of it when they want to be erased."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from bot.features.budgets import forgetting as budgets
from bot.features.change_wall import forgetting as change_wall
from bot.features.customer_page import notes as customer_page
from bot.features.customer_wall import actions as customer_wall
from bot.features.digest import posting as digest
from bot.features.gifts import actions as gifts
from bot.features.leaderboards import forgetting as leaderboards
from bot.features.links import actions as links
from bot.features.participants import actions as participants
from bot.features.stories import actions as stories
from bot.features.team_wall import actions as team_wall
from bot.features.thanks import forgetting as thanks
from bot.features.to_nots import actions as to_nots
from bot.kernel.choices import Choice
from bot.kernel.office import Me
from bot.services import Services
from storage import personal
from storage.absences import Absence
from storage.celebrations import Celebration, CelebrationHidden, CelebrationReport, OwnDates
from storage.compliments import Compliment, ComplimentAbout, ComplimentApplause
from storage.customers import CustomerNote
from storage.gifts import Cupboard, GiftMove
from storage.groups import GroupMember
from storage.ideas import Idea, IdeaAnswer, IdeaFollower, IdeaVote
from storage.links import PublicLink
from storage.office import OfficeChange, change_office
from storage.participants import Participant, WorkingDays
from storage.people import Person, remember_to_forget
from storage.permissions import Permission
from storage.reminders import Reminder
from storage.spending import ClosedMonth, LedgerEntry, PersonCap, Spending
from storage.stories import Applause, Draft, Story, StoryHelper
from storage.thanks import Thanks
from storage.tips import TipShown
from storage.to_nots import ToNot, ToNotKept, ToNotVote

Erase = Callable[[Session, Services, Me], None]
LISTS_OF_PEOPLE = (Choice.MANAGERS, Choice.MODERATORS)  # settings that hold Slack ids


def _stays(_tx: Session, _services: Services, _me: Me) -> None:
    """What is left is a number that leads to nobody: counts stay right."""


def _leave_managers(tx: Session, services: Services, me: Me) -> None:
    """Out of the office's managers and moderators, also where the installation's first values name them, and out of
    the history."""
    office = services.office(tx)
    for choice, listed in zip(LISTS_OF_PEOPLE, (office.managers, office.moderators), strict=True):
        if me.slack_id in listed:
            change_office(tx, choice, sorted(listed - {me.slack_id}), me.person_id, services.clock.now())
    personal.strike_from_history(tx, LISTS_OF_PEOPLE, me.slack_id)


def _make_nameless(tx: Session, services: Services, me: Me) -> None:
    remember_to_forget(tx, me.slack_id)
    personal.make_nameless(tx, me.person_id, services.clock.now())


def _blank_participant(tx: Session, services: Services, me: Me) -> None:
    personal.blank_participant(tx, me.person_id, services.clock.now())


@dataclass(frozen=True)
class Keeps:
    """A column that points at a person: under which name its rows are shown, and how they are erased.

    Without an `erase` of its own the rows are deleted. `shows` are the columns to show, where not all of them are the
    person's own business.
    """

    name: str
    table: personal.Table
    column: str = "person_id"
    erase: Erase | None = None
    shows: Sequence[str] = ()

    def see(self, tx: Session, person_id: int) -> list[dict[str, Any]]:
        rows = personal.rows_about(tx, self.table, self.column, person_id)
        return [{name: row[name] for name in self.shows or row} for row in rows]

    def forget(self, tx: Session, services: Services, me: Me) -> None:
        if self.erase is None:
            personal.delete_about(tx, self.table, self.column, me.person_id)
        else:
            self.erase(tx, services, me)


# In the order in which they are shown, and erased: who helped is nameless before the posts are written anew.
KEPT: tuple[Keeps, ...] = (
    Keeps("person", Person, "id", _make_nameless),
    Keeps("taking_part", Participant, erase=_blank_participant),
    Keeps("working_days", WorkingDays),
    Keeps("absences", Absence),
    Keeps("absences_entered", Absence, "entered_by", _stays, ("entered_at",)),
    Keeps("reminders", Reminder),
    Keeps("tips_shown", TipShown),
    Keeps("groups", GroupMember),
    Keeps("office_settings_changed", OfficeChange, "changed_by", _stays),
    Keeps("stories", Story, "teller_id", stories.forget_teller),
    Keeps("stories_helped_with", StoryHelper, erase=stories.forget_helper),
    Keeps("applause", Applause, erase=_stays),
    Keeps("drafts", Draft),
    Keeps("compliments_about_me", ComplimentAbout, erase=customer_wall.forget_colleague),
    Keeps("compliments_applauded", ComplimentApplause, erase=_stays),
    Keeps("compliments_entered", Compliment, "entered_by", _stays, ("text", "day", "came_in", "entered_at")),
    Keeps("customers_thanked", Compliment, "answered_by", customer_wall.forget_moderator, ("answer", "answered_at")),
    Keeps("ideas", Idea, "suggester_id", change_wall.forget_suggester),
    Keeps("ideas_looked_after", Idea, "owner_id", change_wall.forget_owner, ("id", "title", "due_on")),
    Keeps("ideas_answered", IdeaAnswer, "answered_by", change_wall.forget_answerer),
    Keeps("idea_votes", IdeaVote, erase=_stays),
    Keeps("ideas_followed", IdeaFollower, shows=("idea_id",)),
    Keeps("answers_entered", CustomerNote, "heard_by", customer_page.forget_names, ("text", "received_at")),
    Keeps("calls_taken_up", CustomerNote, "taken_by", customer_page.forget_names, ("kind", "taken_at")),
    Keeps("links_about_me", PublicLink, "about_id", links.forget_about, ("name", "made_at")),
    Keeps("links_made", PublicLink, "made_by", _stays, ("name", "made_at")),
    Keeps("own_dates", OwnDates),
    Keeps("celebrations_about_me", Celebration, "about_id", team_wall.forget_about),
    Keeps("celebrations", Celebration, "entered_by", team_wall.forget_author),
    Keeps("celebrations_hidden", CelebrationHidden),
    Keeps("celebrations_reported", CelebrationReport),
    Keeps("spendings", Spending, "person_id", budgets.forget_spender),
    Keeps("spendings_decided", Spending, "decided_by", budgets.forget_decider, ("id", "decided_at", "reason")),
    Keeps("spendings_paid_back", Spending, "paid_back_by", _stays, ("id", "paid_back_at")),
    Keeps("ledger", LedgerEntry, "person_id", _stays),
    Keeps("own_caps", PersonCap),
    Keeps("caps_set", PersonCap, "set_by", _stays, ("first_day", "set_at")),
    Keeps("months_closed", ClosedMonth, "closed_by", _stays),
    Keeps("thanks_given", Thanks, "from_id", thanks.forget_thanker),
    Keeps("thanks_received", Thanks, "to_id", thanks.forget_thanked),
    Keeps("cupboards_kept", Cupboard, "keeper_id", gifts.forget_keeper),
    Keeps("gifts_moved", GiftMove, "person_id", _stays),
    Keeps("gifts_received", GiftMove, "for_person_id", _stays, ("gift_id", "moved_at")),
    Keeps("rules_written", Permission, "written_by", _stays, ("text", "written_at")),
    Keeps("to_nots_proposed", ToNot, "proposed_by", to_nots.forget_proposer),
    Keeps("to_not_votes", ToNotVote, erase=_stays),
    Keeps("to_nots_kept", ToNotKept, erase=_stays),
)


def see(tx: Session, person: Person) -> Mapping[str, Any]:
    """All that is kept about somebody, by what it is about; values that JSON knows, but for days and times."""
    person_id = person.id or 0
    kept: dict[str, Any] = {keeps.name: keeps.see(tx, person_id) for keeps in KEPT}
    return kept | {
        "groups": list(personal.groups_with(tx, person_id)),
        "messages_from_the_bot": personal.messages_to(tx, person.slack_id),
        "requests_of_the_last_day": list(personal.requests_of(tx, person.slack_id)),
    }


def erase(tx: Session, services: Services, me: Me) -> None:
    """Take away all that leads to somebody, from the record and from Slack; counts stay.

    One transaction, so that nothing is left half done; a person with 3,000 stories takes about half a second. The
    posts in Slack follow at the pace that Slack allows: the newest forty within a minute.
    """
    _leave_managers(tx, services, me)
    participants.forget_inviter(tx, services, me)
    for keeps in KEPT:
        keeps.forget(tx, services, me)
    digest.forget_person(tx, services, me)
    leaderboards.forget_name(tx, services, me)
    services.outbox.erase_for(tx, me.slack_id)
    personal.forget_requests(tx, me.slack_id)
