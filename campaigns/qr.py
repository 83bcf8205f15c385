"""QR codes of links as pictures. The code is the library's, level M: a sixth of it may be dirty or torn."""

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4
SIZES = (256, 512, 1024, 2048)


def code_of(text: str, quiet: int) -> QRCode:
    """The code in the smallest version that holds the text; `quiet` modules around it are light."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=quiet)
    code.add_data(text)
    code.make()
    return code


def svg(text: str, *, quiet: int = QUIET, size: int | None = None) -> str:
    """A white square with one stroke for each run of dark modules; without a size it fills its place."""
    rows = code_of(text, quiet).get_matrix()
    side = len(rows)
    strokes = "".join(f"M{start} {down}.5h{length}" for down, row in enumerate(rows) for start, length in runs(row))
    measures = f' width="{size}" height="{size}"' if size else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"{measures} shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path stroke="#000" d="{strokes}"/></svg>'
    )


def runs(row: list[bool]) -> Iterator[tuple[int, int]]:
    """Where dark modules begin, and how many follow one another."""
    place = 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            yield place, length
        place += length


def png(text: str, *, size: int, quiet: int = QUIET) -> bytes:
    """Black and white. A module is a whole number of pixels, so the side is at most `size`, and a little less."""
    code = code_of(text, quiet)
    code.box_size = max(1, size // (code.modules_count + 2 * quiet))
    file = BytesIO()
    code.make_image().save(file, "PNG")
    return file.getvalue()
