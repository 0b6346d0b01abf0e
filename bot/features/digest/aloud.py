"""One story to tell aloud in a meeting: one that nobody told there before."""

from dataclasses import dataclass

from bot.features.digest import rules, screens
from bot.kernel.errors import BotError
from bot.kernel.office import Me, Say
from bot.kernel.roles import must_belong
from bot.services import Services
from bot.slack.blocks import Json, Message, button, buttons, filled, line, paragraph, small, words
from bot.slack.text import parts_of
from storage import digest
from storage.digest import Told

TELL, ANOTHER, NOT_NOW = "aloud.tell", "aloud.another", "aloud.not_now"
MOST_SKIPPED = 1000  # stories that one looks at


@dataclass(frozen=True)
class Suggested:
    """A story that can be told aloud, and how many were passed over for the next one."""

    told: Told
    skipped: int
    has_another: bool


def suggest_story(services: Services, me: Me, skip: int = 0) -> Suggested | None:
    """The story whose turn it is after the first `skip` ones, from the first again after the last.

    None when there is none. Raises BotError for who can't take part.
    """
    must_belong(me)
    since = services.clock.today(me.office.zone) - rules.RECENT
    with services.database.reading(me) as tx:
        found = digest.to_tell_aloud(tx, since, skip, 2)
        is_last, began = len(found) < 2, skip
        if not found and skip:
            found, began = digest.to_tell_aloud(tx, since, 0, 2), 0
            is_last = len(found) < 2
    if not found:
        return None
    return Suggested(found[0], began, has_another=not is_last or began > 0)


def tell_story(services: Services, me: Me, story_id: int) -> Told:
    """Somebody tells it aloud: nobody is offered it again. Raises BotError when that was done before, or it is gone."""
    must_belong(me)
    with services.database.writing(me) as tx:
        told = digest.story_to_tell(tx, story_id)
        if told is None:
            raise BotError("This story is not there any more.")
        if told.story.aloud_on is not None:
            raise BotError("Somebody else tells this one aloud already. Ask for another one.")
        told.story.aloud_on = services.clock.today(me.office.zone)
        return told


def put_back(services: Services, me: Me, story_id: int) -> None:
    """It wasn't told after all: it can be offered again. Raises BotError."""
    must_belong(me)
    with services.database.writing(me) as tx:
        told = digest.story_to_tell(tx, story_id)
        if told is not None and told.story.aloud_on == services.clock.today(me.office.zone):
            told.story.aloud_on = None


def suggested_message(suggested: Suggested, me: Me) -> Message:
    """The story, to take or to pass over."""
    say, told = me.say, suggested.told
    text = say("A story to tell aloud, of {who}:", who=screens.name_of(told, say))
    more = button(say("Another story"), ANOTHER, str(suggested.skipped + 1))
    choices = [button(say("I'll tell this one"), TELL, str(told.story.id), style="primary")]
    return Message(text, [*_story(say("A story to tell aloud, of {who}:"), told, say),
                          buttons(*choices, *([more] if suggested.has_another else []))])  # fmt: skip


def taken_message(told: Told, me: Me) -> Message:
    """What that becomes for who tells it."""
    say = me.say
    text = say("This one is yours to tell, of {who}:", who=screens.name_of(told, say))
    back = button(say("Not after all"), NOT_NOW, str(told.story.id))
    return Message(text, [*_story(say("This one is yours to tell, of {who}:"), told, say), buttons(back)])


def none_message(me: Me) -> Message:
    """Where there is none."""
    text = me.say("There is no story left that wasn't told aloud. {fan} tells a new one.",
                  fan=me.office.commands["fan"])  # fmt: skip
    return Message(text, [line(text)])


def _story(head: str, told: Told, say: Say) -> list[Json]:
    marks = [say.day(told.story.day)]
    if told.applause:
        marks.append("👏 " + say.plural("{number} colleague applauded.", "{number} colleagues applauded.",
                                        told.applause))  # fmt: skip
    named = filled(head, who=words(screens.name_of(told, say), bold=True))
    return [
        paragraph(*named),
        *(paragraph(words(part)) for part in parts_of(told.story.text)),
        small(" · ".join(marks)),
    ]
