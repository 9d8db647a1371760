-- sync_hello and sync_push: the way in. Rules P, R and I of src/main/sync/SPEC.md.

-- S5. SQLSTATEs of our own: HU426 update required, HU409 another team's database, HU404 unknown client (say hello first),
-- HU410 not the client that this id belongs to, HU400 no mutations, or a gap in their ids.
CREATE FUNCTION sync_gate(p_schema integer) RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  needed integer;
BEGIN
  SELECT min_client_schema INTO needed FROM sync_clock;
  IF coalesce(p_schema, 0) < needed THEN
    RAISE EXCEPTION 'This team''s data needs a newer Hudson (%, this one speaks %)', needed, p_schema
      USING ERRCODE = 'HU426';
  END IF;
END $$;

-- I1. `fork`: somebody else goes on under this id. Answers what a client needs to know at its start. p_previous: its last start
-- that was answered; p_unanswered: those after it, of which we may have heard. p_database: the one that it belongs to, where it
-- knows; nothing is noted in another one (I3).
CREATE FUNCTION sync_hello(p_client uuid, p_previous uuid, p_unanswered uuid[], p_incarnation uuid, p_schema integer,
  p_database uuid, p_last bigint, p_about jsonb)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
  known sync_clients;
  clock sync_clock;
  answer text := 'ok';
BEGIN
  SELECT * INTO clock FROM sync_clock;
  IF p_database <> clock.database_id THEN
    RAISE EXCEPTION 'This is another team''s database' USING ERRCODE = 'HU409';
  END IF;
  PERFORM sync_gate(p_schema);
  SELECT * INTO known FROM sync_clients WHERE client_id = p_client FOR UPDATE;
  IF NOT FOUND THEN
    INSERT INTO sync_clients (client_id, incarnation, first_incarnation, last_mutation_id, device, app_version, schema_version)
      VALUES (p_client, p_incarnation, p_incarnation, p_last, p_about ->> 'device', p_about ->> 'version', p_schema)
      RETURNING * INTO known;
  ELSIF known.incarnation IN (p_incarnation, p_previous) OR known.incarnation = ANY (p_unanswered) THEN
    UPDATE sync_clients SET incarnation = p_incarnation, last_seen = now(), device = p_about ->> 'device',
      app_version = p_about ->> 'version', schema_version = p_schema WHERE client_id = p_client;
  ELSE
    answer := 'fork';
  END IF;
  -- Until an answer was heard.
  IF answer = 'ok' AND (known.first_incarnation = p_incarnation OR known.first_incarnation = ANY (p_unanswered)) THEN
    answer := 'new';
  END IF;
  RETURN jsonb_build_object('status', answer, 'databaseId', clock.database_id, 'schema', clock.schema_version,
    'lastMutationId', known.last_mutation_id, 'lastCheck', known.last_check,
    'now', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'));
END $$;

CREATE FUNCTION sync_known(p_client uuid, p_incarnation uuid) RETURNS sync_clients
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  known sync_clients;
BEGIN
  SELECT * INTO known FROM sync_clients WHERE client_id = p_client;
  IF NOT FOUND THEN RAISE EXCEPTION 'unknown client' USING ERRCODE = 'HU404'; END IF;
  IF known.incarnation <> p_incarnation THEN
    RAISE EXCEPTION 'another client goes on under this id' USING ERRCODE = 'HU410';
  END IF;
  RETURN known;
END $$;

CREATE TYPE sync_mutation AS (
  n bigint, e text, i uuid, o text,
  -- Base and new values of the changed fields.
  b jsonb, p jsonb,
  -- The rev up to which the client had seen everything; whether it was offline; when it was made.
  s bigint, f boolean, a timestamptz
);

-- What one push knows while it runs.
CREATE TYPE sync_pusher AS (client uuid, device text);

-- What clients may write. Conflicts and their log are the server's own.
CREATE FUNCTION sync_entities() RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
  SELECT ARRAY['brands', 'products', 'product_variants', 'product_images', 'sessions', 'session_products',
    'session_states', 'talking_points', 'message_presets']
$$;

CREATE FUNCTION sync_is_asked(entity text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT entity IN ('sessions', 'session_products')
$$;

-- R3. Arrival decides without a word.
CREATE FUNCTION sync_is_quiet(field text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT field IN ('updated_at', 'created_at', 'slug', 'status_before_archive', 'shopify_values', 'overridden')
$$;

-- R3. The first one stays: numbers are what viewers type.
CREATE FUNCTION sync_is_kept(field text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT field IN ('number', 'numbers_frozen_at')
$$;

-- The row goes out to everyone again, also to the client that is pushing (L2).
CREATE FUNCTION sync_send(p_entity text, p_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  r bigint := sync_tick();
BEGIN
  UPDATE sync_index SET rev = r, echo_rev = r WHERE entity = p_entity AND id = p_id;
END $$;

-- Who else changed the row last, and when; '' where it was nobody.
CREATE FUNCTION sync_other(x sync_index, p_client uuid, OUT device text, OUT at timestamptz) LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN x.id IS NULL OR x.changed_by = p_client AND x.foreign_rev = 0 THEN ''
      ELSE coalesce((SELECT c.device FROM public.sync_clients c WHERE c.client_id = o.client), 'another program') END, o.at
    FROM (SELECT CASE WHEN x.changed_by = p_client THEN x.foreign_by ELSE x.changed_by END,
      CASE WHEN x.changed_by = p_client THEN x.foreign_at ELSE x.changed_at END) o(client, at)
$$;

CREATE FUNCTION sync_session_of(m sync_mutation, x sync_index) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN m.e IN ('sessions', 'session_states') THEN m.i
    ELSE coalesce(m.p ->> 'session_id', m.b ->> 'session_id', x.image ->> 'session_id')::uuid END
$$;

-- R12
CREATE FUNCTION sync_log(who sync_pusher, m sync_mutation, x sync_index, p_decision text, p_fields jsonb,
  p_image jsonb DEFAULT NULL, p_detail text DEFAULT NULL)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  session uuid := sync_session_of(m, x);
  other record := sync_other(x, who.client);
BEGIN
  IF session IS NULL AND m.e = 'session_products' THEN
    SELECT session_id INTO session FROM session_products WHERE id = m.i;
  END IF;
  INSERT INTO conflict_log (entity, entity_id, session_id, decision, detail, fields, image, device, made_at, other_device, other_at)
    VALUES (m.e, m.i, session, p_decision, p_detail, p_fields, p_image, who.device, m.a, other.device, other.at);
END $$;

-- [{name, base, mine, theirs, kept}] of the named fields.
CREATE FUNCTION sync_fields(m sync_mutation, p_names text[], p_theirs jsonb, p_kept text) RETURNS jsonb
LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(jsonb_agg(jsonb_build_object('name', k, 'base', m.b -> k, 'mine', m.p -> k,
    'theirs', p_theirs -> k, 'kept', p_kept) ORDER BY k), '[]') FROM unnest(p_names) AS k
$$;

-- R2, R4, R5, R6, R8. One open conflict per row, kind and client; what comes later is folded into it.
CREATE FUNCTION sync_open_conflict(who sync_pusher, m sync_mutation, x sync_index, p_kind text, p_names text[], p_standing jsonb,
  p_about sync_mutation DEFAULT NULL)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  target_entity text := coalesce(p_about.e, m.e);
  target_id uuid := coalesce(p_about.i, m.i);
  session uuid := CASE target_entity WHEN 'sessions' THEN target_id ELSE sync_session_of(m, x) END;
  other record := sync_other(x, who.client);
  open_one conflicts;
  parked jsonb;
  replaced jsonb;
BEGIN
  IF session IS NULL THEN SELECT session_id INTO session FROM session_products WHERE id = m.i; END IF;
  SELECT jsonb_agg(jsonb_build_object('name', k, 'base', m.b -> k, 'parked', m.p -> k, 'standing', p_standing -> k) ORDER BY k)
    INTO parked FROM unnest(p_names) AS k;
  parked := coalesce(parked, '[]');
  SELECT * INTO open_one FROM conflicts WHERE entity = target_entity AND entity_id = target_id AND kind = p_kind
    AND client_id = who.client AND status = 'open';
  IF NOT FOUND THEN
    INSERT INTO conflicts (entity, entity_id, session_id, kind, fields, mutations, client_id, device, parked_at,
        other_device, other_at, opened_rev, image)
      VALUES (target_entity, target_id, session, p_kind, parked,
        CASE p_kind WHEN 'delete' THEN jsonb_build_array(to_jsonb(m)) ELSE '[]' END,
        who.client, who.device, m.a, other.device, coalesce(other.at, now()), sync_tick(),
        (SELECT sync_image(entity, id) FROM sync_index WHERE entity = target_entity AND id = target_id AND deleted));
    RETURN;
  END IF;
  -- A wish that the new one was not built upon is not lost with it.
  SELECT jsonb_agg(jsonb_build_object('name', older ->> 'name', 'base', older -> 'base', 'mine', newer -> 'parked',
      'theirs', older -> 'parked', 'kept', 'mine') ORDER BY older ->> 'name') INTO replaced
    FROM jsonb_array_elements(open_one.fields) older JOIN jsonb_array_elements(parked) newer ON older ->> 'name' = newer ->> 'name'
    WHERE p_kind IN ('field', 'order') AND NOT older -> 'parked' IN (newer -> 'base', newer -> 'parked');
  IF replaced IS NOT NULL THEN PERFORM sync_log(who, m, x, 'overwrote', replaced, NULL, 'parked'); END IF;
  -- The base is what the person saw first; the wish is the latest one. Of the places of a show only the last one counts.
  UPDATE conflicts SET
    parked_at = m.a,
    mutations = CASE WHEN p_kind = 'delete' THEN (
      SELECT coalesce(jsonb_agg(j ORDER BY n), '[]') FROM jsonb_array_elements(mutations) WITH ORDINALITY AS older(j, n)
        WHERE m.e <> 'session_states' OR j ->> 'e' <> m.e) || jsonb_build_array(to_jsonb(m)) ELSE mutations END,
    fields = (
      SELECT coalesce(jsonb_agg(coalesce(older.f || (newer.f - 'base'), older.f, newer.f)
        ORDER BY coalesce(older.f, newer.f) ->> 'name'), '[]')
      FROM jsonb_array_elements(open_one.fields) AS older(f)
        FULL JOIN jsonb_array_elements(parked) AS newer(f) ON older.f ->> 'name' = newer.f ->> 'name')
    WHERE id = open_one.id;
END $$;

CREATE FUNCTION sync_columns(p_entity text, p_keys jsonb) RETURNS text[] LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
  -- Names from outside become SQL only where they are columns.
  SELECT coalesce(array_agg(quote_ident(a.attname) ORDER BY a.attnum), '{}') FROM pg_attribute a
    WHERE a.attrelid = format('public.%I', p_entity)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND p_keys ? a.attname
$$;

-- The same columns with their types, as a record is read from JSON.
CREATE FUNCTION sync_column_types(p_entity text, p_keys jsonb) RETURNS text LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum) FROM pg_attribute a
    WHERE a.attrelid = format('public.%I', p_entity)::regclass AND a.attnum > 0 AND NOT a.attisdropped AND p_keys ? a.attname
$$;

CREATE FUNCTION sync_insert(m sync_mutation) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  cols text := array_to_string(sync_columns(m.e, m.p || jsonb_build_object('id', m.i)), ', ');
BEGIN
  EXECUTE format('INSERT INTO %1$I (%2$s) SELECT %2$s FROM jsonb_populate_record(NULL::%1$I, $1)', m.e, cols)
    USING m.p || jsonb_build_object('id', m.i);
END $$;

CREATE FUNCTION sync_write(m sync_mutation, p_patch jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  cols text := array_to_string(sync_columns(m.e, p_patch - 'id'), ', ');
BEGIN
  IF cols = '' THEN RETURN; END IF;
  EXECUTE format('UPDATE %1$I t SET (%2$s) = ROW(%3$s) FROM jsonb_populate_record(NULL::%1$I, $1) r WHERE t.id = $2',
    m.e, cols, 'r.' || replace(cols, ', ', ', r.')) USING p_patch, m.i;
END $$;

-- Whether somebody else changed the row after the client saw it.
CREATE FUNCTION sync_changed_since(x sync_index, p_client uuid, p_seen bigint) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN x.changed_by = p_client THEN x.foreign_rev ELSE x.changed_rev END > p_seen
$$;

-- R5, R11: the row is not there. NULL where the insert may go on.
CREATE FUNCTION sync_push_gone(who sync_pusher, m sync_mutation, x sync_index) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  whole sync_index;
  parent sync_mutation := m;
BEGIN
  IF m.e IN ('session_products', 'session_states') THEN
    SELECT * INTO whole FROM sync_index WHERE entity = 'sessions' AND id = sync_session_of(m, x) AND deleted;
    IF FOUND THEN
      parent.e := 'sessions';
      parent.i := whole.id;
      PERFORM sync_open_conflict(who, m, whole, 'delete', '{}', NULL, parent);
      RETURN '{"v":"conflict","not":"*"}';
    END IF;
  END IF;
  IF m.o = 'i' THEN
    IF m.e IN ('session_products', 'product_variants', 'product_images', 'talking_points') THEN
      SELECT * INTO whole FROM sync_index WHERE entity = 'products' AND id = (m.p ->> 'product_id')::uuid AND deleted;
      IF FOUND THEN
        PERFORM sync_log(who, m, whole, 'deleted', '[]', m.p, 'product');
        RETURN '{"v":"deleted","not":"*"}';
      END IF;
    END IF;
    IF x.id IS NULL OR x.changed_by = who.client OR m.s >= x.changed_rev THEN RETURN NULL; END IF;
  END IF;
  IF sync_is_asked(m.e) AND x.id IS NOT NULL THEN
    PERFORM sync_open_conflict(who, m, x, 'delete',
      ARRAY(SELECT k FROM jsonb_object_keys(m.p) k WHERE NOT sync_is_quiet(k) AND m.o = 'u'), NULL);
    RETURN '{"v":"conflict","not":"*"}';
  END IF;
  PERFORM sync_log(who, m, x, 'deleted', sync_fields(m, ARRAY(SELECT k FROM jsonb_object_keys(m.p) k WHERE NOT sync_is_quiet(k)),
    NULL, 'theirs'), coalesce(sync_image(m.e, m.i), '{}') || m.p);
  RETURN '{"v":"deleted","not":"*"}';
END $$;

-- R6: the client takes back what it wanted to delete, before anybody decided.
CREATE FUNCTION sync_withdraw(who sync_pusher, m sync_mutation) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE conflicts c SET status = 'resolved', resolution = '{"deleted": "standing"}', resolved_by = who.device, resolved_at = now()
    WHERE c.entity = m.e AND c.entity_id = m.i AND c.kind = 'delete' AND c.client_id = who.client AND c.status = 'open'
      AND sync_parks_deletion(c);
END $$;

CREATE FUNCTION sync_parks_deletion(c conflicts) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT EXISTS (SELECT FROM jsonb_array_elements(c.mutations) j
    WHERE j ->> 'o' = 'd' AND j ->> 'e' = c.entity AND (j ->> 'i')::uuid = c.entity_id)
$$;

CREATE FUNCTION sync_push_insert(who sync_pusher, m sync_mutation, x sync_index) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  cur jsonb;
  mine jsonb;
  verdict jsonb;
  names text[];
BEGIN
  EXECUTE format('SELECT to_jsonb(t), to_jsonb(jsonb_populate_record(t, $2)) FROM %I t WHERE id = $1', m.e)
    INTO cur, mine USING m.i, m.p;
  IF cur IS NOT NULL THEN
    -- R8: two desktops that begin one show each make its row.
    IF m.e = 'session_states' THEN RETURN sync_push_update(who, m, x); END IF;
    names := ARRAY(SELECT k FROM jsonb_object_keys(m.p) k WHERE cur ? k AND NOT sync_is_quiet(k) AND cur -> k <> mine -> k);
    PERFORM sync_withdraw(who, m);
    -- Also then: what it brings back may be nowhere else, where the server was set back meanwhile.
    IF names <> '{}' THEN
      PERFORM sync_log(who, m, x, 'merged', sync_fields(m, names, cur, 'theirs'), NULL, 'exists');
    END IF;
    PERFORM sync_send(m.e, m.i);
    RETURN '{"v":"merged","not":"*"}';
  END IF;
  verdict := sync_push_gone(who, m, x);
  IF verdict IS NOT NULL THEN RETURN verdict; END IF;

  -- R7
  IF m.e = 'talking_points' AND m.p ->> 'text' = (SELECT text FROM talking_points
      WHERE product_id = (m.p ->> 'product_id')::uuid ORDER BY created_at DESC, id DESC LIMIT 1) THEN
    PERFORM sync_log(who, m, x, 'duplicate', '[]', m.p);
    RETURN '{"v":"duplicate","not":"*"}';
  END IF;
  PERFORM sync_log_revival(who, m, x) WHERE x.image IS NOT NULL;
  PERFORM sync_insert(m);
  RETURN NULL;
END $$;

-- R11: a deleted row comes back as its client knew it. What others had made of it by then goes to the log.
CREATE FUNCTION sync_log_revival(who sync_pusher, m sync_mutation, x sync_index) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  mine jsonb;
  names text[];
BEGIN
  EXECUTE format('SELECT to_jsonb(jsonb_populate_record(jsonb_populate_record(NULL::%I, $1), $2))', m.e) INTO mine USING x.image, m.p;
  names := ARRAY(SELECT k FROM jsonb_object_keys(m.p) k WHERE x.image ? k AND NOT sync_is_quiet(k) AND x.image -> k <> mine -> k);
  IF names <> '{}' THEN PERFORM sync_log(who, m, x, 'overwrote', sync_fields(m, names, x.image, 'mine'), NULL, 'revived'); END IF;
END $$;

CREATE FUNCTION sync_push_update(who sync_pusher, m sync_mutation, x sync_index) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  cur jsonb;
  base jsonb;
  mine jsonb;
  clashing text[];
  refused text[] := '{}';
  asked text[];
  concurrent boolean := sync_changed_since(x, who.client, m.s);
BEGIN
  EXECUTE format('SELECT to_jsonb(t), to_jsonb(jsonb_populate_record(t, $2)) FROM %I t WHERE id = $1', m.e)
    INTO cur, mine USING m.i, m.p;
  BEGIN
    EXECUTE format('SELECT to_jsonb(jsonb_populate_record(t, $2)) FROM %I t WHERE id = $1', m.e) INTO base USING m.i, m.b;
  EXCEPTION
    -- It was made upon a value that was rejected: that is not what stands here.
    WHEN data_exception THEN base := cur || m.b;
  END;
  IF cur IS NULL AND m.e = 'session_states' AND EXISTS (SELECT FROM sessions WHERE id = m.i) THEN
    -- R8: it says all of the position. Its client may not know that there was none any more.
    PERFORM sync_insert(m);
    PERFORM sync_send(m.e, m.i);
    RETURN NULL;
  END IF;
  IF cur IS NULL THEN RETURN coalesce(sync_push_gone(who, m, x), '{"v":"deleted","not":"*"}'); END IF;

  -- P3
  clashing := ARRAY(SELECT k FROM jsonb_object_keys(m.p) k
    WHERE cur ? k AND cur -> k <> mine -> k AND (m.o = 'i' OR cur -> k <> base -> k) AND NOT sync_is_quiet(k));

  IF m.e = 'session_states' THEN
    -- R8
    IF m.f AND concurrent AND clashing <> '{}' THEN
      PERFORM sync_open_conflict(who, m, x, 'live', ARRAY(SELECT k FROM jsonb_object_keys(m.p) k WHERE k <> 'updated_at'), cur);
      RETURN '{"v":"conflict","not":"*"}';
    END IF;
    PERFORM sync_write(m, m.p);
    RETURN NULL;
  END IF;

  -- R3
  IF 'highest_number' = ANY (clashing) THEN
    clashing := array_remove(clashing, 'highest_number');
    IF (cur ->> 'highest_number')::integer > coalesce((m.p ->> 'highest_number')::integer, 0) THEN
      refused := refused || ARRAY['highest_number'];
    END IF;
  END IF;
  asked := ARRAY(SELECT k FROM unnest(clashing) k WHERE sync_is_kept(k));
  IF asked <> '{}' THEN
    PERFORM sync_log(who, m, x, 'kept', sync_fields(m, asked, cur, 'theirs'));
    refused := refused || asked;
    clashing := ARRAY(SELECT k FROM unnest(clashing) k WHERE NOT sync_is_kept(k));
  END IF;

  IF sync_is_asked(m.e) THEN
    -- R2: without knowledge of an open conflict an edit of its field belongs to it, also where it would fit by chance.
    clashing := clashing || ARRAY(SELECT DISTINCT f ->> 'name' FROM conflicts c, jsonb_array_elements(c.fields) f
      WHERE c.entity = m.e AND c.entity_id = m.i AND c.client_id = who.client AND c.status = 'open'
        AND c.kind IN ('field', 'order') AND c.opened_rev > m.s AND m.p ? (f ->> 'name') AND NOT f ->> 'name' = ANY (clashing));
    IF 'order_key' = ANY (clashing) THEN
      PERFORM sync_open_conflict(who, m, x, 'order', '{order_key}', cur);
    END IF;
    asked := array_remove(clashing, 'order_key');
    IF asked <> '{}' THEN PERFORM sync_open_conflict(who, m, x, 'field', asked, cur); END IF;
    refused := refused || clashing;
  ELSIF clashing <> '{}' AND concurrent THEN
    -- R1. Where it is not, an earlier edit of the client's own had to give way: it replaces what it knew.
    PERFORM sync_log(who, m, x, 'overwrote', sync_fields(m, clashing, cur, 'mine'));
  END IF;
  IF concurrent AND clashing = '{}' AND refused = '{}' AND x.changed_by IS DISTINCT FROM who.client THEN
    -- R10
    asked := ARRAY(SELECT k FROM jsonb_object_keys(m.p) k WHERE NOT sync_is_quiet(k) AND cur -> k <> mine -> k);
    IF asked <> '{}' THEN PERFORM sync_log(who, m, x, 'merged', sync_fields(m, asked, cur, 'mine')); END IF;
  END IF;

  PERFORM sync_write(m, m.p - refused);
  IF refused = '{}' THEN RETURN NULL; END IF;
  RETURN jsonb_build_object('v', CASE WHEN clashing <> '{}' AND sync_is_asked(m.e) THEN 'conflict' ELSE 'kept' END, 'not', to_jsonb(refused));
END $$;

CREATE FUNCTION sync_push_delete(who sync_pusher, m sync_mutation, x sync_index) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  cur jsonb;
  changed sync_index;
  concurrent boolean := sync_changed_since(x, who.client, m.s);
BEGIN
  EXECUTE format('SELECT to_jsonb(t) FROM %I t WHERE id = $1', m.e) INTO cur USING m.i;
  IF cur IS NULL THEN
    PERFORM sync_agree(who, m);
    RETURN NULL;
  END IF;
  IF m.e = 'products' AND EXISTS (SELECT FROM session_products WHERE product_id = m.i) THEN
    PERFORM sync_log(who, m, x, 'kept', '[]', NULL, 'in use');
    PERFORM sync_send('products', m.i);
    PERFORM sync_send(part.e, part.i) FROM sync_parts(m.e, m.i) part;
    RETURN '{"v":"kept","not":"*"}';
  END IF;
  IF m.e = 'sessions' AND NOT concurrent THEN
    -- R6: what somebody else did to a part of it counts too.
    SELECT y.* INTO changed FROM sync_parts(m.e, m.i) part JOIN sync_index y ON y.entity = part.e AND y.id = part.i
      WHERE sync_changed_since(y, who.client, m.s) ORDER BY y.changed_rev DESC LIMIT 1;
    IF FOUND THEN
      concurrent := true;
      x := changed;
    END IF;
  END IF;
  IF concurrent AND sync_is_asked(m.e) THEN
    PERFORM sync_open_conflict(who, m, x, 'delete', '{}', NULL);
    PERFORM sync_send(m.e, m.i);
    PERFORM sync_send(part.e, part.i) FROM sync_parts(m.e, m.i) part;
    RETURN '{"v":"conflict","not":"*"}';
  END IF;
  IF concurrent THEN PERFORM sync_log(who, m, x, 'deleted changed', '[]', sync_image(m.e, m.i)); END IF;
  PERFORM sync_log_parts(who, m);
  EXECUTE format('DELETE FROM %I WHERE id = $1', m.e) USING m.i;
  RETURN NULL;
END $$;

-- R5: the client deletes what is gone already, and what it did to it before waits for a decision: there is nothing to decide
-- any more. Of a part, it is one more thing that was done in its session.
CREATE FUNCTION sync_agree(who sync_pusher, m sync_mutation) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE conflicts SET status = 'resolved', resolution = '{"deleted": "standing"}', resolved_by = who.device, resolved_at = now()
    WHERE entity = m.e AND entity_id = m.i AND kind = 'delete' AND client_id = who.client AND status = 'open';
  UPDATE conflicts SET mutations = mutations || jsonb_build_array(to_jsonb(m))
    WHERE entity = 'sessions' AND m.e = 'session_products' AND kind = 'delete' AND client_id = who.client AND status = 'open'
      AND mutations @> jsonb_build_array(jsonb_build_object('e', m.e, 'i', m.i));
END $$;

-- What falls with a whole.
CREATE FUNCTION sync_parts(p_entity text, p_id uuid) RETURNS TABLE (e text, i uuid, body jsonb) LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT 'product_variants', t.id, to_jsonb(t) FROM product_variants t WHERE p_entity = 'products' AND t.product_id = p_id
  UNION ALL SELECT 'product_images', t.id, to_jsonb(t) FROM product_images t WHERE p_entity = 'products' AND t.product_id = p_id
  UNION ALL SELECT 'talking_points', t.id, to_jsonb(t) FROM talking_points t WHERE p_entity = 'products' AND t.product_id = p_id
  UNION ALL SELECT 'session_products', t.id, to_jsonb(t) FROM session_products t WHERE p_entity = 'sessions' AND t.session_id = p_id
  UNION ALL SELECT 'session_states', t.id, to_jsonb(t) FROM session_states t WHERE p_entity = 'sessions' AND t.id = p_id
$$;

-- A row as it is, or as it was when it was deleted, with what falls with it as `parts`: [{e, i, p}].
CREATE FUNCTION sync_image(p_entity text, p_id uuid) RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  root sync_index;
  whole jsonb;
  parts jsonb;
BEGIN
  EXECUTE format('SELECT to_jsonb(t) FROM %I t WHERE id = $1', p_entity) INTO whole USING p_id;
  IF whole IS NOT NULL THEN
    SELECT jsonb_agg(jsonb_build_object('e', e, 'i', i, 'p', body)) INTO parts FROM sync_parts(p_entity, p_id);
  ELSE
    SELECT * INTO root FROM sync_index WHERE entity = p_entity AND id = p_id;
    whole := root.image;
    SELECT jsonb_agg(jsonb_build_object('e', x.entity, 'i', x.id, 'p', x.image)) INTO parts FROM sync_index x
      WHERE x.deleted AND x.changed_rev = root.changed_rev AND p_id::text = CASE
        WHEN p_entity = 'sessions' AND x.entity = 'session_products' THEN x.image ->> 'session_id'
        WHEN p_entity = 'sessions' AND x.entity = 'session_states' THEN x.image ->> 'id'
        WHEN p_entity = 'products' AND x.entity IN ('product_variants', 'product_images', 'talking_points') THEN x.image ->> 'product_id' END;
  END IF;
  RETURN whole || CASE WHEN parts IS NULL THEN '{}' ELSE jsonb_build_object('parts', parts) END;
END $$;

-- R6: what the client did not know of when it deleted the whole: parts that others changed, and sessions of a brand.
CREATE FUNCTION sync_log_parts(who sync_pusher, m sync_mutation) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  part record;
  x sync_index;
  one sync_mutation := m;
BEGIN
  FOR part IN SELECT * FROM sync_parts(m.e, m.i) LOOP
    SELECT * INTO x FROM sync_index WHERE entity = part.e AND id = part.i;
    CONTINUE WHEN NOT sync_changed_since(x, who.client, m.s);
    one.e := part.e;
    one.i := part.i;
    PERFORM sync_log(who, one, x, 'deleted changed', '[]', part.body);
  END LOOP;
  IF m.e <> 'brands' THEN RETURN; END IF;
  one.e := 'sessions';
  FOR part IN SELECT id FROM sessions WHERE brand_id = m.i LOOP
    SELECT * INTO x FROM sync_index WHERE entity = 'sessions' AND id = part.id;
    one.i := part.id;
    PERFORM sync_log(who, one, x, 'overwrote', jsonb_build_array(jsonb_build_object('name', 'brand_id', 'base', NULL,
      'mine', NULL, 'theirs', m.i, 'kept', 'mine')));
  END LOOP;
END $$;

-- P4: one mutation, one verdict; NULL = applied as it was.
CREATE FUNCTION sync_push_one(who sync_pusher, m sync_mutation) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  x sync_index;
BEGIN
  SELECT * INTO x FROM sync_index WHERE entity = m.e AND id = m.i;
  PERFORM set_config('hudson.mutation', m.n::text, true), set_config('hudson.entity', m.e, true);
  RETURN CASE m.o WHEN 'i' THEN sync_push_insert(who, m, x) WHEN 'u' THEN sync_push_update(who, m, x)
    WHEN 'd' THEN sync_push_delete(who, m, x) END;
EXCEPTION
  -- What tables, types, limits or somebody's own triggers refuse. Everything else is no fault of the mutation.
  WHEN integrity_constraint_violation OR data_exception OR program_limit_exceeded OR raise_exception THEN
    PERFORM sync_log(who, m, x, 'rejected', sync_fields(m, ARRAY(SELECT jsonb_object_keys(m.p)), NULL, 'theirs'), m.p, SQLERRM);
    PERFORM sync_send(m.e, m.i);
    RETURN '{"v":"rejected","not":"*"}';
END $$;

-- Many plain edits of one table at once: those whose fields nobody touched. Answers their ids; the rest goes one by one.
CREATE FUNCTION sync_push_many(who sync_pusher, p_entity text, p_op text, ms sync_mutation[]) RETURNS bigint[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
-- A few hundred rows by their keys: never worth reading a whole table for.
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
  keys jsonb := (SELECT p - 'id' FROM unnest(ms) LIMIT 1);
  cols text := array_to_string(sync_columns(p_entity, keys), ', ');
  types text := sync_column_types(p_entity, keys);
  done bigint[];
BEGIN
  -- A column that only some of them name would lose its default, or its value, in the others.
  IF cols = '' OR EXISTS (SELECT FROM unnest(ms) m WHERE NOT m.p ?& ARRAY(SELECT jsonb_object_keys(keys))
      OR m.p - 'id' - ARRAY(SELECT jsonb_object_keys(keys)) <> '{}') THEN
    RETURN '{}';
  END IF;
  PERFORM set_config('hudson.mutation', (ms[cardinality(ms)]).n::text, true), set_config('hudson.entity', p_entity, true);
  IF p_op = 'i' THEN
    EXECUTE format('WITH made AS (
        INSERT INTO %1$I (id, %2$s) SELECT m.i, %3$s FROM unnest($1) m, jsonb_to_record(m.p) AS r(%4$s)
          WHERE NOT EXISTS (SELECT FROM sync_index x WHERE x.entity = %1$L AND x.id = m.i)
        ON CONFLICT (id) DO NOTHING RETURNING id)
      SELECT array_agg(m.n) FROM unnest($1) m JOIN made ON made.id = m.i',
      p_entity, cols, 'r.' || replace(cols, ', ', ', r.'), types) INTO done USING ms;
  ELSE
    -- P3: what nobody else changed since the client saw it still holds the client's base, unless an earlier edit of its own had
    -- to give way (R3). R2: what belongs to an open conflict is judged by itself.
    EXECUTE format('WITH made AS (
        UPDATE %1$I t SET (%2$s) = ROW(%3$s)
          FROM unnest($1) m JOIN sync_index x ON x.entity = %1$L AND x.id = m.i, jsonb_to_record(m.p) AS r(%4$s)
          WHERE t.id = m.i AND NOT sync_changed_since(x, $2, m.s)
            AND NOT (%5$L AND (jsonb_populate_record(t, m.b) IS DISTINCT FROM t OR EXISTS (
              SELECT FROM conflicts c WHERE c.entity = %1$L AND c.entity_id = m.i AND c.status = ''open'')))
        RETURNING m.n)
      SELECT array_agg(n) FROM made',
      p_entity, cols, 'r.' || replace(cols, ', ', ', r.'), types, sync_is_asked(p_entity)) INTO done USING ms, who.client;
  END IF;
  RETURN coalesce(done, '{}');
EXCEPTION
  -- One of them does not fit: then each is judged by itself.
  WHEN integrity_constraint_violation OR data_exception OR program_limit_exceeded OR raise_exception THEN RETURN '{}';
END $$;

-- R9, once all numbers of a push are written: those of one transaction may have changed places.
CREATE FUNCTION sync_renumber(who sync_pusher, ms sync_mutation[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  m sync_mutation;
  x sync_index;
  item session_products;
  highest integer;
BEGIN
  -- What is written here is news to the client too.
  PERFORM set_config('hudson.entity', '', true);
  FOREACH m IN ARRAY ms LOOP
    SELECT * INTO item FROM session_products WHERE id = m.i;
    -- Another one of this push, or the server, had the last word.
    CONTINUE WHEN item.number IS NULL OR item.number::text <> m.p ->> 'number' OR NOT EXISTS (SELECT FROM session_products o
      WHERE o.session_id = item.session_id AND o.number = item.number AND o.id <> item.id);
    SELECT greatest(max(s.highest_number), max(p.number)) + 1 INTO highest
      FROM session_products p JOIN sessions s ON s.id = p.session_id WHERE s.id = item.session_id;
    SELECT * INTO x FROM sync_index WHERE entity = 'session_products' AND id = item.id;
    PERFORM set_config('hudson.mutation', m.n::text, true);
    PERFORM sync_log(who, m, x, 'renumbered', jsonb_build_array(jsonb_build_object('name', 'number', 'base', m.b -> 'number',
      'mine', item.number, 'theirs', highest, 'kept', 'theirs')));
    UPDATE session_products SET number = highest WHERE id = item.id;
    UPDATE sessions SET highest_number = highest WHERE id = item.session_id;
    INSERT INTO sync_results AS r (client_id, mutation_id, verdict)
      VALUES (who.client, m.n, '{"v":"renumbered","not":["number"]}')
      ON CONFLICT (client_id, mutation_id) DO UPDATE SET
        verdict = excluded.verdict || jsonb_build_object('not', r.verdict -> 'not' || '["number"]');
  END LOOP;
END $$;

-- P2. Answers {status, lastMutationId, rev, verdicts: [{n, v, not}]} with the verdicts that differ from "applied as it was"; `rev` is
-- NULL where nothing changed.
-- p_rev and p_token: what the client has seen of this server's history; of another one nothing can be judged (`resync`).
-- p_check: the client's checksum of the last of the mutations.
CREATE FUNCTION sync_push(p_client uuid, p_incarnation uuid, p_schema integer, p_rev bigint, p_token uuid, p_check bigint,
  p_mutations jsonb) RETURNS jsonb
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' SET lock_timeout = '5s' AS $$
DECLARE
  known sync_clients;
  who sync_pusher;
  run record;
  mutation sync_mutation;
  given sync_mutation[];
  entities text[] := sync_entities();
  numbered sync_mutation[];
  done bigint[];
  verdict jsonb;
  first_n bigint;
  last_n bigint;
BEGIN
  -- The clock before any row: pushes never wait for each other with rows in hand. Whoever called says nothing of its own.
  PERFORM FROM sync_clock FOR UPDATE;
  PERFORM set_config('hudson.tick', '', true), set_config('hudson.client', p_client::text, true);
  PERFORM sync_gate(p_schema);
  -- A hello for this client waits until this push is done, and then knows of it (I1).
  PERFORM FROM sync_clients WHERE client_id = p_client FOR UPDATE;
  known := sync_known(p_client, p_incarnation);
  who := ROW(p_client, known.device);
  IF p_rev > 0 AND NOT EXISTS (SELECT FROM sync_revs WHERE rev = p_rev AND token = p_token) THEN
    RETURN jsonb_build_object('status', 'resync', 'lastMutationId', known.last_mutation_id, 'rev', NULL, 'verdicts', '[]'::jsonb);
  END IF;
  SELECT array_agg(m) INTO given FROM jsonb_populate_recordset(NULL::sync_mutation, p_mutations) m;
  -- Names from outside become SQL: only those of the domain's tables pass.
  IF EXISTS (SELECT FROM unnest(given) m WHERE (m.e = ANY (entities) AND m.o IN ('i', 'u', 'd')
      AND m.i IS NOT NULL AND m.n IS NOT NULL AND jsonb_typeof(m.b) = 'object' AND jsonb_typeof(m.p) = 'object')
      IS NOT TRUE) THEN
    RAISE EXCEPTION 'not a mutation' USING ERRCODE = 'HU400';
  END IF;
  SELECT min(m.n), max(m.n) INTO first_n, last_n FROM unnest(given) m;
  IF first_n > known.last_mutation_id + 1 THEN RAISE EXCEPTION 'a gap before mutation %', first_n USING ERRCODE = 'HU400'; END IF;

  FOR run IN
    SELECT (g.m).e, (g.m).o, array_agg(g.m ORDER BY (g.m).n) AS ms, count(DISTINCT (g.m).i) = count(*) AS distinct_rows
    FROM (
      SELECT m, row_number() OVER (ORDER BY m.n) - row_number() OVER (PARTITION BY m.e, m.o ORDER BY m.n) AS island
      FROM unnest(given) m WHERE m.n > known.last_mutation_id) g
    GROUP BY (g.m).e, (g.m).o, g.island ORDER BY min((g.m).n)
  LOOP
    IF run.e = 'session_products' AND run.o <> 'd' THEN
      numbered := numbered || ARRAY(SELECT m FROM unnest(run.ms) m WHERE m.p ->> 'number' IS NOT NULL);
    END IF;
    done := '{}';
    IF cardinality(run.ms) >= 8 AND run.distinct_rows AND run.o IN ('i', 'u') AND run.e IN
        ('brands', 'products', 'product_variants', 'product_images', 'message_presets', 'session_products', 'sessions') THEN
      done := sync_push_many(who, run.e, run.o, run.ms);
    END IF;
    CONTINUE WHEN cardinality(done) = cardinality(run.ms);
    FOREACH mutation IN ARRAY run.ms LOOP
      CONTINUE WHEN mutation.n = ANY (done);
      verdict := sync_push_one(who, mutation);
      CONTINUE WHEN verdict IS NULL;
      INSERT INTO sync_results (client_id, mutation_id, verdict) VALUES (p_client, mutation.n, verdict);
    END LOOP;
  END LOOP;
  PERFORM sync_renumber(who, numbered) WHERE cardinality(numbered) > 0;

  UPDATE sync_clients SET last_mutation_id = greatest(last_mutation_id, last_n), last_seen = now(),
    last_check = CASE WHEN last_n > last_mutation_id THEN p_check ELSE last_check END WHERE client_id = p_client;
  RETURN jsonb_build_object('status', 'ok', 'lastMutationId', greatest(known.last_mutation_id, last_n),
    'rev', nullif(split_part(current_setting('hudson.tick'), ':', 2), '')::bigint, 'verdicts', (
    SELECT coalesce(jsonb_agg(jsonb_build_object('n', r.mutation_id) || r.verdict ORDER BY r.mutation_id), '[]')
      FROM sync_results r WHERE r.client_id = p_client AND r.mutation_id > known.last_mutation_id));
END $$;
