"""Writing, changing and withdrawing rules that may be bent, proposing others, and noticing which is bent often."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from bot.features.permissions import rules, screens
from bot.features.permissions.rules import Kind, TypedProposal, TypedRule
from bot.features.permissions.screens import PAGE_SIZE, View
from bot.kernel.facts import RuleBent, RuleProposed, RulesChanged, StoryChanged
from bot.kernel.office import Me, Office, Say
from bot.kernel.roles import must_be_manager, must_belong
from bot.kernel.sentence import Sentence
from bot.services import Services
from bot.slack.blocks import Json
from storage import people, permissions
from storage.permissions import Permission


@dataclass(frozen=True)
class Page:
    """A page of the rules that hold and that somebody looks for."""

    view: View
    rules: Sequence[Permission]
    count: int  # of all pages
    bent: Mapping[int, int]  # how often lately, by rule; those that weren't are left out


def page_of(services: Services, me: Me, view: View) -> Page:
    """A page of the rules. Raises BotError for who doesn't belong here."""
    must_belong(me)
    with services.database.reading(me) as tx:
        found = permissions.permissions_in_force(tx, PAGE_SIZE, view.offset, view.search)
        bent = permissions.times_bent(tx, [one.id or 0 for one in found], _since(services, me.office))
        return Page(view, found, permissions.how_many(tx, view.search), bent)


def rule_to_change(services: Services, me: Me, permission_id: int) -> Permission:
    """One of them, for a manager's form. Raises BotError."""
    must_be_manager(me)
    return rule_to_propose(services, me, permission_id)


def rule_to_propose(services: Services, me: Me, permission_id: int) -> Permission:
    """One of them, for the form of a proposal. Raises BotError."""
    must_belong(me)
    with services.database.reading(me) as tx:
        return rules.must_be_in_force(permissions.permission_by_id(tx, permission_id))


def write_rule(services: Services, me: Me, typed: TypedRule) -> None:
    """Put a rule in the list; it holds from now on. Raises FormError, BotError."""
    must_be_manager(me)
    with services.database.writing(me) as tx:
        values = rules.read_rule(typed, permissions.texts_in_force(tx))
        permissions.add_permission(tx, values.text, values.details, me.person_id, services.clock.now())
        services.announce(tx, RulesChanged(me))


def change_rule(services: Services, me: Me, permission_id: int, typed: TypedRule) -> None:
    """Give a rule other words; the stories in which it was bent keep naming it. Raises FormError, BotError."""
    must_be_manager(me)
    with services.database.writing(me) as tx:
        permission = rules.must_be_in_force(permissions.permission_to_change(tx, permission_id))
        values = rules.read_rule(typed, permissions.texts_in_force(tx, but=permission_id))
        permission.text, permission.details = values.text, values.details
        permission.written_by, permission.written_at = me.person_id, services.clock.now()
        permissions.fold(permission)
        tx.flush()
        services.announce(tx, RulesChanged(me))


def withdraw_rule(services: Services, me: Me, permission_id: int) -> None:
    """Take a rule off the list; it stays as history. Nothing happens the second time. Raises BotError."""
    must_be_manager(me)
    with services.database.writing(me) as tx:
        permission = permissions.permission_to_change(tx, permission_id)
        if permission is not None and permission.is_in_force:
            permission.is_in_force = False
            tx.flush()
            for slack_id, say in _managers(tx, services, me.office):
                services.outbox.close(tx, _key(permission, slack_id), screens.withdrawn_message(permission, say))
            services.announce(tx, RulesChanged(me))


def propose(services: Services, me: Me, typed: TypedProposal) -> Sequence[Sentence]:
    """Suggest a rule to bend or to scrap, on the wall of change. Raises FormError, BotError."""
    must_belong(me)
    proposal = rules.read_proposal(typed)
    text = rules.proposal_text(proposal, me.office.say)
    with services.database.writing(me) as tx:
        return services.announce(tx, RuleProposed(me, text, proposal.rule))


def scrap(services: Services, me: Me, permission_id: int) -> None:
    """A manager makes a rule that is bent often an idea to scrap; once, whoever else clicks. Raises BotError."""
    must_be_manager(me)
    with services.database.writing(me) as tx:
        permission = rules.must_be_in_force(permissions.permission_to_change(tx, permission_id))
        if not rules.propose_to_scrap(permission, services.clock.now()):
            return
        tx.flush()
        text = rules.proposal_text(TypedProposal(Kind.SCRAP, permission.text), me.office.say)
        remarks = services.announce(tx, RuleProposed(me, text))
        for slack_id, say in _managers(tx, services, me.office):
            services.outbox.change(tx, _key(permission, slack_id), screens.scrapped_message(permission, remarks, say))


def put_to_managers(tx: Session, services: Services, fact: RuleBent) -> None:
    """A reaction: the managers hear of a rule that is bent often, once, as one that may go."""
    _put(tx, services, fact.me.office, fact.permission_id)


def follow_story(tx: Session, services: Services, fact: StoryChanged) -> None:
    """A reaction: a story that was kept for oneself, and is shared now, counts from then on."""
    permission = permissions.permission_of(tx, fact.story_id)
    if permission is not None:
        _put(tx, services, fact.me.office, permission.id or 0)


def _put(tx: Session, services: Services, office: Office, permission_id: int) -> None:
    permission, since = permissions.permission_to_change(tx, permission_id), _since(services, office)
    times = permissions.times_bent(tx, [permission_id], since).get(permission_id, 0)
    people_who = permissions.how_many_bent(tx, permission_id, since)
    if permission is None or not rules.is_to_be_put(permission, times, people_who):
        return
    for slack_id, say in _managers(tx, services, office):
        message = screens.often_message(permission, times, say)
        services.outbox.post(tx, _key(permission, slack_id), message, to=slack_id)
        permission.put_to_managers_at = services.clock.now()
    tx.flush()


def home_card(tx: Session, _services: Services, me: Me) -> list[Json]:
    """The first of the rules at Home."""
    return screens.home_card(permissions.permissions_in_force(tx, screens.AT_HOME + 1), me)


def _managers(tx: Session, services: Services, office: Office) -> Iterator[tuple[str, Say]]:
    """The Slack ids of the managers who are there, each with their language."""
    for manager in people.colleagues_among(tx, office.managers):
        yield manager.slack_id, services.speakers.get(manager.language or "", office.say)


def _since(services: Services, office: Office) -> date:
    return rules.counted_from(services.clock.today(office.zone))


def _key(permission: Permission, slack_id: str) -> str:
    return f"rule-often:{permission.id}:{slack_id}"
