"""What a newcomer can try, ticked off as it happens. The steps come from outside: this knows no app."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.emulator.exchanges import Exchange

OWN_MESSAGES = "im"  # as a step's place: the direct messages of whoever looks


@dataclass(frozen=True)
class Step:
    """Something to try; done once an exchange of this kind and name went well (see `Exchange`; also clock, moved)."""

    sentence: str
    kind: str
    name: str
    persona: str = ""  # who does it best: a user id
    at: str = ""  # where: a channel id, `home` or OWN_MESSAGES
    text: str = ""  # what the page can put ready in the message field


class TryOut:
    """The steps, and how far somebody got."""

    def __init__(self, steps: Sequence[Step], notify: Callable[[], None]) -> None:
        self.steps, self._notify = tuple(steps), notify
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

    def exchanged(self, exchange: Exchange) -> None:
        refused = isinstance(exchange.answer, dict) and exchange.answer.get("response_action") == "errors"
        if exchange.ok and not refused:
            self.happened(exchange.kind, exchange.name)

    def happened(self, kind: str, name: str) -> None:
        news = {step for step in self.steps if (step.kind, step.name) == (kind, name)} - self._done
        if news:
            self._done |= news
            self._notify()

    def show(self, visible: bool) -> None:
        self.is_hidden = not visible
        self._notify()
