//! Do the words of a report refer to whom they should? Reports of an invented war, parsed by hand, so that the tests
//! hold whatever the language layer does.

use evidence::article::Published;
use evidence::deprel::{Deprel, Upos};
use evidence::document::{Document, Feats, Name, NameKind, Sentence, Token};
use evidence::mention::{Mention, MentionKind};
use evidence::time::Iso;
use evidence::{Article, Basis, Note, Precision, Referents, Span};
use resolve::Knowledge;

const PROFILE: &str = r#"
name = "ruritania"
title = "Strelsau and Zenda"
from = 1990
countries = ["CZ"]
sides = ["strelsau", "zenda"]
person = [{ name = "Rudolf Rassendyll", aliases = ["Rassendyll"], role = "president", party = "strelsau", from = "1990-02" }]
place = [{ name = "Hentzau", aliases = ["Hencov"], party = "zenda", lat = 49.5, lon = 15.5 }]
[[party]]
slug = "strelsau"
name = "Strelsau"
adjectives = ["Strelsauer"]
[[party]]
slug = "zenda"
name = "Zenda"
adjectives = ["Zendan"]
people = ["Zendans"]
phrases = ["rebels"]
"#;

/// Reads a document of one word a line (`word UPOS head deprel feats…`, heads counted from 1 within the sentence, `+`
/// after a word that no space follows), sentences divided by empty lines; a line `¶` begins a paragraph.
fn document(parsed: &str, names: &[(&str, NameKind)]) -> (String, Document) {
    let (mut text, mut tokens, mut sentences, mut paragraph) = (String::new(), Vec::new(), Vec::new(), 0);
    for sentence in parsed.trim().split("\n\n") {
        let (first, start) = (tokens.len(), text.len());
        paragraph += usize::from(sentence.starts_with('¶'));
        for line in sentence.lines().filter(|l| *l != "¶") {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let (word, tight) = fields[0].strip_suffix('+').map_or((fields[0], false), |w| (w, true));
            let span = Span::new(text.len(), text.len() + word.len());
            text.push_str(word);
            if !tight {
                text.push(' ');
            }
            let head: usize = fields[2].parse().unwrap();
            let upos = Upos::parse(fields[1]);
            let (mut lemma, mut feats) = (word.to_owned(), Feats::default());
            for more in &fields[4..] {
                match more.split_once('=') {
                    Some((name, value)) => feats = feats.with(Feats::pair(name, value).unwrap()),
                    None => lemma = (*more).to_owned(),
                }
            }
            let lemma = if upos == Upos::Propn { lemma } else { lemma.to_lowercase() };
            let head = head.checked_sub(1).map(|h| first + h);
            tokens.push(Token { span, upos, feats, lemma: lemma.into(), head, deprel: Deprel::parse(fields[3]) });
        }
        sentences.push(Sentence { span: Span::new(start, text.len() - 1), tokens: first..tokens.len(), paragraph });
    }
    let found = names.iter().map(|(name, kind)| {
        let at = text.find(name).unwrap();
        let span = Span::new(at, at + name.len());
        let inside = |t: &Token| span.contains(t.span);
        let first = tokens.iter().position(inside).unwrap();
        let count = tokens.iter().filter(|t| inside(t)).count();
        Name { span, tokens: first..first + count, kind: *kind }
    });
    let found = found.collect();
    (text, Document::new(sentences, tokens, found))
}

fn read(parsed: &str, names: &[(&str, NameKind)]) -> (String, Referents, Vec<Note>) {
    read_as(parsed, names, None)
}

/// As [`read`], with a conflict that the user names.
fn read_as(parsed: &str, names: &[(&str, NameKind)], conflict: Option<&str>) -> (String, Referents, Vec<Note>) {
    let knowledge = Knowledge::shipped().unwrap().with_profile(PROFILE, "ruritania.toml").unwrap();
    let (text, document) = document(parsed, names);
    let article = article(&text, Iso::parse("1991-05-03"));
    let (referents, notes) = knowledge.refer(&text, &document, &article, conflict);
    (text, referents, notes)
}

/// An article of nothing but its text and, perhaps, a day.
fn article(text: &str, day: Option<Iso>) -> Article {
    let published = match day {
        Some(_) => Published { value: day, precision: Some(Precision::Day), basis: Basis::Given, spans: Vec::new() },
        None => Published::unknown(),
    };
    Article { published, ..Article::of_words(text) }
}

fn find<'r>(text: &str, referents: &'r Referents, words: &str) -> &'r Mention {
    let found = referents.mentions.iter().find(|m| m.span.of(text) == words);
    found.unwrap_or_else(|| panic!("no mention «{words}» among {:?}", spans(text, referents)))
}

fn spans<'t>(text: &'t str, referents: &Referents) -> Vec<&'t str> {
    referents.mentions.iter().map(|m| m.span.of(text)).collect()
}

fn ids<'r>(referents: &'r Referents, mention: &Mention) -> Vec<&'r str> {
    mention.entities.iter().map(|e| referents.entities[*e].id.as_str()).collect()
}

const SHELLING: &str = "
Strelsauer ADJ 2 amod
troops NOUN 3 nsubj troop Number=Plur
shelled VERB 10 ccomp shell
Hencov+ PROPN 3 obj
, PUNCT 10 punct
the DET 9 det
Zendan ADJ 9 amod
defence NOUN 9 compound
ministry NOUN 10 nsubj Number=Sing
said+ VERB 0 root say
. PUNCT 10 punct
";

#[test]
fn demonyms_tell_whose_forces_and_ministries() {
    let (text, referents, _) = read(SHELLING, &[]);
    let troops = find(&text, &referents, "Strelsauer troops");
    assert_eq!((troops.kind, &*troops.parties), (MentionKind::Force, &["strelsau".to_owned()][..]));
    let ministry = find(&text, &referents, "the Zendan defence ministry");
    assert_eq!(ministry.parties, ["zenda"]);
    assert_eq!(ids(&referents, ministry), ["organisation:zenda-defense-ministry"]);
    assert_eq!(referents.conflict.as_deref(), Some("ruritania"));
    assert_eq!(referents.sides, ["strelsau", "zenda"]);
}

#[test]
fn both_names_of_a_place_are_one_entity() {
    let (text, referents, notes) = read(SHELLING, &[]);
    let place = find(&text, &referents, "Hencov");
    assert_eq!((place.kind, ids(&referents, place)), (MentionKind::Place, vec!["place:hentzau"]));
    let entity = &referents.entities[place.entities[0]];
    assert_eq!((&*entity.name, &*entity.aliases, entity.lat), ("Hentzau", &["Hencov".to_owned()][..], Some(49.5)));
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn every_party_that_is_spoken_of_is_an_entity() {
    let (_, referents, _) = read(SHELLING, &[]);
    let has = |id: &str| referents.entities.iter().any(|e| e.id == id);
    assert!(has("party:strelsau") && has("party:zenda"));
}

const SPOKESWOMAN: &str = "
Zendan ADJ 5 amod
defence NOUN 3 compound
ministry NOUN 4 compound
spokeswoman NOUN 5 nmod:desc Number=Sing
Antonia PROPN 7 nsubj Number=Sing
Mauban PROPN 5 flat
denied VERB 0 root deny
the DET 9 det
report+ NOUN 7 obj Number=Sing
. PUNCT 7 punct

She PRON 2 nsubj Person=3
said VERB 0 root say
the DET 4 det
rebels NOUN 6 nsubj rebel Number=Plur
were AUX 6 cop be
ready+ ADJ 2 ccomp
. PUNCT 2 punct

Mauban PROPN 2 nsubj Number=Sing
accused VERB 0 root accuse
enemy NOUN 4 compound
forces+ NOUN 2 obj force Number=Plur
. PUNCT 2 punct
";

#[test]
fn a_person_has_name_role_body_and_party_and_is_taken_up_later() {
    let (text, referents, _) = read_as(SPOKESWOMAN, &[("Antonia Mauban", NameKind::Person)], Some("ruritania"));
    let full = find(&text, &referents, "Zendan defence ministry spokeswoman Antonia Mauban");
    assert_eq!(full.name.as_deref(), Some("Antonia Mauban"));
    assert_eq!(full.role.as_deref(), Some("Zendan defence ministry spokeswoman"));
    assert_eq!(full.organisation.as_deref(), Some("Zendan defence ministry"));
    assert_eq!(full.parties, ["zenda"]);
    for later in ["She", "Mauban"] {
        let mention = find(&text, &referents, later);
        assert_eq!(mention.name.as_deref(), Some("Antonia Mauban"), "{later}: {}", mention.reason);
        assert_eq!(mention.entities, full.entities);
    }
}

#[test]
fn words_of_one_conflict_and_enemies_mean_its_sides() {
    let (text, referents, _) = read_as(SPOKESWOMAN, &[("Antonia Mauban", NameKind::Person)], Some("ruritania"));
    assert_eq!(find(&text, &referents, "the rebels").parties, ["zenda"]);
    assert_eq!(find(&text, &referents, "enemy forces").parties, ["strelsau"]);
}

#[test]
fn an_office_is_filled_by_its_dates() {
    let parsed = "
The DET 3 det
Strelsauer ADJ 3 amod
president NOUN 4 nsubj Number=Sing
met VERB 0 root meet
the DET 6 det
Zendans+ PROPN 4 obj Number=Plur
. PUNCT 4 punct
";
    let (text, referents, _) = read(parsed, &[]);
    let president = find(&text, &referents, "The Strelsauer president");
    assert_eq!(ids(&referents, president), ["person:rudolf-rassendyll"]);
    assert_eq!(president.parties, ["strelsau"]);
    assert_eq!(president.name, None, "the report does not name him");
}

#[test]
fn both_sides_and_each_other_are_the_sides_that_the_report_names() {
    let parsed = "
Strelsau PROPN 4 nsubj
and CCONJ 3 cc
Zenda PROPN 1 conj
talked+ VERB 0 root talk
. PUNCT 4 punct

Both DET 2 det
sides NOUN 3 nsubj side Number=Plur
blamed VERB 0 root blame
each DET 5 det
other+ ADJ 3 obj
. PUNCT 3 punct
";
    let (text, referents, _) = read(parsed, &[]);
    assert_eq!(find(&text, &referents, "Both sides").parties, ["strelsau", "zenda"]);
    assert_eq!(find(&text, &referents, "each other").parties, ["strelsau", "zenda"]);
}

#[test]
fn a_capital_acts_or_is_a_place_by_its_part_in_the_sentence() {
    let parsed = "
Paris PROPN 2 nsubj
condemned VERB 0 root condemn
the DET 4 det
attack NOUN 2 obj Number=Sing
in ADP 6 case
Berlin+ PROPN 2 obl
. PUNCT 2 punct
";
    let (text, referents, _) = read(parsed, &[]);
    let paris = find(&text, &referents, "Paris");
    assert_eq!((paris.kind, &*paris.parties), (MentionKind::Party, &["france".to_owned()][..]));
    let berlin = find(&text, &referents, "Berlin");
    assert_eq!(berlin.kind, MentionKind::Place);
    assert_eq!(referents.entities[berlin.entities[0]].country.as_deref(), Some("DE"));
}

#[test]
fn a_place_that_nobody_knows_is_kept_without_a_position_and_noted() {
    let parsed = "
Shells NOUN 2 nsubj shell Number=Plur
fell VERB 0 root fall
on ADP 4 case
Qwertzuville+ PROPN 2 obl
. PUNCT 2 punct
";
    let (text, referents, notes) = read(parsed, &[("Qwertzuville", NameKind::Place)]);
    let place = find(&text, &referents, "Qwertzuville");
    assert_eq!(referents.entities[place.entities[0]].lat, None);
    assert_eq!(notes.iter().map(|n| &*n.kind).collect::<Vec<_>>(), ["unknown-place"]);
}

#[test]
fn without_a_war_there_are_no_sides() {
    let parsed = "
Both DET 2 det
sides NOUN 3 nsubj side Number=Plur
scored+ VERB 0 root score
. PUNCT 3 punct
";
    let (text, referents, _) = read(parsed, &[]);
    assert!(find(&text, &referents, "Both sides").parties.is_empty());
    assert_eq!(referents.conflict, None);
}

#[test]
fn one_name_and_words_of_any_war_are_no_report_of_one() {
    let sentence = "Rebels NOUN 2 nsubj rebel Number=Plur\nleft VERB 0 root leave\nHentzau PROPN 2 obj";
    let more = "\n\nRebels NOUN 2 nsubj rebel Number=Plur\nfled VERB 0 root flee".repeat(20);
    let (_, referents, _) = read(&format!("{sentence}{more}"), &[("Hentzau", NameKind::Place)]);
    assert_eq!(referents.conflict, None);
    let twice = format!("{sentence}\n\n{sentence}{more}");
    let (_, referents, _) = read(&twice, &[("Hentzau", NameKind::Place)]);
    assert_eq!(referents.conflict.as_deref(), Some("ruritania"));
}

#[test]
fn a_report_on_two_wars_keeps_them_apart() {
    let parsed = "
Strelsau PROPN 4 nsubj
and CCONJ 3 cc
Zenda PROPN 1 conj
fought+ VERB 0 root fight
. PUNCT 4 punct

Both DET 2 det
sides NOUN 3 nsubj side Number=Plur
denied VERB 0 root deny
it+ PRON 3 obj
. PUNCT 3 punct

¶
Thailand PROPN 4 nsubj
and CCONJ 3 cc
Cambodia PROPN 1 conj
exchanged VERB 0 root exchange
fire NOUN 4 obj Number=Sing
near ADP 8 case
Preah PROPN 8 compound
Vihear+ PROPN 4 obl
. PUNCT 4 punct

The DET 3 det
two NUM 3 nummod
countries NOUN 4 nsubj country Number=Plur
talked+ VERB 0 root talk
. PUNCT 4 punct
";
    let knowledge = Knowledge::shipped().unwrap().with_profile(PROFILE, "ruritania.toml").unwrap();
    let (text, document) = document(parsed, &[]);
    let article = article(&text, None);
    let (referents, _) = knowledge.refer(&text, &document, &article, None);
    assert_eq!(find(&text, &referents, "Both sides").parties, ["strelsau", "zenda"]);
    assert_eq!(find(&text, &referents, "The two countries").parties, ["thailand", "cambodia"]);
}

#[test]
fn a_named_profile_that_is_not_there_is_noted() {
    let (_, referents, notes) = read_as(SHELLING, &[], Some("graustark"));
    assert_eq!(notes.iter().map(|n| &*n.kind).collect::<Vec<_>>(), ["unknown-conflict"]);
    assert_eq!(referents.conflict.as_deref(), Some("ruritania"), "the words decide then");
}
