"""The operator's commands. Only this room prints and says how a command ended."""

from __future__ import annotations

import argparse
import logging
import sqlite3
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import uvicorn

from signup import people
from signup.addresses import AddressError, masked, read_address
from signup.app import create_app
from signup.backup import BackupError, back_up, restore
from signup.database import InUseError, lock
from signup.environment import from_environment
from signup.export import write_export
from signup.preview import for_terminal
from signup.purge import purge
from signup.schema import SchemaError, connect
from signup.settings import Settings, SettingsError, is_loopback

FINE, PROBLEM, WRONG_USE = 0, 1, 2


def parser(prog: str = "signup") -> argparse.ArgumentParser:
    """Return the command line; its help is what the manual shows."""
    top = argparse.ArgumentParser(
        prog=prog,
        description="The newsletter signup service. Settings come from SIGNUP_… variables"
        " (deploy/signup.env.example); without any it runs a preview that sends no mail.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="serve the form and send its mails")
    run.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
    run.add_argument("--port", type=int, default=8025, help="port to listen on (default: %(default)s)")
    export = commands.add_parser("export", help="write subscribers as listmonk import CSV per locale, and as JSON")
    export.add_argument("--output", type=Path, default=Path("signup-export"), help="folder (default: %(default)s)")
    commands.add_parser("backup", help="copy the database while the service runs").add_argument("file", type=Path)
    commands.add_parser("restore", help="put a copy back; the service must be stopped").add_argument("file", type=Path)
    commands.add_parser("purge", help="delete what has expired; the service does so by itself each hour")
    commands.add_parser("delete", help="delete everything about one person").add_argument("address")
    return top


def main(argv: Sequence[str], environ: Mapping[str, str], prog: str = "signup") -> int:
    """Do one command and return its exit code: 0 fine, 1 a problem, 2 wrong use."""
    arguments = parser(prog).parse_args(argv)
    try:
        settings = from_environment(environ)
        return _COMMANDS[arguments.command](arguments, settings)
    except SettingsError as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except (BackupError, InUseError, SchemaError) as error:
        print(error, file=sys.stderr)
        return PROBLEM
    except (OSError, sqlite3.Error) as error:
        print(f"{settings.database}: {error}. Check that the folder is there, ours and not full.", file=sys.stderr)
        return PROBLEM


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    if settings.is_preview and not is_loopback(arguments.host):
        print(
            f"--host: {arguments.host} is open to others, and a preview shows every mail to every visitor."
            " Set SIGNUP_MODE=live, or leave --host out.",
            file=sys.stderr,
        )
        return WRONG_USE
    lock(settings.database).close()  # said here in one line; the server would bury it in its own
    connect(settings.database).close()
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    if settings.is_preview:
        where = f"http://{arguments.host}:{arguments.port}/subscription"
        print(f"Preview: no mail is sent. Form: {where}/form  Mails: {where}/outbox", flush=True)
    app = create_app(settings, on_mail=lambda message: print(for_terminal(message), flush=True))
    # Mails are written in a thread: with Python's 5 ms turns, readers would wait for several of them.
    sys.setswitchinterval(0.0005)
    uvicorn.run(
        app,
        host=arguments.host,
        port=arguments.port,
        access_log=False,  # it would write down tokens and where people come from
        log_level="warning",
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1,::1",  # nginx beside us, nobody else
        timeout_graceful_shutdown=10,
        limit_concurrency=1000,
    )
    return FINE


def _export(arguments: argparse.Namespace, settings: Settings) -> int:
    with closing(connect(settings.database)) as db:
        counts = write_export(db, arguments.output, settings.lists)
    for name, count in counts.items():
        print(f"{arguments.output / name}: {count}")
    return FINE


def _backup(arguments: argparse.Namespace, settings: Settings) -> int:
    count = back_up(settings.database, arguments.file)
    print(f"{arguments.file}: copied and checked, people: {count}")
    return FINE


def _restore(arguments: argparse.Namespace, settings: Settings) -> int:
    count, kept = restore(arguments.file, settings.database)
    print(f"{settings.database}: restored from {arguments.file}, people: {count}")
    if kept is not None:
        print(f"The database before is kept in {kept}.")
    print("Whoever left after the copy was made is back on the list: take them off with 'delete' before you send.")
    return FINE


def _purge(_: argparse.Namespace, settings: Settings) -> int:
    with closing(connect(settings.database)) as db:
        db.execute("BEGIN IMMEDIATE")
        gone = purge(db, time.time(), confirm_days=settings.confirm_days, left_days=settings.left_days)
        db.execute("COMMIT")
    counts = f"requests {gone.requests}, memberships {gone.memberships}, mails {gone.mails}, people {gone.people}"
    print(f"deleted: {counts}")
    return FINE


def _delete(arguments: argparse.Namespace, settings: Settings) -> int:
    try:
        address = read_address(arguments.address)
    except AddressError:
        print("ADDRESS: is not a mail address. Write it in full: name@example.org", file=sys.stderr)
        return WRONG_USE
    with closing(connect(settings.database)) as db:
        db.execute("BEGIN IMMEDIATE")
        outcome = people.forget(db, address=address)
        db.execute("COMMIT")
    found = outcome.state == "done"
    print(f"{masked(address)}: {'deleted' if found else 'is not here, nothing to delete'}")
    return FINE if found else PROBLEM


_COMMANDS = {
    "run": _run,
    "export": _export,
    "backup": _backup,
    "restore": _restore,
    "purge": _purge,
    "delete": _delete,
}
