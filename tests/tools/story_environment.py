"""story_environment: what tests/ui/story.h wants to find in the environment, for all who run test_ui.exe."""
import hashlib
import pathlib

from testbed import ROOT, windows_path


def variables(exe, updates, media, site, folder, report):
    """updates: the folder of make_updates.py; media: the one in use; folder: for pictures and files to write."""
    return {
        "WZ_EXE": windows_path(exe), "WZ_SHOTS": str(folder), "WZ_ROOT": windows_path(ROOT),
        "WZ_UPDATES": windows_path(updates), "WZ_MEDIA": windows_path(media), "WZ_CATALOGUE": windows_path(site),
        "WZ_SHA256": hashlib.sha256(pathlib.Path(site).read_bytes()).hexdigest(),
        "WZ_REPORT": windows_path(report), "WZ_FILES": windows_path(folder)}
