"""Taking exports as a client does, and reading them back."""

import csv
import io
import json
from typing import Any

import openpyxl
from rest_framework.test import APIClient

from territory.models import Alignment

URL = "/api/v1/exports"


def take(client: APIClient, key: str, alignment: Alignment, **options: object) -> bytes:
    response = client.get(f"{URL}/{key}", {"alignment": alignment.pk} | options)
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def take_csv(client: APIClient, key: str, alignment: Alignment, **options: object) -> list[dict[str, str]]:
    text = take(client, key, alignment, **options).decode()
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def take_workbook(client: APIClient, alignment: Alignment, **options: object) -> list[dict[str, Any]]:
    [rows] = take_sheets(client, "assignments.xlsx", alignment, **options).values()
    return rows


def take_sheets(
    client: APIClient, key: str, alignment: Alignment, **options: object
) -> dict[str, list[dict[str, Any]]]:
    """Sheet → its rows by the header."""
    book = openpyxl.load_workbook(io.BytesIO(take(client, key, alignment, **options)))
    sheets = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    return {name: [dict(zip(rows[0], row, strict=True)) for row in rows[1:]] for name, rows in sheets.items()}


def take_json(client: APIClient, key: str, alignment: Alignment) -> Any:
    return json.loads(take(client, key, alignment))
