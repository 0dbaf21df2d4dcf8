-- What a search asks of every match, narrow enough to stay in memory where the rows themselves do not.

CREATE INDEX tasks_narrow ON tasks (key, document);
CREATE INDEX indicators_narrow ON indicators (key, document);
CREATE INDEX measurements_narrow ON measurements (key, document);
CREATE INDEX document_references_narrow ON document_references (key, document);
CREATE INDEX documents_narrow ON documents (key, date_first, date_last, type, issuer);
