-- What a claim's words mean together: 384 signed bytes, see `evidence::meaning`. Claims read before have none.
ALTER TABLE claim ADD COLUMN meaning BLOB;
