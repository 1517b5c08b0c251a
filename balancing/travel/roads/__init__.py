"""A road network as flat arrays: built once from OpenStreetMap, kept on disk, searched in memory."""
