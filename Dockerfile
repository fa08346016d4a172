# Windscreen as a container: docker build -t windscreen . (docs/running.md tells the rest)
FROM python:3.13-slim AS made
WORKDIR /windscreen
ENV PYTHONPATH=/windscreen
COPY requirements.lock ./
RUN python -m venv --copies /windscreen/.venv \
    && .venv/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: -r requirements.lock
COPY pyproject.toml pathways.yaml ./
COPY app app
COPY static static
COPY content content
# The build is made here, so that a node starts with it and never writes to it.
RUN .venv/bin/python -P -m app check && .venv/bin/python -P -m app build && .venv/bin/python -m compileall -q app

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin windscreen \
    && install -d -o windscreen -g windscreen /state
COPY --from=made /windscreen /windscreen
WORKDIR /windscreen
USER 10001
ENV PYTHONPATH=/windscreen \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    WINDSCREEN_HOST=0.0.0.0 \
    WINDSCREEN_STATE=/state
# WINDSCREEN_HOSTS must be given: the names under which the site is asked for.
VOLUME /state
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
    CMD [".venv/bin/python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/ready', timeout=2)"]
ENTRYPOINT [".venv/bin/python", "-P", "-m", "app"]
CMD ["serve"]
