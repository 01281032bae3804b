"""When something goes wrong: who decides in an emergency, until when a complaint, how satisfied people are."""

from coursekit.domain.service.complaints import (
    CLASSES,
    callback_due,
    check_callbacks,
    check_complaints,
    complaint_due,
)
from coursekit.domain.service.emergency import (
    Response,
    event_codes,
    respond,
    respond_to_all,
    respond_to_demand,
)
from coursekit.domain.service.satisfaction import QUESTIONS, score_satisfaction, summarize

__all__ = [
    "CLASSES",
    "QUESTIONS",
    "Response",
    "callback_due",
    "check_callbacks",
    "check_complaints",
    "complaint_due",
    "event_codes",
    "respond",
    "respond_to_all",
    "respond_to_demand",
    "score_satisfaction",
    "summarize",
]
