"""The commands about the telephones and trackers that tell practitioners' positions."""

from console.commands import DONE, Voice, opened


def list_devices(url: str | None, voice: Voice) -> int:
    """List the devices that may tell positions."""
    from console.services import devices

    with opened(url) as database:
        for line in devices.lines(database):
            voice.say(line)
    return DONE


def add_device(
    url: str | None, voice: Voice, *, practitioner: str, label: str, registration: str | None
) -> int:
    """Let a device tell a practitioner's position, and show its token this once."""
    from console.services import devices
    from console.services.clock import clock_of

    with opened(url) as database:
        said, token = devices.add(
            database,
            clock_of(database)(),
            practitioner=practitioner,
            label=label,
            registration=registration,
        )
    voice.say(said)
    voice.say("Its token, which is shown this once and kept nowhere:")
    voice.say(token)
    return DONE


def disable_device(url: str | None, voice: Voice, *, device_id: int) -> int:
    """Let a device tell nothing any more."""
    from console.services import devices
    from console.services.clock import clock_of

    with opened(url) as database:
        voice.say(devices.disable(database, clock_of(database)(), device_id))
    return DONE
