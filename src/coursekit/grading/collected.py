"""What became of hand-ins that were sent: the rows of one run of collecting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

STATUS_TEXT = {
    "stored": "收下",
    "replaced": "收下，替换了先前的一份（旧的另存）",
    "identical": "与已收的一样，没有动",
    "retimed": "已收过，改了交的时间",
    "older": "比已收的早，另存，没有替换",
    "apart": "反馈之后又交的，另存，按规定不计",
    "quarantined": "没收下",
}


@dataclass(frozen=True)
class CollectItem:
    """What became of one hand-in."""

    file: str
    status: str
    student: str | None = None
    reason: str = ""
    seconds_late: float = 0.0
    flags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    identified_by: str = ""

    def as_json(self) -> dict[str, Any]:
        """The row of the report."""
        return {
            "file": self.file,
            "status": self.status,
            "student": self.student,
            "reason": self.reason,
            "seconds_late": round(self.seconds_late),
            "flags": list(self.flags),
            "notes": list(self.notes),
            "identified_by": self.identified_by,
        }


@dataclass(frozen=True)
class CollectReport:
    """One run of collecting."""

    assignment: str
    items: tuple[CollectItem, ...]
    missing: tuple[str, ...]
    quarantine: str

    @property
    def needs_person(self) -> bool:
        """Whether something was not taken in."""
        return any(item.status == "quarantined" for item in self.items)

    def as_json(self) -> dict[str, Any]:
        """The report as one JSON object."""
        counts = {status: sum(item.status == status for item in self.items) for status in STATUS_TEXT}
        return {
            "assignment": self.assignment,
            "items": [item.as_json() for item in self.items],
            "counts": counts,
            "late": sum(item.seconds_late > 0 for item in self.items),
            "missing": list(self.missing),
            "quarantine": self.quarantine,
        }
