"""What is recorded of a known patient is offered by one key, and taken only by whoever takes them in."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from console.domain.opening_reasons import ELSEWHERE, TAKING_IN
from console.domain.record_rows import PossibleDuplicate
from console.domain.words import PracticeLink
from db.models import Patient, Practice, Referral
from tests.services.team import Team, new_referral
from tests.services.test_records import openings
from tests.support.secured import SecuredTeam
from tests.support.sitting import Seat
from tests.ui.dialogs.conftest import Opened
from tests.ui.dialogs.keys import done, press, tab, typed
from ui.dialogs.new_referral import ArriveDialog, NewReferralDialog
from ui.dialogs.recorded import RecordedOffer
from ui.widgets.action_bar import KeyButton

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
MARSH = "943 476 5919"


def known(team: Team, **changes: object) -> int:
    """Take in a referral of Ivy Marsh, of whom all is recorded."""
    return team.received(new_referral(practice_id=team.ids["practice"], **changes))


def form(seat: Seat, opened: Opened) -> NewReferralDialog:
    """The form, with the problem entered: what is asked here stands above it."""
    dialog = opened(NewReferralDialog(seat.session, seat.window))
    assert isinstance(dialog, NewReferralDialog)
    dialog.fields.problem.setText("Cough")
    return dialog


def look_for(dialog: NewReferralDialog, number: str, qtbot: QtBot) -> None:
    """Type the NHS number, and wait until somebody is found by it."""
    dialog.fields.nhs_number.setFocus()
    dialog.fields.nhs_number.selectAll()
    typed(number)
    tab()
    qtbot.waitUntil(lambda: bool(dialog.warning.findChildren(QRadioButton)))


def say_same(dialog: NewReferralDialog, qtbot: QtBot, key: str = "Alt+2") -> None:
    """Answer that it is the same patient, with a new referral."""
    press(key)
    qtbot.waitUntil(lambda: dialog.warning.same is not None)


def take(dialog: NewReferralDialog, qtbot: QtBot) -> None:
    """Take what is recorded, by its key."""
    press("Alt+R")
    qtbot.waitUntil(dialog.recorded.home.isVisible)


def buttons(offer: RecordedOffer) -> list[KeyButton]:
    """The buttons by which one line can be turned."""
    return [one.button for one in (offer.phone, offer.home, offer.practice) if one.button.isVisible()]


def hints(dialog: NewReferralDialog) -> list[tuple[str, str]]:
    """What is said below the fields that hold what is recorded."""
    names = ("home", "home_postcode", "practice", "no_practice")
    parts = [(name, dialog.fields.right._parts[name].hint.text()) for name in names]
    return [(name, text) for name, text in parts if text]


def at_family(dialog: NewReferralDialog) -> None:
    """The family name is asked for in any case."""
    dialog.fields.family.setText("Marsh")


def newest(team: Team) -> Referral:
    with team.database.read() as session:
        return session.query(Referral).order_by(Referral.id.desc()).limit(1).one()


def test_that_one_key_puts_what_is_recorded_into_what_was_left_empty(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = known(team)
    dialog = form(jo, opened)
    look_for(dialog, MARSH, qtbot)
    at_family(dialog)
    say_same(dialog, qtbot)
    assert dialog.fields.home.text() == ""
    assert openings(team) == []  # nothing is read before the key
    take(dialog, qtbot)
    fields = dialog.fields
    assert (fields.home.text(), fields.home_postcode.text()) == ("4 Sea Road, Hythe", "CT21 5AA")
    assert (fields.phone.text(), fields.practice.read()) == ("01303 123456", team.ids["practice"])
    assert buttons(dialog.recorded) == []
    assert [(who, why) for who, why, _ in openings(team)] == [("Jo Bates", TAKING_IN)]
    fields.source.setCurrentIndex(0)
    press("Ctrl+Return")
    done(qtbot, dialog)
    row, before = newest(team), team.stored(Referral, key)
    assert (row.visit_address, row.visit_postcode) == ("4 Sea Road, Hythe", "CT21 5AA")
    assert (row.patient_id, row.contact_phone) == (before.patient_id, "01303123456")
    assert (row.practice_id, row.practice_link) == (team.ids["practice"], PracticeLink.KNOWN)


def test_that_what_was_typed_stays_until_the_recorded_is_chosen_and_comes_back(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    known(team)
    dialog = form(jo, opened)
    dialog.fields.home.setText("6 Sea Road, Hythe")
    dialog.fields.phone.setText("+44 1303 123456")  # the same number
    look_for(dialog, MARSH, qtbot)
    say_same(dialog, qtbot)
    dialog.fields.phone.setFocus()
    tab()
    take(dialog, qtbot)
    home = dialog.recorded.home
    assert dialog.fields.home.text() == "6 Sea Road, Hythe"
    assert home.says.text() == "Home address: 4 Sea Road, Hythe, CT21 5AA"
    assert home.stands.text() == "In the form: 6 Sea Road, Hythe. It stays"
    assert buttons(dialog.recorded) == [home.button]
    press("Alt+H")
    qtbot.waitUntil(lambda: dialog.fields.home_postcode.text() == "CT21 5AA")
    assert dialog.fields.home.text() == "4 Sea Road, Hythe"
    assert home.stands.text() == "In the form, not 6 Sea Road, Hythe"
    press("Alt+H")
    qtbot.waitUntil(lambda: dialog.fields.home.text() == "6 Sea Road, Hythe")
    assert dialog.fields.home_postcode.text() == ""


def test_that_a_postcode_that_is_missing_is_seen_and_what_is_no_word_stays_too(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    known(team)
    dialog = form(jo, opened)
    dialog.fields.home.setText("4 SEA ROAD HYTHE")
    dialog.fields.phone.setText("?")
    look_for(dialog, MARSH, qtbot)
    say_same(dialog, qtbot)
    take(dialog, qtbot)
    offer = dialog.recorded
    assert (dialog.fields.phone.text(), dialog.fields.home_postcode.text()) == ("?", "")
    assert buttons(offer) == [offer.phone.button, offer.home.button]
    dialog.fields.home_postcode.setText("ct215aa")
    assert offer.home.stands.text() == "In the form"
    assert offer.phone.button.accessibleName() == "Telephone: take this one"


def test_that_what_was_taken_is_changed_for_the_visit_and_the_record_stays(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    known(team)
    dialog = form(jo, opened)
    dialog.fields.source.setCurrentIndex(0)
    look_for(dialog, MARSH, qtbot)
    at_family(dialog)
    say_same(dialog, qtbot)
    take(dialog, qtbot)
    dialog.fields.home.setFocus()
    dialog.fields.home.selectAll()
    typed("8 Sea Road, Hythe")
    assert dialog.recorded.home.stands.text() == "In the form: 8 Sea Road, Hythe, CT21 5AA. It stays"
    assert hints(dialog) == [("home_postcode", "As recorded: does it still fit?")]
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert newest(team).visit_address == "8 Sea Road, Hythe"
    assert team.stored(Patient, newest(team).patient_id).home_address == "4 Sea Road, Hythe"


def test_that_the_postcode_of_an_address_that_is_typed_over_is_asked_about(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    known(team)
    dialog = form(jo, opened)
    look_for(dialog, MARSH, qtbot)
    say_same(dialog, qtbot)
    take(dialog, qtbot)
    assert hints(dialog) == []
    dialog.fields.home.setText("8 New Road, Dover")
    assert [name for name, _ in hints(dialog)] == ["home_postcode"]
    dialog.fields.home_postcode.setText("CT16 1AA")
    assert hints(dialog) == []
    dialog.fields.home_postcode.setText("CT21 5AA")
    assert [name for name, _ in hints(dialog)] == ["home_postcode"]
    press("Alt+3")
    qtbot.waitUntil(dialog.warning.reason.isVisible)
    assert hints(dialog) == []


def test_that_a_practice_is_not_put_over_why_there_is_none(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    known(team)
    dialog = form(jo, opened)
    dialog.fields.no_practice.put(PracticeLink.NOT_REGISTERED)
    look_for(dialog, MARSH, qtbot)
    say_same(dialog, qtbot)
    take(dialog, qtbot)
    assert dialog.fields.practice.text() == ""
    assert dialog.recorded.practice.stands.text() == "In the form: Not registered. It stays"
    press("Alt+P")
    qtbot.waitUntil(lambda: dialog.fields.practice.is_settled)
    assert dialog.fields.no_practice.read() is None
    press("Alt+P")
    qtbot.waitUntil(lambda: dialog.fields.no_practice.read() is PracticeLink.NOT_REGISTERED)
    assert dialog.fields.practice.text() == ""


def test_that_a_half_typed_practice_is_looked_for_again_when_it_comes_back(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    known(team)
    with team.database.work(team.actors["jo"], team.clock()) as work:
        for number in (7, 8):
            work.add(Practice(ods_code=f"G8269{number}", name=f"Castle Surgery {number}"))
    dialog = form(jo, opened)
    practice = dialog.fields.practice
    practice.setFocus()
    typed("castle")
    press("Tab")
    with pytest.raises(ValueError, match=r"Several|Still"):
        practice.read()
    look_for(dialog, MARSH, qtbot)
    say_same(dialog, qtbot)
    take(dialog, qtbot)
    press("Alt+P")
    qtbot.waitUntil(lambda: practice.is_settled)
    press("Alt+P")
    qtbot.waitUntil(lambda: practice.text() == "castle")
    qtbot.waitUntil(lambda: "Castle Surgery 7 (G82697)" in practice._found)
    with pytest.raises(ValueError, match="Several"):
        practice.read()


def test_that_a_practice_that_has_closed_is_said_and_not_taken(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    known(team)
    with team.database.work(team.actors["jo"], team.clock()) as work:
        work.get(Practice, team.ids["practice"]).is_active = False
    dialog = form(jo, opened)
    look_for(dialog, MARSH, qtbot)
    say_same(dialog, qtbot)
    take(dialog, qtbot)
    assert "(G82696) has closed: ask for the one of now" in dialog.recorded.practice.says.text()
    assert dialog.fields.practice.text() == ""


def test_that_what_is_not_recorded_is_said_to_be_asked_for(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    team.received(new_referral(home_address="", home_postcode=None, phone=None))
    dialog = form(jo, opened)
    look_for(dialog, MARSH, qtbot)
    say_same(dialog, qtbot)
    take(dialog, qtbot)
    offer = dialog.recorded
    for line, what in (
        (offer.phone, "Telephone"),
        (offer.home, "Home address"),
        (offer.practice, "Own practice"),
    ):
        assert line.says.text() == f"{what}: none is recorded, ask for it"
    assert buttons(offer) == []


def test_that_what_was_taken_of_the_wrong_patient_goes_with_the_answer(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    known(team)
    dialog = form(jo, opened)
    dialog.fields.phone.setText("07700 900123")
    look_for(dialog, MARSH, qtbot)
    say_same(dialog, qtbot)
    take(dialog, qtbot)
    press("Alt+T")
    qtbot.waitUntil(lambda: dialog.fields.phone.text() == "01303 123456")
    press("Alt+3")
    qtbot.waitUntil(dialog.warning.reason.isVisible)
    fields = dialog.fields
    assert (fields.home.text(), fields.home_postcode.text(), fields.practice.text()) == ("", "", "")
    assert fields.phone.text() == "07700 900123"
    assert not dialog.recorded.isVisible()
    say_same(dialog, qtbot)
    assert not dialog.recorded.home.isVisible()  # to be opened again
    assert dialog.recorded.take.isVisible()
    assert dialog.error.text().startswith("Out of the form again")
    take(dialog, qtbot)
    assert dialog.error.text() == ""


def test_that_another_number_takes_back_what_was_taken(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    known(team)
    dialog = form(jo, opened)
    look_for(dialog, MARSH, qtbot)
    say_same(dialog, qtbot)
    take(dialog, qtbot)
    dialog.fields.nhs_number.setFocus()
    dialog.fields.nhs_number.selectAll()
    typed("4010232137")
    tab()
    qtbot.waitUntil(lambda: not dialog.warning.isVisible())
    assert dialog.fields.home.text() == ""


def test_that_an_answer_for_whom_nobody_asks_any_more_fills_nothing(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    known(team)
    dialog = form(jo, opened)
    look_for(dialog, MARSH, qtbot)
    say_same(dialog, qtbot)
    dialog.recorded.take.click()
    dialog.warning.findChildren(QRadioButton)[2].click()
    qtbot.waitUntil(lambda: not jo.background.busy)
    assert dialog.fields.home.text() == ""
    assert not dialog.recorded.isVisible()


def find_two(team: Team, dialog: NewReferralDialog, qtbot: QtBot) -> list[QRadioButton]:
    """Look for Ivy Marsh, who is known beside Iris of the same birth date; gives "the same" for either."""
    known(team)
    team.received(
        new_referral(nhs_number=None, given_name="Iris", home_address="9 Hill Road", phone="01303 999999")
    )
    dialog.fields.family.setText("Marsh")
    dialog.fields.born.setText("2/3/1941")
    dialog._look()
    qtbot.waitUntil(lambda: len(dialog.warning.findChildren(QRadioButton)) == 5)
    return [one for one in dialog.warning.findChildren(QRadioButton) if one.text().startswith("The same")]


@contextmanager
def slowly(seat: Seat, qtbot: QtBot) -> Iterator[None]:
    """Let nothing be answered before the end."""
    hold = threading.Event()
    for _ in range(2):
        seat.background.run(hold.wait)
    yield
    hold.set()
    qtbot.waitUntil(lambda: not seat.background.busy)


def test_that_what_was_taken_goes_although_it_was_asked_for_of_two_patients_by_turns(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    dialog = form(jo, opened)
    one, other = find_two(team, dialog, qtbot)
    with slowly(jo, qtbot):
        for answer in (one, other, one):
            answer.click()
            dialog.recorded.take.click()
    assert dialog.fields.home.text()
    other.click()
    assert (dialog.fields.home.text(), dialog.fields.phone.text()) == ("", "")


def test_that_an_answer_that_comes_after_the_patient_was_said_to_be_another_is_not_shown_for_them(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    dialog = form(jo, opened)
    there = team.row(known(team))
    nobody = PossibleDuplicate(9999, "Nobody", "", None, None, None, None, "Same number")
    here = PossibleDuplicate(there.patient_id, "Marsh", "Ivy", None, None, None, None, "Same number")
    dialog.warning.show_found((nobody, here))
    answers = dialog.warning.findChildren(QRadioButton)
    answers[0].click()
    said = dialog.recorded.said.text()
    with slowly(jo, qtbot):
        dialog.recorded.take.click()
        answers[1].click()
    assert dialog.recorded.said.text() == said
    assert dialog.fields.home.text() == ""
    take(dialog, qtbot)
    assert dialog.fields.home.text() == "4 Sea Road, Hythe"


def test_that_two_flats_are_not_taken_for_one_address(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    known(team, home_address="Flat 1, 12 Sea Road")
    dialog = form(jo, opened)
    dialog.fields.home.setText("Flat 11, 2 Sea Road")
    dialog.fields.home_postcode.setText("CT21 5AA")
    look_for(dialog, MARSH, qtbot)
    say_same(dialog, qtbot)
    take(dialog, qtbot)
    assert dialog.recorded.home.stands.text() == "In the form: Flat 11, 2 Sea Road, CT21 5AA. It stays"
    assert dialog.recorded.home.button.isVisible()


def test_that_what_went_and_what_was_changed_of_another_record_is_said(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    known(team)
    dialog = form(jo, opened)
    look_for(dialog, MARSH, qtbot)
    say_same(dialog, qtbot)
    take(dialog, qtbot)
    dialog.fields.home.setText("Flat 2, 4 Sea Road, Hythe")
    press("Alt+3")
    qtbot.waitUntil(dialog.warning.reason.isVisible)
    gone, changed = dialog.error.text().splitlines()
    assert gone.endswith("this patient's: Telephone, Own practice.")
    assert "still in the form: Home address. Check" in changed
    assert dialog.fields.home.text() == "Flat 2, 4 Sea Road, Hythe"


@pytest.mark.parametrize("number", ["4010232137", ""])
def test_that_nobody_is_taken_in_without_what_stood_in_the_form_as_the_key_was_pressed(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot, number: str
) -> None:
    key = known(team)
    dialog = form(jo, opened)
    look_for(dialog, MARSH, qtbot)
    at_family(dialog)
    say_same(dialog, qtbot)
    take(dialog, qtbot)
    dialog.fields.source.setCurrentIndex(0)
    dialog.fields.nhs_number.setFocus()
    dialog.fields.nhs_number.selectAll()
    press("Backspace")
    typed(number)
    press("Ctrl+Return")  # before it is looked up whose number that is
    qtbot.waitUntil(lambda: not jo.background.busy)
    assert dialog.isVisible()
    assert "Telephone, Home address, Own practice" in dialog.error.text()
    assert newest(team).id == key
    dialog.fields.home.setText("2 Hill Road")
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert newest(team).visit_address == "2 Hill Road"
    assert newest(team).patient_id != team.row(key).patient_id


def test_that_nobody_is_taken_in_before_what_was_asked_for_can_be_read_back(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    key = known(team)
    dialog = form(jo, opened)
    dialog.fields.home.setText("6 Sea Road, Hythe")
    dialog.fields.source.setCurrentIndex(0)
    at_family(dialog)
    look_for(dialog, MARSH, qtbot)
    say_same(dialog, qtbot)
    press("Alt+R")
    press("Ctrl+Return")
    assert "is being read" in dialog.recorded.said.text()
    qtbot.waitUntil(dialog.recorded.home.isVisible)
    assert newest(team).id == key
    press("Ctrl+Return")
    done(qtbot, dialog)
    assert newest(team).practice_id == team.ids["practice"]


def test_that_what_was_taken_stays_while_the_same_patient_may_still_be_the_answer(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    known(team)
    dialog = form(jo, opened)
    look_for(dialog, MARSH, qtbot)
    at_family(dialog)
    say_same(dialog, qtbot)
    take(dialog, qtbot)
    team.received(new_referral(nhs_number=None, given_name="Iris"))
    dialog.fields.born.setText("2/3/1941")
    dialog._look()
    qtbot.waitUntil(lambda: len(dialog.warning.findChildren(QRadioButton)) == 5)
    assert dialog.warning.same is None
    assert dialog.fields.home.text() == "4 Sea Road, Hythe"
    press("Alt+5")
    qtbot.waitUntil(dialog.warning.reason.isVisible)
    assert dialog.fields.home.text() == ""


def come_back(before: NewReferralDialog, seat: Seat, opened: Opened, qtbot: QtBot) -> NewReferralDialog:
    """The form as it comes back after a crash."""
    values = before.typed()
    assert values is not None
    after = opened(NewReferralDialog(seat.session, seat.window))
    assert isinstance(after, NewReferralDialog)
    after.put_back(json.loads(json.dumps(values)))
    qtbot.waitUntil(lambda: bool(after.warning.findChildren(QRadioButton)))
    assert after.fields.home.text() == "4 Sea Road, Hythe"
    return after


def test_that_a_form_that_came_back_knows_what_was_taken_of_whom(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    known(team)
    dialog = form(jo, opened)
    dialog.fields.phone.setText("07700 900123")
    look_for(dialog, MARSH, qtbot)
    say_same(dialog, qtbot)
    take(dialog, qtbot)
    press("Alt+T")
    qtbot.waitUntil(lambda: dialog.fields.phone.text() == "01303 123456")
    after = come_back(dialog, jo, opened, qtbot)
    say_same(after, qtbot)
    assert after.fields.home.text() == "4 Sea Road, Hythe"
    take(after, qtbot)
    twice = come_back(after, jo, opened, qtbot)
    twice.warning.findChildren(QRadioButton)[2].click()
    fields = twice.fields
    assert (fields.home.text(), fields.home_postcode.text(), fields.practice.text()) == ("", "", "")
    assert fields.phone.text() == "07700 900123"
    assert twice.error.text().endswith("this patient's: Telephone, Home address, Own practice.")


def test_that_the_first_of_other_numbers_is_taken_where_there_is_no_other(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    team.received(new_referral(phone=None, other_phones=("07700 900321", "07700 900322")))
    dialog = form(jo, opened)
    look_for(dialog, MARSH, qtbot)
    say_same(dialog, qtbot)
    take(dialog, qtbot)
    assert dialog.recorded.phone.says.text() == "Telephone: 07700 900321; also 07700 900322"
    assert dialog.fields.phone.text() == "07700 900321"


def test_that_by_tab_one_comes_from_the_answers_to_what_is_recorded(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    known(team)
    dialog = form(jo, opened)
    dialog.fields.home.setText("6 Sea Road, Hythe")
    look_for(dialog, MARSH, qtbot)
    say_same(dialog, qtbot)
    dialog.fields.read_back.setFocus()
    tab()
    assert dialog.warning.findChildren(QRadioButton)[1].hasFocus()
    tab()
    assert dialog.recorded.take.hasFocus()
    press("Return")
    qtbot.waitUntil(dialog.recorded.home.isVisible)
    dialog.warning.findChildren(QRadioButton)[1].setFocus()
    tab()
    assert dialog.recorded.home.button.hasFocus()
    press("Return")
    assert dialog.fields.home.text() == "4 Sea Road, Hythe"
    assert dialog.isVisible()


def test_that_of_a_patient_of_another_hub_nothing_is_offered_but_a_sentence(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    dialog = form(jo, opened)
    there = PossibleDuplicate(1, "Marsh", "Ivy", None, None, None, None, "Same number", is_elsewhere=True)
    dialog.warning.show_found((there,))
    press("Alt+1")
    qtbot.waitUntil(lambda: dialog.recorded.said.text() == ELSEWHERE)
    assert not dialog.recorded.take.isVisible()
    assert openings(team) == []


@pytest.mark.parametrize("is_seen", [True, False])
def test_that_with_a_login_of_ones_own_it_is_given_or_refused_in_a_sentence(
    secured_team: SecuredTeam, opened: Opened, qtbot: QtBot, is_seen: bool
) -> None:
    team = secured_team
    known(team)
    jo = Seat(team, "jo")
    try:
        dialog = form(jo, opened)
        look_for(dialog, MARSH, qtbot)
        say_same(dialog, qtbot)
        if not is_seen:
            with team.database.engine.begin() as connection:
                connection.exec_driver_sql("SELECT staff_hubs('jo', ARRAY[]::bigint[])")
        said = dialog.recorded.said.text()
        press("Alt+R")
        qtbot.waitUntil(lambda: dialog.recorded.said.text() != said)
        assert (dialog.recorded.said.text() == ELSEWHERE) is not is_seen
        assert dialog.fields.home.text() == ("4 Sea Road, Hythe" if is_seen else "")
        assert dialog.recorded.home.isVisible() is is_seen
        assert openings(team) == [("Jo Bates", TAKING_IN, is_seen)]
    finally:
        jo.stand_up()


def test_that_whoever_arrives_at_a_hub_is_offered_what_is_recorded_too(
    team: Team, jo: Seat, opened: Opened, qtbot: QtBot
) -> None:
    known(team)
    dialog = opened(ArriveDialog(jo.session, jo.window))
    assert isinstance(dialog, ArriveDialog)
    look_for(dialog, MARSH, qtbot)
    say_same(dialog, qtbot)
    take(dialog, qtbot)
    assert dialog.fields.home.text() == "4 Sea Road, Hythe"


def test_that_who_takes_nobody_in_is_offered_nothing(
    team: Team, sit: Callable[[str], Seat], opened: Opened, qtbot: QtBot
) -> None:
    known(team)
    sam = sit("sam_self")
    dialog = opened(ArriveDialog(sam.session, sam.window))
    assert isinstance(dialog, ArriveDialog)
    look_for(dialog, MARSH, qtbot)
    say_same(dialog, qtbot)
    assert not dialog.recorded.isVisible()
