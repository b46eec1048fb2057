"""An index on an OpenSearch cluster: its address, its mapping, how articles become documents, and how it is written."""
