"""What has no listener of its own: an unknown command gets help, an old button a quiet yes."""

import re

from slack_bolt import App

from bot.features.stories.screens import help_message
from bot.kernel.office import Me
from bot.slack.reply import Reply

ANYTHING = re.compile(".*", re.DOTALL)


def help_out(me: Me, reply: Reply) -> None:
    reply.privately(help_message(me))


def let_it_be(reply: Reply) -> None:
    reply.done()


def register(app: App) -> None:
    """After all other listeners: the first that fits is the one that hears."""
    app.command(ANYTHING)(help_out)
    app.action(ANYTHING)(let_it_be)
    app.view(ANYTHING)(let_it_be)
    app.view_closed(ANYTHING)(let_it_be)
    app.shortcut(ANYTHING)(let_it_be)
    app.event(ANYTHING)(let_it_be)
