//! Sentences and words, one phenomenon a table.

use proptest::prelude::*;

use super::*;

/// Sentences as their tokens with a space between.
fn shown(text: &str) -> Vec<String> {
    let tokens = |s: &RawSentence| s.tokens.iter().map(|t| t.of(text)).collect::<Vec<_>>().join(" ");
    segment(text).iter().map(tokens).collect()
}

/// Each case: a text, and where it is cut, as the text of each sentence without regard to tokens.
fn cuts(cases: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found: Vec<&str> = segment(text).iter().map(|s| s.span.of(text)).collect();
        if &found != expected {
            wrong.push(format!("{text:?}\n   found {found:?}\nexpected {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn full_stops_and_abbreviations() {
    cuts(&[
        ("Gen. Orlo met Lt. Col. Brandt. They spoke.", &["Gen. Orlo met Lt. Col. Brandt.", "They spoke."]),
        ("It has left the U.S. on Jan. 3 at 4 a.m. on foot.", &["It has left the U.S. on Jan. 3 at 4 a.m. on foot."]),
        ("See No. 5 of the list. No. It is gone.", &["See No. 5 of the list.", "No.", "It is gone."]),
        ("Peace is the no. 1 aim. No one agrees.", &["Peace is the no. 1 aim.", "No one agrees."]),
        ("Lt. Gen. A. B. Cole Jr. said so.", &["Lt. Gen. A. B. Cole Jr. said so."]),
        (
            "It is up to the U.N. Security Council. Nobody in the U.S. The talks failed.",
            &["It is up to the U.N. Security Council.", "Nobody in the U.S.", "The talks failed."],
        ),
        ("J. K. Marlow wrote it. He left.", &["J. K. Marlow wrote it.", "He left."]),
        ("They bought bread, rice, etc. The shop closed.", &["They bought bread, rice, etc.", "The shop closed."]),
        ("A mine went off at 7 a.m. Sunday. Two men fell.", &["A mine went off at 7 a.m. Sunday.", "Two men fell."]),
        ("Firing ceased at 6 p.m. GMT. Nobody came.", &["Firing ceased at 6 p.m. GMT.", "Nobody came."]),
        ("The talks began at 6 p.m. Nobody came.", &["The talks began at 6 p.m.", "Nobody came."]),
        ("Lake Foods Inc. said on Monday it would close.", &["Lake Foods Inc. said on Monday it would close."]),
        (
            "It costs $5.20 or 3,400.50 dinars. Prices rose 4.5%.",
            &["It costs $5.20 or 3,400.50 dinars.", "Prices rose 4.5%."],
        ),
        ("He lives at St. Mary's. She does not.", &["He lives at St. Mary's.", "She does not."]),
        (
            "Shells hit the town, e.g. the school, i.e. Block 4.",
            &["Shells hit the town, e.g. the school, i.e. Block 4."],
        ),
        ("Is it over? Nobody knows! We wait…", &["Is it over?", "Nobody knows!", "We wait…"]),
        ("The U.S. Senate and the U.N. Security Council met.", &["The U.S. Senate and the U.N. Security Council met."]),
    ]);
}

#[test]
fn quotations_and_brackets() {
    cuts(&[
        (
            "\"We are tired,\" he said. \"We want to go home.\"",
            &["\"We are tired,\" he said.", "\"We want to go home.\""],
        ),
        ("\"We are tired. We want to go home,\" he said.", &["\"We are tired.", "We want to go home,\" he said."]),
        ("“We are tired.” He wept.", &["“We are tired.”", "He wept."]),
        ("\"Why?\" he asked. \"Stop!\" she cried.", &["\"Why?\" he asked.", "\"Stop!\" she cried."]),
        ("“Is it over?” the boy asked.", &["“Is it over?” the boy asked."]),
        ("He left (it was late.) She stayed.", &["He left (it was late.)", "She stayed."]),
        ("The guard (aged 40) fell. He died.", &["The guard (aged 40) fell.", "He died."]),
        (
            "The minister said: \"We will answer.\" Shelling went on.",
            &["The minister said: \"We will answer.\"", "Shelling went on."],
        ),
    ]);
}

#[test]
fn broken_punctuation() {
    cuts(&[
        (
            "The fight is in the capital , witnesses said . It goes on.",
            &["The fight is in the capital , witnesses said .", "It goes on."],
        ),
        ("The truce was signed in Port Dorr.. It holds.", &["The truce was signed in Port Dorr..", "It holds."]),
        ("They held the position.It said they fled.", &["They held the position.", "It said they fled."]),
        ("The rebels—there are few—left.Nobody saw them.", &["The rebels—there are few—left.", "Nobody saw them."]),
    ]);
}

#[test]
fn lines_datelines_and_clocks() {
    cuts(&[
        (
            "Truce holds in valley\nGuns fell silent on Monday.",
            &["Truce holds in valley", "Guns fell silent on Monday."],
        ),
        ("DORR, Valia (ANP) — At least two died.", &["DORR, Valia (ANP) —", "At least two died."]),
        ("DORR, Sunday, May 5, 2019 | Wounded people came.", &["DORR, Sunday, May 5, 2019 |", "Wounded people came."]),
        (
            "PORT DORR, 24 May 2019 (Valley News) - Shots rang out.",
            &["PORT DORR, 24 May 2019 (Valley News) -", "Shots rang out."],
        ),
        ("DORR, May 5. /ANP/. The army left.", &["DORR, May 5. /ANP/.", "The army left."]),
        ("VALIA — The army left.", &["VALIA —", "The army left."]),
        ("Kurt Valley forces kill 16 DLA fighters in North", &["Kurt Valley forces kill 16 DLA fighters in North"]),
        ("18 November 2016 was calm.", &["18 November 2016 was calm."]),
        ("Dorr (ANP) - The army left.", &["Dorr (ANP) -", "The army left."]),
        ("19:05\nThe army left.", &["19:05", "The army left."]),
        ("19:05 - The army left.", &["19:05 -", "The army left."]),
        ("19:05 GMT The army left.", &["19:05 GMT", "The army left."]),
        ("10.30 people came.", &["10.30 people came."]),
        ("The army - all of it - left.", &["The army - all of it - left."]),
        ("• The truce was signed on Monday", &["• The truce was signed on Monday"]),
        ("\n\n  \nOne line.\r\nAnother.", &["One line.", "Another."]),
    ]);
}

#[test]
fn paragraphs_are_counted_by_lines() {
    let paragraphs: Vec<usize> = segment("Title\n\nOne. Two.\nThree.").iter().map(|s| s.paragraph).collect();
    assert_eq!(paragraphs, [0, 2, 2, 3]);
}

#[test]
fn tokens_are_those_of_universal_dependencies() {
    let cases = [
        (
            "They don't know; she can't; it's Dorr's and they've gone.",
            "They do n't know ; she ca n't ; it 's Dorr 's and they 've gone .",
        ),
        ("We cannot go, I'm gonna stay, isn’t it?", "We can not go , I 'm gon na stay , is n’t it ?"),
        ("The villagers' homes", "The villagers ' homes"),
        ("a twenty-two-day Port-Dorr truce", "a twenty - two - day Port - Dorr truce"),
        (
            "pro-government, anti-tank, ex-minister, co-operation, mid-May, e-mail",
            "pro-government , anti-tank , ex-minister , co-operation , mid-May , e-mail",
        ),
        (
            "$5.2m, £20, US$400, 35%, 20km, 8.20pm, 1720GMT",
            "$ 5.2 m , £ 20 , US$ 400 , 35 % , 20 km , 8.20 pm , 1720 GMT",
        ),
        (
            "12:05 1,200,000 3.5 9/11 10-15 1990s 2nd 555-010-4477",
            "12:05 1,200,000 3.5 9/11 10 - 15 1990s 2nd 555-010-4477",
        ),
        (
            "See http://dorr.example/a-b?c=1. Or dorr.com, @dorr_news, #truce, a.b@dorr.org!",
            "See http://dorr.example/a-b?c=1 . Or dorr.com , @dorr_news , #truce , a.b@dorr.org !",
        ),
        ("O'Brien met d'Ivoire in the '90s.", "O'Brien met d'Ivoire in the '90s ."),
        ("and/or he -- she — they... who?!", "and / or he -- she — they ... who ?!"),
        ("said—that Ukraine–Russia talks", "said — that Ukraine – Russia talks"),
        ("(\"DPR\") [sic] «oui» 'no'", "( \" DPR \" ) [ sic ] « oui » ' no '"),
        ("AT&T and R&D at the U.S.-led Ph.D. talks", "AT&T and R&D at the U.S. - led Ph.D. talks"),
        ("👍🏽 🇺🇳 👨‍👩‍👧 :-)", "👍🏽 🇺🇳 👨‍👩‍👧 :-)"),
        ("the \"Post\"'s U.N.'s", "the \" Post \" 's U.N. 's"),
    ];
    for (text, expected) in cases {
        assert_eq!(shown(text).join(" "), expected);
    }
}

proptest! {
    #[test]
    fn any_text_is_cut_in_order(text in "\\PC{0,80}") {
        holds(&text)?;
    }

    #[test]
    fn any_news_like_text_is_cut_in_order(text in "[A-Za-z0-9 .,:;!?$/@#&'’\"“”()\\n-]{0,80}") {
        holds(&text)?;
    }
}

/// Every character that is no space stands in exactly one token; tokens and sentences are in order.
fn holds(text: &str) -> Result<(), TestCaseError> {
    let sentences = segment(text);
    let spans: Vec<Span> = sentences.iter().flat_map(|s| s.tokens.clone()).collect();
    prop_assert!(spans.windows(2).all(|w| w[0].end() <= w[1].start()));
    let kept: String = spans.iter().map(|s| s.of(text)).collect();
    let whole: String = text.chars().filter(|c| !is_space(*c)).collect();
    prop_assert_eq!(kept.chars().filter(|c| !is_space(*c)).collect::<String>(), whole);
    for s in &sentences {
        prop_assert_eq!(s.span.start(), s.tokens[0].start());
        prop_assert_eq!(Some(s.span.end()), s.tokens.last().map(|t| t.end()));
        prop_assert_eq!(text[..s.span.start()].matches('\n').count(), s.paragraph);
    }
    Ok(())
}

#[test]
fn a_text_without_full_stops_is_cut_into_bearable_lengths() {
    let text = "rice, beans and oil ".repeat(500);
    let sentences = super::segment(&text);
    assert!(sentences.iter().all(|s| s.tokens.len() <= super::LONGEST), "none is too long");
    let words: usize = sentences.iter().map(|s| s.tokens.len()).sum();
    assert_eq!(words, 2_500, "none of the five tokens of each round is lost");
}
