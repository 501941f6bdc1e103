//! Does a page say that its text is a translation: by whom or what, and from which language?

use evidence::imprint::Translation;

use crate::language::Languages;
use crate::page::{Page, Reason, Verdict};
use crate::tokens::{Token, tokens};

/// Beginnings of words for a translation, in English and in languages whose pages print such notices.
const TRANSLATED: &[&str] =
    &["translated", "translation", "translator", "traduc", "traduit", "traduz", "übersetz", "перевод", "перевед"];
/// Beginnings of words for a machine and its names.
const MACHINE: &[&str] = &[
    "machine",
    "automat",
    "automát",
    "software",
    "google",
    "deepl",
    "chatgpt",
    "yandex",
    "maschinell",
    "машинн",
    "автоматич",
];
/// The same, whole words.
const MACHINE_WORDS: &[&str] = &["ai", "bot", "algorithm", "computer"];
/// People of an outlet who translate without a name.
const PEOPLE: &[&str] = &["desk", "staff", "newsroom", "team", "editors", "service", "volunteers", "colleagues"];
/// Words of offers to read something in another language.
const OFFERS: &[&str] =
    &["available", "read", "choose", "select", "click", "switch", "view", "see", "not", "without", "help", "want"];
/// How many lines at each end of the report may have a notice in brackets.
const ENDS: usize = 3;

/// What the lines of a page say of a translation; `language` is that of the text.
pub(crate) fn of_page(page: &Page<'_>, language: Option<&str>, languages: &Languages) -> Option<Translation> {
    let notices = page.lines.iter().filter(|(_, verdict)| {
        let Verdict::Dropped(reason) = verdict else { return false };
        matches!(reason, Reason::Translation | Reason::Preamble | Reason::Copyright | Reason::Credit | Reason::Byline)
    });
    let kept: Vec<&str> = page.lines.iter().filter(|(_, v)| *v == Verdict::Kept).map(|(l, _)| l.text).collect();
    let ends = kept.iter().take(ENDS).chain(kept.iter().skip(ENDS.max(kept.len().saturating_sub(ENDS))));
    let lines = notices.map(|(line, _)| line.text).chain(ends.filter_map(|line| bracketed(line)));
    let mut found = lines
        .filter_map(|line| of_notice(line, languages))
        .filter(|t| t.from.as_deref() != language || t.from.is_none());
    let first = found.next()?;
    // A second line may tell what the first does not: "Translated by A. Name", "From the Georgian original".
    Some(found.fold(first, |t, more| Translation {
        machine: t.machine.or(more.machine),
        from: t.from.or(more.from),
        ..t
    }))
}

/// "… the bridge fell. (Translated by Ann Grey)"
fn bracketed(line: &str) -> Option<&str> {
    let open = line.trim_end_matches('.').strip_suffix([')', ']'])?.rfind(['(', '['])?;
    let inside = line[open + 1..].trim_end_matches('.').trim_end_matches([')', ']']);
    inside.to_lowercase().contains("translat").then_some(inside)
}

/// What a line says of a translation.
pub(crate) fn of_notice(line: &str, languages: &Languages) -> Option<Translation> {
    let row = tokens(line);
    let begins = |t: &Token<'_>, with: &[&str]| with.iter().any(|w| t.form.starts_with(w));
    let translated = row.iter().position(|t| begins(t, TRANSLATED));
    let is = |word: &str| row.iter().any(|t| t.form == word);
    let original = is("originally") && (is("published") || is("written") || is("appeared"));
    let offers = row.iter().any(|t| OFFERS.contains(&t.form.as_str()));
    if offers && !(is("not") && original) || translated.is_none() && !original {
        return None;
    }
    let from = source(&row, languages);
    // "This article was originally published in the Vale Post" tells of no translation.
    let tells = translated.is_some() || from.as_deref().is_some_and(|l| l != "en");
    let by_machine = row.iter().any(|t| begins(t, MACHINE) || MACHINE_WORDS.contains(&t.form.as_str()));
    let by_people = translated.is_some_and(|at| names_people(&row[at..]));
    let machine = if by_machine { Some(true) } else { by_people.then_some(false) };
    tells.then(|| Translation { machine, from, notice: line.trim().to_owned() })
}

/// "translated … by Ann Grey", "translation: Ann Grey", "translated by our desk"
fn names_people(row: &[Token<'_>]) -> bool {
    let Some(by) = row.iter().position(|t| matches!(t.form.as_str(), "by" | ":" | "por" | "par" | "von")) else {
        return false;
    };
    let named = row.get(by + 1).is_some_and(Token::is_capitalised);
    named || row[by..].iter().any(|t| PEOPLE.contains(&t.form.as_str()))
}

/// The language after "from" ("translated from the original Armenian"), before "original", or in which the report first
/// appeared.
fn source(row: &[Token<'_>], languages: &Languages) -> Option<String> {
    let named = |at: usize| {
        let two =
            row.get(at).zip(row.get(at + 1)).and_then(|(a, b)| languages.of_name(&format!("{} {}", a.text, b.text)));
        let one = || row.get(at).and_then(|t| languages.of_name(t.text));
        two.or_else(one).map(|l| l.code.clone())
    };
    let filler = |t: &Token<'_>| matches!(t.form.as_str(), "the" | "original" | "its" | "language" | ":");
    let after = |at: usize| (at..row.len()).find(|i| !filler(&row[*i])).and_then(named);
    for (i, t) in row.iter().enumerate() {
        let found = match t.form.as_str() {
            "from" | "original" | "language" => after(i + 1),
            "in" if row[..i].iter().any(|t| t.form == "originally") => after(i + 1),
            // "Armenian-to-English translation"
            "to" | "into" if i > 0 => named(i - 1),
            _ => None,
        };
        if found.is_some() {
            return found;
        }
        if row.get(i + 1).is_some_and(|n| n.form == "original") && t.is_capitalised() {
            return named(i);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str) -> Option<(Option<bool>, Option<String>)> {
        let languages = Languages::read().unwrap_or_else(|e| panic!("{e}"));
        of_notice(line, &languages).map(|t| (t.machine, t.from))
    }

    #[test]
    fn machines_people_and_neither() {
        let from = |l: &str| Some(l.to_owned());
        for (line, told) in [
            ("This article was translated by Google Translate.", (Some(true), None)),
            ("Automatically translated from Russian", (Some(true), from("ru"))),
            ("Machine translation", (Some(true), None)),
            ("This is a machine translation of the Ukrainian original", (Some(true), from("uk"))),
            ("Powered by automated translation", (Some(true), None)),
            ("Translated from the Armenian by Ann Grey", (Some(false), from("hy"))),
            ("Translated from the original Haitian Creole by Ann Grey", (Some(false), from("ht"))),
            ("Translated by our desk", (Some(false), None)),
            ("Translation: Ann Grey", (Some(false), None)),
            ("Unofficial translation", (None, None)),
            ("Translated from Arabic", (None, from("ar"))),
            ("This story was originally published in Georgian", (None, from("ka"))),
            ("Este texto fue traducido automáticamente", (Some(true), None)),
            ("Traducido por Ana Gris", (Some(false), None)),
            ("Die Meldung wurde maschinell übersetzt", (Some(true), None)),
        ] {
            assert_eq!(of(line), Some(told), "{line}");
        }
    }

    #[test]
    fn offers_and_first_places_are_none() {
        for line in [
            "Powered by Google Translate",
            "Translate this page",
            "Also available in Ukrainian translation",
            "Read the translation here",
            "This article was originally published in the Vale Post",
            "This article was originally published in English",
            "Need help with a translation? Call us",
        ] {
            assert_eq!(of(line), None, "{line}");
        }
    }

    #[test]
    fn brackets_at_the_end_of_a_line() {
        assert_eq!(bracketed("The bridge fell. (Translated by Ann Grey)"), Some("Translated by Ann Grey"));
        assert_eq!(bracketed("The bridge [over the Vale] fell."), None);
        assert_eq!(bracketed("They met (in translation) again."), None);
    }
}
