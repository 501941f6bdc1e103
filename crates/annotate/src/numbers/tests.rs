//! What numbers are found, and what is none.

use proptest::prelude::*;

use super::*;

fn shown(text: &str) -> Vec<String> {
    let end = |n: Option<f64>| n.map_or(String::new(), |n| n.to_string());
    find(text)
        .iter()
        .map(|n| {
            format!(
                "{} [{}] {}..{} {} {:?}",
                n.span.of(text),
                n.bare.of(text),
                end(n.low),
                end(n.high),
                n.qualifier,
                n.kind
            )
        })
        .collect()
}

fn check(text: &str, wanted: &[&str]) {
    assert_eq!(shown(text), wanted, "{text}");
}

#[test]
fn hedges_give_bounds_as_the_ledger_writes_them() {
    for (text, wanted) in [
        ("18 men", "18 [18] 18..18 exactly Cardinal"),
        ("at least 18 men", "at least 18 [18] 18.. at least Cardinal"),
        ("up to 10 men", "up to 10 [10] ..10 at most Cardinal"),
        ("As many as 40 men", "As many as 40 [40] ..40 at most Cardinal"),
        ("nearly 200 men", "nearly 200 [200] 200..200 nearly Cardinal"),
        ("some 70,000 lives", "some 70,000 [70,000] 70000..70000 about Cardinal"),
        ("over 400 men", "over 400 [400] 401.. over Cardinal"),
        ("more than a dozen men", "more than a dozen [a dozen] 13.. over Cardinal"),
        ("fewer than 20 men", "fewer than 20 [20] ..19 at most Cardinal"),
        ("no fewer than 20 men", "no fewer than 20 [20] 20.. at least Cardinal"),
        ("20 or more men", "20 or more [20] 20.. at least Cardinal"),
        ("30-odd men", "30-odd [30] 30..30 about Cardinal"),
        ("at least another 12 men", "at least another 12 [12] 12.. at least Cardinal"),
        ("half a million votes", "half a million [half a million] 500000..500000 exactly Cardinal"),
        ("Ninety-eight people", "Ninety-eight [Ninety-eight] 98..98 exactly Cardinal"),
        ("about 1.5 million people", "about 1.5 million [1.5 million] 1500000..1500000 about Cardinal"),
        ("2m people", "2m [2m] 2000000..2000000 exactly Cardinal"),
    ] {
        check(text, &[wanted]);
    }
}

#[test]
fn words_that_only_hint_at_a_number_have_a_lowest_value() {
    for (text, wanted) in [
        ("dozens of men", "dozens [dozens] 24.. unspecified Cardinal"),
        ("hundreds were hurt", "hundreds [hundreds] 200.. unspecified Cardinal"),
        ("Thousands fled", "Thousands [Thousands] 2000.. unspecified Cardinal"),
        ("tens of thousands fled", "tens of thousands [tens of thousands] 20000.. unspecified Cardinal"),
        ("hundreds of thousands fled", "hundreds of thousands [hundreds of thousands] 200000.. unspecified Cardinal"),
        ("scores of people", "scores [scores] 40.. unspecified Cardinal"),
        ("several hundred people", "several hundred [several hundred] 200.. unspecified Cardinal"),
        (
            "several hundred thousand men",
            "several hundred thousand [several hundred thousand] 200000.. unspecified Cardinal",
        ),
        ("a few dozen people", "a few dozen [a few dozen] 24.. unspecified Cardinal"),
    ] {
        check(text, &[wanted]);
    }
    check("He scores often.", &[]);
}

#[test]
fn ranges_have_both_bounds() {
    for (text, wanted) in [
        ("between 16 and 18 men", "between 16 and 18 [between 16 and 18] 16..18 unspecified Cardinal"),
        ("12 to 15 men", "12 to 15 [12 to 15] 12..15 unspecified Cardinal"),
        ("12-15 men", "12-15 [12-15] 12..15 unspecified Cardinal"),
        ("from three to five men", "from three to five [from three to five] 3..5 unspecified Cardinal"),
        ("one or two men", "one or two [one or two] 1..2 unspecified Cardinal"),
        (
            "between 140,000 and 250,000",
            "between 140,000 and 250,000 [between 140,000 and 250,000] 140000..250000 unspecified Cardinal",
        ),
        ("one or two dozen men", "one or two dozen [one or two dozen] 12..24 unspecified Cardinal"),
        ("two to three million", "two to three million [two to three million] 2000000..3000000 unspecified Cardinal"),
    ] {
        check(text, &[wanted]);
    }
}

#[test]
fn measures_money_ages_and_shares_count_nobody() {
    for (text, kind) in [
        ("£20", "Measure"),
        ("20 dollars", "Measure"),
        ("122mm", "Measure"),
        ("20km", "Measure"),
        ("14-month siege", "Measure"),
        ("aged 12", "Measure"),
        ("aged between 7 and 12", "Measure"),
        ("children as young as 3", "Measure"),
        ("a wall 2m high", "Measure"),
        ("12-year-old", "Measure"),
        ("5.6 on the scale", "Measure"),
        ("Ina Berg, 43, said", "Measure"),
        ("five-storey house", "Measure"),
        ("12 per cent", "Percent"),
        ("3.5%", "Percent"),
        ("the third raid", "Ordinal"),
        ("21st", "Ordinal"),
    ] {
        let found = shown(text);
        assert!(found.len() == 1 && found[0].ends_with(kind), "{text}: {found:?}");
    }
}

#[test]
fn names_codes_clocks_and_scores_are_no_numbers() {
    for text in [
        "BM-21 Grad",
        "Tochka-U",
        "MH17",
        "S-300",
        "H.R. 1",
        "Resolution 1701",
        "at 10:15",
        "on 22/02/2015",
        "2015-02-22",
        "lost 3-1",
        "call +86 138-2010-2015",
        "the 1990s",
        "no one knows",
        "one another",
        "1. First of all",
        "Boeing 737",
    ] {
        let cardinals: Vec<_> = find(text).into_iter().filter(|n| n.kind == NumberKind::Cardinal).collect();
        assert!(cardinals.is_empty(), "{text}: {cardinals:?}");
    }
    check("Six soldiers and one driver", &["Six [Six] 6..6 exactly Cardinal", "one [one] 1..1 exactly Cardinal"]);
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic_and_spans_lie_in_it(text in "\\PC{0,60}") {
        check_spans(&text);
    }

    #[test]
    fn number_words_in_any_order_are_read(
        words in proptest::collection::vec(proptest::sample::select(vec![
            "a", "half", "two", "hundred", "thousand", "and", "-", "1,000", "3.5", "million", "to", "between", "at", "least",
            "dozens", "of", "twenty", "first", "%", ".", ",", "999999999999", "trillion", "or", "more", "zero", "\n", "no",
        ]), 0..14)
    ) {
        check_spans(&words.join(" "));
        check_spans(&words.concat());
    }
}

fn check_spans(text: &str) {
    let mut end = 0;
    for number in find(text) {
        assert!(number.span.start() >= end && number.span.contains(number.bare), "{text:?}");
        end = number.span.end();
        assert!(text.get(number.span.range()).is_some() && text.get(number.bare.range()).is_some(), "{text:?}");
        assert!(number.low.is_some() || number.high.is_some(), "{text:?}");
    }
}
