"""The reading process: `python -m territory.layers.files.child FOLDER`.

The folder holds `request.json` and what was uploaded; the answer goes to `answer.json` and, with units, to `units.npz`.
"""

import importlib
import json
import sys
from pathlib import Path

from territory.layers.files.confinement import confine


def main(folder: Path) -> None:
    request = json.loads((folder / "request.json").read_text(encoding="utf-8"))
    # Only now: libraries start threads, and a process with threads cannot give up its network.
    confine()
    # pyogrio loads these where it finds them, for seconds and nothing.
    sys.modules.update(dict.fromkeys(("geopandas", "pandas", "pyarrow")))
    reading = importlib.import_module("territory.layers.files.reading")
    (folder / "answer.json").write_text(json.dumps(reading.answer(folder, request)), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
