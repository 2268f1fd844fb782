"""The staff door: one password, patience with mistakes, none with guessing."""

from dataclasses import dataclass

import pytest

from assistant.web.gate import FIRST_WAIT, IDLE, LONGEST_WAIT, STAYS, TRIES, Gate, TooManyTries, WrongPassword

PASSWORD = "正确的口令 correct horse"
HOME = "10.0.0.1"


@dataclass
class _Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def guess(gate: Gate, address: str = HOME, password: str = "wrong") -> type[Exception] | str:
    try:
        return gate.enter(password, address)
    except (WrongPassword, TooManyTries) as error:
        return type(error)


def test_who_knows_the_password_comes_in_stays_and_leaves() -> None:
    clock = _Clock()
    gate = Gate(PASSWORD, clock=clock)
    key = gate.enter(PASSWORD, HOME)
    assert gate.knows(key)
    assert not gate.knows("")
    assert not gate.knows(key[:-1])
    assert not gate.knows("键" + key)
    assert gate.enter(PASSWORD, HOME) != key
    gate.leave(key)
    assert not gate.knows(key)


@pytest.mark.parametrize("password", ["", "正确的口令", PASSWORD + " ", PASSWORD.upper(), "\ud800"])
def test_nothing_else_is_the_password(password: str) -> None:
    with pytest.raises(WrongPassword):
        Gate(PASSWORD).enter(password, HOME)


def test_a_gate_without_a_password_cannot_be() -> None:
    with pytest.raises(ValueError, match="password"):
        Gate("")


def test_a_session_ends_when_nothing_is_done_and_after_a_working_day() -> None:
    clock = _Clock()
    gate = Gate(PASSWORD, clock=clock)
    key = gate.enter(PASSWORD, HOME)
    clock.now += IDLE - 1
    assert gate.knows(key)
    clock.now += IDLE + 1
    assert not gate.knows(key)
    key = gate.enter(PASSWORD, HOME)
    began = clock.now
    while clock.now - began < STAYS - IDLE:
        clock.now += IDLE - 1
        assert gate.knows(key)
    clock.now = began + STAYS + 1
    assert not gate.knows(key)


def test_guessing_is_answered_by_longer_and_longer_waits_even_for_the_right_word() -> None:
    clock = _Clock()
    gate = Gate(PASSWORD, clock=clock)
    assert [guess(gate) for _ in range(TRIES)] == [WrongPassword] * TRIES
    with pytest.raises(TooManyTries) as told:
        gate.enter(PASSWORD, HOME)
    assert told.value.seconds == pytest.approx(FIRST_WAIT, abs=1)
    assert gate.knows(gate.enter(PASSWORD, "10.0.0.2")), "others are not held up"
    waited = []
    for _ in range(12):
        with pytest.raises(TooManyTries) as told:
            gate.enter("wrong", HOME)
        waited.append(told.value.seconds)
        clock.now += told.value.seconds
        assert guess(gate) is WrongPassword
    assert waited[1] == pytest.approx(2 * waited[0], abs=2)
    assert waited == sorted(waited)
    assert waited[-1] == pytest.approx(LONGEST_WAIT, abs=1)
    clock.now += LONGEST_WAIT + 1
    assert gate.knows(gate.enter(PASSWORD, HOME))
    assert [guess(gate) for _ in range(TRIES)] == [WrongPassword] * TRIES, "a right word clears the slate"


def test_one_network_of_many_addresses_is_one_guesser() -> None:
    gate = Gate(PASSWORD, clock=_Clock())
    tries = [guess(gate, f"2001:db8::{number:x}") for number in range(1, TRIES + 3)]
    assert tries == [WrongPassword] * TRIES + [TooManyTries] * 2
    assert guess(gate, "2001:db8:0:1::1") is WrongPassword


def test_many_addresses_together_get_one_try_a_second() -> None:
    clock = _Clock()
    gate = Gate(PASSWORD, clock=clock)
    tries = [guess(gate, f"10.1.{number // 200}.{number % 200}") for number in range(300)]
    assert tries.count(WrongPassword) == 30
    clock.now += 1.0
    assert gate.knows(gate.enter(PASSWORD, HOME))
