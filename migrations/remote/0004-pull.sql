-- sync_pull and sync_fetch: the way out. Rules L and S4.

-- Of a table, for sync_chunk: a row as the texts of its columns, and their names as JSON. To be called for a table that got a column.
CREATE FUNCTION sync_describe(p_entity text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  names text[] := (SELECT array_agg(attname ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = p_entity::regclass AND attnum > 0 AND NOT attisdropped);
  texts text := (SELECT string_agg(format('r.%I::text', n), ', ' ORDER BY at) FROM unnest(names) WITH ORDINALITY AS c(n, at));
BEGIN
  EXECUTE format('CREATE OR REPLACE FUNCTION sync_texts(r %I) RETURNS text[] LANGUAGE sql STABLE AS %L',
    p_entity, format('SELECT ARRAY[%s]', texts));
  EXECUTE format('CREATE OR REPLACE FUNCTION sync_names(r %I) RETURNS text LANGUAGE sql IMMUTABLE AS %L',
    p_entity, format('SELECT %L', to_json(names)));
END $$;
DO $$ BEGIN PERFORM sync_describe(t) FROM unnest(sync_entities() || ARRAY['conflicts', 'conflict_log']) t; END $$;

-- Rows of one table: the JSON of {columns, rows}, each row a list of texts. A fifth cheaper than an object for each row, here and
-- where it is read. Within a statement: its snapshot is that of whoever calls.
CREATE FUNCTION sync_chunk(p_entity text, p_ids uuid[]) RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  names text;
  texts text[];
BEGIN
  CASE p_entity
    WHEN 'brands' THEN SELECT sync_names(NULL::brands), array_agg(sync_texts(r)) INTO names, texts
      FROM unnest(p_ids) AS i(id) JOIN brands r ON r.id = i.id;
    WHEN 'products' THEN SELECT sync_names(NULL::products), array_agg(sync_texts(r)) INTO names, texts
      FROM unnest(p_ids) AS i(id) JOIN products r ON r.id = i.id;
    WHEN 'product_variants' THEN SELECT sync_names(NULL::product_variants), array_agg(sync_texts(r)) INTO names, texts
      FROM unnest(p_ids) AS i(id) JOIN product_variants r ON r.id = i.id;
    WHEN 'product_images' THEN SELECT sync_names(NULL::product_images), array_agg(sync_texts(r)) INTO names, texts
      FROM unnest(p_ids) AS i(id) JOIN product_images r ON r.id = i.id;
    WHEN 'sessions' THEN SELECT sync_names(NULL::sessions), array_agg(sync_texts(r)) INTO names, texts
      FROM unnest(p_ids) AS i(id) JOIN sessions r ON r.id = i.id;
    WHEN 'session_products' THEN SELECT sync_names(NULL::session_products), array_agg(sync_texts(r)) INTO names, texts
      FROM unnest(p_ids) AS i(id) JOIN session_products r ON r.id = i.id;
    WHEN 'session_states' THEN SELECT sync_names(NULL::session_states), array_agg(sync_texts(r)) INTO names, texts
      FROM unnest(p_ids) AS i(id) JOIN session_states r ON r.id = i.id;
    WHEN 'talking_points' THEN SELECT sync_names(NULL::talking_points), array_agg(sync_texts(r)) INTO names, texts
      FROM unnest(p_ids) AS i(id) JOIN talking_points r ON r.id = i.id;
    WHEN 'message_presets' THEN SELECT sync_names(NULL::message_presets), array_agg(sync_texts(r)) INTO names, texts
      FROM unnest(p_ids) AS i(id) JOIN message_presets r ON r.id = i.id;
    WHEN 'conflicts' THEN SELECT sync_names(NULL::conflicts), array_agg(sync_texts(r)) INTO names, texts
      FROM unnest(p_ids) AS i(id) JOIN conflicts r ON r.id = i.id;
    WHEN 'conflict_log' THEN SELECT sync_names(NULL::conflict_log), array_agg(sync_texts(r)) INTO names, texts
      FROM unnest(p_ids) AS i(id) JOIN conflict_log r ON r.id = i.id;
    ELSE NULL;
  END CASE;
  -- Of another program's table, or where somebody removed a row past the triggers, there is nothing to tell.
  RETURN coalesce('{"columns":' || names || ',"rows":' || array_to_json(texts) || '}', '{"gone":[]}');
END $$;

-- The first row is the answer's head: entity '', `body` = {status, rev, token, count, complete, head, lastMutationId, verdicts}. Then
-- the changed rows, some of one table at a time: see sync_chunk; of those that are deleted, {gone: [id]}. p_acked: up to where the
-- client knows its verdicts. p_since: up to where it has applied everything (-1: it wants its own rows too); p_rev and p_token:
-- up to where it has pages.
CREATE FUNCTION sync_pull(p_client uuid, p_incarnation uuid, p_schema integer, p_acked bigint, p_since bigint, p_rev bigint,
  p_token uuid, p_limit integer)
RETURNS TABLE (entity text, body text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO'
-- Each row of the page is looked up by its id. A plan that reads a whole table for every page, as a hash join does, looks better to
-- the planner but costs several times as much over all pages. One plan for all calls: to make one takes longer than a small pull.
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET jit = off
SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  PERFORM sync_gate(p_schema);
  PERFORM sync_known(p_client, p_incarnation);
  -- L1: one statement, so one snapshot.
  RETURN QUERY
  WITH clock AS MATERIALIZED (SELECT c.rev, c.token, c.schema_version FROM sync_clock c),
  known AS MATERIALIZED (
    SELECT p_rev = 0 OR EXISTS (SELECT FROM sync_revs r WHERE r.rev = p_rev AND r.token = p_token) AS yes),
  page AS MATERIALIZED (
    SELECT i.entity, i.id, i.deleted, i.rev FROM sync_index i, known
      WHERE known.yes AND i.rev > p_rev AND (i.changed_by IS DISTINCT FROM p_client OR greatest(i.foreign_rev, i.echo_rev) > p_since)
      ORDER BY i.rev FETCH FIRST p_limit ROWS WITH TIES),
  -- So many that a message is nothing, so few that what the client makes of them is gone before it weighs.
  chunks AS (
    SELECT g.entity, g.deleted, g.ids[at : at + 63] AS ids
      FROM (SELECT page.entity, page.deleted, array_agg(page.id) AS ids FROM page GROUP BY page.entity, page.deleted) g,
        generate_series(1, cardinality(g.ids), 64) AS at),
  reach AS MATERIALIZED (
    SELECT count(*) < p_limit AS complete, CASE WHEN count(*) < p_limit THEN (SELECT rev FROM clock) ELSE max(page.rev) END AS rev,
    count(*) AS count FROM page)
  SELECT '', json_build_object(
      'status', CASE WHEN known.yes THEN 'ok' ELSE 'resync' END,
      'rev', reach.rev, 'count', reach.count, 'complete', reach.complete, 'head', clock.rev, 'schema', clock.schema_version,
      'token', (SELECT r.token FROM sync_revs r WHERE r.rev = reach.rev),
      'lastMutationId', (SELECT c.last_mutation_id FROM sync_clients c WHERE c.client_id = p_client),
      'verdicts', (SELECT coalesce(json_agg(jsonb_build_object('n', v.mutation_id) || v.verdict ORDER BY v.mutation_id), '[]')
        FROM sync_results v WHERE v.client_id = p_client AND v.mutation_id > p_acked))::text
    FROM clock, known, reach
  UNION ALL SELECT c.entity, CASE WHEN c.deleted THEN json_build_object('gone', c.ids)::text ELSE sync_chunk(c.entity, c.ids) END
    FROM chunks c;
END $$;

-- One row that is not local yet, with what it is made of: a product with its parts, a session with its line-up.
CREATE FUNCTION sync_fetch(p_client uuid, p_incarnation uuid, p_schema integer, p_entity text, p_id uuid)
RETURNS TABLE (entity text, body text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC'
SET datestyle = 'ISO' AS $$
#variable_conflict use_column
BEGIN
  PERFORM sync_gate(p_schema);
  PERFORM sync_known(p_client, p_incarnation);
  RETURN QUERY
  WITH items AS (SELECT s.id, s.product_id FROM session_products s WHERE p_entity = 'sessions' AND s.session_id = p_id),
  goods AS (SELECT p.id, p.brand_id FROM products p
    WHERE (p_entity = 'products' AND p.id = p_id) OR p.id IN (SELECT product_id FROM items)),
  wanted AS (
    SELECT 'brands' AS e, b.id AS i FROM brands b
      WHERE b.id IN (SELECT brand_id FROM goods UNION SELECT s.brand_id FROM sessions s WHERE p_entity = 'sessions' AND s.id = p_id)
    UNION ALL SELECT 'products', g.id FROM goods g
    UNION ALL SELECT 'product_variants', v.id FROM product_variants v WHERE v.product_id IN (SELECT g.id FROM goods g)
    UNION ALL SELECT 'product_images', v.id FROM product_images v WHERE v.product_id IN (SELECT g.id FROM goods g)
    UNION ALL SELECT 'talking_points', v.id FROM talking_points v WHERE v.product_id IN (SELECT g.id FROM goods g)
    UNION ALL SELECT 'sessions', s.id FROM sessions s WHERE p_entity = 'sessions' AND s.id = p_id
    UNION ALL SELECT 'session_products', items.id FROM items
    UNION ALL SELECT 'session_states', s.id FROM session_states s WHERE p_entity = 'sessions' AND s.id = p_id)
  SELECT w.e, sync_chunk(w.e, array_agg(w.i)) FROM wanted w GROUP BY w.e;
END $$;
