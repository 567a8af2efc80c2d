"""Processes of their own that the operating system holds to memory and time, for what strangers wrote or sent.

`confined` runs one function in such a process and throws it away; `Process` is one that takes a job after another. What
is run there, and what is said of it, is others' to know: nothing here opens a file or runs a statement.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import IO, Any, TypeVar

from xinfo.errors import InputError, TooMuch, Unread, XinfoError
from xinfo.language.texts import text
from xinfo.shares import Share

T = TypeVar("T")
MEMORY = 2**31
"""Bytes of addresses that reading a file may take, the code for it included."""
SECONDS = 60.0
"""How long reading a file may take."""
LARGEST = 2**29
"""Bytes of what comes back: it is held where everybody's pages are drawn."""
_SHARE = Share(2)
_PAUSE = 0.02
_START = "import sys; from xinfo.confined import main; main(*sys.argv[1:], sys.stdin.buffer, sys.stdout.buffer)"


class Process:
    """One process, and the way to it: jobs and what comes of them cross it pickled."""

    def __init__(self, start: str, *arguments: str):
        """`start` is Python that reads jobs from its stdin and answers on its stdout."""
        # It finds the package the way this process does, wherever that was started.
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        # glibc reserves up to 128 MiB of addresses for each thread, which `hold` counts: threads could not start.
        environment["MALLOC_ARENA_MAX"] = "1"
        self._process = subprocess.Popen(
            [sys.executable, "-c", start, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )
        self.alive = True

    def run(self, job: object, until: float, cancelled: Callable[[], bool] = lambda: False) -> Any:
        """What comes of a job; the process is killed at `until`, or once it is cancelled. Raises TooMuch."""
        done = threading.Event()
        threading.Thread(target=self._watch, args=(until, cancelled, done), daemon=True).start()
        try:
            assert self._process.stdin
            assert self._process.stdout
            pickle.dump(job, self._process.stdin)
            self._process.stdin.flush()
            return pickle.load(self._process.stdout)  # from a process of our own
        except (OSError, EOFError, pickle.UnpicklingError):
            self.end()
            late = time.monotonic() >= until or self._process.returncode == -_XCPU
            raise _too_much("cancelled" if cancelled() else "too_long" if late else "memory") from None
        finally:
            done.set()

    def end(self) -> None:
        """Kills the process and waits for its end."""
        self.alive = False
        self._kill()
        self._process.wait()
        for way in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                way and way.close()

    def _kill(self) -> None:
        with contextlib.suppress(OSError):
            self._process.kill()

    def _watch(self, until: float, cancelled: Callable[[], bool], done: threading.Event) -> None:
        while not done.wait(_PAUSE):
            if cancelled() or time.monotonic() >= until:
                self._kill()
                return


_XCPU = 24
"""The signal that ends a process which has used up its time on the processor."""


def confined(read: Callable[..., T], *given: object, memory: int = MEMORY, seconds: float = SECONDS) -> T:
    """What a function of a module gives, run in a process that is thrown away.

    Raises what it raises of our own errors, TooMuch where it passes its memory or time, InputError for anything else;
    ShareTaken and TookTooLong where no turn comes.
    """
    with _SHARE.turn():
        process = Process(_START, str(memory), str(seconds))
        try:
            good, said = process.run((read, given), time.monotonic() + seconds)
        finally:
            process.end()
    if not good:
        raise said
    found: T = said
    return found


def in_words(error: Exception, lang: str) -> str:
    """What an error says: in this language where it has words for that, else as it stands."""
    return text(f"intake.unread.{error.kind}", lang, **error.values) if isinstance(error, Unread) else str(error)


def main(memory: str, seconds: str, asked: IO[bytes], answers: IO[bytes]) -> None:
    """The process of `confined`."""
    hold(int(memory), float(seconds))
    read, given = pickle.load(asked)  # from the process that started this one
    try:
        answers.write(_said(read, given))
        answers.flush()
    except MemoryError:
        os._exit(1)  # nothing is left to say it with


def _said(read: Callable[..., object], given: tuple[object, ...]) -> bytes:
    """What came of it, pickled: whether it went well, and the value or the error."""
    try:
        said = pickle.dumps((True, read(*given)))
        return said if len(said) <= LARGEST else pickle.dumps((False, _too_much("memory")))
    except XinfoError as error:
        return pickle.dumps((False, error))
    except MemoryError:
        raise
    # Libraries raise whatever comes up where a file is not what they expect.
    except Exception as error:
        return pickle.dumps((False, InputError(f"this cannot be read: {type(error).__name__}")))


def _too_much(kind: str) -> TooMuch:
    return TooMuch(text(f"intake.unread.{kind}", "en"), kind)


def hold(memory: int, seconds: float | None = None) -> None:
    """Takes no more addresses and time from the operating system than that, from now on.

    macOS and Windows hold no process to memory. Linux does, and where it must not the process ends here.
    """
    if sys.platform != "linux":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))


def most_taken() -> int:
    """Bytes of memory that this process has held at its peak; nought where the system does not tell."""
    if sys.platform != "linux":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
