"""A mail server that takes every letter and keeps none: the other end of a benchmark."""

import asyncio
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Final

_GREETING: Final = b"220 sink ready\r\n"
_HELLO: Final = b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n"
_OK: Final = b"250 2.0.0 taken\r\n"
_DATA: Final = b"354 go on\r\n"
_BYE: Final = b"221 bye\r\n"


@contextmanager
def run_sink() -> Iterator[str]:
    """Give the URL of a sink in a process of its own, on loopback."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_serve, args=(theirs,), daemon=True
    )
    process.start()
    port = ours.recv()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.join(5)


def _serve(pipe: Connection) -> None:
    async def serve() -> None:
        server = await asyncio.start_server(_talk, "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        async with server:
            await server.serve_forever()

    asyncio.run(serve())


async def _talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Speak as much SMTP as a client needs (RFC 5321), taking everything."""
    writer.write(_GREETING)
    try:
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb in (b"EHLO", b"HELO"):
                writer.write(_HELLO)
            elif verb == b"DATA":
                writer.write(_DATA)
                await writer.drain()
                await reader.readuntil(b"\r\n.\r\n")
                writer.write(_OK)
            elif verb == b"QUIT":
                writer.write(_BYE)
                return
            else:
                writer.write(_OK)
            await writer.drain()
    except (ConnectionError, asyncio.IncompleteReadError):
        return
    finally:
        writer.close()
