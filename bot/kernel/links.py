"""Public links: tokens that nobody guesses, and what a customer's own link is kept as."""

import re
from hashlib import sha256
from ipaddress import ip_address
from secrets import token_urlsafe
from urllib.parse import urlsplit

# What a name ends in that leads somewhere on one's own network alone, or nowhere.
NEARBY = (
    *(".local", ".localhost", ".localdomain", ".internal", ".intranet", ".lan", ".corp", ".home", ".home.arpa"),
    *(".test", ".invalid"),
)
TOKEN_BYTES = 32  # 256 bits of randomness
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")  # as the last part of a name: browsers read the whole as an address
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    """43 letters, digits, - and _ that were never used before."""
    return token_urlsafe(TOKEN_BYTES)


def is_token(text: str) -> bool:
    """Whether it has the form of a token: anything else needs no question to the record."""
    return _TOKEN.fullmatch(text) is not None


def hashed(token: str) -> str:
    """What a customer's personal token is kept as; who reads the record can't open the page with it."""
    return sha256(token.encode()).hexdigest()


def is_public(url: str | None) -> bool:
    """Whether the world can reach an address: one with a name, or with a number that isn't of this network alone."""
    host = (urlsplit(url or "").hostname or "").rstrip(".")
    try:
        return ip_address(host).is_global
    except ValueError:
        is_number = _NUMBER.fullmatch(host.rpartition(".")[2]) is not None
        return "." in host and not is_number and not host.endswith(NEARBY)
