from accounts.importing.run import run_import
from accounts.importing.run_undo import run_undo
from accounts.models import ImportMode
from workspace.jobs import JobRun, job_kind

IMPORT = "import_accounts"
UNDO = "undo_import"


@job_kind(IMPORT, queue="imports")
def import_accounts(run: JobRun) -> None:
    run_import(
        workspace_id=run.job.workspace_id,
        import_id=run.job.payload["import_id"],
        skip_bad_rows=run.job.payload["skip_bad_rows"],
        # A job that was queued by an earlier version has neither.
        mode=run.job.payload.get("mode", ImportMode.UPSERT),
        confirmed_gone=run.job.payload.get("confirmed_gone"),
        watcher=run,
    )


@job_kind(UNDO, queue="imports")
def undo_import(run: JobRun) -> None:
    run_undo(workspace_id=run.job.workspace_id, import_id=run.job.payload["import_id"], watcher=run)
