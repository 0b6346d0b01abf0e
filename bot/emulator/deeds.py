"""What the page's forms do: each POST is something that one persona does in Slack."""

from collections.abc import Awaitable, Callable

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from bot.emulator import clock_menu
from bot.emulator.answers import action_of, element_at, state_of
from bot.emulator.elements import may_see
from bot.emulator.errors import SlackError
from bot.emulator.forms import MOST_FILE_BYTES
from bot.emulator.model import Json, User
from bot.emulator.origins import is_from_elsewhere
from bot.emulator.people import People
from bot.emulator.suggestions import options_of
from bot.emulator.tryout import TryOut
from bot.emulator.workspace import Workspace

GONE = {"message_not_found": "Dat bericht is er niet meer.", "view_not_found": "Dat venster is er niet meer."}


class RefusedError(Exception):
    """The page asked for something that can't be; `status` is HTTP's."""

    def __init__(self, sentence: str, status: int = 400) -> None:
        super().__init__(sentence)
        self.status = status


def persona(workspace: Workspace, user_id: str) -> User:
    """Only personas can be "who I am"; raises RefusedError for everybody else."""
    user = workspace.users.get(user_id)
    if user is None or not user.is_persona:
        raise RefusedError(f"Onbekende persoon: {user_id or 'niemand'}.")
    return user


class Deeds:
    def __init__(self, workspace: Workspace, people: People, try_out: TryOut) -> None:
        self._workspace, self._people, self._try_out = workspace, people, try_out
        self._deeds: dict[str, Callable[[User, FormData], Awaitable[Json | None]]] = {
            "say": self._say,
            "click": self._click,
            "submit": self._submit,
            "close": self._close,
            "shortcut": self._shortcut,
            "home": self._home,
            "suggest": self._suggest,
            "upload": self._upload,
            "edit": self._edit,
            "erase": self._erase,
            "react": self._react,
            "clock": self._clock,
            "card": self._card,
        }

    async def do(self, request: Request) -> Response:
        """204 when it was done, unless there is something to tell; what the app made of it comes through the stream."""
        try:
            found = await self._done(request)
        except RefusedError as refused:
            return PlainTextResponse(str(refused), refused.status)
        except SlackError as error:
            return PlainTextResponse(GONE.get(error.error, f"Dat kan niet: {error.error}."), 400)
        return Response(status_code=204) if found is None else JSONResponse(found)

    async def _done(self, request: Request) -> Json | None:
        if is_from_elsewhere(request):
            raise RefusedError("Dit verzoek komt van een andere pagina.", 403)
        deed = self._deeds.get(request.path_params["deed"])
        if deed is None:
            raise RefusedError("Dat kan hier niet.", 404)
        form = await request.form()
        return await deed(persona(self._workspace, _field(form, "as")), form)

    async def _say(self, person: User, form: FormData) -> None:
        text = _field(form, "text").strip()
        if not text:
            raise RefusedError("Typ eerst een bericht.")
        channel = self._workspace.channel(_field(form, "channel"))
        await self._people.say(person.id, channel.id, text, _field(form, "thread") or None)

    async def _click(self, person: User, form: FormData) -> None:
        blocks, suggested, where = self._surface(form)
        block_id, action_id = _field(form, "block"), _field(form, "action")
        element = element_at(blocks, block_id, action_id)
        if element is None or not may_see(element, person.id):
            raise RefusedError("Die knop is er niet meer.")
        action = action_of(block_id, element, _values(form, "value"), person.tz, suggested)
        await self._people.click(person.id, action, state=self._state(blocks, suggested, form, person), **where)

    def _surface(self, form: FormData) -> tuple[list[Json], Json, dict[str, str]]:
        """The blocks, the options that the app suggested in them, and where they are."""
        if view_id := _field(form, "view"):
            view = self._workspace.view(view_id)
            return view.body["blocks"], view.suggested, {"view_id": view_id}
        channel, ts = _field(form, "channel"), _field(form, "ts")
        message = self._workspace.message(channel, ts)
        return message.blocks, message.suggested, {"channel_id": channel, "message_ts": ts}

    def _state(self, blocks: list[Json], suggested: Json, form: FormData, person: User) -> Json:
        return state_of(blocks, lambda name: _values(form, name), person.tz, suggested)

    async def _submit(self, person: User, form: FormData) -> Json | None:
        """What is wrong with it comes back too: to who mended a field and broke it again, the page has no news."""
        view = self._workspace.view(_field(form, "view"))
        state = self._state(view.body["blocks"], view.suggested, form, person)
        outcome = await self._people.submit(person.id, view.id, state)
        return {"errors": outcome.errors} if outcome.errors else None

    async def _close(self, person: User, form: FormData) -> None:
        try:
            await self._people.close(person.id, _field(form, "view"), all_of_them=bool(_field(form, "all")))
        except SlackError as error:
            if error.error != "view_not_found":  # who presses Escape twice wanted it closed
                raise

    async def _shortcut(self, person: User, form: FormData) -> None:
        ts, channel = _field(form, "ts") or None, _field(form, "channel") or None
        await self._people.shortcut(person.id, _field(form, "callback"), message_ts=ts, channel_id=channel)

    async def _home(self, person: User, _form: FormData) -> None:
        await self._people.open_home(person.id)

    async def _suggest(self, person: User, form: FormData) -> Json:
        """What the app offers in a menu that it fills while somebody types."""
        _, _, where = self._surface(form)
        action = {"block_id": _field(form, "block"), "action_id": _field(form, "action")}
        outcome = await self._people.suggest(person.id, action, _field(form, "typed"), **where)
        if not outcome.ok:
            raise RefusedError("De app gaf geen keuzes.")
        found = options_of(outcome.ack or {})
        return {"options": [{"value": one["value"], "text": one["text"]["text"]} for one in found]}

    async def _upload(self, person: User, form: FormData) -> Json:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise RefusedError("Kies eerst een bestand.")
        if (file.size or 0) > MOST_FILE_BYTES:
            raise RefusedError("Een bestand mag hoogstens 10 MB groot zijn.")
        kept = self._people.upload(person.id, file.filename or "bestand", await file.read(), file.content_type or "")
        return {"id": kept.id, "name": kept.name}

    async def _edit(self, person: User, form: FormData) -> None:
        text = _field(form, "text").strip()
        if not text:
            raise RefusedError("Typ eerst een bericht.")
        self._people.edit(person.id, _field(form, "channel"), _field(form, "ts"), text)

    async def _erase(self, person: User, form: FormData) -> None:
        self._people.erase(person.id, _field(form, "channel"), _field(form, "ts"))

    async def _react(self, person: User, form: FormData) -> None:
        self._people.react(person.id, _field(form, "channel"), _field(form, "ts"), _field(form, "name"))

    async def _clock(self, person: User, form: FormData) -> None:
        try:
            clock_menu.move(self._workspace.clock, _field(form, "move"), _field(form, "moment"), person.tz)
        except ValueError as error:
            raise RefusedError(str(error)) from None
        self._try_out.happened("clock", "moved")
        self._workspace.changes.notify()

    async def _card(self, _person: User, form: FormData) -> None:
        self._try_out.show(_field(form, "show") == "1")


def _field(form: FormData, name: str) -> str:
    return _text(form.get(name, ""))


def _values(form: FormData, name: str) -> list[str]:
    return [_text(value) for value in form.getlist(name)]


def _text(value: UploadFile | str) -> str:
    """A browser ends lines with a carriage return too; Slack doesn't."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value.filename or ""
