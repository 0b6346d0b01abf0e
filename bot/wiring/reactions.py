"""What responds to what: a fact, and the functions that hear of it in the same transaction."""

from collections.abc import Mapping, Sequence

from bot.features.habit import actions as habit
from bot.features.participants import actions as participants
from bot.kernel.facts import Fact, OfficeChanged, PlanChanged, ReminderAnswered, StoryChanged, StoryRemoved, StoryTold
from bot.services import Reaction
from bot.wiring import home

REACTIONS: Mapping[type[Fact], Sequence[Reaction]] = {
    StoryTold: (participants.offer, habit.close_reminder, home.redraw),
    StoryChanged: (habit.follow_story, home.redraw),
    StoryRemoved: (habit.follow_story, home.redraw),
    PlanChanged: (home.redraw,),
    ReminderAnswered: (home.redraw,),
    OfficeChanged: (home.redraw,),
}
