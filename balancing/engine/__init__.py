"""The optimizer: arrays in, arrays out."""

import os

from balancing.engine.kernel_cache import choose_cache_directory

# The linear systems here are small. Threads of the BLAS would spin on the cores that searches side by side use, and
# could round differently on a machine with more of them. Heard only where NumPy is not loaded yet.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
choose_cache_directory()
