from django.db import models

from workspace.models import TenantModel

NUMBERS_MAX = 250


class Segment(TenantModel):
    """A short number for a segment's name, for map tiles. Given once and kept; 0 stands for none and for any further.

    The most frequent ones of the first import have the lowest numbers.
    """

    number = models.SmallIntegerField()
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["workspace", "number"], name="accounts_segment_number"),
            models.UniqueConstraint(fields=["workspace", "name"], name="accounts_segment_name"),
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=NUMBERS_MAX), name="accounts_segment_number_fits"
            ),
        ]

    def __str__(self) -> str:
        return self.name
