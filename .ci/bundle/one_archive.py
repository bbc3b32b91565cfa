"""The first thing a built program runs: its modules lie in one archive that both programs of the folder share.

PyInstaller would put a copy into each exe; its loader is pointed at the shared file instead.
"""

import os
import sys

import pyimod01_archive
import pyimod02_importers

here = vars(sys)["_MEIPASS"]  # where the program's libraries lie
shared = os.path.join(here, "qingdan.pyz")
pyimod02_importers.pyz_archive = pyimod01_archive.ZlibArchiveReader(shared, check_pymagic=True)
sys.path_importer_cache.clear()  # what was found so far was found in the exe
if hasattr(os, "add_dll_directory"):  # the compiler maker's libraries lie here once, not beside each that wants them
    os.add_dll_directory(here)
