"""Many packages, many files: a few thousand here, all in tests/soak/load.py."""
import many
from bench import *


def test_many_packages(bench):
    many.open_packages(bench, exe(), E2E / "many-packages", 5000)


def test_many_files(bench):
    many.scan_files(bench, exe(), E2E / "many-files", 5000)
