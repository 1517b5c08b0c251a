"""Debian packages: installed when allowed, otherwise named in one command."""

from __future__ import annotations

import ctypes.util
import importlib.util
import os
import shutil
import subprocess
from pathlib import Path

from scripts.bootstrap import postgres_programs, redis_server
from scripts.bootstrap.console import Problem, timed

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# What lays out reports, and the package that brings each.
LIBRARIES = {"pangoft2-1.0": "libpangoft2-1.0-0", "harfbuzz-subset": "libharfbuzz-subset0"}
FONT_FOLDERS = ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu")


def ensure(*, browser: bool, databases: bool) -> None:
    missing = missing_packages(browser=browser, databases=databases)
    if not missing:
        return
    commands = _install_commands(missing)
    wanted = " && ".join(" ".join(command) for command in commands)
    prefix = _privilege()
    if prefix is None or shutil.which("apt-get") is None:
        shown = wanted.replace("apt-get", "sudo apt-get")
        raise Problem(f"Debian packages are missing. Run this once, then try again:\n\n    {shown}\n")
    with timed(f"Installing Debian packages: {' '.join(missing)}"):
        for command in commands:
            environment = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive"]
            if subprocess.run([*environment, *command], stdout=subprocess.DEVNULL).returncode != 0:
                raise Problem(f"This command failed: {' '.join(command)}")
    still = missing_packages(browser=browser, databases=databases)
    if still:
        raise Problem(f"These packages are installed but their programs were not found: {' '.join(still)}")


def missing_packages(*, browser: bool, databases: bool) -> list[str]:
    missing = []
    if databases and postgres_programs.find_programs() is None:
        missing.append("postgresql-15-postgis-3" if _is_debian_12() else "postgresql-postgis")
    if databases and redis_server.find_program() is None:
        missing.append("redis-server")
    if shutil.which("uv") is None and importlib.util.find_spec("ensurepip") is None:
        missing.append("python3-venv")
    missing += [package for name, package in LIBRARIES.items() if ctypes.util.find_library(name) is None]
    if browser and find_browser() is None:
        missing.append("chromium")
    if not any(Path(folder).is_dir() for folder in FONT_FOLDERS):
        missing.append("fonts-dejavu")
    return missing


def find_browser() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def _is_debian_12() -> bool:
    try:
        release = Path("/etc/os-release").read_text()
    except OSError:
        return False
    return "ID=debian" in release and 'VERSION_ID="12"' in release


def _install_commands(packages: list[str]) -> list[list[str]]:
    return [
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages],
    ]


def _privilege() -> list[str] | None:
    """What to put before a command to run it as root; None where that is not allowed."""
    if os.getuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0:
        return [sudo, "-n"]
    return None
