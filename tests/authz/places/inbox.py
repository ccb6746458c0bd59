"""The bodies of the inbox."""

from tests.authz.places.place import Place
from x_pilot_api.inbox.schemas import MailAddressIn, MailCodeIn, MessagesReadIn, PreferenceIn, PreferencesIn

PLACES = (
    Place("mark_messages_read", "student", MessagesReadIn, "messages"),
    Place("choose_messages", "student", PreferencesIn, "message_preferences"),
    Place("choose_messages", "student", PreferenceIn, "message_preferences", within=("preferences",)),
    Place("give_mail_address", "student", MailAddressIn, "mail_addresses"),
    Place("confirm_mail_address", "student", MailCodeIn, "mail_addresses"),
)
