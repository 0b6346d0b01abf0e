"""What responds to what: a fact, and the functions that hear of it in the same transaction."""

from collections.abc import Mapping, Sequence

from bot.features.budgets import following as budgets
from bot.features.change_wall import actions as change_wall
from bot.features.customer_wall import moderating as customer_wall
from bot.features.digest import posting as digest
from bot.features.figures import remembering as figures
from bot.features.gifts import actions as gifts
from bot.features.habit import actions as habit
from bot.features.leaderboards import forgetting as leaderboards
from bot.features.participants import actions as participants
from bot.features.participants import gaps
from bot.features.permissions import actions as permissions
from bot.features.thanks import actions as thanks
from bot.kernel.facts import (
    AnswerBecameIdea,
    ComplimentChanged,
    ComplimentLeft,
    ComplimentPlaced,
    ComplimentRemoved,
    ComplimentTakenBack,
    CupboardMoved,
    Fact,
    GiftOnLedger,
    GiftPromised,
    GiftReturned,
    HomesOutdated,
    NoteTakenUp,
    OfficeChanged,
    PlanChanged,
    ReminderAnswered,
    RuleBent,
    RuleProposed,
    RulesChanged,
    StandingChanged,
    StoryAmountSet,
    StoryChanged,
    StoryRemoved,
    StoryTold,
    ToNotsChanged,
    WallOfChangeMoved,
)
from bot.services import Reaction
from bot.wiring import home

REACTIONS: Mapping[type[Fact], Sequence[Reaction]] = {
    StoryTold: (participants.offer, habit.close_reminder, home.redraw),
    StoryAmountSet: (budgets.follow_story,),
    StoryChanged: (
        *(habit.follow_story, thanks.follow_story, budgets.follow_words, permissions.follow_story, digest.follow_story),
        figures.follow_story,
        home.redraw,
    ),
    StoryRemoved: (habit.follow_story, thanks.follow_story, digest.follow_story, figures.follow_story, home.redraw),
    PlanChanged: (habit.follow_plan, leaderboards.follow_name, digest.follow_name, home.redraw),
    ReminderAnswered: (home.redraw,),
    StandingChanged: (gaps.follow_standing, leaderboards.follow_name),
    OfficeChanged: (digest.follow_channel, home.redraw),
    ComplimentLeft: (customer_wall.ask_moderators,),
    ComplimentTakenBack: (customer_wall.take_down, digest.follow_compliment),
    ComplimentPlaced: (home.redraw_concerned,),
    ComplimentChanged: (digest.follow_compliment, home.redraw_concerned),
    ComplimentRemoved: (digest.follow_compliment, home.redraw_concerned),
    AnswerBecameIdea: (change_wall.suggest_from_answer,),
    NoteTakenUp: (home.redraw_concerned,),
    HomesOutdated: (home.redraw_concerned,),
    WallOfChangeMoved: (digest.follow_ideas, home.redraw),
    RuleBent: (permissions.put_to_managers,),
    RuleProposed: (change_wall.suggest_rule, home.redraw),
    RulesChanged: (home.redraw,),
    ToNotsChanged: (home.redraw,),
    GiftOnLedger: (budgets.follow_gift,),
    CupboardMoved: (home.redraw,),
    GiftPromised: (gifts.hand_out,),
    GiftReturned: (gifts.take_in,),
}
