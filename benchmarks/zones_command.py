"""`netctl dns plan --json` itself on a network that declares these zones, its whole process. Prints JSON.

python -m benchmarks.zones_command CASE FOLDER PORT [--keep]
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.zones_text import APEX, keys

ROOT = Path(__file__).resolve().parents[1]
DIFFERS = 3
POLICY = """\
soa: {mailbox: hostmaster.gov-wan.example, refresh: 3600, retry: 600, expire: 86400, minimum: 300}
ttl: 3600
servers: {forward: [ns1], reverse: [ns1]}
limits: {deletions: 1000000, deleted_percent: 100}
"""


def network(folder: Path, port: int) -> Path:
    """The reference network, with these zones alone; SOA and NS are netctl's own, of a server that is the one asked."""
    root = folder / "network"
    shutil.rmtree(root, ignore_errors=True)
    for part in ("inventory", "devices", "templates"):
        shutil.copytree(ROOT / part, root / part)
    for part in ("zones", "bulk"):
        (root / "dns" / part).mkdir(parents=True)
    told = keys(folder)
    names = {told[purpose][0]: purpose for purpose in ("transfer", "update")}
    server = {"software": "bind", "role": "primary", "standing": "main", "centre": "main", "port": port}
    servers = {
        "servers": {"ns1": {**server, "addresses": ["127.0.0.1"]}},
        "keys": {
            name: {"algorithm": told["algorithm"], "secret": f"dns/{purpose}", "purpose": purpose}
            for name, purpose in names.items()
        },
    }
    (root / "dns" / "servers.yaml").write_text(json.dumps(servers), encoding="ascii")
    (root / "dns" / "policy.yaml").write_text(POLICY, encoding="ascii")
    for path in (folder / "declared").iterdir():
        zone = path.name.removesuffix(".zone")
        (root / "dns" / "zones" / f"{zone}.yaml").write_text(f"zone: {zone}\nfile: bulk/{path.name}\n", "ascii")
        own = path.read_text("ascii").removeprefix(APEX)
        (root / "dns" / "bulk" / path.name).write_text(f"$TTL 3600\n{own}", "ascii")
    return root


def environment(folder: Path) -> dict[str, str]:
    """What the command sees: the secrets of the keys, a home, and compiled modules as an installed netctl has."""
    told = keys(folder)
    secrets = {f"NETCTL_SECRET_DNS_{each.upper()}": told[each][1] for each in ("transfer", "update")}
    own = {"NETCTL_HOME": str(folder / "home"), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | secrets | own


def main(case: str, folder: Path, port: int) -> dict[str, Any]:
    """Seconds, memory, and how many records differ; `case` can only be a plan. No zone was read before.

    The host has used netctl before: its store is there, and what the network declares beside names is in its cache.
    """
    if case != "plan":
        raise SystemExit("only plans are measured here")
    shutil.rmtree(folder / "home", ignore_errors=True)
    netctl = [sys.executable, "-m", "netctl", "--network", str(network(folder, port)), "dns"]
    environ = environment(folder)
    subprocess.run([*netctl, "serials", "--json"], stdout=subprocess.DEVNULL, check=True, env=environ, cwd=ROOT)
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    with (folder / "plan.json").open("wb") as out:
        done = subprocess.run([*netctl, "plan", "--json"], stdout=out, check=False, env=environ, cwd=ROOT)
    wall, used = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != DIFFERS:
        raise SystemExit(f"netctl ended with status {done.returncode}")
    found = json.loads((folder / "plan.json").read_bytes())
    records = sum(zone["added"] + zone["removed"] for zone in found["zones"])
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": wall, "cpu": cpu, "peak_mb": used.ru_maxrss // 1024, "records": records}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))))
