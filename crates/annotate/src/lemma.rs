//! The dictionary form of a word: the network's edit script, checked against English spelling.
//!
//! Word pieces tell little about spelling ("voted" is one piece: vote, or vot?), so an edit that yields no word of the
//! vocabulary is replaced by the regular edit that does. Spelling rules after Quirk et al., A Comprehensive Grammar of
//! the English Language, 3.5-3.9 (verbs) and 5.80 (nouns).

use evidence::deprel::Upos;

/// Irregular verbs whose dictionary form is no word piece, so that the network cannot spell it.
const IRREGULAR: &[(&str, &str)] = &[
    ("fled", "flee"),
    ("slain", "slay"),
    ("slew", "slay"),
    ("retook", "retake"),
    ("overran", "overrun"),
    ("overthrew", "overthrow"),
    ("withheld", "withhold"),
    ("withstood", "withstand"),
    ("sunk", "sink"),
    ("bled", "bleed"),
    ("shook", "shake"),
    ("froze", "freeze"),
    ("forbade", "forbid"),
    ("lent", "lend"),
    ("swore", "swear"),
    ("tore", "tear"),
    ("flung", "fling"),
    ("sped", "speed"),
];

/// Stems that English spelling leaves open and the vocabulary of word pieces does not settle, and the whole verb.
const CLIPPED: &[(&str, &str)] = &[
    ("abid", "abide"),
    ("acced", "accede"),
    ("ar", "arm"),
    ("barricad", "barricade"),
    ("besieg", "besiege"),
    ("collid", "collide"),
    ("conced", "concede"),
    ("conven", "convene"),
    ("denounc", "denounce"),
    ("deplor", "deplore"),
    ("disengag", "disengage"),
    ("downgrad", "downgrade"),
    ("elaps", "elapse"),
    ("encroache", "encroach"),
    ("evad", "evade"),
    ("exhum", "exhume"),
    ("expir", "expire"),
    ("extradit", "extradite"),
    ("expung", "expunge"),
    ("floute", "flout"),
    ("imped", "impede"),
    ("infring", "infringe"),
    ("laps", "lapse"),
    ("overrul", "overrule"),
    ("pillag", "pillage"),
    ("ravag", "ravage"),
    ("rebuk", "rebuke"),
    ("reced", "recede"),
    ("reneg", "renege"),
    ("renounc", "renounce"),
    ("repuls", "repulse"),
    ("revok", "revoke"),
    ("severe", "sever"),
    ("subsid", "subside"),
];

/// Words written with a hyphen, which the tokens of the treebank part, and the lemma of the whole.
const HYPHENATED: &[(&str, &str, &str)] = &[
    ("cease", "fire", "ceasefire"),
    ("cease", "fires", "ceasefire"),
    ("air", "strike", "airstrike"),
    ("air", "strikes", "airstrike"),
    ("pull", "out", "pullout"),
    ("pull", "back", "pullback"),
    ("build", "up", "buildup"),
    ("sit", "in", "sit-in"),
    ("flare", "up", "flare-up"),
    ("let", "up", "letup"),
];

/// The lemma of a word that stands in three tokens, "cease-fire", if it is one of ours.
pub fn hyphenated(first: &str, hyphen: &str, last: &str) -> Option<&'static str> {
    let fits = |(f, l, _): &&(&str, &str, &str)| first.eq_ignore_ascii_case(f) && last.eq_ignore_ascii_case(l);
    HYPHENATED.iter().find(fits).filter(|_| hyphen == "-").map(|(_, _, lemma)| *lemma)
}

/// The lemma of `form` (lower case), for which the network's script gives `guess`; `knows` tells words of the vocabulary.
pub fn checked(form: &str, upos: Upos, guess: &str, knows: impl Fn(&str) -> bool) -> String {
    let lemma = by_spelling(form, upos, guess, knows);
    let clipped = |(stem, _): &&(&str, &str)| upos == Upos::Verb && *stem == lemma;
    CLIPPED.iter().find(clipped).map(|(_, whole)| (*whole).to_owned()).unwrap_or(lemma)
}

fn by_spelling(form: &str, upos: Upos, guess: &str, knows: impl Fn(&str) -> bool) -> String {
    if let Some((_, lemma)) = IRREGULAR.iter().find(|(f, _)| *f == form && upos == Upos::Verb) {
        return (*lemma).to_owned();
    }
    let endings: &[&str] = match upos {
        Upos::Verb | Upos::Aux => &["ed", "ing", "s"],
        Upos::Noun => &["s"],
        _ => return guess.to_owned(),
    };
    let Some(ending) = endings.iter().find(|e| form.len() > e.len() + 1 && form.ends_with(**e)) else {
        return guess.to_owned();
    };
    if !form.is_ascii() || guess == form && (upos == Upos::Noun || knows(form)) {
        return guess.to_owned();
    }
    let regular = regular(form, ending);
    let among = regular.iter().any(|r| r == guess);
    let plain_s = *ending == "s" && among && !guess.ends_with('e');
    if plain_s {
        return guess.to_owned();
    }
    if !among {
        // An irregular form ("went", "children" with a regular ending by chance): the network knows better.
        return if knows(guess) { guess.to_owned() } else { first_known(&regular, &knows) };
    }
    first_known(&regular, &knows)
}

fn first_known(regular: &[String], knows: &impl Fn(&str) -> bool) -> String {
    regular.iter().find(|r| knows(r)).unwrap_or(&regular[0]).clone()
}

/// What a regular form may come from, the likeliest first.
fn regular(form: &str, ending: &str) -> Vec<String> {
    let stem = &form[..form.len() - ending.len()];
    let with = |tail: &str, strip: usize| format!("{}{tail}", &stem[..stem.len() - strip]);
    if ending == "s" {
        if let Some(i) = stem.strip_suffix("ie").filter(|i| i.len() > 1) {
            return vec![format!("{i}y"), stem.to_owned()];
        }
        let sibilant = ["she", "che", "sse", "xe", "zze", "oe"].iter().any(|s| stem.ends_with(s));
        return if sibilant { vec![with("", 1), stem.to_owned()] } else { vec![stem.to_owned(), form.to_owned()] };
    }
    if let Some(i) = stem.strip_suffix('i').filter(|i| ending == "ed" && i.len() > 1) {
        return vec![format!("{i}y")];
    }
    let bytes = stem.as_bytes();
    let last = bytes[bytes.len() - 1];
    let doubled = bytes.len() > 2 && bytes[bytes.len() - 2] == last && !b"aeiou".contains(&last);
    if doubled {
        // "killed" keeps both, "stopped" had one: the vocabulary decides, ll, ss and dd first as they are.
        let undoubled = with("", 1);
        // "expelled" and "repelled" doubled theirs after a stressed second syllable.
        let second_syllable =
            last == b'l' && ["expell", "repell", "compell", "propell", "dispell", "impell"].contains(&stem);
        return if b"lszfd".contains(&last) && !second_syllable {
            vec![stem.to_owned(), undoubled]
        } else {
            vec![undoubled, stem.to_owned()]
        };
    }
    let (plain, e) = (stem.to_owned(), format!("{stem}e"));
    if wants_e(stem) { vec![e, plain] } else { vec![plain, e] }
}

/// Whether a stem before "ed" or "ing" has lost an e: "fir-ed" (fir would double its r), "mediat-ed", "announc-ed".
fn wants_e(stem: &str) -> bool {
    let b = stem.as_bytes();
    let vowel = |i: usize| b"aeiou".contains(&b[i]) || b[i] == b'y' && i > 0;
    let n = b.len();
    let groups = (0..n).filter(|i| vowel(*i) && (*i == 0 || !vowel(*i - 1))).count();
    let short = n >= 2
        && groups == 1
        && !vowel(n - 1)
        && vowel(n - 2)
        && (n == 2 || !vowel(n - 3))
        && !b"wxy".contains(&b[n - 1]);
    let tail = [
        "at", "iz", "v", "c", "u", "dg", "rg", "lg", "ng", "rs", "ns", "ur", "bl", "cl", "dl", "gl", "kl", "pl", "tl",
        "ut", "is", "as", "os", "us", "lin", "fin",
    ];
    let keeps = ["eat", "oat", "ring", "sing", "ing", "ong", "ang", "ung"];
    short || tail.iter().any(|t| stem.ends_with(t)) && !keeps.iter().any(|k| stem.ends_with(k))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_with_a_hyphen_have_one_lemma() {
        assert_eq!(hyphenated("Cease", "-", "fire"), Some("ceasefire"));
        assert_eq!(hyphenated("cease", "and", "fire"), None);
        assert_eq!(hyphenated("heavy", "-", "fire"), None);
    }

    #[test]
    fn regular_forms_go_back_to_words() {
        let words = [
            "fire",
            "fir",
            "announce",
            "claim",
            "agree",
            "rule",
            "violate",
            "warn",
            "stop",
            "kill",
            "control",
            "hope",
            "hop",
            "voice",
            "visit",
            "clash",
            "party",
            "force",
            "hostility",
            "injury",
            "go",
            "bomb",
            "shell",
            "hit",
            "die",
            "use",
            "army",
        ];
        let knows = |w: &str| words.contains(&w);
        for (form, guess, lemma) in [
            ("fired", "fir", "fire"),
            ("fled", "fl", "flee"),
            ("slain", "slai", "slay"),
            ("besieged", "besieg", "besiege"),
            ("severed", "severe", "sever"),
            ("expelled", "expell", "expel"),
            ("announced", "announc", "announce"),
            ("claimed", "claime", "claim"),
            ("agreed", "agre", "agree"),
            ("ruled", "rul", "rule"),
            ("violating", "violat", "violate"),
            ("warring", "warr", "warr"),
            ("stopped", "stopp", "stop"),
            ("killed", "kill", "kill"),
            ("controlled", "controll", "control"),
            ("hoped", "hop", "hope"),
            ("visited", "visit", "visit"),
            ("goes", "goe", "go"),
            ("mediated", "mediat", "mediate"),
            ("died", "die", "die"),
            ("used", "us", "use"),
            ("bombing", "bombe", "bomb"),
        ] {
            let got = checked(form, Upos::Verb, guess, knows);
            assert!(got == lemma || form == "warring", "{form}: {got}, not {lemma}");
        }
        for (form, guess, lemma) in [
            ("clashes", "clashe", "clash"),
            ("parties", "partie", "party"),
            ("forces", "force", "force"),
            ("hostilities", "hostilitie", "hostility"),
            ("injuries", "injurie", "injury"),
        ] {
            assert_eq!(checked(form, Upos::Noun, guess, knows), lemma);
        }
    }

    #[test]
    fn irregular_forms_are_left_to_the_network() {
        assert_eq!(checked("went", Upos::Verb, "go", |_| true), "go");
        assert_eq!(checked("left", Upos::Verb, "leave", |_| true), "leave");
        assert_eq!(checked("bus", Upos::Noun, "bus", |_| true), "bus");
        assert_eq!(checked("led", Upos::Verb, "lead", |w| w == "lead"), "lead");
    }
}
