"""What happened, for the features that respond to it. Frozen, in the past tense."""

from dataclasses import dataclass
from datetime import date

from bot.kernel.office import Me, Office


@dataclass(frozen=True)
class Fact:
    """Something that happened in the transaction in which it is announced."""


@dataclass(frozen=True)
class Act(Fact):
    """What somebody in the office did."""

    me: Me


@dataclass(frozen=True)
class HomesOutdated(Fact):
    """Something changed, or is gone, that people see at Home; the record knows it already."""

    concerns: tuple[int, ...]  # their ids


@dataclass(frozen=True)
class StandingChanged(Fact):
    """Slack tells that somebody can take part from now on, or no more."""

    me: Me
    was: str  # a Standing


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
    """What a customer said could be better is to be a suggestion on the wall of change, in a manager's wording."""

    note_id: int
    text: str
    title: str | None = None  # as it was typed in a form; else the text says all


@dataclass(frozen=True)
class ComplimentPlaced(Act):
    """A customer's compliment came on the wall: entered by a colleague, or let through by a moderator."""

    compliment_id: int
    concerns: tuple[int, ...] = ()  # the ids of who sees it at Home


@dataclass(frozen=True)
class ComplimentChanged(Act):
    """What is on the wall was corrected, or its customer was thanked."""

    compliment_id: int
    concerns: tuple[int, ...] = ()


@dataclass(frozen=True)
class ComplimentRemoved(Act):
    """A colleague withdrew a compliment, or a moderator refused it."""

    compliment_id: int
    concerns: tuple[int, ...] = ()


@dataclass(frozen=True)
class NoteTakenUp(Act):
    """Somebody took up, gave back or settled what a customer asked or answered."""

    concerns: tuple[int, ...] = ()


@dataclass(frozen=True)
class WallOfChangeMoved(Act):
    """Somebody suggested, withdrew, answered or merged something on the wall of change."""


@dataclass(frozen=True)
class RuleBent(Act):
    """Somebody named in a story the rule that they bent."""

    permission_id: int


@dataclass(frozen=True)
class RuleProposed(Act):
    """Somebody proposes a rule to bend or to scrap; the text, in the office's language, is the suggestion."""

    text: str
    rule: str = ""  # by itself, where whoever proposes it alone reads what is said of it: it may name others' words


@dataclass(frozen=True)
class RulesChanged(Act):
    """A manager wrote, changed or withdrew one of the rules that may be bent."""


@dataclass(frozen=True)
class ToNotsChanged(Act):
    """Something on the list of what the team stops doing was proposed, agreed, kept up or let go."""


@dataclass(frozen=True)
class CupboardMoved(Act):
    """Somebody took a gift, put one back, or changed what is in a cupboard."""


@dataclass(frozen=True)
class GiftPromised(Act):
    """Somebody thanks a colleague with a gift: either it is taken and booked now, or nothing of it happens."""

    gift_id: int
    thanks_id: int


@dataclass(frozen=True)
class GiftReturned(Act):
    """Somebody took back their thanks: what they took for it is in the cupboard again."""

    move_id: int


@dataclass(frozen=True)
class GiftOnLedger(Act):
    """What a gift costs was asked for, withdrawn, booked or taken back: managers may have to see it."""

    spending_id: int


@dataclass(frozen=True)
class StoryAmountSet(Act):
    """A story got another amount, or day, or is about to be removed with its amount; the row is still there."""

    story_id: int
    day: date
    cents: int | None  # empty: it has none any more
