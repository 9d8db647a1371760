-- R13: a person's decision of a conflict.

-- p_choices: {field: "parked" | "standing" | {"value": …}}; for a `delete` conflict the field is "deleted". p_shown: what the
-- person was shown as standing, by field. Answers {status: "resolved" | "stale"}. One that is resolved already is resolved.
CREATE FUNCTION sync_resolve(p_client uuid, p_incarnation uuid, p_schema integer, p_conflict uuid, p_choices jsonb, p_shown jsonb)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  known sync_clients;
  c conflicts;
  m sync_mutation;
BEGIN
  PERFORM FROM sync_clock FOR UPDATE;
  PERFORM sync_gate(p_schema);
  known := sync_known(p_client, p_incarnation);
  SELECT * INTO c FROM conflicts WHERE id = p_conflict;
  IF NOT FOUND THEN RETURN '{"status":"gone"}'; END IF;
  IF c.status = 'resolved' THEN RETURN '{"status":"resolved"}'; END IF;
  -- What is written here is news to every client, the one that decides too.
  PERFORM set_config('hudson.client', p_client::text, true), set_config('hudson.mutation', '', true), set_config('hudson.echo', '1', true);
  m.e := c.entity;
  m.i := c.entity_id;
  m.a := now();
  IF c.kind = 'delete' THEN
    IF NOT sync_resolve_delete(c, m, p_choices, p_shown) THEN RETURN '{"status":"stale"}'; END IF;
  ELSIF NOT sync_resolve_fields(c, m, p_choices, p_shown) THEN
    RETURN '{"status":"stale"}';
  END IF;
  UPDATE conflicts SET status = 'resolved', resolution = p_choices, resolved_by = known.device, resolved_at = now() WHERE id = c.id;
  INSERT INTO conflict_log (entity, entity_id, session_id, decision, fields, device, made_at, other_device, other_at)
    VALUES (c.entity, c.entity_id, c.session_id, 'resolved', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('name', f ->> 'name', 'base', f -> 'base', 'mine', f -> 'parked',
        'theirs', f -> 'standing', 'kept', coalesce(p_choices -> (f ->> 'name'), '"standing"'))), '[]') FROM jsonb_array_elements(c.fields) f),
      c.device, c.parked_at, c.other_device, c.other_at);
  RETURN '{"status":"resolved"}';
END $$;

CREATE FUNCTION sync_resolve_fields(c conflicts, m sync_mutation, p_choices jsonb, p_shown jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  cur jsonb;
  shown jsonb;
  patch jsonb := '{}';
  f jsonb;
  choice jsonb;
BEGIN
  EXECUTE format('SELECT to_jsonb(t), to_jsonb(jsonb_populate_record(t, $2)) FROM %I t WHERE id = $1', c.entity)
    INTO cur, shown USING c.entity_id, p_shown;
  -- The row is gone meanwhile: nothing is left to decide, and the log keeps what was wanted.
  IF cur IS NULL THEN RETURN true; END IF;
  FOR f IN SELECT jsonb_array_elements(c.fields) LOOP
    IF cur -> (f ->> 'name') <> shown -> (f ->> 'name') THEN RETURN false; END IF;
    choice := p_choices -> (f ->> 'name');
    IF choice = '"parked"' THEN patch := patch || jsonb_build_object(f ->> 'name', f -> 'parked');
    ELSIF jsonb_typeof(choice) = 'object' THEN patch := patch || jsonb_build_object(f ->> 'name', choice -> 'value');
    END IF;
  END LOOP;
  IF patch <> '{}' THEN PERFORM sync_write(m, patch || jsonb_build_object('updated_at', now())); END IF;
  RETURN true;
END $$;

-- Where the row is deleted, the parked edits wait: "parked" brings it back with them. Where it stands, the deletion waits:
-- "parked" deletes it.
CREATE FUNCTION sync_resolve_delete(c conflicts, m sync_mutation, p_choices jsonb, p_shown jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  there boolean;
  one sync_mutation;
  fallen sync_index;
BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE id = $1)', c.entity) INTO there USING c.entity_id;
  IF there = coalesce((p_shown ->> 'deleted')::boolean, false) THEN RETURN false; END IF;
  IF p_choices -> 'deleted' IS DISTINCT FROM '"parked"' THEN RETURN true; END IF;
  IF there THEN
    EXECUTE format('DELETE FROM %I WHERE id = $1', c.entity) USING c.entity_id;
    RETURN true;
  END IF;
  SELECT * INTO fallen FROM sync_index WHERE entity = c.entity AND id = c.entity_id;
  PERFORM sync_restore(c.entity, c.entity_id, fallen.rev);
  FOR one IN SELECT (jsonb_populate_record(NULL::sync_mutation, j)).* FROM jsonb_array_elements(c.mutations) j LOOP
    IF one.o = 'u' THEN PERFORM sync_write(one, one.p);
    ELSIF one.o = 'i' AND NOT EXISTS (SELECT FROM sync_index x WHERE x.entity = one.e AND x.id = one.i AND NOT x.deleted)
      AND EXISTS (SELECT FROM products WHERE id = (one.p ->> 'product_id')::uuid) THEN
      PERFORM sync_insert(one);
    ELSIF one.o = 'd' THEN EXECUTE format('DELETE FROM %I WHERE id = $1', one.e) USING one.i;
    END IF;
  END LOOP;
  RETURN true;
END $$;

-- A deleted row from its last image; a session with the items and the state that fell with it.
CREATE FUNCTION sync_restore(p_entity text, p_id uuid, p_rev bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  fallen sync_index;
  m sync_mutation;
BEGIN
  FOR fallen IN
    SELECT x.* FROM sync_index x WHERE x.deleted AND (
        (x.entity = p_entity AND x.id = p_id)
        OR (p_entity = 'sessions' AND x.rev = p_rev AND x.entity IN ('session_products', 'session_states')
          AND coalesce(x.image ->> 'session_id', x.image ->> 'id') = p_id::text))
      ORDER BY x.entity <> p_entity
  LOOP
    CONTINUE WHEN fallen.entity = 'session_products'
      AND NOT EXISTS (SELECT FROM products WHERE id = (fallen.image ->> 'product_id')::uuid);
    m.e := fallen.entity;
    m.i := fallen.id;
    m.p := fallen.image;
    PERFORM sync_insert(m);
  END LOOP;
END $$;
