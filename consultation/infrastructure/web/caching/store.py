"""The pages that one process keeps, compressed as they are sent."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

Address = tuple[str, str, str, str]
Headers = list[tuple[str, str]]

MOST_BYTES = 32_000_000
BESIDE_A_BODY = 3_000  # bytes that an answer takes besides its body: headers, address, places in the tables


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as it was sent."""

    headers: Headers
    body: bytes

    @property
    def size(self) -> int:
        """The memory that it takes, about."""
        return BESIDE_A_BODY + len(self.body)


@dataclass(slots=True)
class _Page:
    """What is at an address under one tag, in each encoding that was asked for."""

    tag: str
    answers: dict[str, Answer] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The memory that all its encodings take, about."""
        return sum(answer.size for answer in self.answers.values())


class Store:
    """The pages of one process; the one that was asked for longest ago goes first."""

    def __init__(self, version: str, most_bytes: int = MOST_BYTES) -> None:
        self.version = version
        self._most_bytes = most_bytes
        self._pages: OrderedDict[Address, _Page] = OrderedDict()
        self._lock = Lock()
        self.bytes = 0

    def get(self, address: Address, tag: str, encoding: str) -> Answer | None:
        """The page that has this tag, in this encoding; None where it is another one, or not there."""
        with self._lock:
            page = self._pages.get(address)
            if page is None or page.tag != tag:
                return None
            self._pages.move_to_end(address)
            return page.answers.get(encoding)

    def put(self, address: Address, tag: str, encoding: str, answer: Answer) -> None:
        """Keep a page in place of the one that was at its address under another tag."""
        with self._lock:
            page = self._pages.pop(address, None)
            self.bytes -= page.size if page else 0
            if page is None or page.tag != tag:
                page = _Page(tag)
            page.answers[encoding] = answer
            self._pages[address] = page
            self.bytes += page.size
            while self.bytes > self._most_bytes:
                self.bytes -= self._pages.popitem(last=False)[1].size

    def __len__(self) -> int:
        return len(self._pages)
