"""A window of tmux, for tests that look at the screen of a real terminal."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from support.commands import command


class Window:
    """A tmux window with its own server. `screen` is the displayed text."""

    def __init__(
        self,
        folder: Path,
        socket: Path,
        size: tuple[int, int] = (100, 30),
        env: Mapping[str, str] | None = None,
        pause: float = 0.15,
    ) -> None:
        """Open it. `pause` is the time after each key, for tests that wait for no effect of it."""
        self._pause = pause
        self._tmux = ["tmux", "-S", str(socket), "-u", "-f", os.devnull]
        environment = [f"{name}={os.environ[name]}" for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME")]
        environment += [f"{name}={value}" for name, value in (env or {}).items()]
        shell = "env -u COLUMNS -u LINES " + shlex.join(environment) + " LANG=C.UTF-8 LC_ALL=C.UTF-8 PS1=waiting: sh"
        self._run("new-session", "-d", "-x", str(size[0]), "-y", str(size[1]), "-c", str(folder), shell)

    def _run(self, *arguments: str) -> str:
        return subprocess.run(
            [*self._tmux, *arguments], check=True, capture_output=True, encoding="utf-8", timeout=30
        ).stdout

    @property
    def screen(self) -> str:
        return self._run("capture-pane", "-p")

    def open(self, *arguments: str, user: str) -> None:
        self.type(shlex.join(command("--as", user, *arguments)))
        self.press("Enter")

    def type(self, text: str) -> None:
        self._run("send-keys", "-l", text)

    def paste(self, text: str) -> None:
        """Paste a text as a terminal does, in brackets."""
        self._run("set-buffer", text)
        self._run("paste-buffer", "-p")

    @property
    def styled(self) -> str:
        """The displayed text with its escape sequences."""
        return self._run("capture-pane", "-p", "-e")

    def press(self, *keys: str) -> None:
        """Send keys by tmux's names, with the pause after each."""
        for key in keys:
            self._run("send-keys", key)
            time.sleep(self._pause)

    def see(self, *texts: str, seconds: float = 40) -> str:
        """Wait until all these texts are on the screen."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            screen = self.screen
            if all(text in screen for text in texts):
                return screen
            time.sleep(0.1)
        raise AssertionError(f"{texts} never came:\n{self.screen}")

    def wait_until(self, holds: Callable[[], bool], seconds: float = 40) -> None:
        """Wait until a condition holds."""
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, self.styled
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop the program in the window, as a shell does on Ctrl+Z."""
        pid = self._run("display-message", "-p", "#{pane_pid}").strip()
        while children := Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split():
            pid = children[-1]
        os.kill(int(pid), signal.SIGTSTP)

    def write_over(self, text: str) -> None:
        """Write into the terminal past the program, as another process does."""
        Path(self._run("display-message", "-p", "#{pane_tty}").strip()).write_text(text, encoding="utf-8")

    def resize(self, columns: int, rows: int) -> None:
        self._run("resize-window", "-x", str(columns), "-y", str(rows))

    def prompt(self) -> str:
        """Wait until the shell waits for a command, and return the screen."""
        self.wait_until(lambda: self.screen.rstrip().rpartition("\n")[2] == "waiting:")
        return self.screen

    def leave(self) -> None:
        self.press("C-q")
        self.prompt()
        self.type("clear")
        self.press("Enter")

    def close(self) -> None:
        subprocess.run([*self._tmux, "kill-server"], check=False, capture_output=True, timeout=30)
