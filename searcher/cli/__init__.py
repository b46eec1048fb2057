"""The commands, one file each. They read the command line, call the API, and hand the answer to a writer.

Each returns its exit code. What only one command needs is imported when it runs, so that all start fast.
"""
