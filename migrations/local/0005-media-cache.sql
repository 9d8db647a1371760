-- The pictures of this machine are a cache: what can be fetched again may go. All of it this machine's own.

-- When a page last loaded the file; NULL = never.
ALTER TABLE media_files ADD COLUMN used_at TEXT;
-- Since when the file is away to save space; NULL = it is here. Such a row stays `ready`: the file comes back once a page
-- asks for it.
ALTER TABLE media_files ADD COLUMN evicted_at TEXT;
CREATE INDEX media_files_by_file ON media_files (file);

-- Sessions that somebody opened on this machine lately: their pictures are fetched first, and stay.
CREATE TABLE media_sessions (
  session_id TEXT PRIMARY KEY,
  opened_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
