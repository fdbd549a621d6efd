"""How often one device may tell: a burst after a tunnel is fine, a stream is not."""

from collections import OrderedDict
from collections.abc import Callable

from console.steady import steady

BURST = 120
PER_SECOND = 2.0
_MOST_REMEMBERED = 10_000


class Rate:
    """A bucket for each token's hash, filled again at a steady rate; the longest unheard are forgotten."""

    def __init__(
        self,
        burst: int = BURST,
        per_second: float = PER_SECOND,
        clock: Callable[[], float] = steady,
    ) -> None:
        """Every device begins with a full bucket."""
        self._burst, self._per_second, self._clock = burst, per_second, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def allows(self, token_hash: str, count: int = 1) -> bool:
        """Take so many out of the bucket; False when it does not hold them."""
        now = self._clock()
        left, at = self._left.pop(token_hash, (float(self._burst), now))
        left = min(self._burst, left + (now - at) * self._per_second)
        is_allowed = left >= count
        self._left[token_hash] = (left - count if is_allowed else left, now)
        if len(self._left) > _MOST_REMEMBERED:
            self._left.popitem(last=False)
        return is_allowed
