//! Is a quotation a few words in somebody else's sentence, or a clause of its own?

use evidence::Span;
use evidence::document::Sentence;

/// Words that make a clause: finite verbs that are nothing else.
const FINITE: [&str; 39] = [
    "am",
    "is",
    "are",
    "was",
    "were",
    "isn't",
    "aren't",
    "wasn't",
    "weren't",
    "has",
    "have",
    "had",
    "hasn't",
    "haven't",
    "hadn't",
    "will",
    "won't",
    "would",
    "wouldn't",
    "shall",
    "should",
    "shouldn't",
    "can",
    "cannot",
    "can't",
    "could",
    "couldn't",
    "may",
    "might",
    "must",
    "do",
    "does",
    "did",
    "don't",
    "doesn't",
    "didn't",
    "let's",
    "ain't",
    "ought",
];

/// Endings that make a clause of a pronoun: "we'll".
const SHORT: [&str; 4] = ["'ll", "'re", "'m", "'ve"];

/// Pronouns with "'s" that are clauses.
const IS: [&str; 8] = ["it's", "that's", "he's", "she's", "there's", "what's", "who's", "here's"];

/// Pronouns that are subjects and nothing else, so that a verb follows.
const SUBJECTS: [&str; 7] = ["i", "we", "they", "he", "she", "you", "it"];

/// Whether the words `inner` of the quotation `span` are a fragment and no clause or sentence of their own.
pub fn is_fragment(text: &str, sentences: &[Sentence], span: Span, inner: Span) -> bool {
    let quoted = inner.of(text).trim();
    let words: Vec<String> =
        quoted.split_whitespace().map(plain).filter(|w| w.chars().any(char::is_alphanumeric)).collect();
    let ends = quoted.trim_end_matches(['\'', '"', '’', '”', ')']);
    let stopped = ends.ends_with(['.', '!', '?', '…']);
    let halted = stopped || ends.ends_with([',', '—', '–', '-', ';']);
    let subject = words.len() > 2 && SUBJECTS.contains(&words[0].as_str());
    let clause = subject || words.iter().any(|w| finite(w));
    let comma_after = text[span.end()..].starts_with(',');
    let sentence = sentences.get(sentences.partition_point(|s| s.span.end() <= span.start()));
    let opens_sentence = sentence.is_none_or(|s| text.get(s.span.start()..span.start()).is_none_or(only_marks));
    let closes_sentence = sentence.is_none_or(|s| text.get(span.end()..s.span.end()).is_none_or(only_marks));
    let before = text[..span.start()].trim_end_matches(' ');
    let capital = quoted.starts_with(char::is_uppercase);
    let cry = capital && stopped && !ends.ends_with('.');
    let n = words.len();
    let whole = match before.chars().next_back() {
        _ if n == 0 => false,
        _ if opens_sentence && closes_sentence => stopped || clause || n > 3,
        _ if opens_sentence => halted || clause || (comma_after && n > 1),
        Some(':' | ',') => {
            (capital && (stopped || n > 3)) || (clause && n > 1) || (stopped && n > 3 && before.ends_with(':'))
        }
        _ if n < 3 => cry || (clause && n == 2),
        _ => clause || (capital && stopped) || (n > 4 && before.ends_with(" that") && !adverbial(&words[0])),
    };
    !whole
}

/// A word in small letters with plain apostrophes and without the marks around it.
fn plain(word: &str) -> String {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    if word == "May" {
        return word.to_owned(); // the month
    }
    word.chars().map(|c| if matches!(c, '’' | 'ʼ') { '\'' } else { c.to_ascii_lowercase() }).collect()
}

/// «that "in spite of the truce" they fired»: what begins with a preposition is no clause.
fn adverbial(word: &str) -> bool {
    ["in", "on", "at", "by", "for", "from", "of", "with", "without", "under", "despite", "as", "to"].contains(&word)
}

fn finite(word: &str) -> bool {
    FINITE.contains(&word) || IS.contains(&word) || SHORT.iter().any(|s| word.len() > s.len() && word.ends_with(s))
}

fn only_marks(stretch: &str) -> bool {
    !stretch.contains(char::is_alphanumeric)
}
