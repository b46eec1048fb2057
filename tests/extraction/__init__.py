"""Pages written for these tests in the markup habits of the systems that Persian outlets publish with."""
