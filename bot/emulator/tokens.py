"""Which workspace a token is for."""

from collections.abc import Iterable, Mapping, Sequence

from bot.emulator.errors import SlackError


class Tokens:
    """Without `known` each token that begins with xoxb- or xapp- will do.

    A mapping says for which team each is. Else the team's id in the token does (`xoxb-T0LINDE`), and a token that
    names none is for the first team.
    """

    def __init__(self, teams: Sequence[str], known: Iterable[str] | Mapping[str, str] | None) -> None:
        self._teams = teams
        self._known = None if known is None else frozenset(known)
        self._named = dict(known) if isinstance(known, Mapping) else {}

    def team_of(self, token: str) -> str:
        """Raises `not_authed` or `invalid_auth`."""
        if not token:
            raise SlackError("not_authed")
        if not token.startswith(("xoxb-", "xapp-")) or (self._known is not None and token not in self._known):
            raise SlackError("invalid_auth")
        in_token = (part for part in token.split("-") if part in self._teams)
        return self._named.get(token) or next(in_token, self._teams[0])
