"""The forms of the wall of change: a suggestion, an answer, a merge. The names of the fields stand here alone."""

from collections.abc import Collection, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    ExternalDataSelectElement,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
    UserSelectElement,
)

from bot.features.change_wall.rules import (
    LONGEST_ABOUT,
    LONGEST_ANSWER,
    LONGEST_PAIN,
    LONGEST_TITLE,
    TypedAnswer,
    TypedIdea,
)
from bot.features.change_wall.screens import ANSWER, CHANGE, INTO, MERGE, STATUSES, SUGGEST, title_of
from bot.kernel.office import Me, Say
from bot.slack.blocks import Json, field_of, modal, option, paragraph, words
from bot.slack.forms import as_list, as_text, filled_in
from storage.idea_wall import Shown
from storage.ideas import Idea, Status

MOST_CHOICES = 100  # options of a list in Slack
LONGEST_CHOICE = 75  # characters of one
NAMED = "named"  # in the note of a form that asked about a name


def idea_form(me: Me, idea: Idea | None = None) -> Json:
    """The form of a suggestion; of one that is there already when it is given."""
    return _form(me, idea, (), "" if idea is None else str(idea.id))


def named_form(me: Me, typed: TypedIdea, named: Collection[str], number: str) -> Json:
    """The same as it was filled in, asking at the fields `named`, this once, whether a name is to stay in the words.

    `number` is that of the idea that is changed, if any.
    """
    return _form(me, typed, named, f"{number} {NAMED}".strip())


def note_of(view: dict[str, Any]) -> tuple[str, bool]:
    """What the form carries: the number of the idea that is changed, and whether it asked about a name before."""
    note = str(view.get("private_metadata") or "")
    return note.removesuffix(NAMED).strip(), note.endswith(NAMED)


def _form(me: Me, filled: Idea | TypedIdea | None, named: Collection[str], note: str) -> Json:
    say, is_change = me.say, note not in ("", NAMED)
    return modal(
        say("Change your idea") if is_change else say("Suggest something"),
        [*_words_of(filled, named, say), _anonymous(filled, say)],
        submit=say("Save") if is_change else say("Suggest it"),
        close=say("Cancel"),
        callback_id=CHANGE if is_change else SUGGEST,
        note=note,
    )


def typed_idea(view: dict[str, Any]) -> TypedIdea:
    """The form as it was filled in."""
    form = filled_in(view)
    return TypedIdea(
        title=as_text(form.get("title")),
        about=as_text(form.get("about")),
        pain=as_text(form.get("pain")),
        is_anonymous=bool(as_list(form.get("anonymous"))),
    )


def answer_form(shown: Shown, me: Me, note: str) -> Json:
    """A manager's answer to a suggestion, with its status, owner and date."""
    say, idea = me.say, shown.idea
    offered = [status for status in Status if status != Status.NEW or idea.status == Status.NEW]
    statuses = [option(status, say(STATUSES[status])) for status in offered]
    now = next(one for one in statuses if one.value == idea.status)
    words_field = PlainTextInputElement(multiline=True, max_length=LONGEST_ANSWER)
    possible = PlainTextInputElement(multiline=True, max_length=LONGEST_PAIN)
    owner = UserSelectElement(initial_user=shown.owner.slack_id if shown.owner else None)
    due = DatePickerElement(initial_date=idea.due_on.isoformat() if idea.due_on else None)
    heard = say("You can't leave it out when the status changes. Who suggested or supports it hears it.")
    return modal(
        say("Answer an idea"),
        [
            paragraph(words(title_of(idea, say), bold=True)),
            field_of("status", say("How far is it?"), StaticSelectElement(options=statuses, initial_option=now),
                     optional=False),
            field_of("words", say("Your answer"), words_field, hint=heard),
            field_of("possible", say("What is possible, then?"), possible,
                     hint=say("With a “No, but…” this can't be left out.")),
            field_of("owner", say("Who looks after it?"), owner),
            field_of("due", say("When is it to be ready?"), due),
        ],
        submit=say("Save"), close=say("Cancel"), callback_id=ANSWER, note=note,
    )  # fmt: skip


def typed_answer(view: dict[str, Any]) -> TypedAnswer:
    """The form as it was filled in."""
    form = filled_in(view)
    return TypedAnswer(**{name: as_text(form.get(name)) for name in ("status", "words", "possible", "owner", "due")})


def merge_form(idea: Idea, me: Me, note: str) -> Json:
    """Into which other suggestion this one goes: its list is filled while somebody types, see `merge_choices`."""
    say = me.say
    menu = ExternalDataSelectElement(placeholder=say("Search for words"), min_query_length=0)
    field = field_of(INTO, say("Into which idea?"), menu, optional=False)
    return modal(
        say("Merge two ideas"),
        [paragraph(words(say("This one goes into another:") + " "), words(title_of(idea, say), bold=True)), field],
        submit=say("Merge"), close=say("Cancel"), callback_id=MERGE, note=note,
    )  # fmt: skip


def merge_choices(others: Sequence[Idea], say: Say) -> list[Option]:
    """What the list offers, in this order."""
    return [option(str(one.id), _short(title_of(one, say))) for one in others[:MOST_CHOICES]]


def chosen_root(view: dict[str, Any]) -> str:
    """Into which one, as the list says it."""
    return as_text(filled_in(view).get(INTO))


def _words_of(idea: Idea | TypedIdea | None, named: Collection[str], say: Say) -> list[Json]:
    title = PlainTextInputElement(
        max_length=LONGEST_TITLE, initial_value=idea.title or None if idea else None, focus_on_load=True,
        placeholder=say("For example: call back within an hour"),
    )  # fmt: skip
    about = PlainTextInputElement(
        multiline=True, max_length=LONGEST_ABOUT, initial_value=idea.about or None if idea else None
    )
    pain = PlainTextInputElement(
        multiline=True, max_length=LONGEST_PAIN, initial_value=idea.pain or None if idea else None
    )
    asked = dict.fromkeys(named, "⚠️ " + say("There is a name in your words. Post it like this all the same?"))
    return [
        field_of("title", say("What is your idea, in a sentence?"), title, hint=asked.get("title"), optional=False),
        field_of("about", say("What is it about?"), about, hint=asked.get("about")),
        field_of("pain", say("What does it take away for which customers?"), pain, hint=asked.get("pain")),
    ]


def _anonymous(idea: Idea | TypedIdea | None, say: Say) -> Json:
    box = option("yes", say("Leave my name out of it"))
    element = CheckboxesElement(options=[box], initial_options=[box] if idea and idea.is_anonymous else None)
    hint = say("Then nobody sees that it is yours, managers neither. You can change it under “Mine”.")
    return field_of("anonymous", say("Anonymous?"), element, hint=hint)


def _short(title: str) -> str:
    return title if len(title) <= LONGEST_CHOICE else title[: LONGEST_CHOICE - 1].rstrip() + "…"
