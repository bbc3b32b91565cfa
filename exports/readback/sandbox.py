"""沙箱: parses untrusted files in a child process with limits of time and memory, so that a malicious file cannot hang
or exhaust this one.
"""

import signal
import sys
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from models.refusals import INCOMPLETE, Refused

SECONDS, MEMORY = 60.0, 1 << 30
OVER = "workbook.too-costly"


class Sandbox:
    """A child process that does one job after another and is started by the first. `seconds` is the limit
    for each job.
    """

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.seconds, self.memory = seconds, memory
        self.last: tuple[str, Any] = ("", None)  # the last result and its argument
        self._process: Any = None
        self._pipe: Any = None

    def __enter__(self) -> "Sandbox":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def do(self, work: Callable[..., Any], *args: Any) -> Any:
        """The result of `work(*args)` in the child; arguments and result are pickled. Raises Refused where `work` does,
        and where the job exceeds a limit.
        """
        try:
            if self._process is None:
                self._begin()
        except OSError:
            raise Refused("workbook.no-process") from None
        try:
            self._pipe.send((work, args))
            if not self._pipe.poll(self.seconds):
                raise EOFError
            done, result = self._pipe.recv()
        except (EOFError, OSError):
            self.close()
            raise Refused(OVER) from None
        if not done:
            raise result
        return result

    def close(self) -> None:
        """Kill the child process."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None  # first: another thread may be closing it too
        if process is not None:
            pipe.close()
            process.kill()
            process.join()

    def _begin(self) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self.memory), daemon=True)
        self._process.start()
        theirs.close()


def _serve(pipe: Connection, memory: int) -> None:
    """The main loop of the child process: jobs and results go through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent, which kills this process
    _limit(memory)
    while True:
        try:
            work, args = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(_tried(work, args))


def _tried(work: Callable[..., Any], args: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        return True, work(*args)
    except Refused as why:
        return False, why
    except MemoryError:
        return False, Refused(OVER)
    except Exception:  # whatever is wrong inside a file, a library may raise anything; nothing was taken in
        return False, Refused(INCOMPLETE)


def _limit(memory: int) -> None:
    """Limit the memory of this process to so many bytes."""
    if sys.platform == "win32":
        _limit_on_windows(memory)
    else:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _limit_on_windows(memory: int) -> None:
    """Put this process into a job object with a memory limit; where Windows refuses that, the time
    limit still holds.
    """
    import ctypes
    from ctypes import wintypes

    basic = [("times", ctypes.c_int64 * 2), ("flags", wintypes.DWORD), ("sets", ctypes.c_size_t * 2),
             ("active", wintypes.DWORD), ("affinity", ctypes.c_size_t), ("classes", wintypes.DWORD * 2)]  # fmt: skip
    more = [("io", ctypes.c_uint64 * 6), ("process", ctypes.c_size_t), ("rest", ctypes.c_size_t * 3)]
    limits = type("Limits", (ctypes.Structure,), {"_fields_": basic + more})()
    limits.flags, limits.process = 0x100, memory  # JOB_OBJECT_LIMIT_PROCESS_MEMORY
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
    kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
    job = kernel.CreateJobObjectW(None, None)
    if job and kernel.SetInformationJobObject(job, 9, ctypes.byref(limits), ctypes.sizeof(limits)):
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
