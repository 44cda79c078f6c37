from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class PmqaPortalConfig(AppConfig):
    name = "pmqa_portal"
    default = True

    def ready(self):
        from pmqa_portal import checks  # noqa: F401 - registers them


class PortalStaticFilesConfig(StaticFilesConfig):
    """Leaves uncollected what no page loads, so that a first start is quick."""

    ignore_patterns = (
        *StaticFilesConfig.ignore_patterns,
        "pdf/*",  # style sheets of papers: only the PDF maker reads them, from disk
        "*.scss",
        "*.d.ts",
        # Of Bootstrap the whole style sheet and the bundle are used, both minified.
        "bootstrap-grid*",
        "bootstrap-reboot*",
        "bootstrap-utilities*",
        "bootstrap.rtl*",
        "bootstrap.css*",
        "bootstrap.js*",
        "bootstrap.esm*",
        "bootstrap.min.js*",
        "bootstrap.bundle.js*",
    )
