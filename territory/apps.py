from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "territory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Models can be imported only once all apps are loaded.
        from accounts.importing import belongings, followers
        from territory.belongings import TerritoryBelongings
        from territory.followers import follow_accounts

        followers.register(follow_accounts)
        belongings.register(TerritoryBelongings())
