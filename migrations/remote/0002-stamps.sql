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
    DELETE FROM sync_revs WHERE at < now() - interval '60 days' AND rev < new_rev;
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

-- hudson.client and hudson.mutation are set by sync_push, locally; other programs leave them empty. hudson.echo = '1' marks a
-- change that is not what the client sent, so that it is sent back to it (L2).
CREATE FUNCTION sync_after() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  r bigint := sync_tick();
  by_client uuid := nullif(current_setting('hudson.client', true), '')::uuid;
  mutation bigint := nullif(current_setting('hudson.mutation', true), '')::bigint;
  other bigint := CASE
    -- What the server decided is news to everyone.
    WHEN TG_TABLE_NAME IN ('conflicts', 'conflict_log') OR current_setting('hudson.echo', true) = '1' THEN r ELSE 0 END;
BEGIN
  IF TG_OP = 'DELETE' THEN
    INSERT INTO sync_index AS x (entity, id, rev, deleted, changed_by, mutation_id, foreign_rev, image)
      SELECT TG_TABLE_NAME, id, r, true, by_client, mutation, other, to_jsonb(old_rows) FROM old_rows
      ON CONFLICT (entity, id) DO UPDATE SET
        rev = r, row_version = x.row_version + 1, deleted = true, changed_by = by_client, mutation_id = mutation,
        changed_at = now(), image = excluded.image,
        foreign_rev = greatest(other, CASE WHEN x.changed_by = by_client THEN x.foreign_rev ELSE x.rev END);
  ELSE
    INSERT INTO sync_index AS x (entity, id, rev, changed_by, mutation_id, foreign_rev)
      SELECT TG_TABLE_NAME, id, r, by_client, mutation, other FROM new_rows
      ON CONFLICT (entity, id) DO UPDATE SET
        rev = r, row_version = x.row_version + 1, deleted = false, changed_by = by_client, mutation_id = mutation,
        changed_at = now(), image = NULL,
        foreign_rev = greatest(other, CASE WHEN x.changed_by = by_client THEN x.foreign_rev ELSE x.rev END);
  END IF;
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
    EXECUTE format('CREATE TRIGGER sync_2_inserted AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows
      FOR EACH STATEMENT EXECUTE FUNCTION sync_after()', t);
    EXECUTE format('CREATE TRIGGER sync_2_updated AFTER UPDATE ON %I REFERENCING NEW TABLE AS new_rows
      FOR EACH STATEMENT EXECUTE FUNCTION sync_after()', t);
    EXECUTE format('CREATE TRIGGER sync_2_deleted AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows
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
