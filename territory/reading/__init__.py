"""What the screens read: alignments, territories, units, boundaries and selections, each in few statements."""
