"""Options that several commands of `levels` share, in groups; a command names a group as one parameter."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from coursekit.cli.levels_common import (
    Actor,
    AsJson,
    Courses,
    Papers,
    PolicyAt,
    Purpose,
    RegisterAt,
    Tables,
    Today,
    actor_from,
    day_from,
    missing_register,
    note_certificates,
    papers_from,
    policy_from,
    register_from,
)
from coursekit.cli.output import emit, notice, say

if TYPE_CHECKING:
    from coursekit.certification.events import EventKind
    from coursekit.certification.gather import Gathered
    from coursekit.certification.policy import LevelPolicy
    from coursekit.certification.register import Register

Command = Callable[..., int]


@dataclass(frozen=True, kw_only=True)
class Book:
    """The register, and how to answer."""

    register: RegisterAt = None
    as_json: AsJson = False

    def open(self, *, must_exist: bool = True) -> Register:
        """The register; made when it may be new."""
        return register_from(self.register, must_exist=must_exist)

    @contextmanager
    def open_or_without(self, *, make: bool) -> Iterator[Register | None]:
        """The register for as long as the block runs; where there is none, one is made, or it goes without.

        A wrong path must not look like a register in which nothing ever happened: it is said.
        """
        place = missing_register(self.register)
        if place is not None:
            notice(f"没有登记库 {place}：{'新建一个' if make else '按没有任何记录算'}。")
            if not make:
                yield None
                return
        with self.open(must_exist=False) as book:
            yield book

    def emit(self, payload: dict[str, Any], human: Callable[[], None]) -> None:
        """One JSON object, or text for people."""
        emit(payload, self.as_json, human)


@dataclass(frozen=True, kw_only=True)
class Dated(Book):
    """A register on a day."""

    today: Today = None

    @cached_property
    def day(self) -> date:
        """The day to go by."""
        return day_from(self.today)


@dataclass(frozen=True, kw_only=True)
class Ruled(Book):
    """A register under a policy."""

    policy: PolicyAt = None

    @cached_property
    def rules(self) -> LevelPolicy:
        """The policy to go by."""
        return policy_from(self.policy)


@dataclass(frozen=True, kw_only=True)
class Desk(Dated, Ruled):
    """A register under a policy on a day."""


@dataclass(frozen=True, kw_only=True)
class Clerk:
    """Who acts, and what for."""

    actor: Actor = None
    purpose: Purpose = ""

    @property
    def who(self) -> tuple[str, str]:
        """Account and purpose, as the access log keeps them."""
        return actor_from(self.actor), self.purpose


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Where evidence comes from."""

    course: Courses = None
    table: Tables = None
    paper: Papers = None

    def gather(self, desk: Desk) -> Gathered:
        """Evidence of all courses and sheets."""
        from coursekit.certification.gather import gather

        papers = papers_from(self.paper, desk.rules)
        return gather(desk.rules, self.course or [], self.table or [], desk.day, papers)


@dataclass(frozen=True, kw_only=True)
class ByHand(Ruled):
    """A decision HR records by hand."""

    reason: Annotated[str, typer.Option("--reason", help="为什么（不写姓名，永远留在链上）。")]
    on: Annotated[str | None, typer.Option("--on", help="哪天起算，像 2026-03-01；默认今天。")] = None
    actor: Actor = None

    def record(self, kind: EventKind, who: str, **more: Any) -> int:
        """Record the order and show the event."""
        from coursekit.certification.manual import Order, carry_out
        from coursekit.certification.shape import event_line

        day = day_from(self.on, "--on")
        if day > date.today():
            notice(f"{day} 还没到：到那天才生效，在那以前的变动就登记不进去了；写错了用 correct 作废。")
        order = Order(kind, who, day, actor_from(self.actor), self.reason, **more)
        with self.open() as book:
            event = carry_out(book, self.rules, order)
            note_certificates(book, [event])
        self.emit({"event": event.as_json()}, lambda: say(event_line(self.rules, event)))
        return 0


def command(app: typer.Typer, text: str, **defaults: object) -> Callable[[Command], Command]:
    """Make a function a command of `app`; parameters that are option groups become their options.

    Parameters
    ----------
    text : str
        Help, with an example.
    defaults
        Other defaults of options in the groups, such as `purpose`.
    """

    def add(function: Command) -> Command:
        app.command(name=function.__name__, help=text)(_expanded(function, defaults))
        return function

    return add


def _expanded(function: Command, defaults: dict[str, object]) -> Command:
    """`function` with every parameter that is an option group replaced by the options of the group."""
    hints = get_type_hints(function, include_extras=True)
    groups = {name: kind for name, kind in hints.items() if dataclasses.is_dataclass(kind)}
    parameters: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(function).parameters.items():
        if name in groups:
            parameters += _options(groups[name], defaults)
        else:
            parameters.append(parameter.replace(annotation=hints[name], kind=parameter.KEYWORD_ONLY))

    def run(**given: object) -> int:
        for name, group in groups.items():
            fields = {field.name: given.pop(field.name) for field in dataclasses.fields(group)}
            given[name] = group(**fields)  # type: ignore[operator]  # a dataclass, as asked above
        return function(**given)

    run.__doc__ = function.__doc__
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {one.name: one.annotation for one in parameters}
    return run


def _options(group: Any, defaults: dict[str, object]) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    found = []
    for field in dataclasses.fields(group):
        default = inspect.Parameter.empty if field.default is dataclasses.MISSING else field.default
        default = defaults.get(field.name, default)
        kind = inspect.Parameter.KEYWORD_ONLY
        found.append(inspect.Parameter(field.name, kind, default=default, annotation=hints[field.name]))
    return found
