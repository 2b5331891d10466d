"""Start the signup service again and again, fast: everything is imported once, each round is a fork.

Usage: crash_child.py DATABASE SMTP_PORT. Prints the port it listens on, then for each
line on standard input `start` forks a service and prints its process id. The listening
socket belongs to this process and outlives every service, as it would under systemd.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import uvicorn
from signup_kit import live

from signup.app import create_app


def serve(listening: socket.socket, database: Path, smtp_port: int) -> None:
    """Serve until killed."""
    app = create_app(live(database.parent, smtp_port, retry_seconds=0.05))
    uvicorn.Server(uvicorn.Config(app, access_log=False, log_level="critical", lifespan="on")).run(sockets=[listening])


def main(database: Path, smtp_port: int) -> None:
    """Fork a service for each line of standard input."""
    uvicorn.Config(create_app(live(database.parent, smtp_port)), lifespan="on").load()  # imports what is imported late
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen(100)
    print(listening.getsockname()[1], flush=True)
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                serve(listening, database, smtp_port)
            finally:
                os._exit(1)
        print(child, flush=True)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
