"""nornir + nornir-jinja2 on one network: load the inventory, render every part of every router. Prints JSON.

    python -m benchmarks.nornir_side FOLDER TEMPLATES [--c-loader]

One shared Jinja2 environment and nornir's threaded runner: nornir-jinja2's default, an environment a call, is several
times slower. `--c-loader` reads the YAML with libyaml, which nornir as pip installs it does not have.
"""

from __future__ import annotations

import hashlib
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any

import ruamel.yaml
import yaml
from jinja2 import Environment, FileSystemLoader
from nornir import InitNornir
from nornir.core.task import Result, Task
from nornir_jinja2.plugins.tasks import template_file

from benchmarks.equal import split

PARTS = ("frr.conf", "management.nft", "chrony.sources", "rsyslog.conf", "banner")


def render(task: Task, environment: Environment) -> Result:
    """All parts of one router."""
    data = dict(task.host.items())
    data |= split(data)
    texts = {
        part: task.run(template_file, template=f"frr/{part}.j2", jinja_env=environment, **data).result for part in PARTS
    }
    return Result(host=task.host, result=texts)


def main(folder: Path, templates: Path, *, c_loader: bool) -> dict[str, Any]:
    """Seconds, peak memory and a digest of what was rendered."""
    if c_loader:
        ruamel.yaml.YAML.load = lambda _, stream: yaml.load(stream, yaml.CSafeLoader)
    begun = time.perf_counter()
    options = {"host_file": folder / "hosts.yaml", "group_file": folder / "groups.yaml"}
    nornir = InitNornir(
        inventory={"plugin": "SimpleInventory", "options": options | {"defaults_file": folder / "defaults.yaml"}},
        runner={"plugin": "threaded", "options": {"num_workers": 20}},
        logging={"enabled": False},
    )
    loaded = time.perf_counter()
    environment = Environment(  # noqa: S701 (routers' text, no HTML)
        loader=FileSystemLoader(templates), trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters["secret"] = str
    results = nornir.run(task=render, environment=environment)
    done = time.perf_counter()
    if results.failed:
        raise SystemExit(str(next(iter(results.failed_hosts.values()))[-1].exception))
    hasher = hashlib.sha256()
    for name in sorted(results):
        for part in PARTS:
            hasher.update(f"{name} {part}\n{results[name][0].result[part].rstrip()}\n".encode())
    return {
        "load": loaded - begun,
        "seconds": done - begun,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "routers": len(results),
        "digest": hasher.hexdigest(),
        "after": time.perf_counter() - done,
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), c_loader="--c-loader" in sys.argv)))
