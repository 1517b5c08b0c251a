# Raised whenever the same problem, seed and parameters may give another plan.
ENGINE_VERSION = "3.1.0"
