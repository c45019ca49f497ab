"""What a recorded notification leaves to be done, in words for the person who recorded it."""

from collections.abc import Iterator

from incident.look import Look


def left_to_do(look: Look, duty_id: str) -> Iterator[str]:
    """Say what a notification under a duty leaves to be done."""
    settled = next((clock for clock in look.clocks if clock.duty.id == duty_id), None)
    if settled is None:
        return  # its time lies before the law that the duty rests on: the warnings say so
    for clock in look.clocks:
        if clock.duty.customer is not None and clock.duty.customer == settled.duty.customer and not clock.state.settled:
            yield f"{clock.duty.id} is still owed to {clock.duty.creditor}: record it too if this notice met it"
