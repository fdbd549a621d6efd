"""The one table of who may do what."""

import pytest

from console.domain.permissions import Deed, may, reasons_not_permitted
from console.domain.words import Role


@pytest.mark.parametrize("deed", list(Deed))
def test_that_every_deed_is_somebodys(deed: Deed) -> None:
    assert any(may(role, deed) for role in Role)


def test_that_a_refusal_names_who_may() -> None:
    reasons = reasons_not_permitted(Role.COORDINATOR, Deed.LOWER_PRIORITY)
    assert reasons == ("The role hub coordinator may not lower a priority: ask a duty clinician.",)
    assert reasons_not_permitted(Role.CLINICIAN, Deed.LOWER_PRIORITY) == ()
    (reason,) = reasons_not_permitted(Role.COORDINATOR, Deed.READ_AUDIT)
    assert reason.endswith("may not read the audit: ask an auditor.")


@pytest.mark.parametrize(
    "deed",
    [Deed.SEND_REMINDER, Deed.CHASE, Deed.BEAT, Deed.SEAL_AUDIT, Deed.TRIM_CHANGE_LOG, Deed.IMPORT_REFERRALS],
)
def test_that_what_happens_by_itself_is_no_person_s(deed: Deed) -> None:
    assert {role for role in Role if may(role, deed)} == {Role.SYSTEM}
    assert "Doorstep does that by itself" in reasons_not_permitted(Role.ADMINISTRATOR, deed)[0]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SERVICE_MANAGER, Role.ADMINISTRATOR])
def test_that_the_office_decides_nothing_about_patients(role: Role) -> None:
    about_patients = (
        *(Deed.RECEIVE, Deed.TRIAGE, Deed.ALLOCATE),
        *(Deed.WORSE, Deed.DECLINE, Deed.STAND_DOWN, Deed.SIGN_REPORT),
    )
    assert not any(may(role, deed) for deed in about_patients)
