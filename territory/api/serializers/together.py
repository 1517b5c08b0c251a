from rest_framework import serializers


class PersonSerializer(serializers.Serializer[object]):
    id = serializers.IntegerField()
    name = serializers.CharField()


class TogetherSerializer(serializers.Serializer[object]):
    """The present revision, and the members who have the alignment open."""

    revision = serializers.IntegerField()
    here = PersonSerializer(many=True)
