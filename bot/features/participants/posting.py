"""The question after the first story, where it stands in a message that stays: answered, it goes."""

from sqlmodel import Session

from bot.features.participants import screens
from bot.kernel.office import Me
from bot.services import Services
from storage.outbox import post_by_key
from storage.standing import keys_with_button

DRAFTS = "draft:"  # the keys of the messages in which the stories ask what these become


def take_question_back(tx: Session, services: Services, me: Me) -> None:
    """Let no button stay in the message of the draft that became somebody's first story."""
    for key in keys_with_button(tx, DRAFTS, screens.NO_NUDGE, str(me.person_id)):
        if (post := post_by_key(tx, key)) and post.body:
            services.outbox.change(tx, key, screens.without_nudge(post.body))
