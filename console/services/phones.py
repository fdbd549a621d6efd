"""The telephone list of the service, kept at hand for when the database is away."""

import datetime as dt

from console.domain.permissions import Deed, reasons_not_permitted
from console.domain.phone_list import PhoneList
from console.services.basis import Basis, refuse
from db.queries import phones

NAMED_WITHIN = dt.timedelta(days=90)


class Phones:
    """Whom this service may have to ring."""

    def __init__(self, basis: Basis) -> None:
        self._basis = basis

    def all(self) -> PhoneList:
        """Give practitioners, and the practices whose patients were referred lately, with their numbers."""
        refuse(reasons_not_permitted(self._basis.actor.role, Deed.FIND_PATIENT))
        with self._basis.database.read() as session:
            return phones.phone_list(session, self._basis.now() - NAMED_WITHIN)
