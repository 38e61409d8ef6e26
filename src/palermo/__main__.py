"""`python -m palermo`."""

from palermo.cli.main import main

if __name__ == "__main__":
    main()
