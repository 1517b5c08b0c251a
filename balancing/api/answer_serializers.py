from rest_framework import serializers

from balancing.answers.answer import FigureUnit, QuestionKey, Verdict
from balancing.api.measure_serializers import GeometryField

GROWTH_MAX = 5.0


class GrowthSerializer(serializers.Serializer):
    growth = serializers.FloatField(
        default=0.1, min_value=-0.9, max_value=GROWTH_MAX, help_text="Expected demand, as a fraction more than today"
    )


class FigureSerializer(serializers.Serializer):
    label = serializers.CharField()
    value = serializers.FloatField(allow_null=True, help_text="Money in minor units")
    unit = serializers.ChoiceField(choices=FigureUnit.choices)
    formula_url = serializers.CharField()


class AnswerRowSerializer(serializers.Serializer):
    label = serializers.CharField()
    value = serializers.FloatField(allow_null=True)
    note = serializers.CharField()
    territory_id = serializers.IntegerField(allow_null=True)
    finding_id = serializers.CharField(allow_null=True)
    shade = serializers.FloatField(allow_null=True, help_text="What the territory is coloured by; 0 is right")


class AnswerSerializer(serializers.Serializer):
    key = serializers.ChoiceField(choices=QuestionKey.choices)
    question = serializers.CharField()
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    sentence = serializers.CharField()
    figures = FigureSerializer(many=True)
    rows_label = serializers.CharField()
    rows_unit = serializers.ChoiceField(choices=FigureUnit.choices)
    notes_label = serializers.CharField()
    rows = AnswerRowSerializer(many=True)
    finding_ids = serializers.ListField(child=serializers.CharField())
    areas = serializers.ListField(child=GeometryField(), help_text="Outlines of what the answer is about")


class AnswersSerializer(serializers.Serializer):
    alignment_id = serializers.IntegerField()
    revision = serializers.IntegerField()
    data_date = serializers.DateTimeField(allow_null=True)
    currency = serializers.CharField()
    growth = serializers.FloatField()
    answers = AnswerSerializer(many=True)
