-- What is known of a report's publication beside its date, and what told each value. Articles read before have none of it.
ALTER TABLE article ADD COLUMN section TEXT;
ALTER TABLE article ADD COLUMN modified TEXT;
ALTER TABLE article ADD COLUMN retrieved TEXT;
-- A translation has a notice; the other two columns go with it.
ALTER TABLE article ADD COLUMN translation_machine INTEGER;
ALTER TABLE article ADD COLUMN translation_from TEXT;
ALTER TABLE article ADD COLUMN translation_notice TEXT;
-- Pairs of a field's name and what told it.
ALTER TABLE article ADD COLUMN bases_json TEXT NOT NULL DEFAULT '[]';
-- The canonical form of `url`: versions of one article have it in common.
ALTER TABLE article ADD COLUMN address TEXT;
CREATE INDEX article_by_address ON article (address);
