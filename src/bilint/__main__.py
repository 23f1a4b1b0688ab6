"""`python -m bilint` is the same as `bilint`."""

from bilint.cli import main

if __name__ == "__main__":
    main()
