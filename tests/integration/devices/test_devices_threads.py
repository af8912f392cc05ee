"""Rules and platforms are loaded by many threads at once: whoever is first, all get them, and nothing crashes."""

import subprocess
import sys

from netctl.inventory import reference_root

LOADING = """
import sys, threading
from pathlib import Path
from netctl.devices.platform import load_platform
from netctl.devices.rules import load_rules

sys.setswitchinterval(1e-6)
root, gate, loaded = Path(sys.argv[1]), threading.Barrier(12), []

def load(number):
    gate.wait()
    platform = ("frr", "juniper_junos", "nec_ix")[number % 3]
    loaded.append((load_rules((root,), platform), load_platform(root, platform)))

threads = [threading.Thread(target=load, args=(number,)) for number in range(12)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(loaded))
"""


def test_many_threads_may_be_the_first_to_load_what_a_platform_is() -> None:
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", LOADING, str(reference_root())], capture_output=True, text=True, timeout=60
        )
        assert (done.returncode, done.stdout) == (0, "12\n"), done.stderr
