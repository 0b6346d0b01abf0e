"""What people see of the coach: a tip, and three shapes of a kind no."""

from dataclasses import dataclass

from bot.features.coach.rules import Given, Refusal
from bot.i18n.translate import later
from bot.kernel.office import Me, Say
from bot.kernel.tips import Cost
from bot.slack.blocks import Json, Message, button, buttons, filled, line, modal, paragraph, small, words
from storage.stories import Moment

TIP, ANOTHER, REFUSE = "coach.tip", "coach.another", "coach.refuse"

MOMENTS = {
    Moment.SAYING_NO: later("A no, but…"),
    Moment.COMPLAINT: later("A complaint"),
    Moment.QUESTION: later("A question or a problem"),
    Moment.NOT_OURS: later("Not our problem"),
}
COSTS = {
    Cost.NOTHING: later("costs nothing"),
    Cost.TIME: later("takes a few minutes"),
    Cost.MONEY: later("costs a little"),
}


@dataclass(frozen=True)
class Shape:
    """One way to say no: what it is called, how it begins, what it offers, and a hint for filling in the dots."""

    title: str
    opening: str
    offer: str
    hint: str


SHAPES = (
    Shape(
        later("What you can do"),
        later("{what}: to that I honestly have to say no."),
        later("What I can do for you is …"),
        later("Something close to it, a part of it, or a sample to begin with."),
    ),
    Shape(
        later("When it can be done"),
        later("{what}: right now that won't work."),
        later("On … it will. Shall I put you down for it?"),
        later("Name a moment that you are sure of."),
    ),
    Shape(
        later("Who can do it"),
        later("{what}: I can't do that for you myself."),
        later("… can. I'll call ahead, so that you don't have to explain it twice."),
        later("A colleague, the neighbours, even a competitor."),
    ),
)


def tip_message(given: Given, me: Me) -> Message:
    """A tip, for one person's eyes."""
    say, tip = me.say, given.tip
    if tip is None:
        text = say("You have had all my tips. Each comes round again some six weeks after you got it.")
        return Message(text, [line(text)])
    text = tip.texts[say.language]
    note = say("You have had all tips for this moment lately. Here is one for another moment.")
    return Message(
        text,
        [
            *([small(note)] if given.is_of_another_moment else []),
            line(f"💡 {text}"),
            small(f"{say(MOMENTS[tip.moment])} · {say(COSTS[tip.cost])}"),
            buttons(*_tip_buttons(given, tip.moment, say)),
        ],
    )


def _tip_buttons(given: Given, moment: Moment, say: Say) -> list[Json]:
    wanted = given.asked if given.asked and not given.is_of_another_moment else ""
    another = button(say("Another one"), ANOTHER, wanted, label=say("Another tip"))
    refuse = [button(say("Help me say no"), REFUSE)] if moment == Moment.SAYING_NO else []
    return [another, *refuse]


def kind_no_window(refusal: Refusal, me: Me) -> Json:
    """Three shapes of a kind no, with the person's own words in them."""
    say = me.say
    blocks: list[Json] = []
    for shape in SHAPES:
        blocks += [_kind_no(shape, refusal, say), small(say(shape.hint))]
    ending = say(
        "Fill in the dots and say it your own way. Did it turn out well? Then you have a story for {fan}.",
        fan=me.office.commands["fan"],
    )
    return modal(say("No, but…"), [*blocks, line(ending)], close=say("Close"))


def _kind_no(shape: Shape, refusal: Refusal, say: Say) -> Json:
    reason = [words(" "), *filled(say("The reason: {why}."), why=words(refusal.why))] if refusal.why else []
    return paragraph(
        words(say(shape.title) + "\n", bold=True),
        *filled(say(shape.opening), what=words(refusal.what)),
        *reason,
        words(" " + say(shape.offer)),
    )


def help_message(me: Me) -> Message:
    """`/fanclub tip help`."""
    say, fanclub = me.say, me.office.commands.get("fanclub", "/fanclub")
    lines = [
        say("{fanclub} tip gives you a tip that you haven't seen for a while.", fanclub=fanclub),
        say("One for a moment of your own: {fanclub} tip no, complaint, question or not ours.", fanclub=fanclub),
        say("Do you have to say no? {fanclub} no helps you find kind words.", fanclub=fanclub),
    ]
    return Message(lines[0], [line(text) for text in lines])
