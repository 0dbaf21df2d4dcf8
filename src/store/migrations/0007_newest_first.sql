-- A search looks at the rows that came last, and SQLite walks its lists of words upwards much faster than downwards: so
-- rows of the index are numbered from the newest to the oldest (src/store/indexing.h: index_row). The index is made
-- anew when the store is opened, from these views; their rows are written by document, upwards.

DROP TABLE documents_fts;
DROP TABLE tasks_fts;
DROP TABLE indicators_fts;
DROP TABLE measurements_fts;
DROP TABLE references_fts;
DROP VIEW documents_indexed;
DROP VIEW tasks_indexed;
DROP VIEW indicators_indexed;
DROP VIEW measurements_indexed;
DROP VIEW references_indexed;

CREATE VIEW documents_indexed AS
  SELECT 1099511627776 - t.document AS row, t.document, t.numbers || f.words || f.issuer AS numbers, t.subject, t.body
  FROM document_texts t JOIN document_filter_words f ON f.document = t.document WHERE f.active = 1;
CREATE VIRTUAL TABLE documents_fts USING fts5 (
  numbers, subject, body, content = 'documents_indexed', content_rowid = 'row', tokenize = 'vanban');

CREATE VIEW tasks_indexed AS
  SELECT 1099511627776 - t.key AS row, t.document,
         t.numbers || f.words ||
         coalesce((SELECT group_concat(' vbb' || agency, '') FROM
                    (SELECT agency FROM task_agencies WHERE task = t.key ORDER BY role, ord)), '') ||
         coalesce((SELECT group_concat(' vbd' || year || ' vbd4x' || (year / 4) || ' vbd16x' || (year / 16) ||
                                       ' vbd64x' || (year / 64), '') FROM
                    (SELECT substr(due, 1, 4) AS year FROM task_deadlines WHERE task = t.key AND due <> '' ORDER BY ord)),
                  '') AS numbers,
         t.text, t.lead || ' ; ' || t.coordinating AS agencies,
         t.deadlines || ' ; ' || t.result || ' ; ' || t.assigned_by AS more
  FROM tasks t JOIN document_filter_words f ON f.document = t.document WHERE f.active = 1;
CREATE VIRTUAL TABLE tasks_fts USING fts5 (
  numbers, text, agencies, more, content = 'tasks_indexed', content_rowid = 'row', tokenize = 'vanban');

CREATE VIEW indicators_indexed AS
  SELECT 1099511627776 - i.key AS row, i.document,
         i.numbers || f.words ||
         coalesce((SELECT group_concat(' vbb' || agency, '') FROM
                    (SELECT agency FROM indicator_agencies WHERE indicator = i.key ORDER BY role, ord)), '') AS numbers,
         i.name, i.lead || ' ; ' || i.evaluator AS agencies,
         i.parent_name || ' ; ' || i.value_text || ' ; ' || i.unit || ' ; ' || i.period || ' ; ' || i.assigned_by AS more
  FROM indicators i JOIN document_filter_words f ON f.document = i.document WHERE f.active = 1;
CREATE VIRTUAL TABLE indicators_fts USING fts5 (
  numbers, name, agencies, more, content = 'indicators_indexed', content_rowid = 'row', tokenize = 'vanban');

CREATE VIEW measurements_indexed AS
  SELECT 1099511627776 - m.key AS row, m.document, m.name, m.subject,
         m.value_text || ' ; ' || m.unit || ' ; ' || m.period || f.words || f.issuer AS more
  FROM measurements m JOIN document_filter_words f ON f.document = m.document WHERE f.active = 1;
CREATE VIRTUAL TABLE measurements_fts USING fts5 (
  name, subject, more, content = 'measurements_indexed', content_rowid = 'row', tokenize = 'vanban');

CREATE VIEW references_indexed AS
  SELECT 1099511627776 - r.key AS row, r.document,
         r.numbers || f.words || f.issuer || coalesce(' vbb' || r.issuer, '') AS numbers, r.text, r.title
  FROM document_references r JOIN document_filter_words f ON f.document = r.document WHERE f.active = 1;
CREATE VIRTUAL TABLE references_fts USING fts5 (
  numbers, text, title, content = 'references_indexed', content_rowid = 'row', tokenize = 'vanban');
