-- Schema 1. src/store/README.md describes tables and views, and the rule for the next migration.

CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- What happened to the store as a whole: checks, imports.
CREATE TABLE events (
  key INTEGER PRIMARY KEY,
  at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  kind TEXT NOT NULL,
  detail TEXT NOT NULL
);

-- One row a path. The bytes are kept as the system gave them; path_text is what a person may be shown.
CREATE TABLE files (
  key INTEGER PRIMARY KEY,
  path BLOB NOT NULL UNIQUE,
  path_text TEXT NOT NULL,
  sha256 TEXT NOT NULL,      -- '' where the file was not read
  content TEXT NOT NULL,     -- what its documents hang on: sha256, or for a file without one its path
  bytes INTEGER NOT NULL,
  modified_ns INTEGER NOT NULL,
  status TEXT NOT NULL,
  reason TEXT NOT NULL,
  message TEXT NOT NULL,
  document_id TEXT NOT NULL,
  seconds REAL NOT NULL,
  pages INTEGER NOT NULL,
  extractor TEXT NOT NULL
);
CREATE INDEX files_content ON files (content);
CREATE INDEX files_status ON files (status);

CREATE TABLE agencies (
  key INTEGER PRIMARY KEY,
  name TEXT NOT NULL,        -- as printed
  id TEXT NOT NULL,          -- of the registry; '' unknown
  name_key TEXT NOT NULL,    -- folded
  initials TEXT NOT NULL,    -- 'bkhvcn'
  short_initials TEXT NOT NULL,  -- the same without 'và': 'bkhcn'
  UNIQUE (name, id)
);
CREATE INDEX agencies_id ON agencies (id);
CREATE INDEX agencies_name_key ON agencies (name_key);
CREATE INDEX agencies_initials ON agencies (initials);
CREATE INDEX agencies_short_initials ON agencies (short_initials);

-- One row for each document of each content. Where several contents claim one id, all are kept and one of them, the best,
-- is active: it alone is searched, listed and counted.
CREATE TABLE documents (
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  content TEXT NOT NULL,
  ordinal INTEGER NOT NULL,     -- of the document in its file, from 0
  active INTEGER NOT NULL DEFAULT 0,
  rank INTEGER NOT NULL,        -- lower is better: complete before partial, text before OCR
  type TEXT NOT NULL,
  number TEXT NOT NULL,
  number_key TEXT NOT NULL,
  number_year INTEGER NOT NULL, -- in the number, else of the date; 0 unknown
  issuer INTEGER REFERENCES agencies (key),
  place TEXT NOT NULL,
  date TEXT NOT NULL,           -- ISO, as precise as stated; '' unknown
  date_first TEXT NOT NULL,     -- the first and the last day that `date` can mean
  date_last TEXT NOT NULL,
  subject TEXT NOT NULL,
  draft INTEGER NOT NULL,
  signer_name TEXT NOT NULL,
  signer_title TEXT NOT NULL,
  urgency TEXT NOT NULL,
  secrecy TEXT NOT NULL,
  attached_to_number TEXT NOT NULL,
  attached_to_id TEXT NOT NULL,
  media_type TEXT NOT NULL,
  text_origin TEXT NOT NULL,
  pages INTEGER NOT NULL,
  UNIQUE (content, ordinal)
);
CREATE UNIQUE INDEX documents_active ON documents (id) WHERE active = 1;
CREATE INDEX documents_id ON documents (id);
CREATE INDEX documents_number_key ON documents (number_key) WHERE number_key <> '';
CREATE INDEX documents_date ON documents (date_first);
CREATE INDEX documents_issuer ON documents (issuer);

-- The public JSON without the text, deflated: 4 bytes length, big endian, then a zlib stream.
CREATE TABLE document_json (
  document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE,
  json BLOB NOT NULL
);

CREATE TABLE document_texts (
  document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE,
  numbers TEXT NOT NULL,  -- search words made of the number
  subject TEXT NOT NULL,
  body TEXT NOT NULL      -- the document's text, whole
);

CREATE TABLE sections (
  document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  id TEXT NOT NULL,
  parent INTEGER NOT NULL,  -- ord of the parent; -1 at the top
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  heading TEXT NOT NULL,
  span_begin INTEGER NOT NULL,  -- bytes of the text
  span_end INTEGER NOT NULL,
  page INTEGER NOT NULL,
  PRIMARY KEY (document, ord)
) WITHOUT ROWID;

CREATE TABLE tasks (
  key INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  id TEXT NOT NULL,
  label TEXT NOT NULL,
  text TEXT NOT NULL,
  lead TEXT NOT NULL,          -- names, joined by '; '
  coordinating TEXT NOT NULL,
  lead_inherited INTEGER NOT NULL,
  assigned_by TEXT NOT NULL,   -- numbers, joined by '; '
  deadlines TEXT NOT NULL,     -- as printed, joined by '; '
  due TEXT NOT NULL,           -- the earliest; '' none
  timing TEXT NOT NULL,
  result TEXT NOT NULL,
  state TEXT NOT NULL,
  section TEXT NOT NULL,
  page INTEGER NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  confidence REAL NOT NULL,
  numbers TEXT NOT NULL        -- search words made of assigned_by
);
CREATE INDEX tasks_document ON tasks (document, ord);

CREATE TABLE task_agencies (
  task INTEGER NOT NULL REFERENCES tasks (key) ON DELETE CASCADE,
  role TEXT NOT NULL,  -- lead, coordinating
  ord INTEGER NOT NULL,
  agency INTEGER NOT NULL REFERENCES agencies (key),
  PRIMARY KEY (task, role, ord)
) WITHOUT ROWID;
CREATE INDEX task_agencies_agency ON task_agencies (agency);

CREATE TABLE task_deadlines (
  task INTEGER NOT NULL REFERENCES tasks (key) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  text TEXT NOT NULL,
  due TEXT NOT NULL,
  rrule TEXT NOT NULL,
  amount INTEGER NOT NULL,
  unit TEXT NOT NULL,
  anchor TEXT NOT NULL,
  PRIMARY KEY (task, ord)
) WITHOUT ROWID;
CREATE INDEX task_deadlines_due ON task_deadlines (due) WHERE due <> '';

CREATE TABLE task_assignments (
  task INTEGER NOT NULL REFERENCES tasks (key) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  number TEXT NOT NULL,
  number_key TEXT NOT NULL,
  number_year INTEGER NOT NULL,
  date TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (task, ord)
) WITHOUT ROWID;
CREATE INDEX task_assignments_number ON task_assignments (number_key);

CREATE TABLE indicators (
  key INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  id TEXT NOT NULL,
  label TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,      -- folded: what makes one series over documents and years
  parent_label TEXT NOT NULL,
  parent_name TEXT NOT NULL,
  unit TEXT NOT NULL,
  comparator TEXT NOT NULL,
  value REAL NOT NULL,
  upper REAL,
  value_text TEXT NOT NULL,
  period TEXT NOT NULL,
  lead TEXT NOT NULL,
  evaluator TEXT NOT NULL,
  assigned_by TEXT NOT NULL,
  section TEXT NOT NULL,
  page INTEGER NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  confidence REAL NOT NULL,
  numbers TEXT NOT NULL
);
CREATE INDEX indicators_document ON indicators (document, ord);
CREATE INDEX indicators_name_key ON indicators (name_key);

CREATE TABLE indicator_agencies (
  indicator INTEGER NOT NULL REFERENCES indicators (key) ON DELETE CASCADE,
  role TEXT NOT NULL,  -- lead, evaluator
  ord INTEGER NOT NULL,
  agency INTEGER NOT NULL REFERENCES agencies (key),
  PRIMARY KEY (indicator, role, ord)
) WITHOUT ROWID;
CREATE INDEX indicator_agencies_agency ON indicator_agencies (agency);

CREATE TABLE indicator_assignments (
  indicator INTEGER NOT NULL REFERENCES indicators (key) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  number TEXT NOT NULL,
  number_key TEXT NOT NULL,
  number_year INTEGER NOT NULL,
  date TEXT NOT NULL,
  id TEXT NOT NULL,
  PRIMARY KEY (indicator, ord)
) WITHOUT ROWID;
CREATE INDEX indicator_assignments_number ON indicator_assignments (number_key);

CREATE TABLE measurements (
  key INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  subject TEXT NOT NULL,
  value REAL,
  unit TEXT NOT NULL,
  numerator REAL,
  denominator REAL,
  value_text TEXT NOT NULL,
  as_of TEXT NOT NULL,
  period TEXT NOT NULL,
  kind TEXT NOT NULL,  -- actual, estimate
  section TEXT NOT NULL,
  page INTEGER NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  confidence REAL NOT NULL
);
CREATE INDEX measurements_document ON measurements (document, ord);
CREATE INDEX measurements_name_key ON measurements (name_key);

CREATE TABLE document_references (
  key INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  id TEXT NOT NULL,
  text TEXT NOT NULL,
  type TEXT NOT NULL,
  number TEXT NOT NULL,
  number_key TEXT NOT NULL,
  number_year INTEGER NOT NULL,
  date TEXT NOT NULL,
  issuer INTEGER REFERENCES agencies (key),
  title TEXT NOT NULL,
  pinpoints TEXT NOT NULL,   -- JSON array; '' none
  relation TEXT NOT NULL,
  modality TEXT NOT NULL,
  target TEXT NOT NULL,
  resolution TEXT NOT NULL,
  resolution_reason TEXT NOT NULL,
  candidates TEXT NOT NULL,  -- JSON array; '' none
  inferred TEXT NOT NULL,    -- JSON array; '' none
  section TEXT NOT NULL,
  page INTEGER NOT NULL,
  span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL,
  confidence REAL NOT NULL,
  numbers TEXT NOT NULL
);
CREATE INDEX references_document ON document_references (document, ord);
CREATE INDEX references_target ON document_references (target) WHERE target <> '';
CREATE INDEX references_open ON document_references (number_key) WHERE resolution <> 'resolved' AND number_key <> '';

-- What each document says of the documents that it cites, and of itself.
CREATE TABLE graph_nodes (
  document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  id TEXT NOT NULL,
  self INTEGER NOT NULL,
  type TEXT NOT NULL,
  number TEXT NOT NULL,
  number_key TEXT NOT NULL,
  date TEXT NOT NULL,
  title TEXT NOT NULL,
  issuer TEXT NOT NULL,
  PRIMARY KEY (document, id)
) WITHOUT ROWID;
CREATE INDEX graph_nodes_number_key ON graph_nodes (number_key) WHERE number_key <> '';

CREATE TABLE graph_edges (
  document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
  ord INTEGER NOT NULL,
  source TEXT NOT NULL,
  target TEXT NOT NULL,
  relation TEXT NOT NULL,
  modality TEXT NOT NULL,
  pinpoint TEXT NOT NULL,  -- JSON object; '' none
  count INTEGER NOT NULL,
  PRIMARY KEY (document, ord)
) WITHOUT ROWID;
CREATE INDEX graph_edges_target ON graph_edges (target);

-- ---- full-text search -----------------------------------------------------------------------------
-- External content: the index keeps no text of its own, and 'rebuild' makes it anew from these views. Only active
-- documents are indexed. The tokenizer is the program's own (search_words.h): each word folded, and toned beside it.

CREATE VIEW documents_indexed AS
  SELECT t.document AS key, t.numbers, t.subject, t.body
  FROM document_texts t JOIN documents d ON d.key = t.document WHERE d.active = 1;
CREATE VIRTUAL TABLE documents_fts USING fts5 (
  numbers, subject, body, content = 'documents_indexed', content_rowid = 'key', tokenize = 'vanban');

CREATE VIEW tasks_indexed AS
  SELECT t.key, t.document, t.numbers, t.text, t.lead || ' ; ' || t.coordinating AS agencies,
         t.deadlines || ' ; ' || t.result || ' ; ' || t.assigned_by AS more
  FROM tasks t JOIN documents d ON d.key = t.document WHERE d.active = 1;
CREATE VIRTUAL TABLE tasks_fts USING fts5 (
  numbers, text, agencies, more, content = 'tasks_indexed', content_rowid = 'key', tokenize = 'vanban');

CREATE VIEW indicators_indexed AS
  SELECT i.key, i.document, i.numbers, i.name, i.lead || ' ; ' || i.evaluator AS agencies,
         i.parent_name || ' ; ' || i.value_text || ' ; ' || i.unit || ' ; ' || i.period || ' ; ' || i.assigned_by AS more
  FROM indicators i JOIN documents d ON d.key = i.document WHERE d.active = 1;
CREATE VIRTUAL TABLE indicators_fts USING fts5 (
  numbers, name, agencies, more, content = 'indicators_indexed', content_rowid = 'key', tokenize = 'vanban');

CREATE VIEW measurements_indexed AS
  SELECT m.key, m.document, m.name, m.subject, m.value_text || ' ; ' || m.unit || ' ; ' || m.period AS more
  FROM measurements m JOIN documents d ON d.key = m.document WHERE d.active = 1;
CREATE VIRTUAL TABLE measurements_fts USING fts5 (
  name, subject, more, content = 'measurements_indexed', content_rowid = 'key', tokenize = 'vanban');

CREATE VIEW references_indexed AS
  SELECT r.key, r.document, r.numbers, r.text, r.title
  FROM document_references r JOIN documents d ON d.key = r.document WHERE d.active = 1;
CREATE VIRTUAL TABLE references_fts USING fts5 (
  numbers, text, title, content = 'references_indexed', content_rowid = 'key', tokenize = 'vanban');

-- ---- views for people and dashboards: columns are kept, new ones are added at the end -------------------

CREATE VIEW v_documents AS
  SELECT d.id AS document_id, d.type, d.number, a.name AS issuer, a.id AS issuer_id, d.place, d.date, d.subject,
         CASE d.draft WHEN 1 THEN 'draft' ELSE 'issued' END AS status, d.signer_name, d.signer_title, d.urgency,
         d.secrecy, d.attached_to_number, d.attached_to_id, d.media_type, d.text_origin, nullif(d.pages, 0) AS pages,
         (SELECT count(*) FROM tasks t WHERE t.document = d.key) AS tasks,
         (SELECT count(*) FROM indicators i WHERE i.document = d.key) AS indicators,
         (SELECT count(*) FROM measurements m WHERE m.document = d.key) AS measurements,
         (SELECT count(*) FROM document_references r WHERE r.document = d.key) AS citations,
         (SELECT count(*) FROM documents o WHERE o.id = d.id) AS manifestations,
         (SELECT min(f.path_text) FROM files f WHERE f.content = d.content) AS path, d.key AS document_key
  FROM documents d LEFT JOIN agencies a ON a.key = d.issuer WHERE d.active = 1;

CREATE VIEW v_tasks AS
  SELECT d.id AS document_id, d.number AS document_number, d.date AS document_date, t.id AS task_id, t.label, t.text,
         t.lead, t.coordinating, t.lead_inherited, t.assigned_by, t.deadlines, t.due, t.timing, t.result, t.state, NULLIF(t.page, 0) AS page,
         t.confidence, t.key AS task_key
  FROM tasks t JOIN documents d ON d.key = t.document WHERE d.active = 1;

CREATE VIEW v_task_agencies AS
  SELECT d.id AS document_id, t.id AS task_id, ta.role, ta.ord AS position, a.name AS agency, a.id AS agency_id,
         t.key AS task_key
  FROM task_agencies ta JOIN tasks t ON t.key = ta.task JOIN documents d ON d.key = t.document
       JOIN agencies a ON a.key = ta.agency WHERE d.active = 1;

CREATE VIEW v_task_deadlines AS
  SELECT d.id AS document_id, t.id AS task_id, td.ord AS position, td.text, td.due, td.rrule, td.amount, td.unit,
         td.anchor, t.key AS task_key
  FROM task_deadlines td JOIN tasks t ON t.key = td.task JOIN documents d ON d.key = t.document WHERE d.active = 1;

CREATE VIEW v_indicators AS
  SELECT d.id AS document_id, d.number AS document_number, d.date AS document_date, i.id AS indicator_id, i.label, i.name,
         i.parent_label, i.parent_name, i.unit, i.comparator, i.value, i.upper, i.value_text, i.period, i.lead, i.evaluator,
         i.assigned_by, NULLIF(i.page, 0) AS page, i.confidence, i.key AS indicator_key
  FROM indicators i JOIN documents d ON d.key = i.document WHERE d.active = 1;

-- One indicator over documents and years: order a chart by period. Targets and reported figures side by side.
CREATE VIEW v_indicator_series AS
  SELECT i.name_key AS series, i.name, 'target' AS kind, i.unit, i.period, i.comparator, i.value, i.upper,
         d.id AS document_id, d.number AS document_number, d.date AS document_date, i.id AS fact_id
  FROM indicators i JOIN documents d ON d.key = i.document WHERE d.active = 1
  UNION ALL
  SELECT m.name_key, m.name, m.kind, m.unit, CASE WHEN m.period <> '' THEN m.period ELSE m.as_of END, '=', m.value, NULL,
         d.id, d.number, d.date, m.id
  FROM measurements m JOIN documents d ON d.key = m.document WHERE d.active = 1;

CREATE VIEW v_measurements AS
  SELECT d.id AS document_id, d.number AS document_number, d.date AS document_date, m.id AS measurement_id, m.name,
         m.subject, m.value, m.unit, m.numerator, m.denominator, m.value_text, m.as_of, m.period, m.kind, NULLIF(m.page, 0) AS page,
         m.confidence, m.key AS measurement_key
  FROM measurements m JOIN documents d ON d.key = m.document WHERE d.active = 1;

CREATE VIEW v_references AS
  SELECT d.id AS document_id, d.number AS document_number, d.date AS document_date, r.id AS reference_id, r.text, r.type,
         r.number, r.date, a.name AS issuer, r.title, r.pinpoints, r.relation, r.modality, r.target, r.resolution,
         r.resolution_reason, r.candidates, NULLIF(r.page, 0) AS page, r.confidence, r.key AS reference_key
  FROM document_references r JOIN documents d ON d.key = r.document LEFT JOIN agencies a ON a.key = r.issuer
  WHERE d.active = 1;

-- A file that holds several documents has a row for each; a file that holds none has one, with document_id ''.
CREATE VIEW v_files AS
  SELECT f.path_text AS path, f.sha256, f.status, f.reason, coalesce(d.id, f.document_id) AS document_id,
         coalesce(d.active, 0) AS active, f.message, f.bytes, nullif(f.pages, 0) AS pages, f.seconds, f.extractor
  FROM files f LEFT JOIN documents d ON d.content = f.content;
