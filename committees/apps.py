from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "committees"

    def ready(self):
        from committees import documents, transitions, year_papers  # noqa: F401  registered by import
        from committees.meetings import (
            cards,
            minutes_screen,
            minutes_transitions,  # noqa: F401  registered by import
            papers_card,
            people_cards,
        )
        from committees.meetings import documents as _papers  # noqa: F401  registered by import
        from committees.meetings import transitions as _calling  # noqa: F401  registered by import
        from committees.meetings.due import meetings_due
        from committees.meetings.permissions import can_take_minutes
        from committees.meetings.queries import items_visible_to
        from committees.models import AgendaItem
        from documents import presence
        from notifications import due_items

        presence.register(
            AgendaItem, items_visible_to, lambda user, item: can_take_minutes(user, item.meeting)
        )
        due_items.register(meetings_due)
        cards.CARDS.extend(people_cards.CARDS)
        cards.CARDS.append(("meetings/_minutes_card.html", minutes_screen.card))
        cards.CARDS.append(("meetings/_papers_card.html", papers_card.card))
