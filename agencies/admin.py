"""The Django admin for whoever runs the server: open offices, look after accounts."""

from django.contrib import admin

from agencies.models import Agency, AgencyMembership, User


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):
    list_display = ["name_th", "code", "is_active"]
    search_fields = ["name_th", "code"]
    fields = [
        "code", "name_th", "name_en", "short_name", "parent", "head_position", "address",
        "phone", "email", "paper_digits", "reminder_days", "reminds_overdue",
        "storage_quota_mb", "is_active",
    ]  # fmt: skip

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Passwords are set with `manage.py changepassword` or in the portal, not here."""

    list_display = ["username", "first_name", "last_name", "is_active", "is_staff"]
    search_fields = ["username", "first_name", "last_name", "email"]
    fields = [
        "username", "title", "first_name", "last_name", "position", "email", "phone",
        "is_active", "is_staff", "is_superuser",
    ]  # fmt: skip

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(AgencyMembership)
class AgencyMembershipAdmin(admin.ModelAdmin):
    list_display = ["user", "agency", "role", "is_active"]
    list_filter = ["agency", "role"]
    list_select_related = ["user", "agency"]
    fields = ["agency", "user", "unit", "role", "is_active"]
    autocomplete_fields = ["user", "agency"]

    def has_delete_permission(self, request, obj=None):
        return False
