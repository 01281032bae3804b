"""The sample cohort: 16 invented managers whose hand-ins are good, partly wrong, late, empty and broken."""

from coursekit.cohort.handins import write_handins
from coursekit.cohort.people import MANAGERS, Manager, Role, role_of

__all__ = ["MANAGERS", "Manager", "Role", "role_of", "write_handins"]
