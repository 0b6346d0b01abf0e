"""The alert that few are left: to who keeps the cupboard, or else to the managers; once, until there are more."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.features.gifts import rules, screens
from bot.kernel.office import Office
from bot.services import Services
from storage import gifts, people, personal
from storage.gifts import Cupboard, Gift
from storage.people import Person, Standing


def alert(tx: Session, services: Services, office: Office, cupboard: Cupboard, gift: Gift) -> None:
    """Tell who keeps the cupboard how few are left, unless they heard it already. The gift has to be held."""
    if not rules.is_alert_due(gift):
        return
    gift.alerted_at = services.clock.now()
    tx.flush()
    which = f"{gift.id}:{gift.alerted_at.timestamp():.0f}"
    for keeper in _who_keeps(tx, office, cupboard):
        say = services.speakers.get(keeper.language or "", office.say)
        message = screens.low_message(gift, cupboard, which, say)
        services.outbox.post(tx, _key(which, keeper.slack_id), message, to=keeper.slack_id)


def follow(tx: Session, services: Services, gift: Gift) -> None:
    """Take the alerts away once there are enough again, or nobody needs it any more."""
    if gift.alerted_at is None or not gift.is_offered:
        for key in personal.keys_with_button(tx, f"gift-low:{gift.id}:", screens.REFILL, str(gift.id)):
            services.outbox.remove(tx, key)


def take_away(tx: Session, services: Services, which: str, slack_id: str) -> None:
    """Take one person's alert away."""
    services.outbox.remove(tx, _key(which, slack_id))


def _key(which: str, slack_id: str) -> str:
    return f"gift-low:{which}:{slack_id}"[:120]


def _who_keeps(tx: Session, office: Office, cupboard: Cupboard) -> Sequence[Person]:
    keeper = gifts.keeper_of(tx, cupboard.id or 0)
    if keeper is not None and keeper.standing == Standing.MEMBER:
        return [keeper]
    return people.colleagues_among(tx, office.managers)
