"""D-1 customers_raw: the same kind of file as it comes out of the system, with faults in it.

The rows that belong to no line (two in the shipped file) are old records of shops entered again;
they make the stars sum to 310 where the lines sum to 308 (S2-001, S2-002, INC-01). The other faults
are what goes wrong in such files; routes, stars and settlement stay as they are, so that the sums
of the lesson hold. What was planted is found by comparing with `truth`.
"""

from __future__ import annotations

import math
from functools import lru_cache

from coursekit.domain.generators import Row
from coursekit.domain.generators.customers import Totals, town
from coursekit.domain.generators.draws import Draws


@lru_cache(maxsize=8)
def _town(variant: str | None) -> tuple[tuple[Row, ...], Totals]:
    shops, figures = town("customers" if variant is None else "customers_raw", variant)
    return tuple(shops), figures


def truth(variant: str | None) -> list[Row]:
    """The file as it should be: no phantom row, no fault."""
    return [dict(row) for row in _town(variant)[0]]


def rows(variant: str | None) -> list[Row]:
    """Raw customer file: every shop once, the phantom rows, and faults in single fields."""
    shops, figures = truth(variant), _town(variant)[1]
    draws = Draws("customers_raw/faults", variant)
    free = draws.shuffled([row for row in shops if row["star"] != 0])
    phantoms = [_phantom(free.pop(), star, len(shops) + k) for k, star in enumerate(figures.phantoms, 1)]
    for _ in range(draws.between(7, 10)):
        _spoil_phone(draws, free.pop())
    for _ in range(draws.between(5, 8)):
        _lose_leading_zero(free.pop())
    for _ in range(draws.between(4, 6)):
        _move(draws, free.pop(), shops)
    for _ in range(draws.between(3, 5)):
        free.pop()["owner"] = None
    for _ in range(draws.between(2, 4)):
        free.pop()["scale"] = draws.pick((0, 4, 9))
    for _ in range(draws.between(2, 3)):
        row = free.pop()
        row["joined"] = str(2100 + draws.between(1, 20)) + str(row["joined"])[4:]
    return sorted([*shops, *phantoms], key=lambda row: str(row["cust_id"]))


def _phantom(shop: Row, star: int, number: int) -> Row:
    """Old record of a shop: same licence, owner and telephone, other code, no line."""
    return {
        **shop,
        "cust_id": f"K{number:04d}",
        "route": None,
        "star": star,
        "e_settle": False,
        "online": False,
        "joined": f"{int(str(shop['joined'])[:4]) - 1}{str(shop['joined'])[4:]}",
    }


def _spoil_phone(draws: Draws, row: Row) -> None:
    phone = str(row["phone"])
    row["phone"] = draws.pick(
        (
            phone[:-1],
            phone + str(draws.between(0, 9)),
            "0" + phone[1:],
            phone[:5] + "O" + phone[6:],
            phone[:4],
        )
    )


def _lose_leading_zero(row: Row) -> None:
    """What a spreadsheet does to a licence number it takes for a number."""
    row["licence_no"] = str(row["licence_no"]).lstrip("0")


def _move(draws: Draws, row: Row, shops: list[Row]) -> None:
    """The shop has moved: its position is on another line's ground, its address is the old one."""
    others = [shop for shop in shops if _far(shop, row)]
    new = draws.pick(others)
    row["lon"] = round(float(str(new["lon"])) + draws.span(-0.0008, 0.0008), 5)
    row["lat"] = round(float(str(new["lat"])) + draws.span(-0.0008, 0.0008), 5)


def _far(one: Row, other: Row) -> bool:
    gaps = (float(str(one[key])) - float(str(other[key])) for key in ("lon", "lat"))
    return math.fsum(gap * gap for gap in gaps) > 0.02**2
