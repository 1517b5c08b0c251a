-- Roles, the template database with PostGIS, and the application's database.
-- Run by a superuser with psql; running it again changes nothing.
-- Used by the private server of a checkout and by the container image alike. Passwords come from the
-- environment and stay unset where they are empty (Unix sockets).
\set ON_ERROR_STOP on
\set runtime_password ''
\set owner_password ''
\getenv runtime_password APP_RUNTIME_PASSWORD
\getenv owner_password APP_OWNER_PASSWORD

-- app_web holds the privileges, app_runtime signs in with them (web, workers) and is bound by row-level
-- security; app_owner owns the tables, migrates, and creates test databases.
SELECT 'CREATE ROLE app_web NOLOGIN'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_web') \gexec
SELECT 'CREATE ROLE app_runtime LOGIN IN ROLE app_web'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_runtime') \gexec
SELECT 'CREATE ROLE app_owner LOGIN CREATEDB BYPASSRLS IN ROLE app_web'
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_owner') \gexec
SELECT format('ALTER ROLE app_runtime PASSWORD %L', :'runtime_password') WHERE :'runtime_password' <> '' \gexec
SELECT format('ALTER ROLE app_owner PASSWORD %L', :'owner_password') WHERE :'owner_password' <> '' \gexec

-- PostGIS is not a trusted extension: it is put into a template once, by the superuser.
SELECT 'CREATE DATABASE territories_template IS_TEMPLATE true'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'territories_template') \gexec

\connect territories_template
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS postgis;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
ALTER DEFAULT PRIVILEGES FOR ROLE app_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app_web;
ALTER DEFAULT PRIVILEGES FOR ROLE app_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO app_web;

\connect postgres
SELECT 'CREATE DATABASE territories OWNER app_owner TEMPLATE territories_template'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'territories') \gexec
