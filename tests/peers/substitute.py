"""A pytest plugin that puts our converter where nbgrader uses its own."""

from __future__ import annotations


def pytest_configure() -> None:
    """Not on import: collecting the tests of the kit imports this file too."""
    import nbgrader.apps.api
    import nbgrader.apps.autogradeapp
    import nbgrader.converters

    from coursekit.grading import Autograde

    for module in (nbgrader.apps.api, nbgrader.apps.autogradeapp, nbgrader.converters):
        module.Autograde = Autograde
