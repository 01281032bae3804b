"""A pytest plugin that puts our converter where nbgrader uses its own."""

from __future__ import annotations

import nbgrader.apps.api
import nbgrader.apps.autogradeapp
import nbgrader.converters

from coursekit.grading import Autograde

for module in (nbgrader.apps.api, nbgrader.apps.autogradeapp, nbgrader.converters):
    module.Autograde = Autograde
