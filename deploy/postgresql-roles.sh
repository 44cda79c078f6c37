#!/bin/sh
# Called by the PostgreSQL image when it makes an empty database.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -d postgres \
  -v owner_password="$PMQA_OWNER_PASSWORD" -v web_password="$PMQA_WEB_PASSWORD" \
  -f /opt/postgresql-roles.sql
