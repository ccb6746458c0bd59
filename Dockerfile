# The service alone, for a PostgreSQL of one's own: `serve`, `worker` and `db migrate`, but no demonstration.
FROM python:3.11-slim
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PYTHONPATH=/srv/x-pilot/src
RUN useradd --system --no-create-home --uid 10001 x-pilot
WORKDIR /srv/x-pilot
COPY requirements/service.txt requirements/service.txt
RUN pip install --no-cache-dir --require-hashes --requirement requirements/service.txt
COPY alembic.ini alembic.ini
COPY migrations migrations
COPY src src
USER x-pilot
EXPOSE 8000
ENTRYPOINT ["python", "-m", "x_pilot_api"]
CMD ["serve"]
