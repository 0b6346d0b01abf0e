"""What each person may spend without asking."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.kernel.calendar import Country

OWN_CAPS = "own_caps"  # under which name changes of one person's are kept beside those of the office's settings

# Cents a year to one recipient, from which an accountant wants to know. NL: 227 euro excluding VAT (article 1 BUA,
# as the tax office explains it); BE: 50 euro, once a year. First values: who knows better changes them.
GIFT_NOTICES: Mapping[Country, int] = {Country.NL: 227_00, Country.BE: 50_00}


@dataclass(frozen=True)
class Caps:
    """The office's caps; each person's own can replace the first three (storage.spending.PersonCap)."""

    day_cents: int
    month_cents: int
    day_minutes: int | None = None  # empty: time has no cap
    is_soft: bool = False  # above the day's cap it is booked all the same within the month's, and shown to a manager
