-- References are linked again when what is known of the documents that they may mean changes.

-- The key under which a law is looked up by its title ("title:luat-dat-dai"); '' for what is not cited by title.
ALTER TABLE documents ADD COLUMN title_key TEXT NOT NULL DEFAULT '';
CREATE INDEX documents_title_key ON documents (title_key) WHERE title_key <> '';

-- The key that a reference is looked up by again: its number's, or its title's; '' where it never can be.
ALTER TABLE document_references ADD COLUMN lookup_key TEXT NOT NULL DEFAULT '';
DROP INDEX references_open;
CREATE INDEX references_open ON document_references (lookup_key) WHERE lookup_key <> '';

CREATE INDEX graph_nodes_id ON graph_nodes (id, date);

-- Keys whose known documents changed since references were linked.
CREATE TABLE changed_keys (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TRIGGER documents_known AFTER UPDATE OF active ON documents WHEN new.active <> old.active
BEGIN
  INSERT OR IGNORE INTO changed_keys
    SELECT n.number_key FROM graph_nodes n
    WHERE n.document = new.key AND n.number_key <> '' AND substr(n.id, 1, 6) <> 'local:'
      AND NOT EXISTS (SELECT 1 FROM graph_nodes o JOIN documents d ON d.key = o.document
                      WHERE o.id = n.id AND o.date = n.date AND o.document <> n.document AND d.active = 1);
  INSERT OR IGNORE INTO changed_keys SELECT new.title_key WHERE new.title_key <> '';
END;
