"""Whether chasing works: what counts, what does not, and nothing twice."""

import datetime as dt

from console.domain.chase_figure import Chased, chase_figure

MINUTE = dt.timedelta(minutes=1)


def test_that_each_chase_is_followed_missed_or_not_counted(now: dt.datetime) -> None:
    figure = chase_figure(
        [
            Chased(now - 300 * MINUTE, now - 200 * MINUTE),  # within 2 hours
            Chased(now - 300 * MINUTE, now - 180 * MINUTE),  # on the minute
            Chased(now - 300 * MINUTE, now - 179 * MINUTE),  # too late
            Chased(now - 300 * MINUTE, None),  # never
            Chased(now - 30 * MINUTE, None),  # may still follow
            Chased(now - 30 * MINUTE, now - 10 * MINUTE),  # followed already
            Chased(now - 30 * MINUTE, now - 40 * MINUTE),  # crossed with the report
        ],
        now,
    )
    assert (figure.followed, figure.counted, figure.open, figure.already_sent) == (3, 5, 1, 1)
    assert figure.share == 0.6


def test_that_without_chases_there_is_no_share(now: dt.datetime) -> None:
    assert chase_figure([], now).share is None
