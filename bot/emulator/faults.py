"""Faults on purpose: rules that make the emulated Slack fail in the ways that the real one does."""

import random
from dataclasses import dataclass, fields
from typing import Any

CALL_KINDS = frozenset(
    {"error", "ratelimited", "http", "delay", "delay_after", "lost_answer", "refuse", "drop", "down"}
)
DELIVERY_KINDS = frozenset({"deliver_twice"})


@dataclass
class Rule:
    """One fault. For calls:

    error: answer `error`; ratelimited: 429 with `retry_after`; http: answer HTTP `status`;
    delay: wait `seconds`, then do it; delay_after: do it, answer after `seconds`;
    lost_answer: do it, then cut the connection; refuse: cut the connection, do nothing;
    drop: do nothing and leave the caller waiting for `seconds`; down: refuse, whatever the method.

    For deliveries (method: slash_commands, interactive, events_api or *):

    deliver_twice: send the same payload two times at once; events under another id when `new_id`.
    """

    kind: str
    method: str = "*"
    error: str = "internal_error"
    status: int = 503
    retry_after: int = 1
    seconds: float = 1.0
    times: int | None = None  # how often it still applies; None: always
    probability: float = 1.0
    new_id: bool = False

    def matches(self, method: str) -> bool:
        return self.method in ("*", method) or self.kind == "down"


class Faults:
    """The rules in force; the first that matches a call applies, and is counted."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def replace(self, rules: list[Any]) -> None:
        """Take the place of all rules; ValueError says what is wrong with one."""
        self.rules = [_rule(rule) for rule in rules]

    def for_call(self, method: str) -> Rule | None:
        return self._take(method, CALL_KINDS)

    def for_delivery(self, kind: str) -> Rule | None:
        return self._take(kind, DELIVERY_KINDS)

    def _take(self, method: str, kinds: frozenset[str]) -> Rule | None:
        for rule in self.rules:
            if rule.kind not in kinds or rule.times == 0 or not rule.matches(method):
                continue
            if random.random() >= rule.probability:  # noqa: S311 - chance, not secrecy
                continue
            if rule.times is not None:
                rule.times -= 1
            return rule
        return None


def _rule(given: Any) -> Rule:
    if not isinstance(given, dict):
        raise ValueError("rules: each must be an object")
    known = {field.name for field in fields(Rule)}
    unknown = [key for key in given if key not in known]
    if unknown:
        raise ValueError(f"rules: unknown key {unknown[0]!r}")
    if given.get("kind") not in CALL_KINDS | DELIVERY_KINDS:
        raise ValueError(f"rules: kind must be one of {', '.join(sorted(CALL_KINDS | DELIVERY_KINDS))}")
    for key in ("status", "retry_after", "seconds", "times", "probability"):
        value = given.get(key)
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or value < 0):
            raise ValueError(f"rules: {key} must be a number of 0 or more")
    return Rule(**given)
