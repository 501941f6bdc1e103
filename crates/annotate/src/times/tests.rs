//! Runs every example of the rule files, and what no rule file can say of itself.

use evidence::{Basis, Precision, Published};
use proptest::prelude::*;

use super::*;

fn published(day: Option<&str>) -> Published {
    match day {
        None => Published::unknown(),
        Some(day) => {
            let value = Iso::parse(day).unwrap_or_else(|| panic!("{day} is no ISO 8601 date"));
            let precision: Option<Precision> = Some(value.precision());
            Published { value: Some(value), precision, basis: Basis::Given, spans: Vec::new() }
        }
    }
}

/// `words = value..end ~ timex`, leaving out what `wanted` leaves out.
fn shown(text: &str, t: &TimeExpression, with_timex: bool) -> String {
    let iso = |i: &Option<Iso>| i.as_ref().map(Iso::to_string).unwrap_or_default();
    let value = match (&t.value, &t.end) {
        (None, None) if t.kind != TimeKind::Interval => "?".to_owned(),
        (_, None) if t.kind != TimeKind::Interval => iso(&t.value),
        _ => format!("{}..{}", iso(&t.value), iso(&t.end)),
    };
    let timex = t.timex.as_ref().filter(|_| with_timex).map(|t| format!(" ~ {t}")).unwrap_or_default();
    format!("{} = {value}{timex}", t.span.of(text))
}

#[test]
fn every_example_of_the_rule_files_holds() {
    let tagger = Tagger::new().unwrap_or_else(|e| panic!("cannot {e}"));
    let mut wrong = Vec::new();
    for (file, example) in &tagger.book.examples {
        let times = tagger.find(&example.text, &published(example.published.as_deref()));
        let with_timex = |n: usize| example.times.get(n).is_some_and(|w| w.contains(" ~ "));
        let got: Vec<String> = times.iter().enumerate().map(|(n, t)| shown(&example.text, t, with_timex(n))).collect();
        if got != example.times {
            let rules: Vec<_> = times.iter().map(|t| t.rule).collect();
            wrong.push(format!(
                "{file}: {:?}\n  wanted {:?}\n  got    {got:?} by {rules:?}",
                example.text, example.times
            ));
        }
    }
    let all = tagger.book.examples.len();
    assert!(wrong.is_empty(), "{} of {all} examples fail:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_mistake_in_a_rule_file_shows_its_place() {
    let of = |text: &'static str| Rulebook::read(&[("time/en/odd.toml", text)]).unwrap_err().to_string();
    let slot =
        of("about = \"\"\n[[rule]]\nname = \"odd/one\"\nmakes = \"day\"\nmatch = \"on {wekday}\"\nvalue = \"now()\"\n");
    assert!(slot.contains("data/time/en/odd.toml:5:13: {wekday} is no class"), "{slot}");
    assert!(slot.ends_with("match = \"on {wekday}\""), "{slot}");
    let value = of("about = \"\"\n[[rule]]\nname = \"odd/one\"\nmakes = \"day\"\nmatch = \"now\"\nvalue = \"nwo()\"\n");
    assert!(value.contains("odd.toml:6:10: there is no function `nwo`"), "{value}");
    let key = of("about = \"\"\nclas = 1\n");
    assert!(key.contains("odd.toml:2:1"), "{key}");
    let name = of("about = \"\"\n[[rule]]\nname = \"even/one\"\nmakes = \"day\"\nmatch = \"now\"\nvalue = \"now()\"\n");
    assert!(name.contains("odd.toml:3:8: the name of this rule must begin with `odd/`"), "{name}");
}

fn tagger() -> &'static Tagger {
    static TAGGER: std::sync::OnceLock<Tagger> = std::sync::OnceLock::new();
    TAGGER.get_or_init(|| Tagger::new().unwrap_or_else(|e| panic!("cannot {e}")))
}

fn check_spans(text: &str) {
    for day in [None, Some("2020-02-29T23:59"), Some("2020"), Some("9999-12-31"), Some("0001-01-01")] {
        let mut end = 0;
        for time in tagger().find(text, &published(day)) {
            assert!(time.span.start() >= end && !time.span.is_empty(), "{text:?}");
            end = time.span.end();
            assert!(text.get(time.span.range()).is_some(), "{text:?}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic_and_spans_lie_in_it(text in "\\PC{0,60}") {
        check_spans(&text);
    }

    #[test]
    fn words_of_time_in_any_order_are_read(
        words in proptest::collection::vec(proptest::sample::select(vec![
            "last", "next", "31", "June", "9999", "Monday", "to", "between", "and", "-", "/", "24:00", "12", "pm", "GMT", "(", ")",
            "days", "ago", "in", "the", "early", "1990s", "first", "week", "of", "999999999999", "million", "years", "a", "half",
            "past", "February", "29", "0000", "century", "every", "until", "since", "noon", "\n", ".", ",", "’s", "quarter", "before",
        ]), 0..14)
    ) {
        check_spans(&words.join(" "));
        check_spans(&words.concat());
    }
}
