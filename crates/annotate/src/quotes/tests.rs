//! Quotations, one phenomenon a table.

use proptest::prelude::*;

use super::*;
use crate::sentences::segment;

/// Quotations as the text marks them: `[` … `]` around each, `f:` for a fragment, `c:` for a continued one.
fn shown(text: &str) -> Vec<String> {
    let sentences: Vec<Sentence> =
        segment(text).into_iter().map(|s| Sentence { span: s.span, tokens: 0..0, paragraph: s.paragraph }).collect();
    let kind = |q: &Quotation| match (q.continued, q.fragment) {
        (true, _) => "c:",
        (_, true) => "f:",
        _ => "",
    };
    find(text, &sentences).iter().map(|q| format!("{}{}", kind(q), q.inner.of(text))).collect()
}

fn check(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(&shown(text), expected, "{text}");
    }
}

#[test]
fn pairs_of_every_shape() {
    check(&[
        ("\"We will not leave,\" the mayor said.", &["We will not leave,"]),
        ("“We will not leave,” the mayor said.", &["We will not leave,"]),
        ("‘We will not leave,’ the mayor said.", &["We will not leave,"]),
        ("'We will not leave,' the mayor said.", &["We will not leave,"]),
        ("«We will not leave», the mayor said.", &["We will not leave"]),
        ("„We will not leave“, the mayor said.", &["We will not leave"]),
        ("»We will not leave«, the mayor said.", &["We will not leave"]),
        ("``We will not leave,'' the mayor said.", &["We will not leave,"]),
        ("The mayor said: \"We will not leave.\"", &["We will not leave."]),
    ]);
}

#[test]
fn broken_pairs() {
    check(&[
        (
            "The army said that “no shot was fired from this side of the river\".",
            &["no shot was fired from this side of the river"],
        ),
        ("\"No shot was fired,” the army said.", &["No shot was fired,"]),
        ("He was tired of the fight.“ However, he went on.", &[]),
        ("\" We are hungry \", she said.", &[" We are hungry "]),
        ("The guard said.\"We saw nothing.\"", &["We saw nothing."]),
        ("\"We saw nothing, the guard said.", &["We saw nothing, the guard said."]),
        ("He left.\" She stayed.", &[]),
        ("\"One goes. \"Two stay,\" he said.", &["One goes.", "Two stay,"]),
    ]);
}

#[test]
fn nested() {
    check(&[
        (
            "\"He told us 'go home' and we are going,\" she said.",
            &["He told us 'go home' and we are going,", "f:go home"],
        ),
        ("‘She said “we are lost” twice,’ he wrote.", &["She said “we are lost” twice,", "we are lost"]),
        ("\"'Stop,' he cried.\"", &["'Stop,' he cried.", "Stop,"]),
    ]);
}

#[test]
fn several_paragraphs() {
    check(&[
        ("\"We are tired.\n\"We are hungry,\" she said.", &["We are tired.", "c:We are hungry,"]),
        (
            "“We are tired.\n“We are hungry.\n“We are cold.”\n“Who are you?”",
            &["We are tired.", "c:We are hungry.", "c:We are cold.", "Who are you?"],
        ),
        ("\"We are tired.\nThe woman wept.\n\"We are cold,\" she said.", &["We are tired.", "We are cold,"]),
    ]);
}

#[test]
fn fragments() {
    check(&[
        ("The province says it \"liberated\" two villages.", &["f:liberated"]),
        ("Envoys of the “Free Valley Republic” (“FVR”) came.", &["f:Free Valley Republic", "f:FVR"]),
        ("Valley declares 'unilateral' ceasefire", &["f:unilateral"]),
        ("He spoke of \"serious losses of men and guns\" in the hills.", &["f:serious losses of men and guns"]),
        ("The ministry called the report \"a lie.\"", &["f:a lie."]),
        ("\"Free Valley\" forces shelled the town.", &["f:Free Valley"]),
        ("\"Why?\" he asked.", &["Why?"]),
        ("\"No,\" he said.", &["No,"]),
        (
            "“Until the mill is ours,” she warned, “no boat will cross.”",
            &["Until the mill is ours,", "no boat will cross."],
        ),
        ("She said they \"were fired upon from the ridge\" at noon.", &["were fired upon from the ridge"]),
        ("\"I saw them,\" she said, \"they came at dawn\".", &["I saw them,", "they came at dawn"]),
        ("He said that \"in spite of the truce of May\" they fired.", &["f:in spite of the truce of May"]),
        ("A man shouted \"Get out of here!\" and ran.", &["Get out of here!"]),
    ]);
}

#[test]
fn what_is_no_quotation_mark() {
    check(&[
        ("The two clans mocked each others' songs.", &[]),
        ("The clans mocked each others’ songs and the millers’ debts.", &[]),
        ("The '90s were hard, and the rock 'n' roll of the ’80s was loud.", &[]),
        ("A 12\" pipe and a 6\" nail were found.", &[]),
        ("He is 6'2\" tall.", &[]),
        ("The villagers' homes and the soldiers' tents burned.", &[]),
        ("O'Brien didn't see d'Ivoire's team; tell 'em.", &[]),
        ("‘The villagers’ homes burned,’ he said.", &["The villagers’ homes burned,"]),
        ("'The villagers' homes are burning,' he said.", &["The villagers' homes are burning,"]),
        ("\"\" and \" \"", &[]),
    ]);
}

proptest! {
    #[test]
    fn spans_are_in_bounds_and_in_order(text in "[a-zA-Z0-9 .,\\n\"'“”‘’«»„`()é😀-]{0,60}") {
        holds(&text)?;
    }

    #[test]
    fn any_text_is_taken(text in "\\PC{0,60}") {
        holds(&text)?;
    }
}

fn holds(text: &str) -> Result<(), TestCaseError> {
    let sentences: Vec<Sentence> =
        segment(text).into_iter().map(|s| Sentence { span: s.span, tokens: 0..0, paragraph: s.paragraph }).collect();
    let quotes = find(text, &sentences);
    for q in &quotes {
        prop_assert!(text.get(q.span.range()).is_some() && text.get(q.inner.range()).is_some());
        prop_assert!(q.span.contains(q.inner) && !q.inner.is_empty() && !q.span.of(text).contains('\n'));
    }
    prop_assert!(quotes.windows(2).all(|w| w[0].span.start() <= w[1].span.start()));
    Ok(())
}
