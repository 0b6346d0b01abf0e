"""What happens to people in the Slack workspace."""

from typing import Any

from slack_bolt import App, BoltContext

from bot.features.office import actions
from bot.kernel.office import Me
from bot.services import Services
from bot.slack.profiles import profile_of
from bot.slack.reply import Reply


def profile_changed(event: dict[str, Any], context: BoltContext, me: Me, services: Services, reply: Reply) -> None:
    profile = profile_of(event["user"], context.team_id or "")
    actions.remember_profiles(services, me.workspace_id, [profile])
    reply.done()


def register(app: App) -> None:
    app.event("team_join")(profile_changed)
    app.event("user_change")(profile_changed)
