"""Routes, each made once: the same stops on the same kind of day are one object, in the best order seen.

A search meets the same sets of stops again and again. What was computed about one, above all what it
would cost to take in another stop, is looked up the next time; and most of what is not known follows
from the route it was made from, which differs by a few edges.
"""

from __future__ import annotations

from coursekit.domain.routing.scale import NEVER, Scaled

KEPT = 15_000  # routes made before those not met again are forgotten

# A price is added travel and, in the low bits, the place behind which the stop goes.
SHIFT = 16
PLACE = (1 << SHIFT) - 1


class Route:
    """Stops between two depots, never changed.

    Attributes
    ----------
    places, mask, travel, load, demand
        Order from depot to depot, set of the stops, travel, travel plus visits, sum of demand.
    prices : dict of int
        For each stop that asked, what it adds and behind which place; `NEVER` if it does not fit.
    base, stale, fresh, grew
        Prices of the route this one was made from; the places behind which that one has another
        edge; the edges it does not have; whether this one has a stop more.
    """

    __slots__ = (
        "base",
        "demand",
        "fresh",
        "grew",
        "load",
        "mask",
        "places",
        "prices",
        "stale",
        "times",
        "travel",
    )

    def __init__(self, places: tuple[int, ...], mask: int, travel: int, load: int, demand: int) -> None:
        self.places, self.mask, self.travel, self.load, self.demand = places, mask, travel, load, demand
        self.prices: dict[int, int] = {}
        self.base: dict[int, int] = {}
        self.stale, self.grew = 0, False
        self.fresh: tuple[tuple[int, int], ...] = ()
        self.times: tuple[list[int], list[int]] | None = None


class Shelf:
    """All routes of the days of one length and capacity, by the set of their stops.

    `spoilt` is set when taking stops out made a route that may break a limit; who asks clears it.
    """

    def __init__(self, data: Scaled, length: int, capacity: int) -> None:
        self._data, self._length, self._capacity = data, length, capacity
        self._young: dict[int, Route] = {}
        self._old: dict[int, Route] = {}
        self.empty = Route((0, 0), 0, 0, 0, 0)
        self.spoilt = False

    def without(self, route: Route, gone: int) -> Route:
        """`route` without the stops of the set `gone`."""
        mask = route.mask & ~gone
        return self._young.get(mask) or self._known(mask) or self._cut(route, route.mask & gone)

    def grown(self, route: Route, stop: int) -> Route:
        """`route` with `stop` where it adds least; `price` must have been asked before."""
        data, price = self._data, route.prices[stop]
        mask = route.mask | data.bits[stop]
        cost, place = price >> SHIFT, price & PLACE
        travel = route.travel + cost
        known = self._young.get(mask) or self._known(mask)
        if known is not None and known.travel <= travel:
            return known
        places = route.places
        at = places.index(place) + 1
        made = Route(
            (*places[:at], stop, *places[at:]),
            mask,
            travel,
            route.load + cost + data.service[stop],
            route.demand + data.demand[stop],
        )
        made.base, made.stale, made.grew = route.prices, data.bits[place], True
        made.fresh = ((place, stop), (stop, places[at]))
        return self._keep(made)

    def price(self, route: Route, stop: int) -> int:
        """What `stop` adds to `route`, and behind which place; `NEVER` when it does not fit."""
        data = self._data
        if route.demand + data.demand[stop] > self._capacity:
            price = NEVER
        else:
            price = route.base.get(stop, -1)
            if price >= NEVER:
                if not route.grew:
                    price = self._search(route, stop)
            elif price < 0 or data.windows or route.stale & data.bits[price & PLACE]:
                price = self._search(route, stop)
            else:
                row = data.travel[stop]
                for a, b in route.fresh:
                    other = (row[a] + row[b] - data.travel[a][b]) << SHIFT | a
                    if other < price:
                        price = other
                if route.load + (price >> SHIFT) + data.service[stop] > self._length:
                    price = NEVER
        route.prices[stop] = price
        return price

    def _known(self, mask: int) -> Route | None:
        """The route kept from before the last forgetting, kept anew."""
        if not mask:
            return self.empty
        known = self._old.get(mask)
        if known is not None:
            self._young[mask] = known
        return known

    def _keep(self, route: Route) -> Route:
        if len(self._young) >= KEPT:
            self._old, self._young = self._young, {}
        self._young[route.mask] = route
        return route

    def _cut(self, route: Route, gone: int) -> Route:
        """A new route: `route` without the stops in `gone`, all of them its own."""
        data = self._data
        bits, travel, service = data.bits, data.travel, data.service
        places, fresh, stale = [0], [], gone
        way = visits = demand = 0
        kept = before = through = 0
        longer = False
        for at, place in enumerate(route.places[1:], 1):
            through += travel[before][place]
            before = place
            if bits[place] & gone:
                through += service[place]
                demand += data.demand[place]
                continue
            edge = travel[kept][place]
            if places[-1] != route.places[at - 1]:
                longer = longer or edge > through
                stale |= bits[kept]
                fresh.append((kept, place))
            way += edge
            visits += service[place]
            places.append(place)
            kept, through = place, 0
        made = Route(tuple(places), route.mask & ~gone, way, way + visits, route.demand - demand)
        made.base, made.stale, made.fresh = route.prices, stale, tuple(fresh)
        if longer and (data.windows or made.load > self._length):
            self.spoilt = True  # a detour was shorter than the straight way: the route may break a limit
            return made
        return self._keep(made)

    def _search(self, route: Route, stop: int) -> int:
        """The price of `stop` from all gaps of `route`."""
        data = self._data
        row, travel = data.travel[stop], data.travel
        if data.windows:
            return self._search_in_time(route, stop)
        best, behind = NEVER, 0
        at, leg, edges = 0, row[0], travel[0]
        for place in route.places[1:]:
            way_out = row[place]
            cost = leg + way_out - edges[place]
            if cost < best:
                best, behind = cost, at
            at, leg, edges = place, way_out, travel[place]
        if route.load + best + data.service[stop] > self._length:
            return NEVER
        return best << SHIFT | behind

    def _search_in_time(self, route: Route, stop: int) -> int:
        data, places = self._data, route.places
        row, service = data.travel[stop], data.service[stop]
        earliest, latest = route.times or self._schedule(route)
        best = NEVER
        for at in range(len(places) - 1):
            place, after = places[at], places[at + 1]
            price = (row[place] + row[after] - data.travel[place][after]) << SHIFT | place
            if price >= best:
                continue
            start = max(earliest[at] + data.service[place] + row[place], data.opens[stop])
            if start <= data.closes[stop] and start + service + row[after] <= latest[at + 1]:
                best = price
        return best

    def _schedule(self, route: Route) -> tuple[list[int], list[int]]:
        """Earliest start of service at each place, and the latest that keeps all later ones in time."""
        data, places = self._data, route.places
        clock, earliest = 0, [0]
        for at in range(1, len(places)):
            before, place = places[at - 1], places[at]
            clock = max(clock + data.service[before] + data.travel[before][place], data.opens[place])
            earliest.append(clock)
        latest = [self._length] * len(places)
        for at in range(len(places) - 2, -1, -1):
            place, after = places[at], places[at + 1]
            room = latest[at + 1] - data.travel[place][after] - data.service[place]
            latest[at] = min(room, data.closes[place])
        route.times = (earliest, latest)
        return route.times
