"""A line to a server that a test can cut and mend."""

import contextlib
import selectors
import socket
import threading
from collections.abc import Iterator

PIECE = 65536


class Line:
    """Passes bytes between a port of this machine and a server's, on a thread of its own."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._other: dict[socket.socket, socket.socket] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._wake, self._woken = socket.socketpair()
        self._selector.register(self._woken, selectors.EVENT_READ)
        self._is_cut = False
        self._cuts_after: bytes | None = None
        self._swallows: bytes | None = None
        self._left_open: list[socket.socket] = []
        self._is_ended = False
        self._settled = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def cut(self) -> None:
        """Break every connection; new ones are broken at once."""
        self._is_cut = True
        self._settle()

    def mend(self) -> None:
        """Let new connections through again."""
        self._is_cut = False

    def cut_answer_to(self, words: bytes) -> None:
        """Let the next piece that holds these words reach the server, then break before it can answer."""
        self._cuts_after = words

    def swallow(self, words: bytes) -> None:
        """Lose the next piece that holds these words, and the way back with it; the server waits on."""
        self._swallows = words

    def end(self) -> None:
        """Close everything and join the thread."""
        self._is_ended = True
        self._wake.send(b"x")
        self._thread.join()
        for end in (*self._other, *self._left_open, self._listener, self._wake, self._woken):
            end.close()
        self._selector.close()

    def _settle(self) -> None:
        self._settled.clear()
        self._wake.send(b"x")
        self._settled.wait(5)

    def _run(self) -> None:
        while not self._is_ended:
            for ready, _ in self._selector.select():
                self._serve(ready.fileobj)

    def _serve(self, end: object) -> None:
        if end is self._woken:
            self._woken.recv(PIECE)
            if self._is_cut:
                self._drop_all()
            self._settled.set()
        elif end is self._listener:
            self._accept()
        elif isinstance(end, socket.socket) and end in self._other:
            self._pass_on(end)

    def _accept(self) -> None:
        client, _ = self._listener.accept()
        if self._is_cut:
            client.close()
            return
        server = socket.create_connection(("127.0.0.1", self._server_port))
        for end, other in ((client, server), (server, client)):
            self._other[end] = other
            self._selector.register(end, selectors.EVENT_READ)

    def _pass_on(self, end: socket.socket) -> None:
        try:
            piece = end.recv(PIECE)
        except ConnectionError:
            piece = b""
        if not piece:
            self._drop(end)
            return
        if self._swallows is not None and self._swallows in piece:
            self._swallows = None
            self._let_go(end)
            return
        with contextlib.suppress(OSError):
            self._other[end].sendall(piece)
        if self._cuts_after is not None and self._cuts_after in piece:
            self._cuts_after = None
            self._other[end].recv(PIECE)  # the server has answered, so it has done what it was told
            self._drop(end)

    def _drop(self, end: socket.socket) -> None:
        for each in (end, self._other[end]):
            self._selector.unregister(each)
            del self._other[each]
            each.close()

    def _let_go(self, end: socket.socket) -> None:
        """Close this end and leave the other one open, as a network does that loses every packet."""
        other = self._other.pop(end)
        del self._other[other]
        for each in (end, other):
            self._selector.unregister(each)
        end.close()
        self._left_open.append(other)

    def _drop_all(self) -> None:
        while self._other:
            self._drop(next(iter(self._other)))


@contextlib.contextmanager
def line_to(server_port: int) -> Iterator[Line]:
    """Lay a line for the length of the block."""
    line = Line(server_port)
    try:
        yield line
    finally:
        line.end()
