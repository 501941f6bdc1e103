//! The closed vocabularies of the ledger, made from `data/ontology.toml` at build time.

include!(concat!(env!("OUT_DIR"), "/vocabulary.rs"));

impl Act {
    /// Whether what is said is yet to come, or wished: no account of what has happened.
    pub const fn is_of_future(self) -> bool {
        matches!(self, Self::Threaten | Self::Promise | Self::Offer | Self::Demand | Self::Appeal | Self::Predict)
    }
}
