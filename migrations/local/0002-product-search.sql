-- Search over products. All of this is derived: it is brought up to date from the rows that the triggers below mark, before
-- the write that changed them commits, or else before the next search.

-- What search looks at, folded (see src/main/library/search-text.ts), and what its results are filtered by.
CREATE TABLE product_search (
  key INTEGER PRIMARY KEY,
  status TEXT NOT NULL,
  brand_id TEXT NOT NULL,
  name TEXT NOT NULL,
  -- Name, SKU, pid, tags and the variants' SKUs, each on its own line.
  text TEXT NOT NULL
) STRICT;
CREATE INDEX product_search_by_name ON product_search (name, key);

-- `detail=none` keeps no positions: a word longer than three letters is checked against `text` afterwards.
CREATE VIRTUAL TABLE product_trigrams USING fts5(
  text, content='', contentless_delete=1, detail=none, tokenize='trigram case_sensitive 1'
);
-- Single letters and pairs of them, which trigrams cannot find. Each stands there as its code points in hex.
CREATE VIRTUAL TABLE product_grams USING fts5(
  grams, content='', contentless_delete=1, detail=none, tokenize='ascii'
);

-- Keys of products whose rows in the tables above are out of date.
CREATE TABLE product_search_stale (key INTEGER PRIMARY KEY) STRICT;
INSERT INTO product_search_stale SELECT key FROM products;

CREATE TRIGGER product_search_product_added AFTER INSERT ON products BEGIN
  INSERT OR IGNORE INTO product_search_stale VALUES (NEW.key);
END;
CREATE TRIGGER product_search_product_changed AFTER UPDATE OF key, id, brand_id, name, status, sku, pid, tags ON products BEGIN
  INSERT OR IGNORE INTO product_search_stale VALUES (OLD.key);
  INSERT OR IGNORE INTO product_search_stale VALUES (NEW.key);
END;
CREATE TRIGGER product_search_product_removed AFTER DELETE ON products BEGIN
  INSERT OR IGNORE INTO product_search_stale VALUES (OLD.key);
END;
CREATE TRIGGER product_search_variant_added AFTER INSERT ON product_variants WHEN NEW.sku IS NOT NULL BEGIN
  INSERT OR IGNORE INTO product_search_stale SELECT key FROM products WHERE id = NEW.product_id;
END;
CREATE TRIGGER product_search_variant_changed AFTER UPDATE OF sku, product_id ON product_variants BEGIN
  INSERT OR IGNORE INTO product_search_stale SELECT key FROM products WHERE id IN (OLD.product_id, NEW.product_id);
END;
CREATE TRIGGER product_search_variant_removed AFTER DELETE ON product_variants WHEN OLD.sku IS NOT NULL BEGIN
  INSERT OR IGNORE INTO product_search_stale SELECT key FROM products WHERE id = OLD.product_id;
END;

-- Counting without touching the rows, whose descriptions are long.
CREATE INDEX products_by_status ON products (status, brand_id);
