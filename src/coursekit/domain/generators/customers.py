"""D-1 customers: one county town's retailers, as a clean file.

The base case keeps the figures of S2-001…003 to the digit: 308 shops on five lines (59, 78, 59, 57,
55), 278 with electronic settlement, 12 of them ordering online. The stars of S2-002 sum to 310; the
two shops too many are the phantom rows of the raw file, so that the clean file has two stars fewer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from coursekit.domain import names
from coursekit.domain.generators import Row
from coursekit.domain.generators.draws import Draws, shares

ROUTES = "ABCDE"
CENTRE = (113.42, 29.36)
# Middle of each line's area and how far it reaches, in thousandths of a degree (about 0.1 km).
AREAS = {"A": (-6, 4, 9), "B": (12, 8, 16), "C": (2, -12, 12), "D": (75, 52, 38), "E": (-88, -46, 46)}
NEWCOMER_JOINED = "2024-06-17"


@dataclass(frozen=True)
class Totals:
    """Figures one town is calibrated to.

    Parameters
    ----------
    routes : tuple of int
        Shops on the lines A to E.
    stars : tuple of int
        Shops with five, four, three, two, one and no star, as the raw file counts them.
    phantoms : tuple of int
        Stars of the rows that belong to no line; the clean file is without them.
    e_settle, online : int
        Shops with electronic settlement, and those of them that order online.
    """

    routes: tuple[int, ...]
    stars: tuple[int, ...]
    phantoms: tuple[int, ...]
    e_settle: int
    online: int


BASE = Totals((59, 78, 59, 57, 55), (18, 100, 142, 42, 7, 1), (3, 2), 278, 12)


def totals(draws: Draws, variant: str | None) -> Totals:
    """Figures of the shipped table, or others for a learner."""
    if variant is None:
        return BASE
    routes = tuple(count + draws.between(-9, 9) for count in BASE.routes)
    phantoms = tuple(draws.sample((4, 3, 3, 2, 2), draws.between(2, 4)))
    five, four, two, one = (
        draws.between(13, 24), draws.between(85, 112), draws.between(34, 50), draws.between(5, 11),
    )  # fmt: skip
    count = sum(routes)
    three = count + len(phantoms) - five - four - two - one - 1
    e_settle = round(count * draws.span(0.86, 0.95))
    return Totals(routes, (five, four, three, two, one, 1), phantoms, e_settle, draws.between(8, 20))


def town(name: str, variant: str | None) -> tuple[list[Row], Totals]:
    """Rows of all real shops of a town, and the figures they were calibrated to."""
    draws = Draws(name, variant)
    figures = totals(draws, variant)
    lines = draws.shuffled([r for r, n in zip(ROUTES, figures.routes, strict=True) for _ in range(n)])
    centres = _street_centres(draws)
    shops = [_shop(draws, number, route, centres) for number, route in enumerate(lines, start=1)]
    _give_stars(draws, shops, figures)
    _give_settlement(draws, shops, figures)
    return shops, figures


@lru_cache(maxsize=8)
def _clean(variant: str | None) -> tuple[Row, ...]:
    # The shipped raw and clean files show one town; a learner's two files show two, so that the
    # clean file does not give away what is wrong in the raw one.
    return tuple(town("customers", variant)[0])


def rows(variant: str | None) -> list[Row]:
    """Clean customer file, one row per shop."""
    return [dict(row) for row in _clean(variant)]


def _street_centres(draws: Draws) -> dict[str, tuple[float, float]]:
    places: dict[str, tuple[float, float]] = {}
    for route, streets in names.STREETS.items():
        east, north, reach = AREAS[route]
        for street in streets:
            places[street] = (
                CENTRE[0] + (east + draws.span(-reach, reach)) / 1000,
                CENTRE[1] + (north + draws.span(-reach, reach)) / 1000,
            )
    return places


def _shop(draws: Draws, number: int, route: str, centres: dict[str, tuple[float, float]]) -> Row:
    street = draws.pick(names.STREETS[route])
    country = street.endswith("村")
    kind = draws.weighted(
        {"Z": 62, "B": 12, "S": 8, "N": 1, "Y": 6, "F": 4, "Q": 7}
        if country
        else {"Z": 44, "B": 18, "S": 11, "N": 3, "Y": 11, "F": 8, "Q": 5}
    )
    lon, lat = centres[street]
    house = f"{draws.between(1, 9)}组{draws.between(1, 60)}号" if country else f"{draws.between(1, 288)}号"
    return {
        "cust_id": f"K{number:04d}",
        "licence_no": f"0811271{number * 317 % 100_000:05d}",
        "name": names.shop(draws, kind),
        "owner": names.person(draws),
        "phone": f"154{number * 7919 % 10_000:04d}{draws.between(0, 9999):04d}",
        "addr": street + house,
        "lon": round(lon + draws.normal(0, 0.0012), 5),
        "lat": round(lat + draws.normal(0, 0.0010), 5),
        "route": route,
        "market": "X" if country else "C",
        "biz_type": kind,
        "scale": 0,
        "star": 0,
        "e_settle": False,
        "online": False,
        "law_class": draws.weighted({"A": 72, "B": 20, "C": 6, "W": 2}),
        "credit": draws.weighted({"AAA": 18, "AA": 41, "A": 30, "B": 9, "C": 2}),
        "joined": f"{draws.between(1998, 2023)}-{draws.between(1, 12):02d}-{draws.between(1, 28):02d}",
    }


def _give_stars(draws: Draws, shops: list[Row], figures: Totals) -> None:
    """Better shops get more stars; one newcomer has none."""
    kinds = {"N": 1.6, "S": 1.1, "Y": 0.9, "B": 0.5, "F": 0.3, "Z": 0.0, "Q": -0.4}
    worth = [
        draws.normal() + kinds[str(row["biz_type"])] + (0.5 if row["market"] == "C" else 0.0) for row in shops
    ]
    newcomer = min(range(len(shops)), key=lambda i: abs(worth[i]))
    shops[newcomer]["joined"] = NEWCOMER_JOINED
    order = sorted((i for i in range(len(shops)) if i != newcomer), key=lambda i: -worth[i])
    ladder = [
        star
        for star, count in zip((5, 4, 3, 2, 1), figures.stars, strict=False)
        for _ in range(count - figures.phantoms.count(star))
    ]
    for i, star in zip(order, ladder, strict=True):
        shops[i]["star"] = star
    by_size = sorted(range(len(shops)), key=lambda i: -(worth[i] + draws.normal(0, 0.6)))
    large, medium, _small = shares(len(shops), (18, 47, 35))
    for rank, i in enumerate(by_size):
        shops[i]["scale"] = 1 if rank < large else 2 if rank < large + medium else 3


def _give_settlement(draws: Draws, shops: list[Row], figures: Totals) -> None:
    """Small country shops are the last to settle through the bank; large ones order online first."""
    ready = _ranked(draws, shops, range(len(shops)), 1.2)
    settled = ready[: figures.e_settle]
    for i in settled:
        shops[i]["e_settle"] = True
    for i in _ranked(draws, shops, settled, 0.6)[: figures.online]:
        shops[i]["online"] = True


def _ranked(draws: Draws, shops: list[Row], among: Sequence[int], noise: float) -> list[int]:
    score = {
        i: int(str(shops[i]["star"])) * 0.5
        + (0.7 if shops[i]["market"] == "C" else 0.0)
        + draws.normal(0, noise)
        for i in among
    }
    return sorted(score, key=lambda i: -score[i])
