"""Small checks that together describe the shape of Slack's JSON; each yields the messages that Slack would answer."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Messages = Iterator[str]
Check = Callable[[Any, str], Messages]  # value, JSON pointer → messages


def error(sentence: str, pointer: str) -> str:
    return f"[ERROR] {sentence} [json-pointer:{pointer}]"


def string(most: int, least: int = 1) -> Check:
    def check(value: Any, pointer: str) -> Messages:
        if not isinstance(value, str):
            yield error("must be a string", pointer)
        elif len(value) > most:
            yield error(f"must be less than {most + 1} characters", pointer)
        elif len(value) < least:
            yield error(f"must be more than {least - 1} characters", pointer)

    return check


def matching(pattern: str, example: str) -> Check:
    def check(value: Any, pointer: str) -> Messages:
        if not isinstance(value, str) or not re.fullmatch(pattern, value, re.ASCII):
            yield error(f"must have the form {example}", pointer)

    return check


def address(most: int, schemes: str) -> Check:
    """A URL with one of the schemes that the pattern `schemes` allows."""

    def check(value: Any, pointer: str) -> Messages:
        found = list(string(most)(value, pointer))
        if not found and not re.fullmatch(rf"(?:{schemes}):\S+", value, re.IGNORECASE):
            found = [error("invalid url", pointer)]
        yield from found

    return check


def flag(value: Any, pointer: str) -> Messages:
    if not isinstance(value, bool):
        yield error("must be a boolean", pointer)


def number(least: float, most: float, *, whole: bool = True) -> Check:
    def check(value: Any, pointer: str) -> Messages:
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            yield error("must be an integer" if whole else "must be a number", pointer)
        elif not least <= value <= most:
            yield error(f"must be between {least} and {most}", pointer)

    return check


def one_of(*words: str) -> Check:
    def check(value: Any, pointer: str) -> Messages:
        if value not in words:
            yield error(f"must be a valid enum value: {', '.join(words)}", pointer)

    return check


def anything(_value: Any, _pointer: str) -> Messages:
    yield from ()


def items(each: Check, most: int, least: int = 1) -> Check:
    def check(value: Any, pointer: str) -> Messages:
        if not isinstance(value, list):
            yield error("must provide an array", pointer)
            return
        if len(value) > most:
            yield error(f"no more than {most} items allowed", pointer)
        if len(value) < least:
            yield error(f"no fewer than {least} items allowed", pointer)
        for index, item in enumerate(value):
            yield from each(item, f"{pointer}/{index}")

    return check


def shape(required: Mapping[str, Check], optional: Mapping[str, Check], also: Check = anything) -> Check:
    """An object with these keys and no others; `also` sees the whole object when its keys are right."""
    known = {**required, **optional}

    def check(value: Any, pointer: str) -> Messages:
        if not isinstance(value, dict):
            yield error("must provide an object", pointer)
            return
        found = [error(f"missing required field: {key}", pointer) for key in required if value.get(key) is None]
        found += [error(f"invalid additional property: {key}", pointer) for key in value if key not in known]
        for key, part in value.items():
            if key in known and (part is not None or key not in required):
                found += known[key](part, f"{pointer}/{key}")
        yield from found or also(value, pointer)

    return check


def typed(table: Mapping[str, Check], allowed: Sequence[str] | frozenset[str] | None = None) -> Check:
    """An object whose `type` says which shape of the table it must have."""

    def check(value: Any, pointer: str) -> Messages:
        if not isinstance(value, dict):
            yield error("must provide an object", pointer)
        elif "type" not in value:
            yield error("missing required field: type", pointer)
        elif not isinstance(value["type"], str):
            yield error("must be a string", f"{pointer}/type")
        elif value["type"] not in table or (allowed is not None and value["type"] not in allowed):
            yield error(f"unsupported type: {value['type']}", f"{pointer}/type")
        else:
            yield from table[value["type"]](value, pointer)

    return check


def text(most: int, *kinds: str) -> Check:
    """A text object; without kinds both plain_text and mrkdwn will do."""
    plain = shape({"type": anything, "text": string(most)}, {"emoji": flag})
    mrkdwn = shape({"type": anything, "text": string(most)}, {"verbatim": flag})
    return typed({"plain_text": plain, "mrkdwn": mrkdwn}, kinds or None)


def plain(most: int) -> Check:
    return text(most, "plain_text")
