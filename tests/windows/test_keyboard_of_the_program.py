"""Everything at the left is reached, and somebody is registered, without a mouse."""

from resource_centre.records import Person


def test_somebody_is_registered_by_keyboard_alone(keyboard, opened):
    keyboard.press("Ctrl+2")
    keyboard.push("Intake")
    keyboard.answer("Full name", "Sumiati")
    keyboard.choose("Sex", "Female")
    keyboard.answer("Date of birth", "1984")
    keyboard.press("Ctrl+S")
    with opened.worker.centre.read() as session:
        assert [(one.full_name, one.sex, one.birth_date) for one in session.query(Person)] == [("Sumiati", "P", "1984")]
