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

READING = """
import json, sys, threading
from netctl.devices.linux import interfaces

sys.setswitchinterval(1e-6)
links = json.dumps([{"ifname": f"p{n}", "flags": ["UP", "LOWER_UP"], "stats64": {"rx": {"bytes": n}}} for n in range(40)])
gate, read = threading.Barrier(12), []

def look():
    gate.wait()
    read.append(len(interfaces("rx-1", links, "", {})))

threads = [threading.Thread(target=look) for _ in range(12)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sum(read))
"""


def test_many_threads_may_be_the_first_to_load_what_a_platform_is() -> None:
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-c", LOADING, str(reference_root())], capture_output=True, text=True, timeout=60
        )
        assert (done.returncode, done.stdout) == (0, "12\n"), done.stderr


def test_many_threads_may_be_the_first_to_read_what_a_box_says() -> None:
    for _ in range(3):
        done = subprocess.run([sys.executable, "-c", READING], capture_output=True, text=True, timeout=60)
        assert (done.returncode, done.stdout) == (0, "480\n"), done.stderr
