-- R13: a person's decision of a conflict.

-- p_choices: {field: "parked" | "standing" | {"value": …}}; for a `delete` conflict the field is "deleted". p_shown: what the
-- person was shown as standing, by field, and as `parked_at` when what waits was made. Answers {status}: "resolved"; "stale" where something else stands now, or somebody
-- decided otherwise; "gone".
CREATE FUNCTION sync_resolve(p_client uuid, p_incarnation uuid, p_schema integer, p_conflict uuid, p_choices jsonb, p_shown jsonb)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' SET lock_timeout = '5s' AS $$
DECLARE
  known sync_clients;
  c conflicts;
  image jsonb;
  gone boolean;
  stale boolean;
BEGIN
  PERFORM FROM sync_clock FOR UPDATE;
  -- What is written here is news to every client, the one that decides too.
  PERFORM set_config('hudson.tick', '', true), set_config('hudson.client', p_client::text, true),
    set_config('hudson.mutation', '', true), set_config('hudson.entity', '', true);
  PERFORM sync_gate(p_schema);
  known := sync_known(p_client, p_incarnation);
  SELECT * INTO c FROM conflicts WHERE id = p_conflict;
  IF NOT FOUND THEN RETURN '{"status":"gone"}'; END IF;
  IF c.status = 'resolved' THEN
    -- The same again: an answer got lost.
    RETURN jsonb_build_object('status', CASE WHEN c.resolution = p_choices THEN 'resolved' ELSE 'stale' END);
  END IF;
  -- Something newer waits than what was looked at. Which of two places of a show counts is decided as a whole.
  IF c.kind <> 'live' AND (p_shown ->> 'parked_at')::timestamptz <> c.parked_at THEN RETURN '{"status":"stale"}'; END IF;
  image := sync_image(c.entity, c.entity_id);
  stale := NOT CASE c.kind WHEN 'delete' THEN sync_resolve_delete(c, ROW(p_client, known.device), p_choices, p_shown)
    ELSE sync_resolve_fields(c, p_choices, p_shown) END;
  IF stale THEN RETURN '{"status":"stale"}'; END IF;
  EXECUTE format('SELECT NOT EXISTS (SELECT FROM %I WHERE id = $1)', c.entity) INTO gone USING c.entity_id;
  UPDATE conflicts SET status = 'resolved', resolution = p_choices, resolved_by = known.device, resolved_at = now() WHERE id = c.id;
  INSERT INTO conflict_log (entity, entity_id, session_id, decision, fields, image, device, made_at, other_device, other_at)
    VALUES (c.entity, c.entity_id, c.session_id, 'resolved', (
      SELECT coalesce(jsonb_agg(jsonb_build_object('name', f ->> 'name', 'base', f -> 'base', 'mine', f -> 'parked',
        'theirs', f -> 'standing', 'kept', coalesce(p_choices -> (f ->> 'name'), '"standing"'))), '[]') FROM jsonb_array_elements(c.fields) f),
      -- With the edits that did not bring it back.
      CASE WHEN gone THEN image || (SELECT coalesce(jsonb_object_agg(f ->> 'name', f -> 'parked'), '{}') FROM jsonb_array_elements(c.fields) f) END,
      c.device, c.parked_at, c.other_device, c.other_at);
  RETURN '{"status":"resolved"}';
END $$;

-- Whether these columns of a row are what somebody was shown. Where there is no row, nothing is.
CREATE FUNCTION sync_is_as_shown(p_entity text, p_id uuid, p_shown jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  cur jsonb;
  shown jsonb;
BEGIN
  EXECUTE format('SELECT to_jsonb(t), to_jsonb(jsonb_populate_record(t, $2)) FROM %I t WHERE id = $1', p_entity)
    INTO cur, shown USING p_id, p_shown;
  RETURN cur = shown;
END $$;

CREATE FUNCTION sync_resolve_fields(c conflicts, p_choices jsonb, p_shown jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  m sync_mutation;
  as_shown boolean := sync_is_as_shown(c.entity, c.entity_id, p_shown);
  patch jsonb := '{}';
  f jsonb;
  choice jsonb;
BEGIN
  -- The row is gone meanwhile: nothing is left to decide, and the log keeps what was wanted.
  IF as_shown IS NULL THEN RETURN true; END IF;
  IF NOT as_shown THEN RETURN false; END IF;
  FOR f IN SELECT jsonb_array_elements(c.fields) LOOP
    choice := p_choices -> (f ->> 'name');
    -- Nobody replaces what they were not shown. Which of two places of a show counts is decided as a whole.
    IF c.kind <> 'live' AND choice <> '"standing"' AND NOT p_shown ? (f ->> 'name') THEN RETURN false; END IF;
    IF choice = '"parked"' THEN patch := patch || jsonb_build_object(f ->> 'name', f -> 'parked');
    ELSIF jsonb_typeof(choice) = 'object' THEN patch := patch || jsonb_build_object(f ->> 'name', choice -> 'value');
    END IF;
  END LOOP;
  m.e := c.entity;
  m.i := c.entity_id;
  IF patch <> '{}' THEN PERFORM sync_write(m, patch || jsonb_build_object('updated_at', now())); END IF;
  RETURN true;
END $$;

-- "parked" does what the client wanted: it deletes the row, or brings it back with the edits that it made.
CREATE FUNCTION sync_resolve_delete(c conflicts, p_by sync_pusher, p_choices jsonb, p_shown jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  as_shown boolean := sync_is_as_shown(c.entity, c.entity_id, p_shown - 'deleted');
  who sync_pusher := ROW(c.client_id, c.device);
  one sync_mutation;
  numbered sync_mutation[];
BEGIN
  IF (as_shown IS NULL) <> coalesce((p_shown ->> 'deleted')::boolean, false) OR NOT as_shown THEN RETURN false; END IF;
  IF p_choices -> 'deleted' IS DISTINCT FROM '"parked"' THEN RETURN true; END IF;
  IF sync_parks_deletion(c) THEN
    -- R6: who decides knows the conflict, and what came before it.
    one.e := c.entity;
    one.i := c.entity_id;
    one.s := c.opened_rev;
    one.a := now();
    PERFORM sync_log_parts(p_by, one);
    EXECUTE format('DELETE FROM %I WHERE id = $1', c.entity) USING c.entity_id;
    RETURN true;
  END IF;
  IF as_shown IS NULL THEN PERFORM sync_restore(who, c); END IF;
  FOR one IN SELECT (jsonb_populate_record(NULL::sync_mutation, j)).* FROM jsonb_array_elements(c.mutations) j LOOP
    PERFORM sync_replay(who, one);
    IF one.e = 'session_products' AND one.p ->> 'number' IS NOT NULL THEN numbered := numbered || one; END IF;
  END LOOP;
  PERFORM sync_renumber(who, numbered) WHERE cardinality(numbered) > 0;
  RETURN true;
END $$;

-- A deleted row from its last image; a session with the items and the state that fell with it.
CREATE FUNCTION sync_restore(who sync_pusher, c conflicts) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  fallen sync_index;
  m sync_mutation;
BEGIN
  FOR fallen IN
    SELECT x.* FROM sync_index x JOIN sync_index root ON root.entity = c.entity AND root.id = c.entity_id
      WHERE x.deleted AND (x.entity = root.entity AND x.id = root.id
        OR root.entity = 'sessions' AND x.changed_rev = root.changed_rev AND x.entity IN ('session_products', 'session_states')
          AND coalesce(x.image ->> 'session_id', x.image ->> 'id') = root.id::text)
      ORDER BY x.entity <> root.entity
  LOOP
    m.e := fallen.entity;
    m.i := fallen.id;
    m.o := 'i';
    m.b := '{}';
    m.p := fallen.image;
    m.a := fallen.changed_at;
    PERFORM sync_replay(who, m);
  END LOOP;
END $$;

-- Who decides sees the edits that waited, not what others had made of the same fields meanwhile.
CREATE FUNCTION sync_log_replaced(who sync_pusher, m sync_mutation) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  x sync_index;
  cur jsonb;
  base jsonb;
  mine jsonb;
  names text[];
BEGIN
  EXECUTE format('SELECT to_jsonb(t), to_jsonb(jsonb_populate_record(t, $2)), to_jsonb(jsonb_populate_record(t, $3))
    FROM %I t WHERE id = $1', m.e) INTO cur, base, mine USING m.i, m.b, m.p;
  names := ARRAY(SELECT k FROM jsonb_object_keys(m.p) k
    WHERE cur ? k AND cur -> k <> mine -> k AND (m.o = 'i' OR cur -> k <> base -> k) AND NOT sync_is_quiet(k));
  IF names = '{}' OR m.e = 'session_states' THEN RETURN; END IF;
  SELECT * INTO x FROM sync_index WHERE entity = m.e AND id = m.i;
  PERFORM sync_log(who, m, x, 'overwrote', sync_fields(m, names, cur, 'mine'));
END $$;

-- Does an edit that waited for a decision, as far as what it needs is still there; else it goes to the log.
CREATE FUNCTION sync_replay(who sync_pusher, m sync_mutation) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  x sync_index;
  cur jsonb;
BEGIN
  EXECUTE format('SELECT to_jsonb(t) FROM %I t WHERE id = $1', m.e) INTO cur USING m.i;
  SELECT * INTO x FROM sync_index WHERE entity = m.e AND id = m.i;
  IF m.o = 'd' THEN
    -- R6
    PERFORM sync_log(who, m, x, 'deleted changed', '[]', cur) WHERE cur IS NOT NULL AND sync_changed_since(x, who.client, m.s);
    EXECUTE format('DELETE FROM %I WHERE id = $1', m.e) USING m.i;
    RETURN;
  END IF;
  IF m.p ? 'brand_id' AND NOT EXISTS (SELECT FROM brands WHERE id = (m.p ->> 'brand_id')::uuid) THEN
    m.p := m.p || '{"brand_id": null}';
  END IF;
  IF cur IS NOT NULL THEN
    PERFORM sync_log_replaced(who, m);
    PERFORM sync_write(m, m.p);
  ELSIF (CASE m.e
      WHEN 'sessions' THEN m.o = 'i'
      WHEN 'session_states' THEN EXISTS (SELECT FROM sessions WHERE id = m.i)
      ELSE m.o = 'i' AND EXISTS (SELECT FROM products WHERE id = (m.p ->> 'product_id')::uuid)
        AND EXISTS (SELECT FROM sessions WHERE id = (m.p ->> 'session_id')::uuid) END) THEN
    PERFORM sync_log_revival(who, m, x) WHERE x.image IS NOT NULL;
    PERFORM sync_insert(m);
  ELSE
    PERFORM sync_log(who, m, x, 'deleted', sync_fields(m, ARRAY(SELECT k FROM jsonb_object_keys(m.p) k WHERE NOT sync_is_quiet(k)),
      NULL, 'theirs'), coalesce(x.image, '{}') || m.p);
  END IF;
END $$;
