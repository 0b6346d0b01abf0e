"""What happened, for the features that respond to it. Frozen, in the past tense."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """Something that happened in the transaction in which it is announced."""

    person_id: int  # whose act it was


@dataclass(frozen=True)
class StoryTold(Fact):
    story_id: int


@dataclass(frozen=True)
class StoryChanged(Fact):
    story_id: int


@dataclass(frozen=True)
class StoryRemoved(Fact):
    story_id: int
