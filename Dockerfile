# Builds the wheel apart, so that neither sources nor tools for building reach the image that runs.
FROM python:3.13-slim-trixie AS build
WORKDIR /src
COPY requirements-build.lock ./
RUN pip install --no-cache-dir --no-deps --require-hashes -r requirements-build.lock
COPY pyproject.toml README.md ./
COPY migrations migrations
COPY bot bot
RUN pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /dist .

FROM python:3.13-slim-trixie
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OKRA_DATA_DIR=/data
COPY requirements.lock /tmp/requirements.lock
RUN pip install --no-cache-dir --no-deps --require-hashes -r /tmp/requirements.lock \
    && rm /tmp/requirements.lock \
    && groupadd --system --gid 10001 okra \
    && useradd --system --uid 10001 --gid okra --no-create-home okra \
    && install -d -o okra -g okra /data
COPY --from=build /dist /tmp/dist
RUN pip install --no-cache-dir --no-deps /tmp/dist/*.whl
USER 10001:10001
WORKDIR /data
VOLUME /data
# Healthy means that `okra run` still beats; see README.md for what else `okra doctor` looks at.
HEALTHCHECK --interval=60s --timeout=15s --start-period=120s --retries=2 CMD ["okra", "healthy"]
ENTRYPOINT ["okra"]
CMD ["run"]
