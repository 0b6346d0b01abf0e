"""What moderators see of compliments that came from outside: the message on which they decide, the card at Home."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.features.customer_wall.screens import CONSENTS, Named, heading, quoted, what_was_said
from bot.kernel.office import Me, Say
from bot.kernel.roles import may_moderate
from bot.slack.blocks import Json, Message, button, buttons, confirm, divider, filled, header, line, paragraph, words
from storage.compliments import Compliment, Consent

PLACE, ADJUST, REFUSE, THANK = "compliment.place", "compliment.adjust", "compliment.refuse", "compliment.thank"


@dataclass(frozen=True)
class By:
    """Who decided or answered. The id is in the message too: when the name has to go, it may be another one."""

    person_id: int
    name: str


def traces_of(person_id: int) -> tuple[str, str]:
    """The ids of the blocks in which somebody is named as who decided, or who answered."""
    return f"decided-by-{person_id}", f"answered-by-{person_id}"


def moderator_message(
    compliment: Compliment,
    about: Sequence[Named],
    me: Me,
    decided_by: By | None = None,
    answered_by: By | None = None,
) -> Message:
    """What came from outside, to who decides on it. The contact is in the blocks alone, which an answer takes away.

    For who decides no more, no more than everybody sees.
    """
    say = me.say
    blocks = [
        _standing(compliment, decided_by, say),
        heading(compliment, about, say),
        *what_was_said(compliment, say),
        *(_to_decide(compliment, answered_by, say) if may_moderate(me) else []),
    ]
    return Message(say("A customer left a compliment: {said}", said=compliment.text), blocks)


def _to_decide(compliment: Compliment, answered_by: By | None, say: Say) -> list[Json]:
    """What nobody but moderators sees: the customer, what they were answered, and the buttons."""
    blocks = _for_moderators(compliment, say)
    if compliment.answer:
        who, trace = _named(answered_by, say), traces_of(answered_by.person_id)[1] if answered_by else ""
        head = filled(say("{who} thanked the customer:"), who=who)
        blocks.append(_traced(paragraph(*head, words("\n" + compliment.answer)), trace))
    if row := deciding(compliment, say):
        blocks.append(buttons(*row))
    return blocks


def _standing(compliment: Compliment, decided_by: By | None, say: Say) -> Json:
    """What is to be decided, or what was."""
    if not compliment.is_placed:
        return line(say("A customer left a compliment. Nobody sees it until one of you places it."))
    if decided_by and decided_by.name:
        placed = filled(say("{who} placed this compliment."), who=_named(decided_by, say))
        return _traced(paragraph(*placed), traces_of(decided_by.person_id)[0])
    return line(say("This compliment is on the wall."))


def _named(by: By | None, say: Say) -> Json:
    return words((by.name if by else "") or say("A colleague"), bold=True)


def _traced(block: Json, trace: str) -> Json:
    return block | ({"block_id": trace} if trace else {})


def _for_moderators(compliment: Compliment, say: Say) -> list[Json]:
    """What nobody else sees: the name as it was given, what is allowed of it, and where an answer can go."""
    marks = [words(say("Shown") + ": " + say(CONSENTS[Consent(compliment.consent)]).lower())]
    if compliment.customer:
        marks.append(words("\n" + say("Name") + ": " + compliment.customer))
    if compliment.for_whom:
        marks.append(words("\n" + say("For whom") + ": " + compliment.for_whom))
    if compliment.contact:
        marks.append(words("\n" + say("Would like an answer") + ": " + compliment.contact, bold=True))
    return [paragraph(*marks)]


def deciding(compliment: Compliment, say: Say) -> list[Json]:
    """The buttons that fit what is still to be done with it."""
    value, row = str(compliment.id), []
    if not compliment.is_placed:
        sure = confirm(
            say("Refuse this compliment?"), say("It is deleted, and nobody gets to see it."),
            say("Refuse"), say("Keep it"),
        )  # fmt: skip
        row += [
            button(say("Place"), PLACE, value, style="primary"),
            button(say("Adjust"), ADJUST, value),
            button(say("Refuse"), REFUSE, value, confirm=sure),
        ]
    if compliment.contact:
        row.append(button(say("Thanked ✓"), THANK, value))
    return row


def refused_message(refused_by: By | None, me: Me) -> Message:
    """What the moderators' message becomes; the words are gone."""
    head = filled(me.say("{who} refused this compliment. It is deleted."), who=_named(refused_by, me.say))
    block = _traced(paragraph(*head), traces_of(refused_by.person_id)[0] if refused_by else "")
    return Message(me.say("This compliment was refused, and is deleted."), [block])


def withdrawn_message(me: Me, *, by_customer: bool) -> Message:
    """What the moderators' message becomes when the compliment is withdrawn."""
    text = (
        me.say("The customer took this compliment back.") if by_customer else me.say("This compliment was withdrawn.")
    )
    return Message(text, [line(text)])


def waiting_card(number: int, listed: Sequence[tuple[Compliment, Sequence[Named]]], me: Me) -> list[Json]:
    """For moderators at Home: what waits for them."""
    say, blocks = me.say, []
    for compliment, about in listed:
        blocks += [heading(compliment, about, say), paragraph(words(quoted(compliment.text)))]
        blocks += [*_for_moderators(compliment, say), buttons(*deciding(compliment, say))]
    title = say.plural("{count} compliment waits for you", "{count} compliments wait for you", number, count=number)
    return [divider(), header(title), *blocks] if number else []
