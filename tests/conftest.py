import pathlib
import sys

from hypothesis import settings

sys.path.insert(0, str(pathlib.Path(__file__).parent))

settings.register_profile("untimed", deadline=None)  # a busy machine is no defect; speed is for the benchmarks
settings.load_profile("untimed")
