import re

LENGTH_MAX = 80


def developer_name(code: str, territory_id: int) -> str:
    """A Salesforce API name for a territory: stable, unique, and the same in every file.

    The rule there: letters, digits and single underscores, a letter first, no underscore last. The id stands at the end
    because two codes may differ only in characters that the rule forbids.
    """
    words = re.sub(r"[^A-Za-z0-9]+", "_", code).strip("_")
    if not words[:1].isalpha():
        words = f"T_{words}".strip("_")
    ending = f"_{territory_id}"
    return words[: LENGTH_MAX - len(ending)].rstrip("_") + ending
