import threading
import time

import pytest

from netctl.devices.deadline import Deadline
from netctl.errors import DeviceTimeout


def test_a_block_that_does_not_end_is_interrupted_and_told():
    gone = threading.Event()
    started = time.monotonic()
    with pytest.raises(DeviceTimeout, match="speak: no end within 0.05 s") as caught:
        with Deadline.after(0.05, "speak", "rx-1").enforced(gone.set):
            assert gone.wait(5)
            raise OSError("closed under our feet")
    assert time.monotonic() - started < 2
    assert caught.value.where == "rx-1"
    assert isinstance(caught.value.__cause__, OSError)


def test_a_block_that_ends_too_late_without_an_error_has_failed_as_well():
    gone = threading.Event()
    with pytest.raises(DeviceTimeout), Deadline.after(0.05, "speak", "rx-1").enforced(gone.set):
        assert gone.wait(5)


def test_a_block_that_ends_in_time_is_left_alone():
    called = []
    with Deadline.after(5, "speak", "rx-1").enforced(lambda: called.append(1)):
        pass
    assert called == []


def test_an_error_in_time_is_passed_on_as_it_is():
    with pytest.raises(KeyError), Deadline.after(5, "speak", "rx-1").enforced(lambda: None):
        raise KeyError("x")


def test_no_thread_is_left():
    before = threading.active_count()
    for _ in range(5):
        with Deadline.after(5, "speak", "rx-1").enforced(lambda: None):
            pass
    assert threading.active_count() == before


def test_past_its_moment_a_deadline_has_no_seconds_left():
    with pytest.raises(DeviceTimeout):
        _ = Deadline(time.monotonic() - 1, 3, "speak", "rx-1").left
