"""Plan files: canonical JSON with the digest inside, so that a changed byte is seen before anybody believes the rest.

A plan file is a message between people and machines, not the truth: `netctl propose` keeps a copy of its own, and an
approval binds to the digest, which is computed anew from the content every time.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from netctl.errors import PlanFileForeign, PlanFileUnreadable, PlanTampered
from netctl.model.plan import Plan

FORMAT = "netctl-plan/1"
LARGEST = 512 * 1024 * 1024  # bytes; a tier XL plan that changes every router stays well below


def plan_text(plan: Plan) -> str:
    """The file's content: the same plan gives the same bytes."""
    content = {"format": FORMAT, "digest": plan.digest, "plan": plan.as_dict()}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def write_plan(plan: Plan, path: Path) -> None:
    """Write the file whole or not at all; raises `PlanFileUnreadable` where the disk or a permission forbids."""
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            temporary = file.name
            file.write(plan_text(plan))
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise PlanFileUnreadable(f"cannot write the plan: {error.strerror or error}", where=str(path)) from error


def read_plan(path: Path) -> Plan:
    """The plan in a file, its digest checked.

    Raises `PlanFileUnreadable` (no such file, no permission, too large), `PlanFileForeign` (not a plan of ours, or cut
    short) and `PlanTampered` (content and digest disagree).
    """
    content = _content(path)
    if not isinstance(content, dict) or not str(content.get("format", "")).startswith("netctl-plan/"):
        raise PlanFileForeign("this is JSON, but no plan of netctl", where=str(path))
    if content["format"] != FORMAT:
        raise PlanFileForeign(f"the plan has format {content['format']!r}, not {FORMAT!r}", where=str(path))
    try:
        plan = Plan.from_dict(content.get("plan"))
    except ValueError as error:
        raise PlanTampered(f"the plan's content is not a plan: {error}", where=str(path)) from error
    if plan.digest != content.get("digest") or content.keys() != {"format", "digest", "plan"}:
        raise PlanTampered(
            f"the content has digest {plan.digest[:16]}…, the file says {str(content.get('digest'))[:16]}…",
            where=str(path),
            hint="someone or something altered the file after it was written: plan again",
        )
    return plan


def _content(path: Path) -> Any:
    try:
        if path.stat().st_size > LARGEST:
            raise PlanFileUnreadable(f"larger than {LARGEST // 1024 // 1024} MB", where=str(path))
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise PlanFileUnreadable(f"cannot read the plan: {error.strerror or error}", where=str(path)) from error
    except (ValueError, RecursionError) as error:
        reason = "it is cut short or damaged" if _begins_like_ours(path) else "it is not JSON"
        raise PlanFileForeign(f"the file cannot be read as a plan: {reason}", where=str(path)) from error


def _begins_like_ours(path: Path) -> bool:
    with path.open("rb") as file:
        return b'"digest"' in file.read(200)
