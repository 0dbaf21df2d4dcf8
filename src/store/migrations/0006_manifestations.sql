-- Files of one document are found by their text where its number is missing in one of them.

-- What a document would be called by itself; '' where that is its id. A document without a name of its own (its id
-- ends in the hash of its file) is called as the one that its text is the same as.
ALTER TABLE documents ADD COLUMN own_id TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN unnamed INTEGER NOT NULL DEFAULT 0;
UPDATE documents SET unnamed = 1 WHERE substr(id, 1, 6) = 'local:' OR instr(id, '~') > 0;
CREATE INDEX documents_own_id ON documents (own_id) WHERE own_id <> '';

-- Sketches of texts: two that are nearly the same share a band.
CREATE TABLE text_sketches (
  document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE,
  words INTEGER NOT NULL,
  bands BLOB NOT NULL  -- 8 bytes each, little endian
);
CREATE TABLE text_bands (
  band INTEGER NOT NULL,
  document INTEGER NOT NULL REFERENCES documents (key),
  PRIMARY KEY (band, document)
) WITHOUT ROWID;

-- Pairs that were compared word by word and hold one document; each both ways. One of two has no name of its own.
CREATE TABLE same_texts (
  document INTEGER NOT NULL REFERENCES documents (key),
  other INTEGER NOT NULL REFERENCES documents (key),
  PRIMARY KEY (document, other)
) WITHOUT ROWID;

-- What is still to be done, so that an interrupted run is made good by the next.
CREATE TABLE uncompared (document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE);
CREATE TABLE unsettled (document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE);
INSERT INTO uncompared SELECT key FROM documents;
