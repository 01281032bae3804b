"""A table of people to filter by level, unit, trainer and proposal, for the page that Voila serves."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from coursekit.certification.overview import Overview
from coursekit.certification.pictures import SHOWN, table_html

ALL = "全部"
COLUMNS = ("现等级", "部门", "培训师", "建议")
_COLUMNS = ["工号", "姓名", "部门", "培训师", "现等级", "到期日", "建议", "建议等级", "总分", "为什么"]


_STYLE = "<style>table.levels th, table.levels td {text-align: left; padding: 4px 10px}</style>"


class PeopleFilter:
    """Drop-downs over the rows of the report; `box` is what is shown."""

    def __init__(self, overview: Overview) -> None:
        self._people = overview.people
        self.choices: dict[str, Any] = {}
        for column in COLUMNS if len(self._people) else ():
            options = [ALL, *self._people.values(column)]
            self.choices[column] = widgets.Dropdown(options=options, description=column)
            self.choices[column].observe(self._draw, names="value")
        self.table = widgets.HTML()
        self.count = widgets.HTML()
        self.box = widgets.VBox([widgets.HBox(list(self.choices.values())), self.count, self.table])
        self._draw()

    def _draw(self, _change: object = None) -> None:
        only = {column: [choice.value] for column, choice in self.choices.items() if choice.value != ALL}
        count = self._people.count(only)
        self.count.value = f"<p>{count} 人</p>"
        self.table.value = _STYLE + table_html(self._people.frame(SHOWN, only)[_COLUMNS], count)
