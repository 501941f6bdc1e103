-- Which incidents a denial says something of: a blanket denial need be a member of none of them.
CREATE TABLE answer (
  claim    TEXT NOT NULL,
  incident TEXT NOT NULL,
  PRIMARY KEY (claim, incident)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_by_incident ON answer (incident);
INSERT OR IGNORE INTO answer
  SELECT json_extract(denial.value, '$.claim'), incident.id FROM incident, json_each(incident.body_json, '$.denials') AS denial;
