"""The commands about keeping data: the restore drill, and for how long each kind is to be kept."""

from contextlib import closing
from pathlib import Path

from console import commands, settings
from console.commands import DONE, SOME_REFUSED, Voice
from console.domain.refusals import Refused


def run_drill(url: str | None, voice: Voice, **said: Path | None) -> int:
    """Bring the newest backup back, look at it, and say what was found."""
    from console.services import restore_drill
    from db.connect import address
    from db.engine import open_database

    folder = said["backups"] or _folder("backup.folder")
    if folder is None:
        raise Refused("Name the folder with the backups: --backups FOLDER, or set backup.folder.")
    where = address(commands.address(url))
    drill = restore_drill.Where(
        folder,
        said["programs"],
        said["archive"] or _folder("backup.archive_folder"),
        where.username or "postgres",
        where.database or "doorstep",
    )
    try:
        live = open_database(commands.address(url))
    except Refused as refused:
        voice.say(f"The service itself is not compared: {refused}")
        found = restore_drill.run(drill, None)
    else:
        with closing(live):
            found = restore_drill.run(drill, live)
    for line in found.lines:
        voice.say(line)
    for line in found.wrong:
        voice.refuse(line)
    voice.say("The drill found what must be seen to." if found.wrong else "The backup can be relied on.")
    return SOME_REFUSED if found.wrong else DONE


def list_retention(_: str | None, voice: Voice) -> int:
    """List every class of data with how long it is to be kept, its tables, and why."""
    from console.domain.retention import described

    for line in described():
        voice.say(line)
    return DONE


def _folder(name: str) -> Path | None:
    try:
        named = str(settings.machine(name))
    except ValueError as wrong:
        raise Refused(str(wrong)) from wrong
    return Path(named).expanduser() if named else None
