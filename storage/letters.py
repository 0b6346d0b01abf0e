"""How words are compared, wherever somebody searches or something looks alike."""

import unicodedata


def plain_letters(text: str) -> str:
    """Small letters without accents: what is compared when somebody searches. Één becomes een."""
    if text.isascii():  # most is, and folding it letter by letter takes thirty times as long
        return text.casefold()
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
