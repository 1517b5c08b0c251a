"""What is wrong with an alignment: one module for each kind, all ranked by the money they touch."""
