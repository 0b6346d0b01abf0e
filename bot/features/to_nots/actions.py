"""Proposing what the team stops doing, agreeing to it, holding on to it each month, and letting it go."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from bot.features.to_nots import rules, screens
from bot.features.to_nots.rules import TypedToNot
from bot.kernel.facts import ToNotsChanged
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.services import Services
from bot.slack.blocks import Json
from storage import to_nots
from storage.to_nots import ToNot


@dataclass(frozen=True)
class TheList:
    """What is on the list and what is proposed, for one person."""

    to_nots: Sequence[ToNot]  # the oldest first
    votes: Mapping[int, int]  # those without any are left out
    mine: Collection[int]  # to which this person agrees
    months: Mapping[int, Sequence[str]]  # YYYY-MM, in which the team held on to it
    month: str  # this one
    ending: Mapping[int, int] = field(default_factory=dict)  # votes to let it go; those without any are left out
    mine_ending: Collection[int] = ()  # that this person wants to let go


def the_list(services: Services, me: Me) -> TheList:
    """The whole list. Raises BotError for who doesn't belong here."""
    must_belong(me)
    with services.database.reading(me) as tx:
        found = to_nots.to_nots_open(tx)
        ids = [one.id or 0 for one in found]
        return TheList(
            found, to_nots.votes_for(tx, ids), to_nots.voted_by(tx, ids, me.person_id),
            to_nots.months_kept(tx, ids), _month(services, me), to_nots.votes_for(tx, ids, is_for=False),
            to_nots.voted_by(tx, ids, me.person_id, is_for=False),
        )  # fmt: skip


def propose(services: Services, me: Me, typed: TypedToNot) -> None:
    """Propose to stop doing something; who proposes agrees. Raises FormError, BotError."""
    must_belong(me)
    with services.database.writing(me) as tx:
        text, minutes = rules.read_to_not(typed, to_nots.to_nots_open(tx))
        to_not = to_nots.add_to_not(tx, text, minutes, me.person_id, services.clock.now())
        _agree(tx, services, me, to_not)
        services.announce(tx, ToNotsChanged(me))


def agree(services: Services, me: Me, to_not_id: int) -> None:
    """Agree to a proposal; with the third colleague, or a manager, it is on the list. Raises BotError."""
    must_belong(me)
    with services.database.writing(me) as tx:
        to_not = rules.must_be_open(to_nots.to_not_to_change(tx, to_not_id))
        cast = to_nots.vote_of(tx, to_not_id, me.person_id)
        if cast is None or not cast.is_for:
            _agree(tx, services, me, to_not)
            services.announce(tx, ToNotsChanged(me))


def take_back(services: Services, me: Me, to_not_id: int) -> None:
    """Take one's vote back: for a proposal, or for letting go what is on the list. Raises BotError."""
    must_belong(me)
    with services.database.writing(me) as tx:
        to_not = rules.must_be_open(to_nots.to_not_to_change(tx, to_not_id))
        cast = to_nots.vote_of(tx, to_not_id, me.person_id)
        if cast is not None and cast.is_for == (to_not.agreed_on is None):
            tx.delete(cast)
            tx.flush()


def keep_up(services: Services, me: Me, to_not_id: int) -> None:
    """Say that the team holds on to it this month; nothing more happens the second time. Raises BotError."""
    must_belong(me)
    month = _month(services, me)
    with services.database.writing(me) as tx:
        rules.must_be_agreed(to_nots.to_not_to_change(tx, to_not_id))
        if month not in to_nots.months_kept(tx, [to_not_id]).get(to_not_id, ()):
            to_nots.note_kept(tx, to_not_id, month, me.person_id, services.clock.now())
            services.announce(tx, ToNotsChanged(me))


def let_go(services: Services, me: Me, to_not_id: int) -> None:
    """Withdraw a proposal, or vote to take it off the list: with a manager or the third colleague it ends.

    It stays as history. Raises BotError.
    """
    must_belong(me)
    with services.database.writing(me) as tx:
        to_not = rules.must_let_go(to_nots.to_not_to_change(tx, to_not_id), me)
        if to_not.agreed_on is not None:
            to_nots.vote(tx, to_not_id, me.person_id, services.clock.now(), is_for=False)
        if rules.is_let_go(to_not, to_nots.votes_for(tx, [to_not_id], is_for=False).get(to_not_id, 0), me):
            to_not.ended_on = services.clock.today(me.office.zone)
            tx.flush()
            services.announce(tx, ToNotsChanged(me))


def home_card(tx: Session, services: Services, me: Me) -> list[Json]:
    """The minutes won, and what asks for a word this month."""
    found = to_nots.open_with_month(tx, _month(services, me))
    agreed = [(one, is_kept) for one, is_kept in found if one.agreed_on is not None]
    unsaid = sum(not is_kept for _, is_kept in agreed)
    minutes = rules.minutes_won(one for one, _ in agreed)
    return screens.home_card(minutes, unsaid, len(found) - len(agreed), me)


def forget_proposer(tx: Session, _services: Services, me: Me) -> None:
    """Take somebody's proposals away; what the team agreed to is the team's, and stays without their name."""
    for to_not in to_nots.to_nots_proposed_by(tx, me.person_id):
        if to_not.agreed_on is None:
            tx.delete(to_not)
        else:
            to_not.proposed_by = None
    tx.flush()


def _agree(tx: Session, services: Services, me: Me, to_not: ToNot) -> None:
    to_not_id = to_not.id or 0
    to_nots.vote(tx, to_not_id, me.person_id, services.clock.now())
    votes = to_nots.votes_for(tx, [to_not_id]).get(to_not_id, 0)
    if to_not.agreed_on is None and rules.is_enough(votes, by_manager=me.is_manager):
        to_not.agreed_on = services.clock.today(me.office.zone)
        tx.flush()


def _month(services: Services, me: Me) -> str:
    return rules.month_of(services.clock.today(me.office.zone))
