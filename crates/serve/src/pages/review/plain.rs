//! Written values of fields in words for people.

use evidence::correction::{Field, Parts, Shape};

/// A value as one would say it; nothing for what the text does not say.
pub(super) fn plain(field: Field, value: &str) -> String {
    match field.shape() {
        Shape::Words => words(value),
        Shape::Speakers => value.lines().map(|line| speaker(&Parts::split(line))).collect::<Vec<_>>().join("; "),
        Shape::References => value.lines().map(|line| reference(&Parts::split(line))).collect::<Vec<_>>().join("; "),
        Shape::Time | Shape::Period => interval(&Parts::split(value)),
        _ => value.to_owned(),
    }
}

/// The same, with a word for nothing.
pub(super) fn said(field: Field, value: &str) -> String {
    if value.is_empty() { "not said".to_owned() } else { plain(field, value) }
}

fn words(value: &str) -> String {
    let without = match value.rsplit_once('@') {
        Some((words, place)) if place.bytes().all(|b| b.is_ascii_digit()) => words,
        _ => value,
    };
    if without.is_empty() { String::new() } else { format!("“{}”", without.replace('\n', " ")) }
}

fn speaker(parts: &[String]) -> String {
    let part = |n: usize| parts.get(n).map_or("", String::as_str);
    let named: Vec<&str> = [part(0), part(1), part(2)].into_iter().filter(|p| !p.is_empty()).collect();
    let name = if named.is_empty() { words(part(5)) } else { named.join(", ") };
    match part(3) {
        "" => name,
        party if name.is_empty() => party.to_owned(),
        party => format!("{name} ({party})"),
    }
}

fn reference(parts: &[String]) -> String {
    let part = |n: usize| parts.get(n).map_or("", String::as_str);
    let known: Vec<&str> = [part(0), part(1)].into_iter().filter(|p| !p.is_empty()).collect();
    match (words(part(2)), known.join(", ")) {
        (said, known) if said.is_empty() => known,
        (said, known) if known.is_empty() => said,
        (said, known) => format!("{said} ({known})"),
    }
}

fn interval(parts: &[String]) -> String {
    let part = |n: usize| parts.get(n).map_or("", String::as_str);
    let days = match (part(0), part(1)) {
        ("", "") => "undetermined".to_owned(),
        (from, "") => from.to_owned(),
        ("", to) => format!("until {to}"),
        (from, to) => format!("{from} to {to}"),
    };
    let said = words(part(2));
    if said.is_empty() { days } else { format!("{days}, {said}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_read_as_one_would_say_them() {
        assert_eq!(plain(Field::Content, "an e-mail to a@b@17"), "“an e-mail to a@b”");
        assert_eq!(
            plain(Field::Speakers, "Mira Holm | head |  | varnia\n |  |  |  |  | she@4"),
            "Mira Holm, head (varnia); “she”"
        );
        assert_eq!(plain(Field::Places, "place:dorne |  | Dorne@3"), "“Dorne” (place:dorne)");
        assert_eq!(plain(Field::Time, "2024-05-02 |  | Thursday@37"), "2024-05-02, “Thursday”");
        assert_eq!(said(Field::High, ""), "not said");
    }
}
