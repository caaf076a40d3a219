"""Try the steps of the Containerfile without a container engine: `make container`.

They are run in a root that mmdebstrap makes from the Debian release of the base image, and then
the program there renders the sample newsroom. It needs root.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
CONTAINERFILE = ROOT / "Containerfile"
_CERTIFICATES = "/etc/certificates-of-the-builder.pem"
SAMPLE = ("transflow.toml", "sources", "locales")


class Step(NamedTuple):
    """An instruction of a Containerfile, with what follows it."""

    name: str
    value: str


def steps(text: str) -> Iterator[Step]:
    """Yield the instructions, each on one line."""
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    for line in filter(None, joined.splitlines()):
        name, _, value = line.partition(" ")
        yield Step(name, value)


class Image:
    """The root, and what the instructions so far have set."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.variables: dict[str, str] = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"}
        self.user, self.folder = "root", "/"
        self.program: list[str] = []

    def take(self, step: Step) -> None:
        """Take an instruction. Raise ValueError for one that this script does not know."""
        match step.name:
            case "FROM":
                self.make_root(step.value)
            case "RUN":
                self.run("sh", "-ec", step.value)
            case "COPY":
                *sources, target = shlex.split(step.value)
                self.copy(sources, target)
            case "ENV":
                name, _, value = step.value.partition("=")
                self.variables[name] = value
            case "USER":
                self.user = step.value
            case "WORKDIR":
                self.folder = step.value
                (self.root / step.value.lstrip("/")).mkdir(parents=True, exist_ok=True)
            case "ENTRYPOINT":
                self.program = json.loads(step.value)
            case _:
                raise ValueError(step)

    def make_root(self, image: str) -> None:
        """Make the root of a Debian image, such as debian:bookworm-slim.

        Its pip trusts the certificates that the pip of this machine trusts, for a proxy.
        """
        release = image.rpartition(":")[2].removesuffix("-slim")
        subprocess.run(["mmdebstrap", "--quiet", "--variant=minbase", release, str(self.root)], check=True)
        for name in ("resolv.conf", "hosts"):
            shutil.copy2(Path("/etc", name), self.root / "etc" / name)
        if certificates := os.environ.get("PIP_CERT"):
            shutil.copy2(certificates, self.root / _CERTIFICATES.lstrip("/"))
            self.variables["PIP_CERT"] = _CERTIFICATES

    def copy(self, sources: list[str], target: str) -> None:
        folder = self.root / target.lstrip("/")
        for name in sources:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                folder.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, folder / name)

    def run(self, *command: str) -> str:
        """Run a command in the root, and return what it prints."""
        variables = [f"{name}={value}" for name, value in self.variables.items()]
        inside = ["env", "-i", "-C", self.folder, *variables, *command]
        line = ["chroot", f"--userspec={self.user}", str(self.root), *inside]
        done = subprocess.run(line, stdout=subprocess.PIPE, text=True, check=True)
        return done.stdout


def main() -> None:
    if os.geteuid() or not shutil.which("mmdebstrap"):
        sys.exit("this needs root, and mmdebstrap")
    with tempfile.TemporaryDirectory() as name:
        image = Image(Path(name) / "root")
        for step in steps(CONTAINERFILE.read_text(encoding="utf-8")):
            sys.stdout.write(f"{step.name} {step.value}\n")
            sys.stdout.flush()
            image.take(step)
        newsroom = image.root / image.folder.lstrip("/")
        for each in SAMPLE:
            source = ROOT / each
            shutil.copytree(source, newsroom / each) if source.is_dir() else shutil.copy2(source, newsroom / each)
        image.run("sh", "-c", f"test $(id -un) = {image.user}")
        subprocess.run(["chown", "-R", f"--reference={image.root / 'home' / image.user}", str(newsroom)], check=True)
        for arguments in (["--version"], ["check"], ["render", "--to", "txt"]):
            sys.stdout.write(image.run(*image.program, *arguments))


if __name__ == "__main__":
    main()
