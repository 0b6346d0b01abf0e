"""What is read for the screens: the cards at Home, a month of the office, the stories an expense can belong to."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.features.budgets.actions import balance_of
from bot.features.budgets.approving import managers_card
from bot.features.budgets.closing import overview
from bot.features.budgets.overview import Office
from bot.features.budgets.quoting import asked_as_told
from bot.features.budgets.window import own_card
from bot.kernel.office import Me
from bot.kernel.roles import must_belong
from bot.services import Services
from bot.slack.blocks import Json
from storage import spending_questions as questions
from storage import stories
from storage.ledger_export import company_totals
from storage.spending import Spending
from storage.stories import Story

OFFERED = 20  # stories


def home_card(tx: Session, services: Services, me: Me) -> list[Json]:
    """One's own budget; beneath it, for managers, what waits for them."""
    cards = own_card(balance_of(tx, me, services.clock.today(me.zone)), me)
    if not me.is_manager:
        return cards
    return [*cards, *managers_card(asked_as_told(tx, questions.waiting(tx, but=me.person_id)), me)]


def office_in(services: Services, me: Me, month: str = "") -> Office:
    """A month (YYYY-MM; empty: this one) of the office, for its managers. Raises BotError."""
    seen, today = overview(services, me, month), services.clock.today(me.office.zone)
    with services.database.reading(me) as tx:
        return Office(seen, today, company_totals(tx, int(seen.month[:4]), me.office.currency))


def stories_to_choose(services: Services, me: Me, kept: Spending | None = None) -> Sequence[Story]:
    """One's own last stories, with the one that an expense belongs to already. Raises BotError."""
    must_belong(me)
    with services.database.reading(me) as tx:
        found = list(stories.last_stories(tx, me.person_id, OFFERED))
        chosen = kept.story_id if kept else None
        if chosen is not None and chosen not in {story.id for story in found}:
            story = stories.story_by_id(tx, chosen)
            found += [story] if story else []
        return found
