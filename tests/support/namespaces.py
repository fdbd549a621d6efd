"""Two computers with a network between them that can go silent: network namespaces of the test's own.

A third namespace passes packets on between the two. When it stops, every packet is dropped and nobody is
told: no connection is closed, no address is refused. A pulled cable behind a switch looks like that.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count

_numbers = count(1)
SERVER_ADDRESS = "10.213.2.2"
_LAYOUT = """
link add name toserver netns {router} type veth peer name eth0 netns {server}
link add name toclient netns {router} type veth peer name eth0 netns {client}
"""
_INSIDE = {
    "client": "addr add 10.213.1.2/24 dev eth0;link set lo up;link set eth0 up;"
    "route add default via 10.213.1.1",
    "server": "addr add 10.213.2.2/24 dev eth0;link set lo up;link set eth0 up;"
    "route add default via 10.213.2.1",
    "router": "addr add 10.213.1.1/24 dev toclient;addr add 10.213.2.1/24 dev toserver;"
    "link set toclient up;link set toserver up",
}
# Destinations that swallow what is sent to them: the packets are dropped, and nobody hears of it.
_SILENCE = "route {verb} blackhole 10.213.1.2/32;route {verb} blackhole 10.213.2.2/32"


class NoNamespaces(RuntimeError):
    """This machine, or this account, cannot make network namespaces; says why."""


@dataclass(frozen=True)
class Network:
    """The names of the three namespaces."""

    client: str
    server: str
    router: str

    def go_silent(self) -> None:
        """Drop every packet from now on."""
        _in(self.router, _SILENCE.format(verb="add"))

    def come_back(self) -> None:
        """Let packets through again."""
        _in(self.router, _SILENCE.format(verb="del"))


@contextmanager
def network() -> Iterator[Network]:
    """Make the two computers and the way between them for the length of the block."""
    if os.name != "posix" or os.geteuid() != 0:
        raise NoNamespaces("only root may make network namespaces")
    if shutil.which("ip") is None:
        raise NoNamespaces("the program ip is missing: install the Debian package iproute2")
    number = f"doorstep-{os.getpid()}-{next(_numbers)}"
    made = Network(f"{number}-client", f"{number}-server", f"{number}-router")
    names = (made.client, made.server, made.router)
    try:
        for name in names:
            _ip("netns", "add", name)
        _batch(_LAYOUT.format(client=made.client, server=made.server, router=made.router))
        for name, role in zip(names, ("client", "server", "router"), strict=True):
            _in(name, _INSIDE[role])
        forward = ["ip", "netns", "exec", made.router, "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward"]
        _run(forward)
        yield made
    finally:
        for name in names:
            subprocess.run(["ip", "netns", "del", name], capture_output=True, check=False)


def _in(namespace: str, commands: str) -> None:
    _batch("\n".join(commands.split(";")), "-n", namespace)


def _batch(commands: str, *words: str) -> None:
    _run(["ip", *words, "-batch", "-"], commands)


def _ip(*words: str) -> None:
    _run(["ip", *words])


def _run(command: list[str], commands: str = "") -> None:
    done = subprocess.run(command, input=commands, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoNamespaces(f"the network could not be laid: {done.stderr.strip()}")
