"""The Bolt app: who is asking, the listeners of all features, and an answer to every error."""

from secrets import token_hex
from typing import Any

import structlog
from slack_bolt import App, BoltContext, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from sqlalchemy.exc import SQLAlchemyError

from bot.features.budgets import listeners as budgets
from bot.features.change_wall import listeners as change_wall
from bot.features.coach import listeners as coach
from bot.features.customer_page import listeners as customer_page
from bot.features.customer_wall import listeners as customer_wall
from bot.features.digest import listeners as digest
from bot.features.figures import listeners as figures
from bot.features.gifts import listeners as gifts
from bot.features.groups import listeners as groups
from bot.features.habit import listeners as habit
from bot.features.leaderboards import listeners as leaderboards
from bot.features.links import listeners as links
from bot.features.office import listeners as office
from bot.features.office.actions import remember_profiles
from bot.features.participants import listeners as participants
from bot.features.permissions import listeners as permissions
from bot.features.stories import listeners as stories
from bot.features.team_wall import listeners as team_wall
from bot.features.thanks import listeners as thanks
from bot.features.to_nots import listeners as to_nots
from bot.kernel.errors import BotError, FormError
from bot.kernel.office import Me, Say
from bot.services import Services
from bot.slack.blocks import Json, Message, line, modal, paragraph, words
from bot.slack.client import UNREACHABLE
from bot.slack.forms import filled_in
from bot.slack.profiles import Profile, one
from bot.slack.reply import Reply
from bot.slack.text import parts_of, plain
from bot.wiring import bare_words, home, hub, privacy
from bot.wiring.logs import begin_request
from bot.wiring.requests import Asking, asking, kind_of
from storage.handled import AlreadyHandledError
from storage.people import Person, Standing, enter_person, person_of_team
from storage.workspaces import enter_workspace

log = structlog.get_logger()

# Whose listeners hear what Slack sends; the hub comes last, for what nobody else heard.
WITH_A_COMMAND: tuple[Any, ...] = (stories, customer_wall, change_wall, budgets, leaderboards)
WITHOUT: tuple[Any, ...] = (
    *(office, groups, participants, habit, coach, team_wall, customer_page, links, gifts, thanks, permissions, to_nots),
    *(digest, figures, privacy, home),
)


def build_app(services: Services, slack: WebClient, introducer: WebClient) -> App:
    """The app that all requests go to.

    `slack` is for what has to happen while somebody waits, `introducer` for the one question on first contact.
    """
    app = App(
        name="fanperdag",
        process_before_response=True,
        authorize=lambda enterprise_id, team_id: AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=slack.token
        ),
        request_verification_enabled=False,  # bot.wiring.web does it, without logging a body
    )

    def identify(body: Json, context: BoltContext, next: Any) -> None:
        begin_request(kind_of(body), context.team_id)
        log.debug("asked")
        context["services"] = services
        context["reply"] = Reply(body, context.ack, slack)
        who = asking(body, context)
        context["me"] = None if who is None else me_of(services, who, introducer)
        next()

    app.use(identify)
    app.error(answer_error)
    bare_words.register(app)
    for feature in WITH_A_COMMAND:
        feature.register(app, services.settings.commands)
    for feature in WITHOUT:
        feature.register(app)
    hub.register(app, services.settings.commands)
    return app


def me_of(services: Services, who: Asking, introducer: WebClient | None = None) -> Me:
    """The person who is asking; whoever was not known is from now on.

    Of a newcomer Slack is asked who they are, once: a guest is not to post, and nobody wants to be called by a handle.
    """
    with services.database.asking() as tx:
        person = person_of_team(tx, who.team_id, who.slack_id)
        if person is not None and (not who.is_stranger or person.standing == Standing.STRANGER):
            return services.me(tx, person, who.request_key)
    with services.database.writing() as tx:
        workspace = enter_workspace(tx, who.team_id, services.clock.now())
        enter_person(tx, who.slack_id, who.name)
    if introducer is not None and (profile := _introduced(who, introducer)):
        remember_profiles(services, workspace.id or 0, [profile])
    with services.database.writing() as tx:
        enter_workspace(tx, who.team_id, services.clock.now())
        newcomer: Person = enter_person(tx, who.slack_id, who.name)
        if who.is_stranger:
            newcomer.standing = Standing.STRANGER
        return services.me(tx, newcomer, who.request_key)


def _introduced(who: Asking, introducer: WebClient) -> Profile | None:
    """What Slack tells of a newcomer; None when it doesn't at once (a job asks again)."""
    try:
        return one(introducer, who.slack_id, who.team_id)
    except (SlackApiError, *UNREACHABLE):
        return None


def answer_error(error: Exception, body: Json, context: BoltContext) -> BoltResponse:
    """Always an answer: in the person's language when it is theirs to mend, with a reference when it is ours."""
    if isinstance(error, AlreadyHandledError):
        return _answer_again(body, context)
    me: Me | None = context.get("me")  # nobody when the database was away before we knew who was asking
    services: Services = context["services"]
    if not isinstance(error, BotError):
        reference = token_hex(3).upper()
        log.error("request failed", reference=reference, exc_info=error)
        if body.get("event"):
            # Slack sends an event again: that helps when the database was away, and not when the code is wrong.
            return BoltResponse(status=500 if isinstance(error, SQLAlchemyError) else 200, body="")
        error = BotError(
            "Something went wrong on our side. Try again in a moment. (Reference {reference})", reference=reference
        )
    _answer(error, body, me, services, context["reply"])
    return context.ack.response or BoltResponse(status=200, body="")


def _answer_again(body: Json, context: BoltContext) -> BoltResponse:
    """To what was handled before: nothing, but for a form, in which something may have been changed since."""
    if body.get("type") == "view_submission" and (me := context.get("me")):
        typed = [value for value in filled_in(body["view"]).values() if isinstance(value, str)]
        note = me.say("This was saved already. Did you change anything since? Then change what was saved once more.")
        said = [paragraph(words(part)) for part in parts_of(max(typed, key=len, default=""))]
        context["reply"].window(modal(me.say("Please note"), [line(note), *said], close=me.say("Close")))
    return context.ack.response or BoltResponse(status=200, body="")


def _answer(error: BotError, body: Json, me: Me | None, services: Services, reply: Reply) -> None:
    say = me.say if me else services.speakers[services.settings.language]
    text = say.error(error)
    if body.get("event"):
        if me is not None:
            _answer_event(text, me, services)
        reply.done()
    elif body.get("type") == "view_submission":
        _answer_form(error, body["view"], say, reply)
    elif "command" in body or body.get("response_url"):
        typed = [paragraph(words(part, italic=True)) for part in parts_of(plain(body.get("text") or ""))]
        reply.privately(Message(text, [line(text), *typed]))
    else:
        reply.open(modal(say("Please note"), [line(text)], close=say("Close")))
        reply.done()


def _answer_form(error: BotError, view: Json, say: Say, reply: Reply) -> None:
    names = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    if isinstance(error, FormError):
        reply.errors({name: say.error(wrong) for name, wrong in error.fields.items()})
    elif names:
        reply.errors({names[0]: say.error(error)})  # a form closes unless the error stands at a field
    else:
        reply.window(modal(say("Please note"), [line(say.error(error))], close=say("Close")))


def _answer_event(text: str, me: Me, services: Services) -> None:
    """By the outbox: an event has no other answer."""
    with services.database.writing(me) as tx:
        services.outbox.post(tx, f"answer:{me.request_key}"[:120], Message(text, [line(text)]), to=me.slack_id)
