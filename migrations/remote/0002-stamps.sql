-- Every change of a synced table takes a rev and is noted in sync_index, whoever makes it. The functions run with their
-- owner's rights: whoever may write a domain table need not be able to write these.

-- S1, S6. Once per transaction: the mark is local to it, and goes back with a savepoint together with the clock.
CREATE FUNCTION sync_tick() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mark text := coalesce(current_setting('hudson.tick', true), '');
  xid text := pg_current_xact_id()::text;
  new_rev bigint;
  new_token uuid;
BEGIN
  IF split_part(mark, ':', 1) = xid THEN RETURN split_part(mark, ':', 2)::bigint; END IF;
  UPDATE sync_clock SET rev = rev + 1, token = gen_random_uuid() RETURNING rev, token INTO new_rev, new_token;
  INSERT INTO sync_revs (rev, token) VALUES (new_rev, new_token);
  PERFORM set_config('hudson.tick', xid || ':' || new_rev, true);
  PERFORM pg_notify('hudson', new_rev::text);
  IF new_rev % 1000 = 0 THEN
    -- Where a page of a pull may end its token is needed, however old it is: a new client begins at the oldest.
    DELETE FROM sync_revs r WHERE r.at < now() - interval '60 days' AND r.rev < new_rev
      AND NOT EXISTS (SELECT FROM sync_index x WHERE x.rev = r.rev);
    DELETE FROM sync_results WHERE at < now() - interval '60 days';
  END IF;
  RETURN new_rev;
END $$;

CREATE FUNCTION sync_before() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM sync_tick();
  RETURN NULL;
END $$;

-- hudson.client, hudson.mutation and hudson.entity are set by sync_push, locally; other programs leave them empty. What changes
-- in another table than the one that the client's mutation names is not what it sent, and is echoed to it (L2): what falls
-- with a whole, and whatever the server decided.
CREATE FUNCTION sync_after() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  r bigint := sync_tick();
  gone boolean := TG_OP = 'DELETE';
  client uuid := nullif(current_setting('hudson.client', true), '')::uuid;
  mutation bigint := nullif(current_setting('hudson.mutation', true), '')::bigint;
  echo bigint := CASE WHEN TG_TABLE_NAME = current_setting('hudson.entity', true) THEN 0 ELSE r END;
BEGIN
  INSERT INTO sync_index AS x (entity, id, rev, changed_rev, deleted, changed_by, mutation_id, echo_rev, image)
    SELECT TG_TABLE_NAME, id, r, r, gone, client, mutation, echo, CASE WHEN gone THEN to_jsonb(touched) END FROM touched
    ON CONFLICT (id, entity) DO UPDATE SET
      rev = r, changed_rev = r, row_version = x.row_version + 1, deleted = gone, changed_by = client, changed_at = now(),
      mutation_id = mutation, image = excluded.image, echo_rev = greatest(x.echo_rev, echo),
      foreign_rev = CASE WHEN x.changed_by = client THEN x.foreign_rev ELSE x.changed_rev END,
      foreign_by = CASE WHEN x.changed_by = client THEN x.foreign_by ELSE x.changed_by END,
      foreign_at = CASE WHEN x.changed_by = client THEN x.foreign_at ELSE x.changed_at END;
  RETURN NULL;
END $$;

CREATE FUNCTION sync_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: other desktops would not learn of it', TG_OP, TG_TABLE_NAME
    USING HINT = CASE TG_OP WHEN 'TRUNCATE' THEN 'Use DELETE.' ELSE 'Insert a new row and delete the old one.' END;
END $$;

DO $$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['brands', 'products', 'product_variants', 'product_images', 'sessions', 'session_products',
      'session_states', 'talking_points', 'message_presets', 'conflicts', 'conflict_log'] LOOP
    EXECUTE format('CREATE TRIGGER sync_1_before BEFORE INSERT OR UPDATE OR DELETE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION sync_before()', t);
    EXECUTE format('CREATE TRIGGER sync_2_inserted AFTER INSERT ON %I REFERENCING NEW TABLE AS touched
      FOR EACH STATEMENT EXECUTE FUNCTION sync_after()', t);
    EXECUTE format('CREATE TRIGGER sync_2_updated AFTER UPDATE ON %I REFERENCING NEW TABLE AS touched
      FOR EACH STATEMENT EXECUTE FUNCTION sync_after()', t);
    EXECUTE format('CREATE TRIGGER sync_2_deleted AFTER DELETE ON %I REFERENCING OLD TABLE AS touched
      FOR EACH STATEMENT EXECUTE FUNCTION sync_after()', t);
    EXECUTE format('CREATE TRIGGER sync_3_truncate BEFORE TRUNCATE ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION sync_refuse()', t);
    EXECUTE format('CREATE TRIGGER sync_3_id BEFORE UPDATE OF id ON %I
      FOR EACH STATEMENT EXECUTE FUNCTION sync_refuse()', t);
    -- S3: also while a tool has set session_replication_role.
    EXECUTE format('ALTER TABLE %I ENABLE ALWAYS TRIGGER sync_1_before, ENABLE ALWAYS TRIGGER sync_2_inserted,
      ENABLE ALWAYS TRIGGER sync_2_updated, ENABLE ALWAYS TRIGGER sync_2_deleted,
      ENABLE ALWAYS TRIGGER sync_3_truncate, ENABLE ALWAYS TRIGGER sync_3_id', t);
  END LOOP;
END $$;
