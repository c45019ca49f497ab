"""How fast a contract is read, as a ratio to one regular-expression pass over the same text: `make benchmarks`.

The contract is generated: as long as the longest we know, its breach clause near its end.
"""

import re
import time
from collections.abc import Callable

from playbooks.reader.reader import read_contract

LENGTH = 140_000
CLAUSES = (
    "The Supplier shall inform the Customer of every request of a data subject within five business days.",
    "The Customer pays every invoice within thirty (30) days; after that interest is due, unless law forbids.",
    "The Supplier keeps personal data while the services need them and deletes them within 30 days thereafter.",
    "The parties treat as confidential whatever they learn of one another, except what is known to everybody already.",
    "New sub-processors are announced by a notice at least ten days in advance, to which the Customer may object.",
)
BREACH = "The Supplier shall notify the Customer of any personal data breach within 48 hours of becoming aware of it."
WORD = re.compile(r"\b(?:notif\w*|breach\w*|within|hours?|days?)\b", re.IGNORECASE)


def main() -> None:
    """Measure and print one line."""
    text = contract()
    content = text.encode()
    read_contract(content, "warm")
    ours = best(lambda: read_contract(content, "contract.txt"))
    one_pass = best(lambda: WORD.findall(text))
    times = f"{ours / one_pass:.0f} times one regular-expression pass over it"
    print(f"read a contract of {len(text):,} characters: {ours * 1000:.0f} ms, {times}")


def contract() -> str:
    """Return the text of a contract of `LENGTH` characters."""
    lines: list[str] = []
    length = number = 0
    while length < LENGTH - 2_000:
        number += 1
        heading = f"## {number}. Section {number}"
        lines += [heading, "", *(f"{number}.{at} {words}" for at, words in enumerate(CLAUSES, start=1)), ""]
        length += len(heading) + sum(map(len, CLAUSES)) + 30
    return "\n".join([*lines, "## Personal data breaches", "", BREACH, ""])


def best(work: Callable[[], object], times: int = 5) -> float:
    """Return the fewest seconds of several runs."""
    return min(timed(work) for _ in range(times))


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds the work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
