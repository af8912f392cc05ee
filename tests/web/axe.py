"""axe-core on a page: what of WCAG 2.2 AA it breaks."""

from pathlib import Path

from playwright.sync_api import Page

SCRIPT = Path(__file__).parent / "vendor" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def breaches(page: Page) -> list[str]:
    """One line for each rule and each place that breaks it. The page's context must let scripts in (bypass_csp)."""
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then(found => found.violations)", TAGS
    )
    return [
        f"{rule['id']} {' '.join(map(str, place['target']))}: {place['failureSummary'].splitlines()[-1].strip()}"
        for rule in found
        for place in rule["nodes"]
    ]
