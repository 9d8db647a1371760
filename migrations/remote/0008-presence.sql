-- Where people are right now: what each desktop shows and edits. No part of what is synced, and nothing that anybody would miss: it
-- ends by itself, and need not outlive a crash of the server.

CREATE UNLOGGED TABLE team_presence (
  client uuid PRIMARY KEY,
  device text NOT NULL,
  places jsonb NOT NULL,
  until timestamptz NOT NULL
);
REVOKE ALL ON team_presence FROM PUBLIC, hudson_app;

-- Notes where this client is for so many seconds, or that it is nowhere any more, and answers where the others are.
CREATE FUNCTION team_presence_meet(p_client uuid, p_incarnation uuid, p_places jsonb, p_seconds integer)
RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '5s' AS $$
DECLARE
  known sync_clients := sync_known(p_client, p_incarnation);
BEGIN
  IF jsonb_typeof(p_places) <> 'array' OR octet_length(p_places::text) > 8000 THEN
    RAISE EXCEPTION 'not a list of places' USING ERRCODE = 'HU400';
  END IF;
  DELETE FROM team_presence WHERE until < now() OR (client = p_client AND jsonb_array_length(p_places) = 0);
  IF jsonb_array_length(p_places) > 0 THEN
    INSERT INTO team_presence VALUES (p_client, known.device, p_places, now() + make_interval(secs => p_seconds))
      ON CONFLICT (client) DO UPDATE SET device = excluded.device, places = excluded.places, until = excluded.until;
  END IF;
  RETURN (SELECT coalesce(jsonb_agg(jsonb_build_object('device', device, 'places', places) ORDER BY device, client), '[]')
    FROM team_presence WHERE client <> p_client);
END $$;

REVOKE ALL ON FUNCTION team_presence_meet FROM PUBLIC;
GRANT EXECUTE ON FUNCTION team_presence_meet TO hudson_app;
