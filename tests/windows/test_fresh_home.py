# SPDX-License-Identifier: Apache-2.0
"""A form begun on a person's page and not saved is gone on with on that page, from home."""

import pytest

from resource_centre.records import Draft
from ui.pages.home import HomePage
from ui.pages.person import PersonPage


@pytest.fixture
def person_id(centre):
    """Somebody who is registered."""
    from resource_centre.services.intake import register_intake

    with centre.change() as session:
        return register_intake(
            session,
            person={"full_name": "Siti Aminah", "sex": "P"},
            address={"village_code": "52.03.07.1002"},
            contact={"channel": "walk_in"},
        ).person_id


def test_go_on_with_it_leads_to_the_person_and_opens_the_form(desk, qtbot, settled, centre, person_id):
    body = {"remarks": {"typed": "telepon kakaknya"}}
    draft = Draft(account_id=centre.viewer.account_id, form="follow_up", record_id=person_id, body=body, saved_ms=1)
    desk.worker.change(lambda session: session.add(draft))
    home = HomePage(desk)
    qtbot.addWidget(home)
    home.opened()
    settled(desk.worker)
    home.attention.itemAt(1).widget().click()
    assert desk.went == [("person", (person_id, "follow_up"))]

    page = PersonPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.opened(desk.went[0][1])
    settled(desk.worker)
    qtbot.waitUntil(lambda: page.form is not None)
    settled(desk.worker)
    assert page.person_id == person_id
    assert page.form.keeper.form == "follow_up"
