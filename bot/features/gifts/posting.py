"""The alert that few are left: to who keeps the cupboard, or else to the managers; once, until there are more."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.features.gifts import rules, screens
from bot.kernel.office import Office
from bot.services import Services
from storage import gifts, people, standing
from storage.compliments import people_told
from storage.gifts import Cupboard, Gift
from storage.people import Person, Standing


def alert(tx: Session, services: Services, office: Office, cupboard: Cupboard, gift: Gift) -> None:
    """Tell who keeps the cupboard how few are left, unless they heard it already. The gift has to be held."""
    if not rules.is_alert_due(gift):
        return
    gift.alerted_at = services.clock.now()
    tx.flush()
    which = _which(gift)
    for keeper in _who_keeps(tx, office, cupboard):
        say = services.speakers.get(keeper.language or "", office.say)
        message = screens.low_message(gift, cupboard, which, say)
        services.outbox.post(tx, _key(which, keeper.slack_id), message, to=keeper.slack_id)


def follow(tx: Session, services: Services, cupboard: Cupboard, gift: Gift) -> None:
    """Let the alerts say how many are left now; they go once there are enough again, or nobody needs it any more."""
    if gift.alerted_at is None or not gift.is_offered or not cupboard.is_open:
        take_down(tx, services, gift)
        return
    which = _which(gift)
    for keeper in people_told(tx, f"gift-low:{which}:"):
        say = services.speakers.get(keeper.language or "", services.office(tx).say)
        message = screens.low_message(gift, cupboard, which, say)
        services.outbox.change(tx, _key(which, keeper.slack_id), message)


def take_down(tx: Session, services: Services, gift: Gift) -> bool:
    """Take the alerts about a gift away, whoever has one; answers whether there were any."""
    keys = standing.keys_with_button(tx, f"gift-low:{gift.id}:", screens.REFILL, str(gift.id))
    for key in keys:
        services.outbox.remove(tx, key)
    return bool(keys)


def hand_over(tx: Session, services: Services, office: Office, cupboard: Cupboard) -> None:
    """What is low is told to who keeps the cupboard now, in place of who kept it; of a closed one nobody hears."""
    for gift in gifts.gifts_in(tx, cupboard.id or 0):
        if take_down(tx, services, gift) and cupboard.is_open:
            gift.alerted_at = None
            alert(tx, services, office, cupboard, gift)


def take_away(tx: Session, services: Services, which: str, slack_id: str) -> None:
    """Take one person's alert away."""
    services.outbox.remove(tx, _key(which, slack_id))


def _which(gift: Gift) -> str:
    return f"{gift.id}:{gift.alerted_at.timestamp():.0f}" if gift.alerted_at else f"{gift.id}:"


def _key(which: str, slack_id: str) -> str:
    return f"gift-low:{which}:{slack_id}"[:120]


def _who_keeps(tx: Session, office: Office, cupboard: Cupboard) -> Sequence[Person]:
    keeper = gifts.keeper_of(tx, cupboard.id or 0)
    if keeper is not None and keeper.standing == Standing.MEMBER:
        return [keeper]
    return people.colleagues_among(tx, office.managers)
