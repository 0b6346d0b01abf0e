"""What people see of the employees' wall: the posts, the window, the answers, what moderators decide on."""

from collections.abc import Sequence

from bot.features.team_wall.posts import CHANGE, congratulations, heading, photo_of, reporting, sure
from bot.i18n.translate import later
from bot.kernel.office import Me, Say
from bot.kernel.sentence import Sentence
from bot.slack.blocks import Json, Message, button, buttons, divider, header, line, modal, paragraph, small, words
from storage.celebrations import Occasion, Shown

WALL, ADD, DATES, NO_DATES = "celebration.wall", "celebration.add", "celebration.dates", "celebration.no_dates"
SHOW, SHOW_HERE = "celebration.show", "celebration.show_here"
HIDE_HERE, REMOVE_HERE = "celebration.hide_here", "celebration.remove_here"
TAKE_DOWN, LET_STAND = "celebration.take_down", "celebration.let_stand"

OCCASIONS = {
    Occasion.GOOD_NEWS: later("Good news"),
    Occasion.BIRTH: later("A birth"),
    Occasion.JUBILEE: later("A jubilee"),
    Occasion.JOKE: later("A joke"),
}
NO_CHANNEL = Sentence(
    later("There is no channel for the team wall yet. Yours is saved; ask who looks after the bot to set one.")
)
QUOTED = 300  # characters of a post in the window


def wall_window(posts: Sequence[Sequence[Shown]], is_any_hidden: bool, me: Me) -> Json:
    """The latest posts, each with the people in it. `is_any_hidden`: there are more, which one doesn't want to see."""
    say = me.say
    blocks: list[Json] = [
        buttons(button(say("Tell something"), ADD, style="primary"), button(say("My birthday and jubilee"), DATES)),
        small(say("Births, jubilees, good news and jokes. Birthdays come by themselves, if you give yours.")),
    ]
    for post in posts:
        blocks += [divider(), *_listed(post, me)]
    if not posts:
        blocks.append(line(say("There is nothing here yet. Who begins?")))
    if is_any_hidden:
        blocks += [divider(), small(say("You hid something.")), buttons(button(say("Show it again"), SHOW_HERE))]
    return modal(say("Team wall"), blocks, close=say("Close"))


def _listed(post: Sequence[Shown], me: Me) -> list[Json]:
    say, first, day = me.say, post[0], me.say.day(post[0].celebration.posted_on)
    value = str(first.celebration.id)
    own = [button(say("Hide"), HIDE_HERE, value), reporting(value, say)]
    if first.celebration.day is not None:
        return [paragraph(*congratulations(post, say)), small(day), buttons(*own)]
    if first.celebration.entered_by == me.person_id:
        own.append(button(say("Change"), CHANGE, value))
    if me.person_id in (first.celebration.entered_by, first.celebration.about_id):
        own.append(button(say("Take away"), REMOVE_HERE, value, confirm=sure(say)))
    quote = _quoted(first.celebration.text)
    return [
        paragraph(*heading(first, say), words(f"\n{quote}")),
        *photo_of(first, say),
        small(day),
        buttons(*own),
    ]


def _quoted(text: str) -> str:
    return text if len(text) <= QUOTED else text[: QUOTED - 1].rstrip() + "…"


def saved_window(remarks: Sequence[Sentence], me: Me) -> Json:
    """What follows the form of a post."""
    said = [] if remarks else [line(me.say("Thank you. It is on its way to the team wall."))]
    return modal(
        me.say("Team wall"),
        [*said, *(line(me.say(remark.english, **remark.values)) for remark in remarks)],
        close=me.say("Close"),
    )


def dates_window(is_any: bool, me: Me) -> Json:
    """What follows the form of one's own dates."""
    text = (
        me.say("Saved. On the day itself, or the working day beside it, the team wall congratulates you.")
        if is_any
        else me.say("Nothing is kept: the team wall won't congratulate you.")
    )
    return modal(me.say("Team wall"), [line(text)], close=me.say("Close"))


def hidden_message(celebration_id: int, say: Say) -> Message:
    """The answer to who hid a post in the channel."""
    text = say("You don't see this one on your team wall any more. In the channel Slack can't hide it for you alone.")
    return Message(text, [line(text), buttons(button(say("Undo"), SHOW, str(celebration_id)))])


def shown_message(say: Say) -> Message:
    text = say("It is on your team wall again.")
    return Message(text, [line(text)])


def thanks_message(is_new: bool, say: Say) -> Message:
    """The answer to who reported a post."""
    if is_new:
        text = say("Thank you for saying so. The moderators look at it; nobody hears that it was you.")
    else:
        text = say("You reported this before. The moderators know of it.")
    return Message(text, [line(text)])


def report_message(post: Sequence[Shown], reports: int, me: Me) -> Message:
    """What a moderator decides on; who reported it stays unsaid. `me` is the moderator."""
    text = me.say.plural(
        "A colleague reported this on the team wall.", "{number} colleagues reported this on the team wall.", reports
    )
    return Message(text, [line(text), *_quote(post, me.say), _decision(post, me.say)])


def settled_message(post: Sequence[Shown], is_taken_down: bool, decider: Me, me: Me) -> Message:
    """What it becomes once one of the moderators decided; `me` is who reads it."""
    say, who = me.say, decider.name or me.say("a colleague")
    if is_taken_down:
        text = say("{who} took this off the team wall.", who=who)
    else:
        text = say("{who} let this stand on the team wall.", who=who)
    return Message(text, [line(text), *_quote(post, say)])


def gone_message(say: Say) -> Message:
    """What it becomes when the post went in another way: taken back, or whom it was about left."""
    text = say("This was reported, and is not on the team wall any more.")
    return Message(text, [line(text)])


def reports_card(posts: Sequence[Sequence[Shown]], me: Me) -> list[Json]:
    """At Home: what was reported and waits for a moderator."""
    blocks: list[Json] = [divider(), line(me.say("Reported on the team wall:"))] if posts else []
    for post in posts:
        blocks += [*_quote(post, me.say), _decision(post, me.say)]
    return blocks


def _quote(post: Sequence[Shown], say: Say) -> list[Json]:
    first = post[0]
    if first.celebration.day is not None:
        return [paragraph(*congratulations(post, say))]
    return [paragraph(*heading(first, say), words(f"\n{first.celebration.text}")), *photo_of(first, say)]


def _decision(post: Sequence[Shown], say: Say) -> Json:
    value = str(post[0].celebration.id)
    return buttons(
        button(say("Take it off the wall"), TAKE_DOWN, value, style="danger"),
        button(say("Let it stand"), LET_STAND, value),
    )


def help_message(me: Me) -> Message:
    """`/fanclub team wall help`."""
    say = me.say
    lines = [
        say("The team wall is for what there is to celebrate among us: births, jubilees, good news, a good joke."),
        say("Give your birthday (without a year) and the day on which you began, and the wall congratulates you."),
        say("You can hide a post from yourself, or report it to the moderators."),
    ]
    return Message(lines[0], [header(say("Team wall")), *(line(text) for text in lines)])
