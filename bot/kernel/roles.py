"""Who may do what."""

from bot.kernel.errors import BotError
from bot.kernel.office import Me
from storage.people import Standing


def refusal(me: Me) -> BotError | None:
    """Why somebody can't take part: guests, bots, former colleagues, people of another company. None: they can."""
    if me.standing == Standing.GUEST:
        return BotError("This is for colleagues. As a guest you can read along, but not take part.")
    if me.standing == Standing.STRANGER:
        return BotError("This is for people who work here. You can read along in the shared channel.")
    if me.standing in (Standing.GONE, Standing.BOT):
        return BotError("This account can't take part.")
    return None


def must_belong(me: Me) -> None:
    """Raise BotError for who can't take part."""
    if error := refusal(me):
        raise error


def may_moderate(me: Me) -> bool:
    """Whether somebody decides on what comes from outside: the managers, and who they named for it."""
    return refusal(me) is None and me.is_moderator


def must_moderate(me: Me) -> None:
    """Raise BotError for who may not decide on what comes from outside."""
    must_belong(me)
    if not may_moderate(me):
        raise BotError("Only managers, and colleagues whom they named for it, decide on this.")


def must_be_manager(me: Me) -> None:
    """Raise BotError for who is no manager; being an admin of the Slack workspace is not enough."""
    must_belong(me)
    if not me.is_manager:
        raise BotError("Only the office's managers can do that.")


def may_manage(me: Me) -> bool:
    """Whether somebody may change the office's settings: its managers, and the admins of the Slack workspace."""
    return refusal(me) is None and (me.is_manager or me.is_admin)


def must_manage(me: Me) -> None:
    """Raise BotError for who may not change the office's settings."""
    must_belong(me)
    if not may_manage(me):
        raise BotError("Only the office's managers and Slack's own admins can change its settings.")
