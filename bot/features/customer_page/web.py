"""The page for customers, and the one on which they see their compliment again: without login or script."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from bot.features.customer_page import actions, rules
from bot.features.customer_page.actions import Own, Page, SentBeforeError
from bot.features.customer_page.rules import Door, TooManyError, Typed
from bot.kernel.errors import FormError
from bot.kernel.links import new_token
from bot.kernel.office import Say
from bot.pages.render import page
from bot.services import Services
from storage.compliments import Consent

LARGEST = 100_000  # bytes of a form: a text of 2,000 emoji takes 24,000
MOST_FIELDS = 30
LANGUAGES = {"nl": "Nederlands", "en": "English"}  # each in its own


@dataclass(frozen=True)
class _Asked:
    """A request, and the language in which it is answered."""

    request: Request
    say: Say
    query: str  # keeps a language that was chosen
    company: str = ""  # whose page it is

    @property
    def token(self) -> str:
        return str(self.request.path_params["token"])

    def shown(self, template: str, status: int = 200, **values: Any) -> Response:
        shown = {"query": self.query, "languages": LANGUAGES, "company": self.company}
        return page(template, self.say, status, **shown, **values)


def routes(services: Services) -> list[BaseRoute]:
    """`/compliment/<token>` behind a manager's link, and `/mine/<token>` behind a customer's own."""
    pages = _Pages(services)
    methods = ["GET", "POST"]
    return [
        Route("/compliment/{token}", pages.doors, methods=methods),
        Route("/mine/{token}", pages.own, methods=methods),
    ]


class _Pages:
    def __init__(self, services: Services) -> None:
        self._services = services

    async def doors(self, request: Request) -> Response:
        """The three doors, and what is sent through them."""
        found = await run_in_threadpool(actions.page_of, self._services, str(request.path_params["token"]))
        asked = self._asked(request, found)
        if found is None:
            return asked.shown("customer_gone", 404)
        if request.method == "POST":
            return await self._receive(asked, found)
        if thanks := rules.door_in(request.query_params.get("thanks", "")):
            return asked.shown("customer_thanks", door=thanks, link=asked.token)
        return _form(asked, found, opened=rules.door_in(request.query_params.get("door", "")))

    async def _receive(self, asked: _Asked, found: Page) -> Response:
        try:
            fields = await _fields(asked.request)
        except ClientDisconnect:
            return Response(status_code=400)
        typed = rules.typed_form(fields) if fields is not None else None
        if typed is None:
            status = 413 if fields is None else 400
            return _form(
                asked, found, status=status, notice=asked.say("That didn't arrive in one piece. Try it again.")
            )
        client = asked.request.client
        try:
            own = await run_in_threadpool(actions.leave, self._services, found, typed, client.host if client else "")
        except FormError as error:
            wrong = {name: asked.say.error(one) for name, one in error.fields.items()}
            return _form(asked, found, typed, status=422, wrong=wrong)
        except TooManyError:
            return _too_many(asked, found, typed)
        except SentBeforeError:
            return _sent_before(asked, found, typed)
        # From one page to another: a reload sends nothing a second time. Relative, for a proxy may add a folder.
        if own is not None:
            return _see_other(f"../mine/{own}{asked.query}{'&' if asked.query else '?'}new")
        return _see_other(f"{asked.token}{asked.query}{'&' if asked.query else '?'}thanks={typed.door}")

    async def own(self, request: Request) -> Response:
        """A customer's own compliment, to see and to take back; or its link, to end."""
        token = str(request.path_params["token"])
        found = await run_in_threadpool(actions.own_compliment, self._services, token)
        asked = self._asked(request, found)
        if found is not None and request.method == "POST":
            return await self._let_go(asked)
        if found is None:
            return asked.shown("customer_gone", 404)
        address = f"{self._services.settings.pages_url}mine/{token}{asked.query}"
        return asked.shown("customer_own", own=found, address=address, is_new="new" in request.query_params)

    async def _let_go(self, asked: _Asked) -> Response:
        """Take back a compliment, or end its link alone."""
        try:
            fields = await _fields(asked.request)
        except ClientDisconnect:
            return Response(status_code=400)
        only_link = (fields or {}).get("only") == "link"
        let_go = actions.revoke_own_link if only_link else actions.withdraw
        if fields is None or not await run_in_threadpool(let_go, self._services, asked.token):
            return asked.shown("customer_gone", 404)
        return asked.shown("customer_thanks", door="link" if only_link else None, link="")

    def _asked(self, request: Request, found: Page | Own | None) -> _Asked:
        """In the language that was chosen, else the browser's, else the office's."""
        speakers = self._services.speakers
        chosen = request.query_params.get("lang", "")
        wished = rules.preferred_language(request.headers.get("accept-language", ""), speakers)
        company = found.company if found else ""
        if chosen in speakers:
            return _Asked(request, speakers[chosen], f"?lang={chosen}", company)
        offices = found.language if found else self._services.settings.language
        return _Asked(request, speakers[wished or offices], "", company)


def _form(
    asked: _Asked, found: Page, typed: Typed | None = None, *, opened: Door | None = None, status: int = 200,
    wrong: dict[str, str] | None = None, notice: str = "",
) -> Response:  # fmt: skip
    """The page; with what was typed, and what is wrong with it at its fields."""
    filled = {door: typed if typed and typed.door is door else Typed(door) for door in Door}
    return asked.shown(
        "customer_page", status, filled=filled, opened=typed.door if typed else opened, wrong=wrong or {},
        notice=notice, colleague=found.colleague, once=new_token(), consents=_consents(asked.say),
        longest=rules.LONGEST,
    )  # fmt: skip


def _consents(say: Callable[..., str]) -> list[tuple[str, str]]:
    return [
        (Consent.ANONYMOUS, say("Without my name")),
        (Consent.FIRST_NAME, say("With my first name")),
        (Consent.FULL_NAME, say("With my full name")),
        (Consent.NOT_ON_SCREEN, say("Only for the team, not on the screen")),
    ]


def _too_many(asked: _Asked, found: Page, typed: Typed) -> Response:
    notice = asked.say("So much came in just now that I can't take more. Your words are still here: try again later.")
    answer = _form(asked, found, typed, status=429, notice=notice)
    answer.headers["Retry-After"] = str(int(rules.WITHIN.total_seconds()))
    return answer


def _sent_before(asked: _Asked, found: Page, typed: Typed) -> Response:
    """The form as it was typed, which counts anew when it is sent again."""
    notice = asked.say(
        "You sent this before; since then it was taken back, or its link was made invalid. "
        "Press the button again to send it anew."
    )
    return _form(asked, found, replace(typed, once=""), status=409, notice=notice)


def _see_other(address: str) -> Response:
    return RedirectResponse(address, 303, {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store"})


async def _fields(request: Request) -> dict[str, str] | None:
    """The fields of a form that was sent; None for what is too large, or no form."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            return None
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS))
    except ValueError:
        return None
