"""Wait for a fresh start, then follow every link of the demonstration: each page must answer. Standard library only."""

import argparse
import sys
import time
from html.parser import HTMLParser
from urllib.error import HTTPError, URLError
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import urlopen


class Links(HTMLParser):
    """Collects where a page leads: links, styles, scripts, images."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the address of a link or of something that the page loads."""
        wanted = {"a": "href", "link": "href", "script": "src", "img": "src"}.get(tag)
        self.found += [value for name, value in attrs if name == wanted and value]


def wait_for(base: str, seconds: float) -> float:
    """Seconds until the server answered; SystemExit when it did not in time."""
    start = time.monotonic()
    while time.monotonic() - start < seconds:
        try:
            with urlopen(f"{base}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return time.monotonic() - start
        except (URLError, OSError):
            time.sleep(0.25)
    sys.exit(f"no answer within {seconds:.0f} s")


def crawl(base: str, limit: int) -> tuple[int, list[str]]:
    """Number of addresses that answered, and those that did not, from the home page on."""
    waiting, seen, failures = [f"{base}/", f"{base}/en/", f"{base}/sitemap", f"{base}/demo/mails"], set(), []
    while waiting and len(seen) < limit:
        address = urldefrag(waiting.pop(0)).url
        if address in seen or urlsplit(address).netloc != urlsplit(base).netloc:
            continue
        seen.add(address)
        try:
            with urlopen(address, timeout=30) as answer:
                if answer.headers.get_content_type() == "text/html":
                    links = Links()
                    links.feed(answer.read().decode())
                    waiting += [urljoin(answer.url, link) for link in links.found]
        except HTTPError as error:
            failures.append(f"{error.code} {address}")
        except (URLError, OSError, UnicodeDecodeError) as error:
            failures.append(f"{error} {address}")
    return len(seen) - len(failures), failures


def main() -> None:
    """Wait, crawl, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base")
    parser.add_argument("--within", type=float, default=60)
    parser.add_argument("--limit", type=int, default=1500)
    options = parser.parse_args()
    waited = wait_for(options.base, options.within)
    print(f"answered after {waited:.1f} s")
    answered, failures = crawl(options.base, options.limit)
    print(f"{answered} addresses answered, {len(failures)} did not")
    for failure in failures:
        print(f"  {failure}")
    sys.exit(bool(failures) or answered < 40)


if __name__ == "__main__":
    main()
