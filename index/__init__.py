"""Articles to an index on disk: readers, segments, generations."""
