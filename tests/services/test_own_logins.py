"""The main flows of a day, each person with a login of their own at a secured database."""

import inspect
from collections.abc import Callable

import pytest

from tests.services import (
    test_address_999,
    test_address_untold,
    test_chasing,
    test_contacts,
    test_edits,
    test_hazards,
    test_hub_queue,
    test_hubs,
    test_key_safes,
    test_looked_for,
    test_paper,
    test_practice_calls,
    test_presence,
    test_promises,
    test_referrals,
    test_releases,
    test_reports,
    test_since,
    test_snoozes,
    test_visits,
    test_welfare,
)
from tests.services.hubs_at_work import open_from_8_to_8
from tests.support.secured import SecuredTeam

# One of each life and of each role; they are proved on both kinds of open database as well.
FLOWS = (
    test_address_999.test_that_a_second_correction_is_told_and_does_not_begin_to_wait_anew,
    test_address_999.test_that_what_is_told_in_time_goes_no_further_and_is_asked_again_when_it_is_taken_back,
    test_address_999.test_that_a_stand_down_that_is_taken_back_asks_both_again,
    test_address_untold.test_that_the_supervisor_is_asked_too_when_nobody_tells_them,
    test_address_untold.test_that_who_was_not_told_after_all_is_asked_about_again,
    test_chasing.test_that_a_report_that_is_not_sent_climbs_its_ladder_once,
    test_chasing.test_that_unsigned_reports_are_listed_at_shift_end_and_settled_by_signing,
    test_contacts.test_that_three_failed_calls_over_all_numbers_bring_a_clinician,
    test_contacts.test_that_a_death_is_kept_on_the_patient_and_telephoned,
    test_contacts.test_that_an_ended_marker_stops_nobody,
    test_edits.test_that_edits_of_different_fields_go_together_unasked,
    test_edits.test_that_two_priorities_are_chosen_with_what_hangs_on_them,
    test_edits.test_that_corrections_of_a_patient_go_together_and_identifiers_are_chosen,
    test_edits.test_that_two_who_write_a_report_lose_nothing,
    test_presence.test_that_a_stale_one_is_taken_over_and_its_console_learns_who_did,
    test_presence.test_that_who_slept_long_learns_who_took_over_and_after_a_day_it_is_forgotten,
    test_since.test_that_who_comes_back_reads_what_is_new_changed_and_gone_with_who_did_it,
    test_since.test_that_a_referral_that_moves_is_gone_from_one_hub_and_new_at_the_other,
    test_since.test_that_marks_and_arrangements_are_the_persons_own_and_the_newest_holds,
    test_since.test_that_two_consoles_of_one_person_may_keep_the_same_thing_at_once,
    test_hazards.test_that_a_practitioner_speaks_of_999_for_their_own_patient_only,
    test_hub_queue.test_that_a_named_service_takes_over_a_patient_whom_a_clinician_has_judged,
    test_hub_queue.test_that_only_a_clinician_gives_another_day,
    test_key_safes.test_that_a_code_is_shown_to_who_says_why_and_is_in_no_log,
    test_key_safes.test_that_a_new_code_takes_the_place_of_the_one_before_and_none_is_none,
    test_hubs.test_that_a_hub_that_was_closed_by_mistake_is_opened_again,
    test_hubs.test_that_who_came_while_it_was_closed_by_mistake_and_is_seen_there_waits_for_nobody,
    test_hubs.test_that_a_diverting_hub_sends_its_new_patients_on,
    test_looked_for.test_that_who_is_found_is_found_for_everybody_who_was_asked,
    test_looked_for.test_that_who_takes_a_step_at_a_console_has_answered,
    test_looked_for.test_that_nobody_is_sent_who_does_not_answer,
    test_looked_for.test_that_who_does_not_answer_stays_on_the_board_when_control_takes_them_after_their_shift,
    test_paper.test_that_a_shift_of_the_outage_carries_its_visits,
    test_paper.test_that_nobody_is_chased_by_half_of_the_paper_and_nothing_storms_afterwards,
    test_paper.test_that_the_telephone_list_names_who_may_be_sent_and_whose_patients_came_lately,
    test_practice_calls.test_that_one_call_accepts_many_reports_by_name,
    test_promises.test_that_a_referral_that_moves_takes_visit_queue_report_and_tasks_along,
    test_promises.test_that_practitioners_answer_for_their_own_reports_only,
    test_referrals.test_that_a_verified_number_tracks_the_same_person_and_never_merges_another,
    test_referrals.test_that_identity_is_corrected_by_a_person_and_stays_one_patient,
    test_referrals.test_that_only_a_clinician_declines_or_redirects_and_says_why,
    test_referrals.test_that_a_coordinator_raises_but_never_lowers,
    test_referrals.test_that_an_escalation_is_the_supervisors_by_name_and_holds_the_referral,
    test_referrals.test_that_the_last_step_can_be_taken_back_by_its_own_person_only,
    test_releases.test_that_a_released_report_is_sent_and_says_that_nobody_signed_it,
    test_releases.test_that_an_older_release_comes_back_when_the_newer_one_is_taken_back,
    test_releases.test_that_who_signs_afterwards_has_signed_it,
    test_reports.test_that_a_report_changed_after_sending_goes_again_as_a_whole_new_version,
    test_snoozes.test_that_a_snooze_ends_by_itself_and_early_by_a_person,
    test_visits.test_that_a_referral_lives_from_phone_call_to_owed_report,
    test_visits.test_that_control_takes_a_practitioner_and_the_hub_must_notice,
    test_visits.test_that_clear_entered_by_mistake_is_taken_back_with_its_report,
    test_visits.test_that_999_is_stood_down_by_a_registered_clinician_and_the_patient_waits_again,
    test_welfare.test_that_duress_asks_three_roles_at_once_and_stands_on_the_visit,
)


@pytest.mark.parametrize("flow", FLOWS, ids=lambda flow: flow.__name__.removeprefix("test_that_"))
def test_that_with_logins_of_their_own(flow: Callable[..., None], secured_team: SecuredTeam) -> None:
    open_from_8_to_8(secured_team)
    offered = {"team": secured_team, "now": secured_team.clock()}
    flow(**{name: offered[name] for name in inspect.signature(flow).parameters})
