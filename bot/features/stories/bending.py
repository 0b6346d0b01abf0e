"""The rule that was bent in a story: which can be named, and naming it."""

from sqlmodel import Session

from bot.features.stories.rules import Bendable
from bot.kernel.errors import BotError, FormError
from bot.kernel.facts import RuleBent
from bot.kernel.office import Me
from bot.kernel.sentence import Sentence
from bot.services import Services
from storage import permissions

MOST = 99  # options of a list in Slack, and one that a story names already


def rules_to_name(services: Services, me: Me, story_id: int | None = None) -> Bendable:
    """For the form: those that hold, and the one that this story names already, also when it was withdrawn since."""
    with services.database.reading(me) as tx:
        rules = permissions.permissions_in_force(tx, MOST)
        bent = permissions.permission_of(tx, story_id) if story_id is not None else None
    is_there = bent is None or bent.id in {rule.id for rule in rules}
    return Bendable(rules if is_there or bent is None else [bent, *rules], bent)


def name_rule(tx: Session, services: Services, me: Me, story_id: int, rule_id: int | None) -> list[Sentence]:
    """Let a story name this rule, or none. Raises FormError when the rule is not there any more."""
    before = permissions.permission_of(tx, story_id)
    if rule_id == (before.id if before else None):
        return []
    rule = permissions.permission_by_id(tx, rule_id) if rule_id is not None else None
    if rule_id is not None and (rule is None or not rule.is_in_force):
        raise FormError({"rule": BotError("This rule is not there any more.")})
    permissions.name_permission(tx, story_id, rule_id)
    return services.announce(tx, RuleBent(me, rule_id)) if rule_id is not None else []
