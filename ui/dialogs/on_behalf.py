"""When a step happened and, where it is entered for a practitioner, how and in which words they told it."""

from PySide6.QtCore import QObject

from console.domain.acting import Happened
from console.domain.words import Channel, Role
from ui.session import Session
from ui.widgets.fields import ChoiceField, TextField, TimeField
from ui.widgets.form import Form

# How a practitioner on the road reaches the desk; the console itself is never one of them.
_TOLD_BY = (Channel.TELEPHONE, Channel.RADIO, Channel.MESSAGE, Channel.IN_PERSON)


def told_by() -> ChoiceField[Channel]:
    """A field for how a practitioner told something."""
    field: ChoiceField[Channel] = ChoiceField([(one, one.label) for one in _TOLD_BY])
    field.put(Channel.TELEPHONE)
    return field


class Told(QObject):
    """Adds the fields to a form and gives what was entered as `Happened`."""

    def __init__(
        self, session: Session, form: Form, practitioner_id: int | None, practitioner: str | None
    ) -> None:
        """Without a practitioner, or for practitioners themselves, only the time is asked."""
        super().__init__(form)
        self._form = form
        self.at = TimeField(session.now)
        self.channel: ChoiceField[Channel] | None = None
        self.said: TextField | None = None
        is_oneself = session.actor.role is Role.PRACTITIONER or practitioner_id is None
        self._for_id = None if is_oneself else practitioner_id
        if is_oneself:
            form.add("at", "When it happened", self.at, hint="Empty means now.")
            return
        self.channel = told_by()
        self.said = TextField()
        name = practitioner or "the practitioner"
        form.add_row(
            ("at", "When it happened (empty: now)", self.at, ""),
            ("channel", "How you were told", self.channel, "Choose how you were told."),
        )
        form.add(
            "said", f"What {name} said", self.said, needed=f"Write down what {name} said, in their words."
        )

    def ask_words(self, *, wanted: bool) -> None:
        """Ask how and in which words it was told, or only when it happened."""
        if self._for_id is not None:
            self._form.ask("channel", wanted=wanted)
            self._form.ask("said", wanted=wanted)

    def own(self) -> Happened:
        """When it happened, where the person at the desk decided it themselves."""
        return Happened(at=self.at.read())

    def happened(self) -> Happened:
        """What was entered; call it after the form was read without errors."""
        if self._for_id is None:
            return self.own()
        return Happened(
            at=self.at.read(),
            on_behalf_of_id=self._for_id,
            channel=self.channel.read() if self.channel else None,
            said=(self.said.read() if self.said else None) or "",
        )
