"""Jobs work for the same small service as the services' own tests."""

from tests.services.conftest import team

__all__ = ["team"]
