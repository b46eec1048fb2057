"""From what is typed to what is to be matched."""
