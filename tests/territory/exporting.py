"""Taking exports as a client does, and reading them back."""

import csv
import io
import json
from typing import Any

import openpyxl
from rest_framework.test import APIClient

from territory.models import Alignment

URL = "/api/v1/exports"


def take(client: APIClient, key: str, alignment: Alignment) -> bytes:
    response = client.get(f"{URL}/{key}", {"alignment": alignment.pk})
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def take_csv(client: APIClient, key: str, alignment: Alignment) -> list[dict[str, str]]:
    text = take(client, key, alignment).decode()
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def take_workbook(client: APIClient, alignment: Alignment) -> list[dict[str, Any]]:
    [sheet] = openpyxl.load_workbook(io.BytesIO(take(client, "assignments.xlsx", alignment))).worksheets
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def take_json(client: APIClient, key: str, alignment: Alignment) -> Any:
    return json.loads(take(client, key, alignment))
