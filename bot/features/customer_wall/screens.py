"""What people see of compliments: the post, the personal message, the answers, the card at Home."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.features.customer_wall.rules import may_change, may_withdraw
from bot.i18n.translate import later
from bot.kernel.office import Me, Office, Say
from bot.kernel.sentence import Sentence
from bot.slack.blocks import (
    Json,
    Message,
    button,
    buttons,
    channel_mark,
    confirm,
    divider,
    filled,
    line,
    modal,
    paragraph,
    small,
    words,
)
from storage.compliments import CameIn, Compliment, Consent, shown_name

WALL, ADD, CHANGE = "compliment.wall", "compliment.add", "compliment.change"
WITHDRAW, UNDO, APPLAUD = "compliment.withdraw", "compliment.undo", "compliment.applaud"

NO_CHANNEL = Sentence(
    later("There is no channel for compliments yet. This one is kept; ask who looks after the bot to set one.")
)
CAME_IN = {
    CameIn.TALK: later("In person"),
    CameIn.PHONE: later("By phone"),
    CameIn.MAIL: later("By email"),
    CameIn.REVIEW: later("In a review"),
    CameIn.LETTER: later("In a letter"),
    CameIn.SOCIAL: later("On social media"),
    CameIn.PAGE: later("On the customers' page"),
}
CONSENTS = {
    Consent.FULL_NAME: later("With the full name"),
    Consent.FIRST_NAME: later("With the first name"),
    Consent.ANONYMOUS: later("Without a name"),
    Consent.NOT_ON_SCREEN: later("Without a name, and not on the screen"),
}
QUOTED = 140  # characters of a compliment at Home


class Named(Protocol):
    """Somebody with a name and a Slack id."""

    @property
    def name(self) -> str: ...
    @property
    def slack_id(self) -> str: ...


@dataclass(frozen=True)
class Keepers:
    """The Slack ids of who may change a compliment, and of who may withdraw it."""

    change: Sequence[str]
    withdraw: Sequence[str]


def compliment_message(
    compliment: Compliment, about: Sequence[Named], applause: int, keepers: Keepers, office: Office
) -> Message:
    """The post on the wall."""
    say, value = office.say, str(compliment.id)
    label = say("Applaud what {who} said", who=customer_of(compliment, say))[:75]
    row = [button(_applause_text(applause, say), APPLAUD, value, label=label)]
    if keepers.change:  # nobody's names would mean that everybody sees them
        row.append(_change_button(value, say, keepers.change))
    if keepers.withdraw:
        row.append(_withdraw_button(value, say, keepers.withdraw))
    head = filled(_heading(about, say), **_who_and_whom(compliment, about, say))
    blocks = [paragraph(*head), *what_was_said(compliment, say), buttons(*row)]
    return Message(_in_words(compliment, about, say), blocks)


def keeping(compliment: Compliment, about: Collection[int], me: Me) -> list[Json]:
    """The buttons with which this person may change and withdraw it; `about` are the ids of whom it is about."""
    value, row = str(compliment.id), []
    if may_change(compliment, about, me):
        row.append(_change_button(value, me.say))
    if may_withdraw(compliment, about, me):
        row.append(_withdraw_button(value, me.say))
    return row


def _change_button(value: str, say: Say, only_for: Sequence[str] = ()) -> Json:
    return button(say("Change"), CHANGE, value, only_for=only_for)


def _withdraw_button(value: str, say: Say, only_for: Sequence[str] = ()) -> Json:
    sure = confirm(
        say("Withdraw this compliment?"), say("It goes everywhere, from the screen too, with its applause."),
        say("Withdraw"), say("Keep it"),
    )  # fmt: skip
    return button(say("Withdraw"), WITHDRAW, value, only_for=only_for, confirm=sure)


def customer_of(compliment: Compliment, say: Say) -> str:
    """The customer, as far as they allow it."""
    return shown_name(compliment) or say("A customer")


def names_of(people: Sequence[Named], say: Say) -> str:
    """By the names alone: a mention would notify. Slack tells a name soon after somebody is first heard of."""
    return ", ".join(person.name or say("a colleague") for person in people)


def heading(compliment: Compliment, about: Sequence[Named], say: Say) -> Json:
    """Who said it of whom, as a paragraph."""
    return paragraph(*filled(_heading(about, say), **_who_and_whom(compliment, about, say)))


def how_and_when(compliment: Compliment, say: Say) -> str:
    return f"{say(CAME_IN[CameIn(compliment.came_in)])} · {say.day(compliment.day)}"


def _heading(about: Sequence[Named], say: Say) -> str:
    return say("{who} about {colleagues}") if about else say("{who} about all of us")


def _who_and_whom(compliment: Compliment, about: Sequence[Named], say: Say) -> dict[str, Json]:
    whom = {"colleagues": words(names_of(about, say), bold=True)} if about else {}
    return {"who": words(customer_of(compliment, say), bold=True), **whom}


def what_was_said(compliment: Compliment, say: Say) -> list[Json]:
    """The words, the photo, and how it came in."""
    photo: list[Json] = []
    if compliment.photo:
        alt = say("Photo that belongs to the compliment")
        photo = [{"type": "image", "slack_file": {"id": compliment.photo}, "alt_text": alt}]
    return [paragraph(words(compliment.text)), *photo, small(how_and_when(compliment, say))]


def _in_words(compliment: Compliment, about: Sequence[Named], say: Say) -> str:
    who, said = customer_of(compliment, say), compliment.text
    if about:
        return say("{who} about {colleagues}: {said}", who=who, colleagues=names_of(about, say), said=said)
    return say("{who} about all of us: {said}", who=who, said=said)


def _applause_text(applause: int, say: Say) -> str:
    text = "👏 " + say("Nice one")
    return f"{text} · {applause}" if applause else text


def praise_message(compliment: Compliment, me: Me) -> Message:
    """To a colleague whom it is about, and who takes part."""
    say = me.say
    who = customer_of(compliment, say)
    head = filled(say("{who} said this about you:"), who=words(who, bold=True))
    blocks = [paragraph(*head), *what_was_said(compliment, say), buttons(*keeping(compliment, [me.person_id], me))]
    return Message(say("{who} said this about you:", who=who) + " " + compliment.text, blocks)


def added_message(compliment_id: int, remarks: Sequence[Sentence], me: Me) -> Message:
    """The private answer to who entered one in a single line."""
    text, parts = _where(me)
    row = buttons(
        button(me.say("Add to it"), CHANGE, str(compliment_id)), button(me.say("Undo"), UNDO, str(compliment_id))
    )
    names = small(me.say("A name in the words themselves is shown as it is written."))
    return Message(text, [paragraph(*parts), names, *_remarks(remarks, me.say), row])


def saved_window(remarks: Sequence[Sentence], me: Me) -> Json:
    """What follows a form that was sent."""
    _, parts = _where(me)
    return modal(me.say("Compliment"), [paragraph(*parts), *_remarks(remarks, me.say)], close=me.say("Close"))


def placed_message(remarks: Sequence[Sentence], say: Say) -> Message:
    """The private answer to who let one come on the wall: what else there is to say."""
    said = [say(remark.english, **remark.values) for remark in remarks]
    return Message(" ".join(said), [line(text) for text in said])


def _where(me: Me) -> tuple[str, list[Json]]:
    text = me.say("Lovely. The compliment is kept.")
    if channel := me.office.customer_wall_channel:
        # Not filled in by `say`: the channel is an element, for a name that Slack shows and can be clicked.
        return text, filled(me.say("Lovely. The compliment goes to {channel}."), channel=channel_mark(channel))
    return text, [words(text)]


def _remarks(remarks: Sequence[Sentence], say: Say) -> list[Json]:
    return [small(say(remark.english, **remark.values)) for remark in remarks]


def undone_message(compliment: Compliment | None, say: Say) -> Message:
    """In place of the private answer, after "Undo": the words are not lost."""
    if compliment is None:
        text = say("It was withdrawn already.")
        return Message(text, [line(text)])
    text = say("Taken back. This is what you wrote, should you want it again:")
    return Message(text, [line(text), paragraph(words(compliment.text))])


def help_message(me: Me) -> Message:
    """`/klantwand help`."""
    say, klantwand = me.say, me.office.commands["klantwand"]
    lines = [
        say("Did a customer say something kind? Put it on the wall in one line:"),
        f"{klantwand} " + say("Such patience! I felt at home right away."),
        say("Name the colleague it is about with an @, and they hear of it if they take part."),
        say("{klantwand} on its own shows the latest ones, to look through and to search.", klantwand=klantwand),
        say("A customer is shown without a name, unless they said yes to more. You choose that in the form."),
        say("A message in Slack goes there with “{shortcut}” in its menu.", shortcut=say("To the customers' wall")),
    ]
    return Message(lines[0], [line(text) for text in lines])


def praise_card(compliment: Compliment | None, me: Me) -> list[Json]:
    """At Home: the last compliment about me."""
    if compliment is None:
        return []
    say = me.say
    head = filled(say("{who} said this about you:"), who=words(customer_of(compliment, say), bold=True))
    return [
        divider(),
        paragraph(*head, words("\n" + quoted(compliment.text))),
        small(how_and_when(compliment, say)),
        buttons(button(say("Customers' wall"), WALL)),
    ]


def quoted(text: str, most: int = QUOTED) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
