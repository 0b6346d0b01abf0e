"""What a rule that may be bent needs, when it is bent often, and how a proposal reads."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.i18n.translate import later
from bot.kernel.errors import BotError, Wrong
from bot.kernel.office import Say
from bot.slack.text import tidy
from storage.permissions import Permission

LONGEST_TEXT, LONGEST_DETAILS, LONGEST_WHY = 150, 500, 1000  # characters
OFTEN, WITHIN_DAYS = 5, 90  # times bent in so many days: the rule itself is in the way
PEOPLE = 2  # or more, who bent it: what one person does says nothing of a rule, and is nobody's business


class Kind(StrEnum):
    """What somebody proposes to do with a rule."""

    BEND = "bend"
    SCRAP = "scrap"
    WIDEN = "widen"  # these two of what is allowed without asking
    DROP = "drop"


PROPOSALS = {
    Kind.BEND: later("May we bend this rule: {rule}"),
    Kind.SCRAP: later("Let's scrap this rule: {rule}"),
    Kind.WIDEN: later("May we do more of this without asking: {rule}"),
    Kind.DROP: later("Let's no longer do this without asking: {rule}"),
}


@dataclass(frozen=True)
class TypedRule:
    """A manager's form as it was filled in."""

    text: str
    details: str = ""


@dataclass(frozen=True)
class TypedProposal:
    """Anybody's form as it was filled in."""

    kind: str
    rule: str
    why: str = ""


def read_rule(typed: TypedRule, others: Collection[str]) -> TypedRule:
    """A rule's words, tidied; none of the `others` says the same. Raises FormError."""
    wrong = Wrong()
    text = wrong.read("text", _one_line, typed.text, "")
    if text.casefold() in {other.casefold() for other in others}:
        wrong["text"] = BotError("That rule is in the list already.")
    details = wrong.read("details", lambda text: _words(text, LONGEST_DETAILS), typed.details, "")
    wrong.must_be_none()
    return TypedRule(text, details)


def read_proposal(typed: TypedProposal) -> TypedProposal:
    """A proposal's words, tidied. Raises FormError."""
    wrong = Wrong()
    rule = wrong.read("rule", _one_line, typed.rule, "")
    why = wrong.read("why", lambda text: _words(text, LONGEST_WHY), typed.why, "")
    if typed.kind not in list(Kind):
        wrong["kind"] = BotError("Choose one of these.")
    wrong.must_be_none()
    return TypedProposal(typed.kind, rule, why)


def proposal_text(proposal: TypedProposal, say: Say) -> str:
    """The suggestion that a proposal becomes; `say` is the office's."""
    opening = say(PROPOSALS[Kind(proposal.kind)], rule=proposal.rule)
    return f"{opening}\n{proposal.why}" if proposal.why else opening


def counted_from(today: date) -> date:
    """The first day of those in which a rule that is bent counts."""
    return today - timedelta(days=WITHIN_DAYS)


def is_to_be_put(permission: Permission, times: int, people: int) -> bool:
    """Whether the managers are to hear that a rule is bent so often, by so many people; they hear it once."""
    is_often = times >= OFTEN and people >= PEOPLE
    return permission.is_in_force and permission.put_to_managers_at is None and is_often


def must_be_in_force(permission: Permission | None) -> Permission:
    """The rule, if it still holds. Raises BotError if it doesn't."""
    if permission is None or not permission.is_in_force:
        raise BotError("This rule is not there any more.")
    return permission


def propose_to_scrap(permission: Permission, now: datetime) -> bool:
    """Note that a manager proposes to scrap it; false when one did so before."""
    if permission.scrap_proposed_at is not None:
        return False
    permission.scrap_proposed_at = now
    return True


def _one_line(typed: str) -> str:
    text = " ".join(_words(typed, LONGEST_TEXT).split())
    if not any(character.isalnum() for character in text):
        raise BotError("Write the rule in a few words.")
    return text


def _words(typed: str, longest: int) -> str:
    text = tidy(typed)
    if len(text) > longest:
        raise BotError("That is too long: {longest} characters at most.", longest=longest)
    return text
