# SPDX-License-Identifier: Apache-2.0
"""A coordinator makes a new recovery sheet; the old one opens nothing any more, and nobody else is offered one."""

import pytest

from db.centre import open_with_recovery
from ui.pages import settings_recovery
from ui.pages.settings_recovery import Recovery


@pytest.fixture
def tab(desk, qtbot):
    """The tab of the settings."""
    made = Recovery(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_new_sheet_is_saved_and_opens_the_centre(tab, desk, settled, monkeypatch, tmp_path, centre_folder):
    monkeypatch.setattr(settings_recovery, "ask", lambda *_said, **_how: True)
    tab.make.click()
    settled(desk.worker)
    assert tab.sheet is not None
    key = tab._recovery.text
    tab.sheet._save(tmp_path / "sheet.pdf")
    settled(desk.worker)
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF")

    tab.sheet.typed.setText("00000")
    tab.finish.click()
    assert tab.sheet is not None, "only the group on the sheet closes it"
    tab.sheet.typed.setText(tab.sheet._groups[tab.sheet.asked_for].lower())
    tab.finish.click()
    assert tab.sheet is None
    assert tab._recovery is None

    login = _login_of(desk, settled)
    desk.worker.close()
    with open_with_recovery(centre_folder, recovery=key, login=login, new_passphrase="hujan baru di kebun 7") as again:
        assert again.viewer.role == "coordinator"


def test_a_no_keeps_the_old_sheet(tab, desk, settled, monkeypatch, centre_folder):
    before = (centre_folder / "keys.json").read_bytes()
    monkeypatch.setattr(settings_recovery, "ask", lambda *_said, **_how: False)
    tab.make.click()
    settled(desk.worker)
    assert tab.sheet is None
    assert (centre_folder / "keys.json").read_bytes() == before


def _login_of(desk, settled):
    from resource_centre.services.accounts import accounts_of

    found = []
    desk.worker.read(lambda session: [one.login for one in accounts_of(session)], found.extend)
    settled(desk.worker)
    return found[0]
