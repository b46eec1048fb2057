"""Tests of the benchmarks: they run on the bundled sample, without any peer."""
