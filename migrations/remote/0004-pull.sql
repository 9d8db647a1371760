-- sync_pull and sync_fetch: the way out. Rules L and S4.

CREATE FUNCTION sync_row(p_entity text, p_id uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE p_entity
    WHEN 'brands' THEN (SELECT row_to_json(t)::text FROM brands t WHERE t.id = p_id)
    WHEN 'products' THEN (SELECT row_to_json(t)::text FROM products t WHERE t.id = p_id)
    WHEN 'product_variants' THEN (SELECT row_to_json(t)::text FROM product_variants t WHERE t.id = p_id)
    WHEN 'product_images' THEN (SELECT row_to_json(t)::text FROM product_images t WHERE t.id = p_id)
    WHEN 'sessions' THEN (SELECT row_to_json(t)::text FROM sessions t WHERE t.id = p_id)
    WHEN 'session_products' THEN (SELECT row_to_json(t)::text FROM session_products t WHERE t.id = p_id)
    WHEN 'session_states' THEN (SELECT row_to_json(t)::text FROM session_states t WHERE t.id = p_id)
    WHEN 'talking_points' THEN (SELECT row_to_json(t)::text FROM talking_points t WHERE t.id = p_id)
    WHEN 'message_presets' THEN (SELECT row_to_json(t)::text FROM message_presets t WHERE t.id = p_id)
    WHEN 'conflicts' THEN (SELECT row_to_json(t)::text FROM conflicts t WHERE t.id = p_id)
    WHEN 'conflict_log' THEN (SELECT row_to_json(t)::text FROM conflict_log t WHERE t.id = p_id)
  END
$$;

-- The first row is the answer's head: entity '', `body` = {status, rev, token, complete, head, lastMutationId, verdicts}. Then
-- one row per changed row; `body` is its JSON, NULL where it is deleted. p_acked: up to where the client knows its verdicts. p_since: up to where
-- the client has applied everything (-1: it wants its own rows too); p_rev and p_token: up to where it has pages.
CREATE FUNCTION sync_pull(p_client uuid, p_incarnation uuid, p_schema integer, p_acked bigint, p_since bigint, p_rev bigint,
  p_token uuid, p_limit integer)
RETURNS TABLE (entity text, id uuid, deleted boolean, body text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC'
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
  reach AS MATERIALIZED (
    SELECT count(*) < p_limit AS complete, CASE WHEN count(*) < p_limit THEN (SELECT rev FROM clock) ELSE max(page.rev) END AS rev FROM page)
  SELECT '', NULL::uuid, false, json_build_object(
      'status', CASE WHEN known.yes THEN 'ok' ELSE 'resync' END,
      'rev', reach.rev, 'complete', reach.complete, 'head', clock.rev, 'schema', clock.schema_version,
      'token', (SELECT r.token FROM sync_revs r WHERE r.rev = reach.rev),
      'lastMutationId', (SELECT c.last_mutation_id FROM sync_clients c WHERE c.client_id = p_client),
      'verdicts', (SELECT coalesce(json_agg(jsonb_build_object('n', v.mutation_id) || v.verdict ORDER BY v.mutation_id), '[]')
        FROM sync_results v WHERE v.client_id = p_client AND v.mutation_id > p_acked))::text
    FROM clock, known, reach
  UNION ALL SELECT page.entity, page.id, true, NULL FROM page WHERE page.deleted
  UNION ALL SELECT page.entity, page.id, false, row_to_json(t)::text FROM page JOIN brands t ON t.id = page.id
    WHERE page.entity = 'brands' AND NOT page.deleted
  UNION ALL SELECT page.entity, page.id, false, row_to_json(t)::text FROM page JOIN products t ON t.id = page.id
    WHERE page.entity = 'products' AND NOT page.deleted
  UNION ALL SELECT page.entity, page.id, false, row_to_json(t)::text FROM page JOIN product_variants t ON t.id = page.id
    WHERE page.entity = 'product_variants' AND NOT page.deleted
  UNION ALL SELECT page.entity, page.id, false, row_to_json(t)::text FROM page JOIN product_images t ON t.id = page.id
    WHERE page.entity = 'product_images' AND NOT page.deleted
  UNION ALL SELECT page.entity, page.id, false, row_to_json(t)::text FROM page JOIN sessions t ON t.id = page.id
    WHERE page.entity = 'sessions' AND NOT page.deleted
  UNION ALL SELECT page.entity, page.id, false, row_to_json(t)::text FROM page JOIN session_products t ON t.id = page.id
    WHERE page.entity = 'session_products' AND NOT page.deleted
  UNION ALL SELECT page.entity, page.id, false, row_to_json(t)::text FROM page JOIN session_states t ON t.id = page.id
    WHERE page.entity = 'session_states' AND NOT page.deleted
  UNION ALL SELECT page.entity, page.id, false, row_to_json(t)::text FROM page JOIN talking_points t ON t.id = page.id
    WHERE page.entity = 'talking_points' AND NOT page.deleted
  UNION ALL SELECT page.entity, page.id, false, row_to_json(t)::text FROM page JOIN message_presets t ON t.id = page.id
    WHERE page.entity = 'message_presets' AND NOT page.deleted
  UNION ALL SELECT page.entity, page.id, false, row_to_json(t)::text FROM page JOIN conflicts t ON t.id = page.id
    WHERE page.entity = 'conflicts' AND NOT page.deleted
  UNION ALL SELECT page.entity, page.id, false, row_to_json(t)::text FROM page JOIN conflict_log t ON t.id = page.id
    WHERE page.entity = 'conflict_log' AND NOT page.deleted;
END $$;

-- One row that is not local yet, with what it is made of: a product with its parts, a session with its line-up.
CREATE FUNCTION sync_fetch(p_client uuid, p_incarnation uuid, p_schema integer, p_entity text, p_id uuid)
RETURNS TABLE (entity text, id uuid, deleted boolean, body text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
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
  SELECT w.e, w.i, false, sync_row(w.e, w.i) FROM wanted w;
END $$;
