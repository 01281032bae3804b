"""Peers: stock nbgrader on the same machine, and its own tests run against our converter."""

from tests.grading.conftest import course, course_template, hand_in

__all__ = ["course", "course_template", "hand_in"]
