from territory.connectors import hubspot, rest, salesforce
from territory.connectors.protocol import ConnectorKind

KINDS: tuple[ConnectorKind, ...] = (salesforce.KIND, hubspot.KIND, rest.KIND)
KIND_BY_KEY = {kind.key: kind for kind in KINDS}
