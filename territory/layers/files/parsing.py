"""Reading an untrusted boundary file: in a child process with bounds and a time after which it is killed.

GDAL chooses a driver by content, and some drivers open other files or call hosts. The child loads the one driver that
belongs to the format, and finds no credentials in its environment.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

import numpy as np
import pyogrio
import shapely
from django.conf import settings
from django.core.files import File

from territory.geometry import check_area
from territory.layers.files.features import Choices
from territory.layers.files.kinds import FileKind, kind_of_file
from territory.layers.files.limits import BUILD_MAX_S, LOOK_MAX_S, MEMORY_MAX_BYTES, UPLOAD_MAX_BYTES
from territory.layers.files.naming import Naming
from territory.layers.units import Units
from workspace.exceptions import FieldProblem, Invalid, TooLarge

Source = BinaryIO | File
_DRIVERS = {
    FileKind.SHAPEFILE: "ESRI Shapefile",
    FileKind.GEOPACKAGE: "GPKG",
    FileKind.FLATGEOBUF: "FlatGeobuf",
}
# Under the reader's own name for the format; Shapefile and KMZ are unpacked from it.
_NAMES = {FileKind.GEOPACKAGE: "upload.gpkg", FileKind.FLATGEOBUF: "upload.fgb", FileKind.KML: "upload.kml"}


def look_at(source: Source, *, filename: str, choices: Choices, limit_s: float = LOOK_MAX_S) -> dict[str, Any]:
    """What a file holds, as a description for the user. Raises Invalid or TooLarge with the reason."""
    with TemporaryDirectory(prefix="boundaries-") as folder:
        return _read(Path(folder), source, filename=filename, choices=choices, naming=None, limit_s=limit_s)


def read_file_units(
    source: Source,
    *,
    filename: str,
    choices: Choices,
    naming: Naming,
    skip_problems: bool,
    limit_s: float = BUILD_MAX_S,
) -> Units:
    """The units of a file. Features with problems are left out where that was chosen, else nothing is read."""
    with TemporaryDirectory(prefix="boundaries-") as folder:
        found = _read(Path(folder), source, filename=filename, choices=choices, naming=naming, limit_s=limit_s)
        if found["n_problems"] and not skip_problems:
            raise Invalid.field("skip_problems", "some features cannot be units", value=found["n_problems"], bound=0)
        return _units(Path(folder) / "units.npz", found)


def _read(
    folder: Path, source: Source, *, filename: str, choices: Choices, naming: Naming | None, limit_s: float
) -> dict[str, Any]:
    upload = folder / "upload"
    source.seek(0)
    with upload.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    _check_size(upload.stat().st_size)
    kind = kind_of_file(upload, filename)
    name = _NAMES.get(kind, "upload")
    upload.rename(folder / name)
    driver = _DRIVERS.get(kind)
    request = {
        "kind": kind,
        "file": name,
        "driver": driver,
        "choices": asdict(choices),
        "naming": asdict(naming) if naming is not None else None,
    }
    (folder / "request.json").write_text(json.dumps(request), encoding="utf-8")
    _run(folder, driver, limit_s)
    return _answer(folder)


def _check_size(n_bytes: int) -> None:
    if n_bytes > UPLOAD_MAX_BYTES:
        raise TooLarge(
            f"The file has {n_bytes:,} bytes; {UPLOAD_MAX_BYTES:,} are the most for boundary files.",
            errors=[FieldProblem("file", "has too many bytes", n_bytes, UPLOAD_MAX_BYTES)],
        )


def _run(folder: Path, driver: str | None, limit_s: float) -> None:
    command = [sys.executable, "-m", "territory.layers.files.child", str(folder)]
    child = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=_environment(folder, driver),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = child.wait(timeout=limit_s)
    except subprocess.TimeoutExpired:
        raise Invalid.field("file", "is too complex: reading it took too long", bound=f"{limit_s:g} s") from None
    finally:
        _kill(child)
    if code == -signal.SIGXCPU or code == -signal.SIGKILL:
        raise Invalid.field("file", "is too complex: reading it took too much processor time")
    if code != 0 or not (folder / "answer.json").is_file():
        bound = f"{MEMORY_MAX_BYTES // 1024**2:,} MB"
        raise Invalid.field("file", "could not be read: it is damaged, or needs too much memory", bound=bound)


def _kill(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _environment(folder: Path, driver: str | None) -> dict[str, str]:
    """Nothing of the server's own environment, which holds its credentials.

    Skipped is every driver this GDAL has, and those that the server itself does not load.
    """
    skipped = sorted((set(pyogrio.list_drivers()) | set(os.environ.get("GDAL_SKIP", "").split(","))) - {driver, ""})
    return {
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(settings.BASE_DIR),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "GDAL_NUM_THREADS": "1",
        "GDAL_SKIP": ",".join(skipped),
        "GDAL_DRIVER_PATH": "disable",
        "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
        "SHAPE_RESTORE_SHX": "YES",
        "PROJ_NETWORK": "OFF",
    }


def _answer(folder: Path) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads((folder / "answer.json").read_text(encoding="utf-8"))
    refused = answer.get("refused")
    if refused is not None:
        raise Invalid(refused["detail"], errors=[FieldProblem(**entry) for entry in refused["errors"]])
    found: dict[str, Any] = answer["found"]
    return found


def _units(path: Path, found: dict[str, Any]) -> Units:
    """What the child wrote is checked once more: it has read something hostile."""
    with np.load(path, allow_pickle=False) as stored:
        wkb, offsets, edges = stored["wkb"].tobytes(), stored["offsets"].tolist(), stored["edges"].astype(np.int64)
    codes, names = [str(code) for code in found["codes"]], [str(name) for name in found["names"]]
    if not len(codes) == len(names) == len(offsets) - 1 == len(set(codes)):
        raise Invalid.field("file", "could not be read: what was found does not fit together")
    areas = [shapely.from_wkb(wkb[start:end]) for start, end in pairwise(offsets)]
    boundaries = [check_area(area, field=f"area {code}") for area, code in zip(areas, codes, strict=True)]
    if len(edges) and (edges.min() < 0 or edges.max() >= len(codes)):
        raise Invalid.field("file", "could not be read: what was found does not fit together")
    return Units(codes=codes, names=names, boundaries=boundaries, edges=edges.reshape(-1, 2))
