"""What people see of figures in Slack: a private message, a window from Home, and a card there."""

from collections.abc import Sequence

from bot.features.figures import wording
from bot.features.figures.rules import OfficeFigures, Own, Share
from bot.kernel.office import Me, Say
from bot.slack.blocks import Json, Message, button, buttons, divider, line, modal, paragraph, small, words
from bot.slack.charts import bar_chart, emoji_bars, line_chart, pie_chart
from storage.stories import Story

OWN, OFFICE = "figures.own", "figures.office"  # both are buttons: at Home, and beneath one's own figures
OFFICE_WINDOW = "figures.office_window"  # the same in the window that Home opens


def own_message(own: Own, me: Me) -> Message:
    """One's own figures, as a private message."""
    say, text = me.say, wording.own_sentence(own, me.say)
    if not own.year:
        text = say(
            "No figures yet: they begin with your first story. Tell it with {fan}.", fan=me.office.commands["fan"]
        )
        return Message(text, [line(text), *_below(me, OFFICE)])
    weeks = wording.points_of(own.weeks, say)
    drawn = [line_chart(say("Your fans a week"), say("Fans"), weeks), *_own_pie(own, say)]
    ending = [*_facts(wording.own_facts(own, me.office.currency, say)), *_below(me, OFFICE)]
    plain = emoji_bars(wording.plain_points(own.weeks, say))
    return Message(text, [line(text), *drawn, *ending], plainer=[line(text), plain, *ending])


def own_window(own: Own, me: Me) -> Json:
    """The same over Home, where Slack draws no charts."""
    message = own_message(own, me)
    blocks = [_elsewhere(block) for block in message.plainer or message.blocks]
    return modal(me.say("My figures"), blocks, close=me.say("Close"))


def _elsewhere(block: Json) -> Json:
    """The button to the office's figures opens another window there."""
    if block["type"] != "actions":
        return block
    return {**block, "elements": [{**one, "action_id": OFFICE_WINDOW} for one in block["elements"]]}


def _own_pie(own: Own, say: Say) -> list[Json]:
    known = [(wording.kind_called(kind, say), count) for kind, count in own.moments.items() if kind is not None]
    return [pie_chart(say("Your moments"), known)] if len(known) > 1 else []


def _below(me: Me, office_action: str) -> list[Json]:
    mine = small(me.say("Who else sees this: nobody."))
    return [mine, buttons(button(me.say("Figures of the office"), office_action))] if me.is_manager else [mine]


def office_message(figures: OfficeFigures, me: Me) -> Message:
    """The office's figures, for a manager, as a private message: a line and bars, for Slack draws two charts in one."""
    say, text = me.say, wording.office_sentence(figures, me.say)
    note = small(wording.followed_note(say) if figures.is_told else wording.too_few(say))
    facts = _facts(wording.office_facts(figures, me.office, say))
    ending = [*_received(say("Moments that draw most applause"), figures.moments, say), note]
    drawn = [line_chart(say("The office's fans a week"), say("Fans"), wording.points_of(figures.weeks, say))]
    plain = [emoji_bars(wording.plain_points(figures.weeks, say), wording.counts_of(figures.weeks, say))]
    if not figures.weeks:
        drawn = plain = []
    applause = [(wording.kind_called(one.kind, say), round(one.applause, 1)) for one in figures.moments]
    bars = [bar_chart(say("Applause a story"), say("Applause"), applause)] if applause else []
    return Message(text, [line(text), *drawn, *facts, *bars, *ending], plainer=[line(text), *plain, *facts, *ending])


def gestures_message(figures: OfficeFigures, me: Me) -> Message | None:
    """What was free and what was spent, as a message of its own: a third chart; None when that can't be told."""
    say = me.say
    if len(figures.gestures) < 2:
        return None
    text = say("Free and spent")
    parts = [(wording.kind_called(share.kind, say), share.stories) for share in figures.gestures]
    ending = _received(say("Gestures, and what they draw"), figures.gestures, say)
    return Message(text, [pie_chart(text, parts), *ending], plainer=[line(text), emoji_bars(parts), *ending])


def office_window(figures: OfficeFigures, me: Me) -> Json:
    """The same over Home, where Slack draws no charts."""
    messages = [office_message(figures, me), gestures_message(figures, me)]
    blocks = [block for message in messages if message for block in message.plainer]
    return modal(me.say("The office's figures")[:24], blocks, close=me.say("Close"))


def _facts(facts: Sequence[str]) -> list[Json]:
    return [paragraph(words("\n".join(facts)))] if facts else []


def _received(title: str, shares: Sequence[Share], say: Say) -> list[Json]:
    """Which moments, or gestures, are received best."""
    return [paragraph(words(title + "\n", bold=True), *_listed(shares, say))] if shares else []


def _listed(shares: Sequence[Share], say: Say) -> list[Json]:
    return [words(f"{wording.kind_called(one.kind, say)}: {wording.share_line(one, say)}\n") for one in shares]


def home_card(week: int, month: int, me: Me) -> list[Json]:
    """At Home: a line of one's own, and the way to the rest."""
    counted = me.say("Your fans: {week} this week, {month} this month.", week=week, month=month)
    return [divider(), small(counted), buttons(button(me.say("My figures"), OWN))]


def year_ago_message(story: Story, say: Say) -> Message:
    """To somebody who told this story exactly a year ago."""
    text = say("A year ago today you made a fan:")
    ending = small(say("Only you get this, once a month at most."))
    told = {**paragraph(words(story.text)), "block_id": year_ago_block(story.id)}
    return Message(f"{text} {story.text}", [line(text), told, ending])


def year_ago_block(story_id: int | None) -> str:
    """Where such a message has that story's words."""
    return f"story-{story_id}"
