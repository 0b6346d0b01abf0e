"""Giving tips, none of them twice within weeks, and finding the words of a kind no."""

from bot.features.coach import rules
from bot.features.coach.rules import Given, Refusal, TypedRefusal
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.kernel.tips import seen_since
from bot.services import Services
from storage import tips
from storage.stories import Moment


def give_tip(services: Services, me: Me, moment: Moment | None = None) -> Given:
    """A tip that `me` hasn't had lately, remembered as shown; of another moment when this one has none left.

    Raises BotError when this person can't take part.
    """
    must_belong(me)
    today = services.clock.today(me.zone)
    with services.database.writing(me) as tx:
        seen = tips.tips_shown_since(tx, me.person_id, seen_since(today))
        given = rules.next_tip(services.tips, seen, today, me.person_id, moment)
        if given.tip is not None:
            tips.show_tip(tx, me.person_id, given.tip.id, today)
        return given


def shape_refusal(me: Me, typed: TypedRefusal) -> Refusal:
    """What has to be refused, ready to stand in a sentence; nothing of it is kept. Raises FormError, BotError."""
    must_belong(me)
    return rules.read_refusal(typed)
