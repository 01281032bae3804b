"""How long and how widely the route search goes."""

from __future__ import annotations

from dataclasses import dataclass

from coursekit.domain.policy import Policy


@dataclass(frozen=True)
class SearchOptions:
    """The same options give the same plan on every machine.

    Attributes
    ----------
    iterations : int
        Ruin-and-recreate steps.
    seed : int
    removed : float
        Mean number of stops taken out a step.
    longest_string : int
        Most stops taken out of one route a step.
    start_heat, end_heat : float
        First and last temperature as multiples of the mean distance to the nearest neighbour.
    blink : float
        Probability of overlooking a route while inserting.
    one_day : float
        Share of steps that rearrange one day and leave all visit days as they are.
    neighbours : int
        How many nearest stops name the routes that an insertion looks at.
    liked : float
        Share of steps that make one day, drawn anew, cheaper for all stops that are put back.
    discount : float
        How much cheaper at most, in the unit of the temperatures.
    starts : int
        Searches from nothing; 1 takes all steps and is not gone on with.
    share : float
        Share of the steps that each of them gets.
    finalists : int
        How many of them are gone on with in the first round; in each round after it a third of those, at
        last one. All rounds get as many steps.
    last_heat : float
        First temperature of a round.
    """

    iterations: int = 20_000
    seed: int = 1
    removed: float = 12.0
    longest_string: int = 15
    start_heat: float = 3.0
    end_heat: float = 0.2
    blink: float = 0.01
    one_day: float = 0.5
    neighbours: int = 16
    liked: float = 0.3
    discount: float = 3.0
    starts: int = 3
    share: float = 0.25
    finalists: int = 1
    last_heat: float = 0.3

    def rounds(self) -> list[int]:
        """How many searches each round goes on with.

        >>> SearchOptions(starts=20, finalists=6).rounds()
        [6, 2, 1]
        """
        counts = [max(1, min(self.finalists, self.starts))]
        while counts[-1] > 1:
            counts.append(max(1, counts[-1] // 3))
        return counts

    @classmethod
    def of(cls, rules: Policy, seed: int = 1) -> SearchOptions:
        """What policy `routing` says for a county."""
        return cls(
            iterations=rules.whole("search.iterations"),
            seed=seed,
            removed=float(rules["search.removed"]),
            longest_string=rules.whole("search.longest_string"),
            start_heat=float(rules["search.start_heat"]),
            end_heat=float(rules["search.end_heat"]),
            liked=float(rules["search.liked"]),
            starts=rules.whole("search.starts"),
            share=float(rules["search.share"]),
            finalists=rules.whole("search.finalists"),
            last_heat=float(rules["search.last_heat"]),
        )
