from django.apps import AppConfig


class CommitteesConfig(AppConfig):
    name = "committees"

    def ready(self):
        from committees import documents, transitions  # noqa: F401  registered by import
        from committees.meetings import (
            cards,
            minutes_screen,
            minutes_transitions,  # noqa: F401  registered by import
        )
        from committees.meetings import documents as _papers  # noqa: F401  registered by import
        from committees.meetings import transitions as _calling  # noqa: F401  registered by import
        from committees.meetings.due import minutes_and_resolutions_due
        from notifications import due_items

        due_items.register(minutes_and_resolutions_due)
        cards.CARDS.append(("meetings/_minutes_card.html", minutes_screen.card))
