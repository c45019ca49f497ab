"""How long every kind of draft takes in every language and format, in a running process: `make benchmarks`.

The incidents are those of the demonstration. Each figure is the best of three, in milliseconds, composing included;
it is not held against anything: a person who waits for a draft counts in seconds.
"""

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from incident.bring_into_force import bring_into_force
from incident.cli.demo import play
from incident.desk import Desk
from incident.look import Look
from incident.notices.choices import choices
from incident.notices.compose import DraftRequest, compose
from incident.notices.render import FORMATS, draft_file
from incident.samples import ORGANISATION, samples
from incident.settings import organisation_text
from incident.staged import Staged
from incident.store.sqlite import memory_store
from playbooks.texts import shipped_texts

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)


def main() -> None:
    """Print a line for each kind and language, with a column for each format."""
    with tempfile.TemporaryDirectory() as folder:
        store = memory_store(actor="bench", stated_now=NOW, copy_of=None)
        staged = Staged(Path(folder, "settings.toml"), organisation_text(ORGANISATION), shipped_texts())
        desk = Desk(store, bring_into_force(store, staged), NOW)
        looks = [desk.look(play(desk, sample)) for sample in samples(NOW)]
        print(f"{'milliseconds':38}{''.join(f'{form:>7}' for form in FORMATS)}")
        measured = [(name, [fastest(look, request, form) for form in FORMATS]) for name, look, request in drafts(looks)]
        for name, times in measured:
            print(f"{name:38}{''.join(f'{taken * 1000:7.1f}' for taken in times)}")
        for at, form in enumerate(FORMATS):
            print(f"slowest {form}: {max(times[at] for _, times in measured) * 1000:.1f} ms")


def drafts(looks: list[Look]) -> Iterator[tuple[str, Look, DraftRequest]]:
    """Yield each kind of draft in each language once, of the first incident that has one."""
    seen: set[str] = set()
    for look in looks:
        rules, organisation = look.in_force.rules, look.in_force.organisation
        for choice in choices(look.incident, rules, organisation, NOW, None).fitting:
            for language in {language for _, language in choice.recipients}:
                what = (choice.request.kind, choice.variant, choice.request.authority)
                name = " ".join(str(part) for part in (*what, language) if part)
                if name not in seen:
                    seen.add(name)
                    yield (
                        name,
                        look,
                        DraftRequest(
                            choice.request.kind,
                            (language,),
                            choice.request.authority,
                            regime=choice.request.regime,
                            readers=choice.request.readers,
                        ),
                    )


def fastest(look: Look, request: DraftRequest, form: str) -> float:
    """Return the least of three times that composing a draft and making its file took."""
    taken = []
    for _ in range(3):
        began = time.perf_counter()
        notices = compose(request, look.incident, look.in_force.rules, look.in_force.organisation, NOW)
        draft_file(notices[0], form, None)
        taken.append(time.perf_counter() - began)
    return min(taken)


if __name__ == "__main__":
    main()
