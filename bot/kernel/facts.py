"""What happened, for the features that respond to it. Frozen, in the past tense."""

from dataclasses import dataclass

from bot.kernel.office import Me, Office


@dataclass(frozen=True)
class Fact:
    """Something that happened in the transaction in which it is announced."""


@dataclass(frozen=True)
class Act(Fact):
    """What somebody in the office did."""

    me: Me


@dataclass(frozen=True)
class StoryTold(Act):
    story_id: int


@dataclass(frozen=True)
class StoryChanged(Act):
    story_id: int


@dataclass(frozen=True)
class StoryRemoved(Act):
    story_id: int


@dataclass(frozen=True)
class PlanChanged(Act):
    """Somebody joined, left, or chose other times, days or absence."""


@dataclass(frozen=True)
class ReminderAnswered(Act):
    """Somebody put a reminder off, or had enough of it for the day."""


@dataclass(frozen=True)
class OfficeChanged(Act):
    """A manager gave a setting of the office another value; `me` knows it already."""


@dataclass(frozen=True)
class ComplimentLeft(Fact):
    """A customer left a compliment on the page; a moderator is to decide on it."""

    office: Office
    compliment_id: int


@dataclass(frozen=True)
class ComplimentTakenBack(Fact):
    """A customer took their compliment back: what stands of it in Slack is to go. The row is still there."""

    office: Office
    compliment_id: int


@dataclass(frozen=True)
class AnswerBecameIdea(Act):
    """What a customer said could be better is to be a suggestion on the wall of change."""

    note_id: int
    text: str


@dataclass(frozen=True)
class ComplimentPlaced(Act):
    """A customer's compliment came on the wall: entered by a colleague, or let through by a moderator."""

    compliment_id: int


@dataclass(frozen=True)
class ComplimentChanged(Act):
    """What is on the wall was corrected, or its customer was thanked."""

    compliment_id: int


@dataclass(frozen=True)
class ComplimentRemoved(Act):
    """A colleague withdrew a compliment, or a moderator refused it."""

    compliment_id: int


@dataclass(frozen=True)
class NoteTakenUp(Act):
    """Somebody took up, gave back or settled what a customer asked or answered."""


@dataclass(frozen=True)
class WallOfChangeMoved(Act):
    """Somebody suggested, withdrew, answered or merged something on the wall of change."""
