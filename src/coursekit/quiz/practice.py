"""Practice in the workspace: daily ten, wrong-answer book, by area or lesson, mock paper, 一口清， mastery.

`Practice` knows the bank and the journal; what is shown on the page is in `practice_page`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coursekit.domain import policy as policies
from coursekit.domain.policy import Policy
from coursekit.errors import InputError
from coursekit.quiz import schedule
from coursekit.quiz.answers import find_learner, utc_now
from coursekit.quiz.bank import bank_paths, load_banks
from coursekit.quiz.drill import DrillCard, drill_cards, not_asked, pick
from coursekit.quiz.items import AREAS, Item
from coursekit.quiz.journal import Answer, Journal
from coursekit.quiz.mastery import AreaMastery, mastery
from coursekit.quiz.schedule import daily, due, mock, review, scheduler, wrong_book

if TYPE_CHECKING:
    import pandas as pd

    from coursekit.quiz.widget import QuizWidget

FOLDER = Path(".coursekit") / "practice"


@dataclass
class Practice:
    """One learner's practice.

    Parameters
    ----------
    folder : Path
        Where the journal and mock papers are kept.
    items : mapping
        Practice items by id.
    learner : str
        Generated numbers and choices depend on it.
    cards : sequence of DrillCard
        For the drill; may be empty.
    told : str
        What the drill cannot ask, in one line; empty if it asks all.
    clock : callable
        The time in UTC.
    fuzz : bool
        Whether fsrs spreads reviews over days.
    """

    folder: Path
    items: Mapping[str, Item]
    learner: str = ""
    cards: Sequence[DrillCard] = ()
    clock: Callable[[], datetime] = utc_now
    fuzz: bool = True
    rules: Policy = field(default_factory=lambda: policies.load("practice"))
    told: str = ""

    def __post_init__(self) -> None:
        self.journal = Journal(self.folder / "practice.sqlite")
        self.spacing = scheduler(self.rules.number("memory.retention"), self.fuzz)

    def record(self, name: str, right: bool, response: Any, mode: str) -> None:
        """Keep one answer, and when the card comes again.

        Raises
        ------
        InputError
            If the journal cannot be written; nothing is kept then.
        """
        self.record_all([(name, right, response)], mode)

    def record_all(self, answers: Sequence[tuple[str, bool, Any]], mode: str) -> None:
        """Keep several answers (item, right, response) at once, all or none."""
        now, cards = self.clock(), self.journal.cards()
        entries = []
        for name, right, response in answers:
            revision = self.items[name].revision if name in self.items else 1
            known_revision, card = cards.get(name, (0, None))
            after = review(self.spacing, card if known_revision == revision else None, right, now)
            entries.append((Answer(now, name, revision, mode, right), response, after))
        self.journal.add(*entries)

    def daily(self) -> list[Item]:
        """Today's ten, the same all day; items the bank no longer has are left out."""
        day = self.today()
        names = self.journal.day(day)
        if not names:
            names = daily(
                self.items,
                self.journal.cards(),
                self.clock(),
                int(self.rules.number("daily.count")),
                self.rules.number("daily.new_share"),
                f"{self.learner}-{day}",
            )
            self.journal.settle_day(day, names)
        return [self.items[name] for name in names if name in self.items]

    def done_today(self) -> dict[str, bool]:
        """Today's answers of the daily ten: whether the first one was right."""
        done: dict[str, bool] = {}
        for answer in self.journal.answers():
            if answer.mode == "daily" and answer.at.astimezone().date().isoformat() == self.today():
                done.setdefault(answer.item, answer.right)
        return done

    def today(self) -> str:
        """The local day."""
        return self.clock().astimezone().date().isoformat()

    def wrong(self) -> list[Item]:
        """The wrong-answer book."""
        leaves = int(self.rules.number("wrong_book.leaves_after"))
        return [self.items[name] for name in wrong_book(self.items, self.journal.answers(), leaves)]

    def some_of(self, names: Sequence[str]) -> list[Item]:
        """A round out of `names`: due ones, then those never seen, then the rest."""
        cards = self.journal.cards()
        waiting = [name for name in due(self.items, cards, self.clock()) if name in set(names)]
        seen = schedule.live_cards(self.items, cards)
        fresh = [name for name in names if name not in seen]
        rest = [name for name in names if name in seen and name not in waiting]
        count = int(self.rules.number("daily.count"))
        return [self.items[name] for name in (*waiting, *fresh, *rest)][:count]

    def areas(self) -> dict[str, list[str]]:
        """Item ids by area, only areas that have some."""
        found = {area: [n for n, item in self.items.items() if item.area == area] for area in AREAS}
        return {area: names for area, names in found.items() if names}

    def lessons(self) -> dict[str, list[str]]:
        """Item ids by lesson."""
        names = sorted({item.lesson for item in self.items.values()})
        return {lesson: [n for n, i in self.items.items() if i.lesson == lesson] for lesson in names}

    def mock(self, number: int) -> list[Item]:
        """Items of the mock paper `number`."""
        draw = policies.load("bank").section("draw")
        names = mock(self.items, int(self.rules.number("mock.count")), draw, f"{self.learner}-{number}")
        return [self.items[name] for name in names]

    def drill(self) -> list[DrillCard]:
        """Customers of one round of the drill."""
        now = self.clock().isoformat()
        waiting = [(str(c["due"]), n) for n, (_, c) in self.journal.cards().items() if n.startswith("D-")]
        overdue = [name for at, name in sorted(waiting) if at <= now]
        return pick(self.cards, overdue, int(self.rules.number("drill.count")), f"{self.learner}-{now}")

    def mastery(self) -> list[AreaMastery]:
        """How much of each area seems to be known."""
        return mastery(self.items, self.journal.answers(), int(self.rules.number("mastery.enough")))


def open_practice(workspace: Path, learner: str = "", cards: Sequence[DrillCard] | None = None) -> Practice:
    """The practice of a workspace, with the shipped practice banks.

    Parameters
    ----------
    workspace : Path
        The learner's folder; the journal is kept under `.coursekit/practice`.
    learner : str
        By default from `learner.json`.
    cards : sequence of DrillCard, optional
        From `drill.drill_cards` on the learner's own table; by default from the shipped one.

    Raises
    ------
    ContentError
        If a practice bank is faulty.
    InputError
        If the journal cannot be read.
    """
    learner = learner or find_learner(workspace).get("learner", "")
    items = {item.id: item for bank in load_banks(bank_paths("practice"), fast=True) for item in bank.items}
    rules = policies.load("practice")
    if cards is None:
        cards = shipped_cards(rules)
    return Practice(workspace / FOLDER, items, learner, cards, rules=rules)


def shipped_cards(rules: Policy) -> list[DrillCard]:
    """Drill cards from the course's own customers, sales and visits."""
    from coursekit.domain import datasets

    return drill_cards(
        datasets.load("customers"),
        datasets.load("sales_week"),
        datasets.load("visits"),
        rules.number("drill.within"),
        datasets.load("sku"),
        rules.number("drill.weak"),
    )


def own_cards(
    rules: Policy,
    customers: Path | str,
    sales: Path | str | None = None,
    visits: Path | str | None = None,
    skus: Path | str | None = None,
) -> tuple[list[DrillCard], str]:
    """Drill cards from a learner's own exports (CSV or Excel), and one line on what they do not ask.

    Raises
    ------
    InputError
        If a file cannot be read as its table; see `datasets.read_own`.
    """
    from coursekit.domain import datasets

    def read(file: Path | str | None, name: str) -> pd.DataFrame | None:
        return None if file is None else datasets.read_own(file, name)

    sold, seen, known = read(sales, "sales_week"), read(visits, "visits"), read(skus, "sku")
    within, weak = rules.number("drill.within"), rules.number("drill.weak")
    cards = drill_cards(datasets.read_own(customers, "customers"), sold, seen, within, known, weak)
    return cards, not_asked(cards, sold, seen, known)


def show(
    workspace: Path | str = ".",
    learner: str = "",
    customers: Path | str | None = None,
    **tables: Path | str | None,
) -> QuizWidget:
    """The practice page of a workspace as a widget.

    Parameters
    ----------
    workspace : Path
        The learner's folder.
    learner : str
        By default from `learner.json`.
    customers : Path, optional
        The learner's own customer table (CSV or Excel) for 一口清； by default the course's table.
    tables : Path, optional
        Further own exports: `sales`, `visits` and `skus` as in `own_cards`.

    Raises
    ------
    InputError
        If there are further tables but no customers, or a file cannot be read as its table.
    """
    from coursekit.quiz.practice_page import PracticePage
    from coursekit.quiz.widget import QuizWidget

    if customers is None:
        if any(tables.values()):
            raise InputError("一口清的表", "先给客户表，再给别的表", "没有客户表", "请写上客户表的文件名。")
        return QuizWidget(PracticePage(open_practice(Path(workspace), learner)))
    cards, told = own_cards(policies.load("practice"), customers, **tables)
    practice = open_practice(Path(workspace), learner, cards)
    practice.told = told
    return QuizWidget(PracticePage(practice))
