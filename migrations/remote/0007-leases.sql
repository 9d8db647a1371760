-- Work that one desktop does for the whole team: who does it, how far it is, and what it left for the next one. No part of what
-- is synced: who asks is answered.

CREATE TABLE team_leases (
  name text PRIMARY KEY,
  -- NULL: nobody does it.
  holder uuid,
  device text NOT NULL DEFAULT '',
  until timestamptz NOT NULL DEFAULT '-infinity',
  progress jsonb NOT NULL DEFAULT '{}',
  -- What the work noted at its last good end.
  state jsonb NOT NULL DEFAULT '{}',
  ended_at timestamptz
);
REVOKE ALL ON team_leases FROM PUBLIC, hudson_app;

-- Takes the work for so many seconds, unless another one has it, or it ended less than p_rest seconds ago. Whoever has it may take
-- it again.
CREATE FUNCTION team_lease_take(p_client uuid, p_incarnation uuid, p_name text, p_seconds integer, p_rest integer)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
  known sync_clients := sync_known(p_client, p_incarnation);
  lease team_leases;
  answer text := 'taken';
BEGIN
  INSERT INTO team_leases (name) VALUES (p_name) ON CONFLICT DO NOTHING;
  SELECT * INTO lease FROM team_leases WHERE name = p_name FOR UPDATE;
  IF lease.holder <> p_client AND lease.until > now() THEN
    answer := 'held';
  ELSIF lease.ended_at > now() - make_interval(secs => p_rest) THEN
    answer := 'rested';
  ELSE
    UPDATE team_leases SET holder = p_client, device = known.device, progress = '{}',
      until = now() + make_interval(secs => p_seconds) WHERE name = p_name;
  END IF;
  RETURN jsonb_build_object('status', answer, 'device', lease.device, 'state', lease.state,
    'endedAgo', extract(epoch FROM now() - lease.ended_at));
END $$;

-- Answers whether the work still is this client's: one that was away for long may have lost it.
CREATE FUNCTION team_lease_keep(p_client uuid, p_incarnation uuid, p_name text, p_seconds integer, p_progress jsonb)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
BEGIN
  PERFORM sync_known(p_client, p_incarnation);
  UPDATE team_leases SET until = now() + make_interval(secs => p_seconds), progress = p_progress
    WHERE name = p_name AND holder = p_client;
  RETURN FOUND;
END $$;

-- p_state: what the next one needs to know; NULL where it did not come to a good end.
CREATE FUNCTION team_lease_end(p_client uuid, p_incarnation uuid, p_name text, p_state jsonb)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
BEGIN
  PERFORM sync_known(p_client, p_incarnation);
  UPDATE team_leases SET holder = NULL, until = '-infinity', progress = '{}', state = coalesce(p_state, state),
    ended_at = CASE WHEN p_state IS NULL THEN ended_at ELSE now() END
    WHERE name = p_name AND holder = p_client;
  RETURN FOUND;
END $$;

-- What others do right now.
CREATE FUNCTION team_lease_look(p_client uuid, p_incarnation uuid)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM sync_known(p_client, p_incarnation);
  RETURN (SELECT coalesce(jsonb_agg(jsonb_build_object('name', name, 'device', device, 'progress', progress) ORDER BY name), '[]')
    FROM team_leases WHERE holder <> p_client AND until > now());
END $$;

REVOKE ALL ON FUNCTION team_lease_take, team_lease_keep, team_lease_end, team_lease_look FROM PUBLIC;
GRANT EXECUTE ON FUNCTION team_lease_take, team_lease_keep, team_lease_end, team_lease_look TO hudson_app;
