from territory.connectors import dynamics, hubspot, rest, salesforce
from territory.connectors.protocol import ConnectorKind

KINDS: tuple[ConnectorKind, ...] = (salesforce.KIND, hubspot.KIND, dynamics.KIND, rest.KIND)
KIND_BY_KEY = {kind.key: kind for kind in KINDS}
