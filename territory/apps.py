from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "territory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can be imported only once all apps are loaded.
        from accounts.importing.followers import register
        from territory.followers import follow_accounts

        register(follow_accounts)
