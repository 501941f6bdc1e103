//! Word triples and sentences of a text, as they are compared.

use evidence::{Id, Span};

/// Shorter sentences are of anybody.
const SENTENCE_WORDS: usize = 10;
/// Triples of a text's beginning: title, first and second paragraph.
const LEAD_TRIPLES: usize = 90;
/// Words of a run: copies that are much reworded still have some in common.
const RUN: usize = 6;
/// Of the runs only those whose hash is a multiple of this are kept.
const SAMPLED: u64 = 8;
/// A run has at least so many words of some length, so that it is no phrase of everybody's.
const LONG_WORDS: usize = 3;
const LONG: usize = 5;
/// A quotation of at most so many bytes; what is longer has lost its closing mark.
const QUOTATION: usize = 1200;

/// One sentence.
pub(super) struct Sentence {
    /// Of its words.
    pub hash: u64,
    /// Where it stands.
    pub span: Span,
}

/// Hashes of every three words in a row outside quotations, in small letters without punctuation; sorted, each once.
pub(super) fn triples(text: &str) -> Vec<u32> {
    let mut all = Vec::new();
    for part in outside_quotations(text) {
        let words: Vec<String> = words(part).map(str::to_lowercase).collect();
        all.extend(words.windows(3).map(|w| (hash(w.iter().map(String::as_str)) >> 32) as u32));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Hashes of the word triples with which a text begins, outside quotations; sorted, each once.
pub(super) fn lead(text: &str) -> Vec<u32> {
    let mut all = Vec::new();
    for part in outside_quotations(text) {
        let words: Vec<String> = words(part).map(str::to_lowercase).collect();
        all.extend(words.windows(3).map(|w| (hash(w.iter().map(String::as_str)) >> 32) as u32));
        if all.len() >= LEAD_TRIPLES {
            break;
        }
    }
    all.truncate(LEAD_TRIPLES);
    all.sort_unstable();
    all.dedup();
    all
}

/// Hashes of some of the runs of six words outside quotations, chosen by their hash (Broder's sampling).
pub(super) fn runs(text: &str) -> Vec<u64> {
    let mut all = Vec::new();
    for part in outside_quotations(text) {
        let words: Vec<String> = words(part).map(str::to_lowercase).collect();
        let telling =
            words.windows(RUN).filter(|w| w.iter().filter(|x| x.chars().count() >= LONG).count() >= LONG_WORDS);
        all.extend(telling.map(|w| hash(w.iter().map(String::as_str))).filter(|h| h % SAMPLED == 0));
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Sentences of ten words or more, cut at full stops and line ends: rough, but the same in every copy.
pub(super) fn sentences(text: &str) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut from = 0;
    let ends =
        text.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?' | '\n')).map(|(at, c)| at + c.len_utf8());
    for to in ends.chain([text.len()]) {
        let part = &text[from..to];
        let start = from + (part.len() - part.trim_start().len());
        let end = start + part.trim().len();
        from = to;
        let lower: Vec<String> = words(&text[start..end.max(start)]).map(str::to_lowercase).collect();
        if lower.len() >= SENTENCE_WORDS {
            out.push(Sentence { hash: hash(lower.iter().map(String::as_str)), span: Span::new(start, end) });
        }
    }
    out
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

fn hash<'a>(words: impl Iterator<Item = &'a str>) -> u64 {
    words.fold(Id::of("words"), Id::with).number()
}

/// The stretches of a text that no quotation marks enclose.
fn outside_quotations(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(open) = text[at..].find(['"', '“', '«']).map(|n| at + n) {
        let mark = text[open..].chars().next().unwrap_or('"');
        let inner = open + mark.len_utf8();
        let close = match mark {
            '“' => text[inner..].find(['”', '“', '\n']),
            '«' => text[inner..].find(['»', '\n']),
            _ => text[inner..].find(['"', '\n']),
        };
        match close.filter(|n| *n <= QUOTATION) {
            Some(n) => {
                out.push(&text[from..open]);
                let end = inner + n;
                from = end + text[end..].chars().next().map_or(0, char::len_utf8);
                at = from;
            }
            None => at = inner,
        }
    }
    out.push(&text[from..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_quotations_do_not_count() {
        assert_eq!(
            outside_quotations("He said “we go” and left. \"No,\" she said"),
            ["He said ", " and left. ", " she said"]
        );
        let quoting = triples("“They fired on us all through the night and nobody came” said the mayor of Dorne");
        assert_eq!(quoting.len(), 3);
    }

    #[test]
    fn sentences_are_the_same_whatever_stands_around_them() {
        let one = "The army said that nine of its soldiers had died in the raid.";
        let (x, y) = (format!("{one} More follows."), format!("Dorne, Monday\n{one}\nEnd"));
        let (a, b) = (sentences(&x), sentences(&y));
        assert_eq!((a.len(), b.len()), (1, 1));
        assert_eq!(a[0].hash, b[0].hash);
        assert_eq!(a[0].span.of(&x), one);
    }
}
