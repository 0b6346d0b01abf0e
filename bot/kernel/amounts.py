"""How somebody's own caps are said, where managers set them and where their changes are read."""

from bot.kernel.office import Say


def own_amounts(
    day_cents: int | None, month_cents: int | None, day_minutes: int | None, currency: str, say: Say
) -> str:
    """Such as "€ 20,00 a day · 30 minutes a day"; what is the office's is left out, and said when all of it is."""
    parts: list[str] = []
    if day_cents is not None:
        parts.append(say("{amount} a day", amount=say.money(day_cents, currency)))
    if month_cents is not None:
        parts.append(say("{amount} a month", amount=say.money(month_cents, currency)))
    if day_minutes is not None:
        parts.append(say("{minutes} minutes a day", minutes=day_minutes))
    return " · ".join(parts) or say("the office's amounts")
