"""What is asked of every page: no fault in any look, light or dark or narrow, and nothing to scroll sideways for."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
# Two looks show both schemes and both widths; the colours of a scheme do not depend on the width.
LOOKS = (("light", WIDE), ("dark", NARROW))


def assert_sound(page: Page) -> None:
    """Fail with what axe finds in the page as it stands, whatever is folded in it unfolded, look by look."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    faults = [fault for scheme, window in LOOKS for fault in _faults(page, scheme, window)]
    _look(page, *LOOKS[0])
    assert not faults, "\n".join([f"{page.title()} ({page.url})", *faults])


def sound_at(page: Page, *paths: str) -> None:
    """Go to each address, and fail where its page has a fault."""
    for path in paths:
        page.goto(path)
        assert_sound(page)


def refused(page: Page, button: str = "main form:last-of-type button[type=submit]") -> None:
    """Send a form that lacks something, and fail where the page that says so has a fault."""
    page.locator(button).last.click()
    expect(page.locator(".error-summary")).to_be_visible()
    assert_sound(page)


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def _faults(page: Page, scheme: str, window: ViewportSize) -> list[str]:
    _look(page, scheme, window)
    where = f"{scheme}, {window['width']} px"
    sideways = [f"{where}: scrolls sideways"] if scrolls_sideways(page) else []
    return [*sideways, *(f"{where}: {line}" for line in _violations(page))]


def _look(page: Page, scheme: str, window: ViewportSize) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.set_viewport_size(window)


def _violations(page: Page) -> list[str]:
    outcome = Axe().run(page, options=RULES)
    return [
        f"{found['id']}: {node['html'][:160]}"
        for found in outcome.response["violations"]
        for node in found["nodes"][:3]
    ]
