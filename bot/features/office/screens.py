"""What managers see of the office."""

from bot.i18n.translate import later
from bot.kernel.office import Office
from bot.slack.blocks import Message, channel_mark, filled, paragraph, words
from storage.outbox import Post

REMEDIES = {
    "not_in_channel": later("I am not a member of {where}. Invite me there, with /invite, and I'll post what waits."),
    "channel_not_found": later("I can't find {where}. Invite me there if it is private, or choose another channel."),
    "is_archived": later("{where} is archived, so I can't post there. Choose another channel."),
    "restricted_action": later("In {where} I am not allowed to post. A workspace admin can change that."),
}
OTHERWISE = later("Slack refuses what I want to post in {where} ({reason}).")


def refused_message(post: Post, reason: str, office: Office) -> Message:
    """Why something can't be posted, and what to do about it."""
    template = office.say(REMEDIES.get(reason, OTHERWISE))
    where = channel_mark(post.target) if post.target.startswith("C") else words(post.target)
    there = office.say("that channel") if post.target.startswith(("C", "G")) else post.target
    text = template.replace("{where}", there).replace("{reason}", reason)
    return Message(text, [paragraph(*filled(template, where=where, reason=words(reason)))])
