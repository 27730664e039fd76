"""People who join while the tests run."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from benchmarks import weight


@dataclass(frozen=True)
class Newcomer:
    """Somebody who opens an account through the pages, and reads the mails that follow."""

    name: str
    work: Callable[[], None]
    passphrase: str = "une phrase assez longue pour tenir"

    @property
    def address(self) -> str:
        """Where their mails go."""
        return f"{self.name.lower().replace(' ', '-')}@example.org"

    def register(self, page: Page) -> None:
        """Send the form; ends on the page that says that a mail is on its way."""
        page.goto("/account/register")
        page.fill("input[name=address]", self.address)
        page.fill("input[name=passphrase]", self.passphrase)
        for box in page.locator("main input[type=checkbox]").all():
            box.check()
        page.click("main form button")
        page.wait_for_url("**/account/mail-sent")

    def link(self, page: Page, kind: str) -> str:
        """The link of the latest mail to this person: `confirm` or `reset`."""
        self.work()
        page.goto("/demo/mails")
        mail = page.locator("main section.panel").filter(has_text=self.address).first
        link = re.search(rf"/account/{kind}/\S+", mail.inner_text())
        assert link is not None
        return link.group()

    def enter(self, page: Page) -> None:
        """Register, confirm, sign in."""
        self.register(page)
        page.goto(self.link(page, "confirm"))
        page.click("main form button")
        page.wait_for_url("**/account/sign-in*")
        weight.sign_in(page, self.address, self.passphrase)
