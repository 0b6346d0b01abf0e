"""The waist: what every action is handed, and the one way in which features hear of each other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session

from bot.kernel.clock import DomainClock
from bot.kernel.facts import Fact
from bot.kernel.office import Me, Office, Say
from bot.kernel.sentence import Sentence
from bot.settings import Settings
from bot.slack.outbox import Outbox
from storage.database import Database
from storage.people import Person, Standing
from storage.rows import workspace_of

Reaction = Callable[[Session, "Services", Fact], Sentence | None]


@dataclass(frozen=True)
class Services:
    """Everything that an action needs besides its own arguments."""

    settings: Settings
    database: Database
    outbox: Outbox
    clock: DomainClock
    speakers: Mapping[str, Say]
    reactions: Mapping[type[Fact], Sequence[Reaction]] = field(default_factory=dict)

    def announce(self, tx: Session, fact: Fact) -> list[Sentence]:
        """Let the other features respond, in this transaction; their remarks belong in the answer."""
        remarks = [react(tx, self, fact) for react in self.reactions.get(type(fact), ())]
        return [remark for remark in remarks if remark is not None]

    def office(self, tx: Session) -> Office:
        """The workspace that the transaction was opened for."""
        first = self.settings
        return Office(
            workspace_id=workspace_of(tx),
            say=self.speakers[first.language],
            zone=first.timezone,
            currency=first.currency,
            stories_channel=first.stories_channel or None,
            managers=first.manager_ids,
            commands=first.commands,
        )

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
            request_key=request_key,
        )
