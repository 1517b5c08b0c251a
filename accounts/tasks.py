from accounts.importing.run import run_import
from workspace.jobs import JobRun, job_kind

IMPORT = "import_accounts"


@job_kind(IMPORT, queue="imports")
def import_accounts(run: JobRun) -> None:
    run_import(
        workspace_id=run.job.workspace_id,
        import_id=run.job.payload["import_id"],
        skip_bad_rows=run.job.payload["skip_bad_rows"],
        watcher=run,
    )
