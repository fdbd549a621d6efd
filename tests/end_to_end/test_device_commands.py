"""`main.py device`: a token that is shown once, a list, and a device that tells nothing any more."""

from tests.end_to_end.test_commands import run


def test_that_a_device_is_added_listed_and_disabled(empty_database_url: str) -> None:
    url = empty_database_url
    run("migrate", "--database", url)
    run("setup", "--demo", "--database", url)
    added = run("device", "add", "Sam Hill", "--label", "car", "--database", url).stdout.splitlines()
    assert added[0] == "Device 1, car, may tell the position of Sam Hill."
    assert len(added[-1]) == 43
    listed = run("device", "list", "--database", url).stdout
    assert listed == "1\tSam Hill\tcar\tactive\theard never\tnewest kept never\n"
    assert "Devices that may tell positions: 1." in run("doctor", "--database", url).stdout
    run("device", "disable", 1, "--database", url)
    assert "disabled" in run("device", "list", "--database", url).stdout
    refused = run("device", "disable", 1, "--database", url, code=2)
    assert refused.stderr == "Device 1 is disabled already.\n"
    unknown = run("device", "add", "Nobody", "--database", url, code=2)
    assert "No practitioner is called Nobody. List them: main.py staff list" in unknown.stderr
