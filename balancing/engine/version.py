# Raised whenever the same problem, seed and parameters may give another plan.
ENGINE_VERSION = "2.0.0"
