"""Let in whoever knows the password, and slow down whoever guesses."""

import hmac
import ipaddress
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from assistant.web.security import TokenBucket

TRIES = 5
"""Wrong passwords that one address may give before it has to wait."""
FIRST_WAIT = 30.0
LONGEST_WAIT = 3600.0
"""Seconds to wait after the last of them; each further wrong one doubles them."""
STAYS = 8 * 3600.0
IDLE = 1800.0
"""Seconds after which whoever is in has to say the password again: since coming in, and since doing anything."""

_ADDRESSES = 4096
_SESSIONS = 64


class WrongPassword(Exception):
    """It is not the password."""


class TooManyTries(Exception):
    """Wrong passwords came too often; ``seconds`` have to pass."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"wait {seconds:.0f} s")
        self.seconds = max(1, round(seconds + 0.5))


@dataclass(slots=True)
class _Guesser:
    wrong: int = 0
    until: float = 0.0


@dataclass(slots=True)
class _Session:
    since: float
    seen: float


class Gate:
    """One password, and who has come in with it; forgotten when the process ends.

    Addresses are held apart (of IPv6 by the network), and all of them together to one try a second.
    """

    def __init__(self, password: str, *, clock: Callable[[], float] = time.monotonic) -> None:
        if not password:
            raise ValueError("a gate needs a password")
        self._digest = sha256(password.encode()).digest()
        self._clock = clock
        self._all = TokenBucket(rate=1.0, burst=30.0, clock=clock)
        self._guessers: OrderedDict[str, _Guesser] = OrderedDict()
        self._sessions: OrderedDict[bytes, _Session] = OrderedDict()

    def enter(self, password: str, address: str) -> str:
        """Return the key of a new session.

        Raises:
            WrongPassword: it is not the password.
            TooManyTries: wrong ones came too often, whatever this one is.
        """
        now = self._clock()
        guesser = self._guesser(address)
        wait = max(guesser.until - now, 0.0) or self._all.take()
        if wait > 0:
            raise TooManyTries(wait)
        if not hmac.compare_digest(sha256(password.encode("utf-8", "surrogatepass")).digest(), self._digest):
            guesser.wrong += 1
            if guesser.wrong >= TRIES:
                guesser.until = now + min(FIRST_WAIT * 2 ** (guesser.wrong - TRIES), LONGEST_WAIT)
            raise WrongPassword
        self._guessers.pop(_network(address), None)
        key = secrets.token_urlsafe(32)
        self._sessions[_mark(key)] = _Session(now, now)
        while len(self._sessions) > _SESSIONS:
            self._sessions.popitem(last=False)
        return key

    def knows(self, key: str) -> bool:
        """Say whether the key is that of a session that still lasts."""
        session = self._sessions.get(_mark(key))
        now = self._clock()
        if session is None or now - session.since > STAYS or now - session.seen > IDLE:
            self.leave(key)
            return False
        session.seen = now
        return True

    def leave(self, key: str) -> None:
        """End a session."""
        self._sessions.pop(_mark(key), None)

    def _guesser(self, address: str) -> _Guesser:
        network = _network(address)
        guesser = self._guessers.pop(network, None) or _Guesser()
        self._guessers[network] = guesser
        while len(self._guessers) > _ADDRESSES:
            self._guessers.popitem(last=False)
        return guesser


def _mark(key: str) -> bytes:
    """Return what is kept of a key, so that looking one up tells nothing of the others by the time it takes."""
    return sha256(key.encode("utf-8", "surrogatepass")).digest()


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 4:
        return address
    return str(ipaddress.ip_network(f"{address.partition('%')[0]}/64", strict=False))
