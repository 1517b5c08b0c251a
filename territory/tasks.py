from territory.connectors.pushing import run_push
from territory.connectors.running import run_check, run_comparison, run_pull
from territory.layers.building import write_layer
from territory.layers.sources import read_units
from territory.locks import share_accounts
from territory.models import UnitLayer
from workspace.jobs import JobFailed, JobRun, job_kind
from workspace.tenancy import workspace

BUILD_UNIT_LAYER = "build_unit_layer"
CHECK_CONNECTION = "check_connection"
PULL_ACCOUNTS = "pull_accounts"
COMPARE_WITH_CRM = "compare_with_crm"
PUSH_TO_CRM = "push_to_crm"


@job_kind(BUILD_UNIT_LAYER, queue="default")
def build_unit_layer(run: JobRun) -> None:
    """Fill a layer. Running it again replaces what is there, so that a second attempt ends the same."""
    workspace_id, layer_id = run.job.workspace_id, run.job.payload["layer_id"]
    run.progress(0.05, "Reading boundaries")
    with workspace(workspace_id):
        layer = UnitLayer.objects.filter(workspace_id=workspace_id, pk=layer_id).first()
    if layer is None:
        raise JobFailed("The layer was deleted before it was built.")
    units = read_units(layer)
    run.progress(0.4, f"Writing {len(units):,} units and placing the accounts")
    with workspace(workspace_id):
        share_accounts(workspace_id)
        layer = UnitLayer.objects.select_for_update().get(workspace_id=workspace_id, pk=layer_id)
        write_layer(layer, units)
        run.finish({"layer_id": layer.pk, "n_units": layer.n_units}, message=f"{layer.n_units:,} units are ready")


@job_kind(CHECK_CONNECTION, queue="default")
def check_connection(run: JobRun) -> None:
    run_check(run)


@job_kind(PULL_ACCOUNTS, queue="imports")
def pull_accounts(run: JobRun) -> None:
    run_pull(run)


@job_kind(COMPARE_WITH_CRM, queue="imports")
def compare_with_crm(run: JobRun) -> None:
    run_comparison(run)


@job_kind(PUSH_TO_CRM, queue="imports")
def push_to_crm(run: JobRun) -> None:
    run_push(run)
