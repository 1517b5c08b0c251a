"""The formulas of docs/metrics.md on plain arrays: no database, no clock. `k` counts territories."""
