//! The closed vocabularies of the ledger, made from `data/ontology.toml` at build time.

include!(concat!(env!("OUT_DIR"), "/vocabulary.rs"));
