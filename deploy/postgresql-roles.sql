-- Two roles: pmqa_owner makes and changes the tables (migrate), pmqa_web reads and writes rows.
-- The web role may add audit entries and read them, and never change or delete one: whoever
-- breaks into the web process cannot rewrite what was logged.
--
--   psql -v owner_password=… -v web_password=… -f deploy/postgresql-roles.sql postgres

CREATE ROLE pmqa_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE pmqa_web LOGIN PASSWORD :'web_password';
CREATE DATABASE pmqa OWNER pmqa_owner ENCODING 'UTF8' TEMPLATE template0 LOCALE 'C.UTF-8';
\connect pmqa
REVOKE ALL ON DATABASE pmqa FROM PUBLIC;
GRANT CONNECT, TEMPORARY ON DATABASE pmqa TO pmqa_web;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO pmqa_owner;
GRANT USAGE ON SCHEMA public TO pmqa_web;
ALTER DEFAULT PRIVILEGES FOR ROLE pmqa_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO pmqa_web;
ALTER DEFAULT PRIVILEGES FOR ROLE pmqa_owner IN SCHEMA public
  GRANT USAGE, SELECT ON SEQUENCES TO pmqa_web;

-- The audit table loses what the line above gave it, as soon as migrate has made it.
CREATE FUNCTION pmqa_close_audit() RETURNS event_trigger LANGUAGE plpgsql AS $$
BEGIN
  IF to_regclass('public.agencies_auditentry') IS NOT NULL THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON public.agencies_auditentry FROM pmqa_web;
  END IF;
END $$;
CREATE EVENT TRIGGER pmqa_close_audit ON ddl_command_end
  WHEN TAG IN ('CREATE TABLE', 'ALTER TABLE') EXECUTE FUNCTION pmqa_close_audit();
