//! What travels inside the binary? The text files of `data/`: ontology, rules, lexicons, gazetteer, conflict profiles.

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// Name (below `data/`, with `/`) and text of every file below `folder`, sorted by name.
pub fn files(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let prefix = format!("{folder}/");
    FILES.iter().copied().filter(move |(name, _)| name.starts_with(&prefix))
}

/// Text of one file of `data/`.
///
/// # Panics
/// If there is no such file: names are literals in our code, and a test reads each.
pub fn file(name: &str) -> &'static str {
    FILES.iter().find(|(n, _)| *n == name).map(|(_, text)| *text).unwrap_or_else(|| panic!("data/{name} is not there"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_ontology_travels_along() {
        assert!(super::file("ontology.toml").contains("Event"));
    }
}
