"""A webhook's form that was read before never brings an old secret or state back."""

import pytest

from notifications import webhooks
from notifications.models import Webhook
from tests.agencies.factories import make_office


@pytest.mark.django_db
def test_saving_the_form_keeps_a_newer_secret_and_state():
    office = make_office()
    hook = Webhook(agency=office.agency, name="สารบรรณ", url="https://example.org/in")
    assert webhooks.save_webhook(hook, office.admin)
    read_before = Webhook.objects.get()
    secret = webhooks.renew_secret(hook, office.admin)
    webhooks.switch(hook, False, office.admin)
    read_before.name = "ระบบสารบรรณ"
    assert webhooks.save_webhook(read_before, office.admin) == ""
    stored = Webhook.objects.get()
    assert (stored.name, stored.secret, stored.is_active) == ("ระบบสารบรรณ", secret, False)
