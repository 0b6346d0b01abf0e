"""What happened, for the features that respond to it. Frozen, in the past tense."""

from dataclasses import dataclass

from bot.kernel.office import Me


@dataclass(frozen=True)
class Fact:
    """Something that happened in the transaction in which it is announced."""

    me: Me  # whose act it was


@dataclass(frozen=True)
class StoryTold(Fact):
    story_id: int


@dataclass(frozen=True)
class StoryChanged(Fact):
    story_id: int


@dataclass(frozen=True)
class StoryRemoved(Fact):
    story_id: int


@dataclass(frozen=True)
class PlanChanged(Fact):
    """Somebody joined, left, or chose other times, days or absence."""


@dataclass(frozen=True)
class ReminderAnswered(Fact):
    """Somebody put a reminder off, or had enough of it for the day."""


@dataclass(frozen=True)
class OfficeChanged(Fact):
    """A manager gave a setting of the office another value; `me` knows it already."""
