"""What every day begins with."""

from tests.end_to_end.driver import AtTheDesk


def put_on_duty(desk: AtTheDesk, name: str, hub: str, until: str, works_as: str = "") -> None:
    """Record that somebody has come on duty."""
    desk.opens("Ctrl+Shift+S", "Shift on or off")
    desk.choose("Practitioner", name)
    desk.choose("Hub", hub)
    if works_as:
        desk.choose("Works as", works_as)
    desk.fill("Until", until)
    desk.submit(f"is on duty until {until}.")
    desk.waits_until(lambda: any(name in one.name for one in desk.live.practitioners.by_id.values()))
