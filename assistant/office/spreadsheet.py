"""Write tables as CSV that a spreadsheet opens as it stands: Chinese intact, and no cell a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

_BEGINS_FORMULA = frozenset("=+-@＝＋－＠|%\t\r\n")


def write_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return the table in UTF-8 with a byte-order mark, lines ended as spreadsheets end them.

    A cell that a spreadsheet would take for a formula is made text by an apostrophe before it.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([harmless(cell) for cell in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """Return the cell's words such that a spreadsheet shows them and computes nothing."""
    begins = cell.lstrip(" \u3000\u00a0\ufeff")
    return f"'{cell}" if begins and begins[0] in _BEGINS_FORMULA else cell
