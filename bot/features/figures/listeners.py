"""How people ask for figures in Slack."""

from slack_bolt import App

from bot.features.figures import actions, screens
from bot.kernel.office import Me
from bot.services import Services
from bot.slack.reply import Reply


def open_figures(typed: str, me: Me, services: Services, reply: Reply) -> None:  # noqa: ARG001 - as for each word
    """`/fanclub figures`."""
    reply.privately(screens.own_message(actions.own_figures(services, me), me))


def open_by_button(me: Me, services: Services, reply: Reply) -> None:
    """The button at Home."""
    reply.show(screens.own_window(actions.own_figures(services, me), me))


def see_office(me: Me, services: Services, reply: Reply) -> None:
    """The button beneath one's own figures, in a private message."""
    figures = actions.office_figures(services, me)
    for message in (screens.office_message(figures, me), screens.gestures_message(figures, me)):
        if message is not None:
            reply.privately(message)


def see_office_in_window(me: Me, services: Services, reply: Reply) -> None:
    reply.show(screens.office_window(actions.office_figures(services, me), me))


def register(app: App) -> None:
    app.action(screens.OWN)(open_by_button)
    app.action(screens.OFFICE)(see_office)
    app.action(screens.OFFICE_WINDOW)(see_office_in_window)
