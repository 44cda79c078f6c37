"""What a killed worker leaves of its papers is swept up."""

import os
import time

from documents import work_folders
from documents.work_folders import work_folder

YESTERDAY = time.time() - 25 * 3600


def test_folders_that_killed_workers_left_are_swept_and_no_others(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    left, waiting, drawing = (work_folder("paper") for _folder in range(3))
    other = tmp_path / "paper-of-somebody"
    other.mkdir()
    for folder in (left.name, drawing.name, str(other)):
        with open(os.path.join(folder, "sheet.json"), "w") as sheet:
            sheet.write("ลับ")
    for folder in (left.name, waiting.name, str(other)):
        os.utime(folder, (YESTERDAY, YESTERDAY))

    assert work_folders.sweep() == 1

    assert not os.path.exists(left.name)
    assert all(os.path.exists(folder) for folder in (waiting.name, drawing.name, other))
    for folder in (waiting, drawing):
        folder.cleanup()
