-- What filters ask of a fact stands in the index as words (src/store/filter_words.h says which), so that a search
-- intersects lists of words and need not look up every match. The views are what the index is made of.

DROP VIEW documents_indexed;
DROP VIEW tasks_indexed;
DROP VIEW indicators_indexed;
DROP VIEW measurements_indexed;
DROP VIEW references_indexed;

CREATE VIEW document_filter_words AS
  SELECT d.key AS document, d.active,
         ' vbt' || replace(d.type, '_', '') ||
         CASE d.date_first WHEN '' THEN '' ELSE
           ' vby' || substr(d.date_first, 1, 4) || ' vby4x' || (substr(d.date_first, 1, 4) / 4) ||
           ' vby16x' || (substr(d.date_first, 1, 4) / 16) || ' vby64x' || (substr(d.date_first, 1, 4) / 64) END AS words,
         coalesce(' vbb' || d.issuer, '') AS issuer
  FROM documents d;

CREATE VIEW documents_indexed AS
  SELECT t.document AS key, t.numbers || f.words || f.issuer AS numbers, t.subject, t.body
  FROM document_texts t JOIN document_filter_words f ON f.document = t.document WHERE f.active = 1;

CREATE VIEW tasks_indexed AS
  SELECT t.key, t.document,
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

CREATE VIEW indicators_indexed AS
  SELECT i.key, i.document,
         i.numbers || f.words ||
         coalesce((SELECT group_concat(' vbb' || agency, '') FROM
                    (SELECT agency FROM indicator_agencies WHERE indicator = i.key ORDER BY role, ord)), '') AS numbers,
         i.name, i.lead || ' ; ' || i.evaluator AS agencies,
         i.parent_name || ' ; ' || i.value_text || ' ; ' || i.unit || ' ; ' || i.period || ' ; ' || i.assigned_by AS more
  FROM indicators i JOIN document_filter_words f ON f.document = i.document WHERE f.active = 1;

CREATE VIEW measurements_indexed AS
  SELECT m.key, m.document, m.name, m.subject,
         m.value_text || ' ; ' || m.unit || ' ; ' || m.period || f.words || f.issuer AS more
  FROM measurements m JOIN document_filter_words f ON f.document = m.document WHERE f.active = 1;

CREATE VIEW references_indexed AS
  SELECT r.key, r.document, r.numbers || f.words || f.issuer || coalesce(' vbb' || r.issuer, '') AS numbers, r.text, r.title
  FROM document_references r JOIN document_filter_words f ON f.document = r.document WHERE f.active = 1;
