"""What responds to what: a fact, and the functions that hear of it in the same transaction."""

from collections.abc import Mapping, Sequence

from bot.kernel.facts import Fact, StoryChanged, StoryRemoved, StoryTold
from bot.services import Reaction
from bot.wiring import home

REACTIONS: Mapping[type[Fact], Sequence[Reaction]] = {
    StoryTold: (home.redraw,),
    StoryChanged: (home.redraw,),
    StoryRemoved: (home.redraw,),
}
