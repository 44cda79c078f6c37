"""Every address of the portal, read from the URL resolver."""

from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver

UNNAMED_ARE_FORBIDDEN = "every address needs a name"


@cache
def all_addresses() -> dict[str, frozenset[str]]:
    """Return {full URL name: names of its parts} for everything but the Django admin."""
    found: dict[str, frozenset[str]] = {}

    def walk(patterns, namespaces, parts):
        for entry in patterns:
            own = parts | set(entry.pattern.converters) | set(entry.pattern.regex.groupindex)
            if isinstance(entry, URLResolver):
                if entry.namespace == "admin":
                    continue
                inner = [*namespaces, entry.namespace] if entry.namespace else namespaces
                walk(entry.url_patterns, inner, own)
            elif isinstance(entry, URLPattern):
                assert entry.name, f"{UNNAMED_ARE_FORBIDDEN}: {entry.pattern}"
                found[":".join([*namespaces, entry.name])] = frozenset(own)

    walk(get_resolver().url_patterns, [], frozenset())
    return found


@cache
def admin_addresses() -> tuple[str, ...]:
    """Return the addresses of the Django admin, every part filled with 1."""
    from django.contrib import admin
    from django.urls import reverse

    found = []
    for pattern in admin.site.get_urls():
        entries = pattern.url_patterns if isinstance(pattern, URLResolver) else [pattern]
        for entry in entries:
            if not entry.name or entry.name == "jsi18n":
                continue
            kwargs = {
                "object_id": "1",
                "content_type_id": "1",
                "app_label": "agencies",
                "url": "nowhere",
                "id": "1",
            }
            wanted = set(pattern.pattern.regex.groupindex) | set(entry.pattern.regex.groupindex)
            wanted |= set(pattern.pattern.converters) | set(entry.pattern.converters)
            found.append(
                reverse(f"admin:{entry.name}", kwargs={key: kwargs[key] for key in wanted})
            )
    return tuple(found)
