# SPDX-License-Identifier: Apache-2.0
"""The kit every window is made of. One screen on how to use it:

A page is a `Page` (``ui.kit.page``) whose constructor takes the `Desk` and nothing else::

    class PersonPage(Page):
        def __init__(self, desk: Desk) -> None:
            super().__init__(desk, _("Person"))          # scrolls=False for pages that are one big list
            self.buttons.addWidget(button(_("&Save"), self.save, role="main"))     # right of the title
            self.form = Form(desk.places)
            self.form.add_heading(_("Who it is"))
            self.form.add_fields(fields_of(Person), "full_name", "sex", "birth_date")     # all from Field
            self.form.add_field(field_of(Identifier.value), NikEditor(desk.places), name="nik")
            self.body.addWidget(self.form)
            self.draft = desk.drafts.keep("person", self.form, parent=self)      # saved within 2 s of typing
            self.form.edited.connect(lambda _name: self.draft.touch())
            self.draft.offer(self.offer_draft)     # -> messages.tell(..., action=(_("Continue"), restore))

        def opened(self, subject: object = None) -> None:      # at every showing: desk.go("person", id)
            self.desk.worker.read(lambda session: get_person(session, subject), self.show_person)

        def save(self) -> None:
            if self.form.show_problems(self.form.not_understood()):      # beside the fields, first one focused
                return
            values, why = self.form.values(), self.form.unanswered()
            self.desk.worker.change(lambda session: change_person(session, ...), self.saved, self.refused)

        def refused(self, error: Exception) -> None:      # leave it out and the shell's banner tells it
            if not self.form.show_problems(getattr(error, "problems", ())):
                self.desk.messages.show_error(error)

`Worker.read(fn, done, failed)` and `.change(...)`: ``fn(session)`` or ``fn(session, progress)`` runs on the database
thread, ``done(result)`` on the window's. Inside long work call ``progress(done, total)``, which raises when Cancel was
pressed, and pass ``cancellable=True, what=_("Reading the register…")``. ``replaces="search"`` drops the older job of
that name; ``quiet=True`` shows no busy cursor; `Worker.run` is for work without a session (a PDF). `worker.changed`
gives ``{noun: {ids}}``. Never touch a widget inside ``fn``. A callback on a widget that is gone is dropped when it is
the widget's method; for a lambda pass ``owner=self``.

A form on a record that exists is a `RecordForm(..., about=record)` (``ui.pages.record_form``), or makes a `Merging`
(``ui.kit.merging``) itself; it saves on ``form.version``. When somebody else has saved the record meanwhile, the
differences are settled field by field, and a draft taken up later undoes nothing of theirs.

A questionnaire: ``desk.go("questionnaire", ("begin", "rss", {"person_id": ..., "occasion": "baseline"}))``, or
``("response", id)``, ``("preview", version_id or file)``. Its questions are a `QuestionsForm` (``ui.kit.questions``):
rows as in every form, built in slices; an answer touches the rows that `LiveForm.answer` names and no others.

Lists: ``rows = Rows(worker, [Column(_("Name"), lambda row: row.name), Column(_("Age"), ..., width=6, right=True)])``,
``rows.ask(lambda session, last, limit: find_people(session, text, after=last and last.cursor, limit=limit))``,
``rows.refresh_on("Person")``, ``view = RowsView(rows, _("People"), nothing=_("Nobody found."))`` and
``view.chosen.connect(lambda id: desk.go("person", id))``.

Telling: ``desk.messages.tell/done/show_error``; a question that needs an answer: ``ui.kit.messages.ask``.
Pieces: ``ui.kit.pieces`` label/button/row/column/Card/line; label roles title, heading, muted, help, figure, caption.
Dates in words: ``ui.kit.typed_dates`` show_date/show_partial. A combo the wheel cannot change: ``editors_codes``.
Icons: ``ui.kit.icons.icon(name, colour)``; colours: ``desk.theme.colours``; printing: ``ui.kit.printing.print_pdf``;
saving: ``ui.kit.saving_files``.
Mnemonics: forms give letters out by themselves and leave alone those of buttons in sight.
"""
