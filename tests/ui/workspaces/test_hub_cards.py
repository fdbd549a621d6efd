"""The hub cards of the board say of a hub what its own workspace says."""

import datetime as dt

from sqlalchemy import select

from console.domain.acting import Actor
from console.domain.words import Placement, QueueStatus, Role, Stream
from db.models import QueueEntry, Shift
from tests.services.team import Team
from tests.ui.workspaces.conftest import Working, arrived
from tests.ui.workspaces.test_hub import Sit, streamed
from ui.bar.on_board import BoardIndex
from ui.boards.hub_cards import HubCard, HubCards
from ui.boards.hub_head import HubHead
from ui.boards.hub_load import load_of
from ui.boards.hub_opening import standing
from ui.boards.load_hub_card import LoadHubCard
from ui.map.marks import of_hub


def cards_of(sit: Sit) -> tuple[Working, HubCards]:
    working = sit("ann", HubCards, "board")
    cards = working.workspace
    assert isinstance(cards, HubCards)
    cards.tell()
    return working, cards


def folkestone(cards: HubCards, team: Team) -> HubCard:
    return cards.cards[team.ids["folkestone"]]


def test_that_who_comes_back_with_a_stream_from_before_is_counted_once_and_as_not_streamed(
    sit: Sit, team: Team
) -> None:
    entry = arrived(team, "Ash")
    streamed(team, entry, Stream.PARAMEDIC_PRACTITIONER)
    tomorrow = team.clock() + dt.timedelta(days=1)
    team.ann.hub_queue.tomorrow(entry, team.stored(QueueEntry, entry).version, tomorrow, "No fever")
    team.jo.hub_queue.arrive(team.stored(QueueEntry, entry).referral_id)
    _, cards = cards_of(sit)
    card = folkestone(cards, team)
    assert [words for words, _ in card.shown_streams] == ["Not streamed 1"]
    assert "1 waiting" in card.accessibleName()
    assert "Next: ASH, Ivy · to be streamed · 15:00 left" in card.accessibleName()


def test_that_next_is_who_would_be_called_and_nobody_who_was_called_already(sit: Sit, team: Team) -> None:
    first, second = arrived(team, "Ash"), arrived(team, "Birch")
    streamed(team, first, Stream.PARAMEDIC_PRACTITIONER, 4)
    streamed(team, second, Stream.GP_NEEDED, 2)
    working, cards = cards_of(sit)
    assert "Next: BIRCH, Ivy · GP needed" in folkestone(cards, team).accessibleName()
    team.jo.hub_queue.call(second, team.stored(QueueEntry, second).version)
    working.see()
    cards.tell()
    assert team.stored(QueueEntry, second).status is QueueStatus.CALLED
    assert "2 waiting" in folkestone(cards, team).accessibleName()
    assert "Next: ASH, Ivy" in folkestone(cards, team).accessibleName()


def test_that_who_works_remotely_is_no_seat_at_the_hub(sit: Sit, team: Team) -> None:
    with team.database.work(Actor(0, "Doorstep", Role.SYSTEM), team.clock()) as work:
        for shift in work.session.scalars(select(Shift).where(Shift.placement == Placement.HUB)):
            shift.is_remote = True
    _, cards = cards_of(sit)
    assert "nobody sees patients" in folkestone(cards, team).accessibleName()


def test_that_whose_shift_is_over_is_not_counted_among_those_who_see_patients(sit: Sit, team: Team) -> None:
    with team.database.work(Actor(0, "Doorstep", Role.SYSTEM), team.clock()) as work:
        for shift in work.session.scalars(select(Shift).where(Shift.placement == Placement.HUB)):
            shift.ends_at = team.clock() + dt.timedelta(minutes=60)
    working, cards = cards_of(sit)
    assert "last safe arrival 14:40" in folkestone(cards, team).accessibleName()
    team.clock.pass_minutes(60)
    working.see()
    cards.tell()
    assert "nobody sees patients" in folkestone(cards, team).accessibleName()


def test_that_a_hub_past_its_last_safe_arrival_is_full_wherever_it_stands(sit: Sit, team: Team) -> None:
    team.clock.at = team.clock().replace(hour=19, minute=45)
    working, cards = cards_of(sit)
    session, hub = working.session, working.session.live.hubs.by_id[team.ids["folkestone"]]
    load = load_of(session.live, hub, session.now(), session.clocks)
    assert standing(load) == ("Full", "bad", "until 20:00")
    told = "Folkestone, Full, until 20:00 · no arrival is safe any more"
    assert folkestone(cards, team).accessibleName().startswith(told)
    head, seen_from_load = HubHead(session, working.workspace), LoadHubCard(hub.id, True, working.workspace)
    for shown in (head, seen_from_load):
        shown.show_load(load)
        assert shown.state.text() == "Full"
    mark = of_hub(load)
    assert mark is not None
    assert mark.spoken == "Hub Folkestone, full, nobody waiting"
    (found,) = (one for one in BoardIndex(session).candidates() if one.title == "Folkestone")
    assert (pill := found.make().pill) is not None
    assert pill.text == "Full"
