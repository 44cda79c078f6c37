from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self):
        from django.conf import settings

        from agencies import page_figures
        from notifications import schedules
        from notifications.queries import unread_of

        page_figures.register("unread", unread_of)
        schedules.register(
            "send-reminders",
            "notifications.tasks.send_reminders",
            every=settings.REMINDER_INTERVAL,
        )
        schedules.register("sweep-deliveries", "notifications.tasks.sweep_deliveries", every=60)
