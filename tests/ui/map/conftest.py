"""The team of the workspaces, at the map."""

from tests.ui.workspaces.conftest import sit, team

__all__ = ["sit", "team"]
