"""A printable A4 that invites customers: a QR code, and a few words around it."""

import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING

from bot.kernel.office import Say

if TYPE_CHECKING:  # a library of 20 MB, for who prints a poster; the program starts without it
    from fpdf import FPDF

WIDTH, MARGIN = 210, 20  # mm
QR_SIDE, QR_TOP = 104, 112  # mm; ISO/IEC 18004 asks for a quiet zone of four modules, which the card around it gives
PAPER, INK, SOFT, RED = (253, 246, 240), (42, 31, 45), (102, 90, 105), (194, 24, 91)
HEART = "#c2185b"  # the same red
RGB = tuple[int, int, int]


def poster_pdf(address: str, name: str, say: Say, made_at: datetime) -> bytes:
    """The poster as a PDF. `address` is where the code leads, `name` what the link is called, `say` its language."""
    from fpdf import FPDF

    pdf = FPDF(format="A4")
    pdf.set_creation_date(made_at)
    pdf.set_title(say("Tell us how it was"))
    pdf.set_lang(say.language)
    pdf.set_auto_page_break(False)
    pdf.add_page()
    pdf.set_fill_color(*PAPER)
    pdf.rect(0, 0, WIDTH, 297, style="F")
    _heart(pdf, WIDTH / 2, 23, 15)
    _centred(pdf, 60, 46, say("Happy with us?"), "B", INK)
    _centred(pdf, 80, 30, say("Tell us."), "B", RED)
    _centred(pdf, 98, 17, say("Could it be better? Then we would like to hear that too."), "", SOFT)
    _code(pdf, address)
    _centred(pdf, 236, 20, say("Scan the code with your telephone"), "B", INK)
    _centred(pdf, 247, 14, say("No app, no account. A sentence is enough."), "", SOFT)
    pdf.set_xy(MARGIN, 262)
    _centred(pdf, 264, 9.5, address, "", SOFT, link=address)
    _centred(pdf, 280, 11, name, "", SOFT)
    return bytes(pdf.output())


def _heart(pdf: "FPDF", x: float, y: float, size: float) -> None:
    """A heart whose dip is at (x, y), about twice as wide as `size` mm."""
    with pdf.new_path(x, y) as path:
        path.style.fill_color, path.style.stroke_color = HEART, None
        path.move_to(x, y)
        upper, middle, lower, tip = y - size * 0.6, y + size * 0.15, y + size * 0.75, y + size * 1.5
        path.curve_to(x + size * 0.25, upper, x + size, upper, x + size, middle)
        path.curve_to(x + size, lower, x + size * 0.3, y + size * 1.1, x, tip)
        path.curve_to(x - size * 0.3, y + size * 1.1, x - size, lower, x - size, middle)
        path.curve_to(x - size, upper, x - size * 0.25, upper, x, y)
        path.close()


def _code(pdf: "FPDF", address: str) -> None:
    """The QR code on a white card; a quarter of it may be unreadable, by a crease or a sticker."""
    import segno

    rows = [bytes(row) for row in segno.make_qr(address, error="q").matrix]
    side = QR_SIDE / (len(rows) + 8)
    left, top = (WIDTH - QR_SIDE) / 2, QR_TOP
    pdf.set_fill_color(255, 255, 255)
    pdf.rect(left, top, QR_SIDE, QR_SIDE, style="F", round_corners=True, corner_radius=5)
    pdf.set_fill_color(*INK)
    for y, row in enumerate(rows):
        for start, length in _runs(row):
            # A hair of overlap: printers leave white lines between rectangles that only touch.
            x, below = left + (start + 4) * side, top + (y + 4) * side
            pdf.rect(x, below, length * side + 0.02, side + 0.02, style="F")


def _runs(row: bytes) -> list[tuple[int, int]]:
    """Where dark modules begin in a row, and how many follow each other."""
    found: list[tuple[int, int]] = []
    for place, is_dark in enumerate(row):
        if is_dark and found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif is_dark:
            found.append((place, 1))
    return found


def _centred(pdf: "FPDF", y: float, size: float, text: str, style: str, colour: RGB, link: str = "") -> None:
    """A line in the middle, in smaller letters when it would not fit."""
    shown = printable(text)
    pdf.set_text_color(*colour)
    pdf.set_font("Helvetica", style, size)
    room = WIDTH - 2 * MARGIN
    if (width := pdf.get_string_width(shown)) > room:
        pdf.set_font("Helvetica", style, max(6, size * room / width))
    while pdf.get_string_width(shown) > room:
        shown = shown[:-1]
    pdf.set_xy(MARGIN, y - size * 0.18)
    pdf.cell(room, size * 0.36, shown, align="C", link=link)


def printable(text: str) -> str:
    """The text in the letters of a PDF's own fonts (Latin-1): Š becomes S, and an emoji is left out."""
    return "".join(_letters(one) for one in text)


def _letters(one: str) -> str:
    plain = one if _is_latin(one) else unicodedata.normalize("NFKD", one)
    return "".join(letter for letter in plain if _is_latin(letter))


def _is_latin(one: str) -> bool:
    return one.isprintable() and ord(one) < 256
