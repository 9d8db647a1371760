-- S5: the app's role executes the functions it needs, and touches no table.

-- Whoever may make functions here could slip one of its own under the names that ours call.
REVOKE CREATE ON SCHEMA public FROM PUBLIC, hudson_app;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, hudson_app;
DO $$
DECLARE
  f regprocedure;
BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.proname LIKE 'sync\_%' LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
  END LOOP;
END $$;
GRANT USAGE ON SCHEMA public TO hudson_app;
GRANT EXECUTE ON FUNCTION sync_hello, sync_push, sync_pull, sync_fetch, sync_resolve TO hudson_app;
