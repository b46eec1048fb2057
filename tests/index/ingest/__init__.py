"""Tests of the readers; a package, so that a test module here may be called as one of another folder is."""
