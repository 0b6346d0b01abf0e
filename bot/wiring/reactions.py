"""What responds to what: a fact, and the functions that hear of it in the same transaction."""

from collections.abc import Mapping, Sequence

from bot.features.change_wall import actions as change_wall
from bot.features.customer_wall import moderating as customer_wall
from bot.features.habit import actions as habit
from bot.features.participants import actions as participants
from bot.kernel.facts import (
    AnswerBecameIdea,
    ComplimentChanged,
    ComplimentLeft,
    ComplimentPlaced,
    ComplimentRemoved,
    ComplimentTakenBack,
    Fact,
    NoteTakenUp,
    OfficeChanged,
    PlanChanged,
    ReminderAnswered,
    StoryChanged,
    StoryRemoved,
    StoryTold,
    WallOfChangeMoved,
)
from bot.services import Reaction
from bot.wiring import home

REACTIONS: Mapping[type[Fact], Sequence[Reaction]] = {
    StoryTold: (participants.offer, habit.close_reminder, home.redraw),
    StoryChanged: (habit.follow_story, home.redraw),
    StoryRemoved: (habit.follow_story, home.redraw),
    PlanChanged: (habit.follow_plan, home.redraw),
    ReminderAnswered: (home.redraw,),
    OfficeChanged: (home.redraw,),
    ComplimentLeft: (customer_wall.ask_moderators,),
    ComplimentTakenBack: (customer_wall.take_down,),
    ComplimentPlaced: (home.redraw,),
    ComplimentChanged: (home.redraw,),
    ComplimentRemoved: (home.redraw,),
    AnswerBecameIdea: (change_wall.suggest_from_answer,),
    NoteTakenUp: (home.redraw,),
    WallOfChangeMoved: (home.redraw,),
}
