"""What a boundary file may hold, and what reading it may cost."""

UPLOAD_MAX_BYTES = 100 * 1024 * 1024
ZIP_MAX_ENTRIES = 100
ZIP_MAX_RATIO = 100
UNPACKED_MAX_BYTES = 200 * 1024 * 1024
FEATURES_MAX = 40_000
VERTICES_MAX = 3_000_000
ATTRIBUTES_MAX = 200
CODE_MAX = 40
NAME_MAX = 200
# A repair can double the corners of a small hostile polygon many times over.
REPAIR_MAX_VERTICES = 20_000

MEMORY_MAX_BYTES = 1024 * 1024 * 1024
CPU_MAX_S = 60
# While somebody waits for the answer of an upload, and inside a job.
LOOK_MAX_S = 25.0
BUILD_MAX_S = 90.0

PROBLEMS_LISTED_MAX = 200
SAMPLES_SHOWN = 5
