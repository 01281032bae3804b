"""The trainer's console: the same functions as the commands, behind buttons, for JupyterLab and Voila."""

from coursekit.console.app import Console, show

__all__ = ["Console", "show"]
