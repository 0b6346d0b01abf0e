"""The waist: what every action is handed, and the one way in which features hear of each other."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import structlog
from sqlalchemy import Row
from sqlmodel import Session

from bot.kernel.calendar import Dated, HolidayRules, in_force
from bot.kernel.caps import GIFT_NOTICES, Caps
from bot.kernel.choices import Choice, calendar_in, caps_in, time_in, workdays_in
from bot.kernel.clock import DomainClock
from bot.kernel.facts import Fact
from bot.kernel.office import Me, Office, Say
from bot.kernel.sentence import Sentence
from bot.kernel.tips import Tip, Topic
from bot.kernel.weekly import BoardMode, Edited, Weekly, edited_in, weekly_in
from bot.settings import Settings
from bot.slack.outbox import Outbox
from storage.database import Database
from storage.office import office_values
from storage.people import Part, Person, Standing
from storage.rows import workspace_of

log = structlog.get_logger()

Reaction = Callable[[Session, "Services", Any], Sentence | None]  # of the kinds of facts that it is registered for
Reactions = Mapping[type[Fact], Sequence[Reaction]]


@dataclass(frozen=True)
class Services:
    """Everything that an action needs besides its own arguments."""

    settings: Settings
    database: Database
    outbox: Outbox
    clock: DomainClock
    speakers: Mapping[str, Say]
    reactions: Reactions = field(default_factory=dict)
    tips: Sequence[Tip] = ()
    topics: Sequence[Topic] = ()  # of the month, in their order

    def announce(self, tx: Session, fact: Fact) -> list[Sentence]:
        """Let the other features respond, in this transaction; their remarks belong in the answer."""
        remarks = [react(tx, self, fact) for react in self.reactions.get(type(fact), ())]
        return [remark for remark in remarks if remark is not None]

    def office(self, tx: Session) -> Office:
        """The workspace that the transaction was opened for: what its managers chose, else the first values."""
        first, chosen = self.settings, office_values(tx)
        calendar, caps = chosen.get(Choice.CALENDAR), chosen.get(Choice.CAPS)
        workdays, remind_at = chosen.get(Choice.WORKDAYS), chosen.get(Choice.REMIND_AT)
        weekly, digest = chosen.get(Choice.WEEKLY), chosen.get(Choice.DIGEST)
        rules = calendar_in(calendar) if calendar else self._first_calendar
        return Office(
            workspace_id=workspace_of(tx),
            name=chosen.get(Choice.NAME, ""),
            say=self.speakers[chosen.get(Choice.LANGUAGE, first.language)],
            zone=chosen.get(Choice.ZONE, first.timezone),
            currency=chosen.get(Choice.CURRENCY, first.currency),
            stories_channel=chosen.get(Choice.STORIES_CHANNEL, first.stories_channel) or None,
            customer_wall_channel=chosen.get(Choice.CUSTOMER_WALL_CHANNEL, first.customer_wall_channel) or None,
            change_wall_channel=chosen.get(Choice.CHANGE_WALL_CHANNEL, first.change_wall_channel) or None,
            team_wall_channel=chosen.get(Choice.TEAM_WALL_CHANNEL, first.team_wall_channel) or None,
            calendar=rules,
            workdays=workdays_in(workdays) if workdays else first.workdays,
            remind_at=time_in(remind_at) if remind_at else first.reminder_time,
            caps=caps_in(caps) if caps else self._first_caps,
            gift_notice=chosen.get(Choice.GIFT_NOTICE, GIFT_NOTICES[in_force(rules, date.max).country]),
            is_set_up=chosen.get(Choice.SET_UP, False),
            managers=frozenset(chosen.get(Choice.MANAGERS, first.manager_ids)),
            moderators=frozenset(chosen.get(Choice.MODERATORS, ())),
            weekend_birthdays=chosen.get(Choice.WEEKEND_BIRTHDAYS, "before"),
            board_mode=BoardMode(chosen.get(Choice.BOARD_MODE, BoardMode.PEOPLE)),
            weekly=weekly_in(weekly) if weekly else Weekly(),
            digest=edited_in(digest) if digest else Edited(),
            commands=first.commands,
        )

    @property
    def _first_calendar(self) -> Dated[HolidayRules]:
        return ((date.min, HolidayRules(self.settings.country)),)

    @property
    def _first_caps(self) -> Dated[Caps]:
        return ((date.min, Caps(self.settings.budget_per_day, self.settings.budget_per_month)),)

    def me(self, tx: Session, person: Person | Row[Any], request_key: str | None = None) -> Me:
        """The person as actions know them, with the office's values for what is not their own choice."""
        office = self.office(tx)
        return Me(
            office=office,
            person_id=person.id or 0,
            slack_id=person.slack_id,
            name=person.name,
            zone=person.zone or office.zone,
            standing=Standing(person.standing),
            is_admin=person.is_admin,
            say=self.speakers.get(person.language or "", office.say),
            part=Part(person.part),
            has_home=person.home_opened_at is not None,
            request_key=request_key,
        )


def in_each(services: Services, workspaces: Iterable[int], job: Callable[[Services, int], None]) -> None:
    """Do what the clock started in each of these workspaces: a broken one delays no other, and has its next turn."""
    for workspace_id in workspaces:
        try:
            job(services, workspace_id)
        except Exception:  # whatever it is: the other workspaces go on
            log.exception("job failed", job=job.__qualname__, workspace=workspace_id)
