"""Files that leave the centre with a password: without it nobody reads them, with it they are what they were."""

from io import BytesIO
from pathlib import Path

import msoffcrypto
import pytest
import pyzipper
from openpyxl import load_workbook
from pypdf import PdfReader, PdfWriter

from reports.data import NotWritten, write
from reports.data.passwords import protected

PASSWORD = "kuda laut makan siang"
WORDS = b"People served by place"


def test_a_workbook_opens_with_its_password_only(report_by_hand, tmp_path: Path) -> None:
    file = write(report_by_hand(), tmp_path / "report.xlsx", password=PASSWORD).files[0]
    locked = msoffcrypto.OfficeFile(BytesIO(file.read_bytes()))
    assert locked.is_encrypted()
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        locked.load_key(password=PASSWORD.upper(), verify_password=True)
    locked.load_key(password=PASSWORD, verify_password=True)
    plain = BytesIO()
    locked.decrypt(plain)
    assert "R18 Referrals" in load_workbook(plain).sheetnames


@pytest.mark.parametrize("ending", [".csv", ".hxl.csv", ".json", ".html"])
def test_other_kinds_go_into_an_archive_that_opens_with_the_password_only(report_by_hand, tmp_path, ending) -> None:
    written = write(report_by_hand(), tmp_path / f"report{ending}", password=PASSWORD)
    assert [file.name for file in written.files] == [f"report{ending}.zip"] == [one.name for one in tmp_path.iterdir()]
    with pyzipper.AESZipFile(written.files[0]) as archive:
        assert archive.namelist() == [f"report{ending}"]
        for wrong in (None, b"kuda laut"):
            with pytest.raises(RuntimeError):
                archive.read(f"report{ending}", pwd=wrong)
        assert WORDS in archive.read(f"report{ending}", pwd=PASSWORD.encode())


def test_a_pdf_opens_with_its_password_only() -> None:
    page = PdfWriter()
    page.add_blank_page(595, 842)
    page.add_metadata({"/Title": "Monthly report"})
    file = BytesIO()
    page.write(file)
    locked = PdfReader(BytesIO(protected(file.getvalue(), ".pdf", "report.pdf", PASSWORD)))
    assert locked.is_encrypted
    assert not locked.decrypt("kuda laut")
    assert locked.decrypt(PASSWORD)
    assert locked.metadata is not None
    assert (len(locked.pages), locked.metadata.title) == (1, "Monthly report")
    assert (locked.trailer["/Encrypt"]["/R"], locked.trailer["/Encrypt"]["/V"]) == (6, 5)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("", "password_short"), ("kopi", "password_short"), ("            ", "password_short"),
        ("aaaaaaaaaaaaaa", "password_plain"), ("ababababABABAB", "password_plain"),
        ("kopi hängt ümmer da", "password_signs"), ("kopi\thangat di pagi", "password_signs"),
        ("kopi hangat " * 9, "password_long"),
    ],
)  # fmt: skip
def test_a_password_that_protects_nothing_is_refused(report_by_hand, tmp_path, password: str, code: str) -> None:
    with pytest.raises(NotWritten, match=code) as refused:
        write(report_by_hand(), tmp_path / "report.xlsx", password=password)
    assert not password.strip() or password not in refused.value.words()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_what_is_readable_never_touches_the_disk(report_by_hand, tmp_path, monkeypatch, ending) -> None:
    put = []
    monkeypatch.setattr("reports.kit.files._write", lambda path, content: put.append(content) or path.touch())
    write(report_by_hand(), tmp_path / f"report{ending}", password=PASSWORD)
    assert len(put) == 1
    assert WORDS not in put[0]
    assert b"sharedStrings" not in put[0]
