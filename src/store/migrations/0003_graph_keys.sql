-- The citation graph by keys: an id, a kind of edge, a pinpoint and what is said of a node are kept once, however many
-- documents say so. An edge is five small integers; what a document that is cited a hundred thousand times is called
-- stands in a few rows.

CREATE TABLE graph_ids (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE
);
CREATE TABLE graph_kinds (
  key INTEGER PRIMARY KEY,
  relation TEXT NOT NULL,
  modality TEXT NOT NULL,
  UNIQUE (relation, modality)
);
CREATE TABLE graph_pinpoints (
  key INTEGER PRIMARY KEY,
  pinpoint TEXT NOT NULL UNIQUE  -- JSON object; '' none
);

-- What is said of a node, each wording once, and which documents say so.
CREATE TABLE graph_claims (
  key INTEGER PRIMARY KEY,
  node INTEGER NOT NULL REFERENCES graph_ids (key),
  self INTEGER NOT NULL,        -- the document says it of itself: it is held
  whole INTEGER NOT NULL,       -- the id names one document, whoever says it
  type TEXT NOT NULL,
  number TEXT NOT NULL,
  number_key TEXT NOT NULL,
  date TEXT NOT NULL,
  title TEXT NOT NULL,
  issuer TEXT NOT NULL
);
CREATE INDEX graph_claims_node ON graph_claims (node, date);
CREATE INDEX graph_claims_number_key ON graph_claims (number_key, whole) WHERE number_key <> '';
CREATE TABLE graph_says (
  document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  claim INTEGER NOT NULL REFERENCES graph_claims (key),
  PRIMARY KEY (document, claim)
) WITHOUT ROWID;
CREATE INDEX graph_says_claim ON graph_says (claim);

-- A document's edges begin at its own node.
ALTER TABLE documents ADD COLUMN node INTEGER NOT NULL DEFAULT 0;  -- of graph_ids

ALTER TABLE graph_edges RENAME TO old_edges;
DROP INDEX graph_edges_target;
CREATE TABLE graph_edges (
  document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  target INTEGER NOT NULL REFERENCES graph_ids (key),
  kind INTEGER NOT NULL REFERENCES graph_kinds (key),
  pinpoint INTEGER NOT NULL REFERENCES graph_pinpoints (key),
  count INTEGER NOT NULL,
  PRIMARY KEY (document, target, kind, pinpoint)
) WITHOUT ROWID;

-- What an older program wrote.
DROP TRIGGER documents_known;
INSERT INTO graph_ids (id)
  SELECT id FROM documents UNION SELECT id FROM graph_nodes UNION SELECT target FROM old_edges ORDER BY 1;
INSERT INTO graph_kinds (relation, modality) SELECT DISTINCT relation, modality FROM old_edges ORDER BY 1, 2;
INSERT INTO graph_pinpoints (pinpoint) SELECT '' UNION SELECT pinpoint FROM old_edges ORDER BY 1;
UPDATE documents SET node = (SELECT i.key FROM graph_ids i WHERE i.id = documents.id);
INSERT INTO graph_claims (node, self, whole, type, number, number_key, date, title, issuer)
  SELECT DISTINCT i.key, n.self, substr(n.id, 1, 6) <> 'local:' AND instr(n.id, '/_/') = 0, n.type, n.number, n.number_key,
         n.date, n.title, n.issuer
  FROM graph_nodes n JOIN graph_ids i ON i.id = n.id;
INSERT INTO graph_says (document, claim)
  SELECT n.document, c.key FROM graph_nodes n JOIN graph_ids i ON i.id = n.id
         JOIN graph_claims c ON c.node = i.key AND c.date = n.date AND c.self = n.self AND c.type = n.type
              AND c.number = n.number AND c.title = n.title AND c.issuer = n.issuer;
INSERT INTO graph_edges (document, target, kind, pinpoint, count)
  SELECT e.document, i.key, k.key, p.key, sum(e.count) FROM old_edges e JOIN graph_ids i ON i.id = e.target
         JOIN graph_kinds k ON k.relation = e.relation AND k.modality = e.modality
         JOIN graph_pinpoints p ON p.pinpoint = e.pinpoint
  GROUP BY e.document, i.key, k.key, p.key;
DROP TABLE old_edges;
DROP TABLE graph_nodes;

CREATE INDEX graph_edges_target ON graph_edges (target, document, kind, pinpoint, count);
CREATE INDEX documents_graph ON documents (active, node);

-- What nobody says any more is not known.
CREATE TRIGGER graph_says_gone AFTER DELETE ON graph_says
BEGIN
  DELETE FROM graph_claims WHERE key = old.claim AND NOT EXISTS (SELECT 1 FROM graph_says WHERE claim = old.claim);
END;

CREATE TRIGGER documents_known AFTER UPDATE OF active ON documents WHEN new.active <> old.active
BEGIN
  INSERT OR IGNORE INTO changed_keys
    SELECT c.number_key FROM graph_says s JOIN graph_claims c ON c.key = s.claim
    WHERE s.document = new.key AND c.number_key <> '' AND c.whole
      AND NOT EXISTS (SELECT 1 FROM graph_claims o JOIN graph_says t ON t.claim = o.key
                             JOIN documents d ON d.key = t.document
                      WHERE o.node = c.node AND o.date = c.date AND t.document <> new.key AND d.active = 1);
  INSERT OR IGNORE INTO changed_keys SELECT new.title_key WHERE new.title_key <> '';
END;
