"""What a newcomer can try, ticked off as it happens. The steps come from outside: this knows no app."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.emulator.elements import all_elements
from bot.emulator.exchanges import Exchange

POSTING = "chat.postMessage"
OWN_MESSAGES = "im"  # as a step's place: the direct messages of whoever looks


@dataclass(frozen=True)
class Step:
    """Something to try; done once an exchange of this kind and name went well (see `Exchange`).

    Two kinds more: `clock`, named `moved`; and `post`, by the action_id of something to click in what the app posts.
    """

    sentence: str
    kind: str
    name: str
    persona: str = ""  # who does it best: a user id
    at: str = ""  # where: a channel id, `home` or OWN_MESSAGES
    text: str = ""  # what the page can put ready in the message field
    opens: str = ""  # what the page can open for it: `clock`, or a page of the side bar by its label


class TryOut:
    """The steps, and how far somebody got."""

    def __init__(self, steps: Sequence[Step], notify: Callable[[], None], language: str = "nl") -> None:
        self.steps, self._notify, self.language = tuple(steps), notify, language
        self._done: set[Step] = set()
        self.is_hidden = False

    @property
    def done(self) -> int:
        return len(self._done)

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if step not in self._done), None)

    def is_done(self, step: Step) -> bool:
        return step in self._done

    def begin_anew(self) -> None:
        """Nothing was tried yet."""
        self._done.clear()
        self._notify()

    def exchanged(self, exchange: Exchange) -> None:
        refused = isinstance(exchange.answer, dict) and exchange.answer.get("response_action") == "errors"
        if not exchange.ok or refused:
            return
        self.happened(exchange.kind, exchange.name)
        if exchange.name == POSTING:
            for _, element in all_elements(exchange.answer["message"].get("blocks", [])):
                self.happened("post", element["action_id"])

    def happened(self, kind: str, name: str) -> None:
        """An event comes of mere looking around, so nobody begins with one."""
        if kind == "event" and not self._done:
            return
        news = {step for step in self.steps if (step.kind, step.name) == (kind, name)} - self._done
        if news:
            self._done |= news
            self._notify()

    def show(self, visible: bool) -> None:
        self.is_hidden = not visible
        self._notify()
