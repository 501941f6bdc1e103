//! Is a line the title of its report?

use crate::dateline;
use crate::page::header::Known;
use crate::page::line::Line;

/// A title: its words, and the outlet's name that was hung on behind them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Title<'a> {
    pub words: &'a str,
    pub outlet: Option<String>,
}

/// The first line of a report as its title: a headline, and no paragraph with a dateline.
pub(crate) fn title<'a>(line: &Line<'a>, known: Known<'_>) -> Option<Title<'a>> {
    if !line.is_headline() || dateline::find(line.text, known.outlets).is_some() {
        return None;
    }
    for mark in [" | ", " - ", " – ", " — "] {
        let Some((before, after)) = line.text.rsplit_once(mark) else { continue };
        let given = known.given_outlet.filter(|g| g.eq_ignore_ascii_case(after));
        // "… – Vale Hour" in another outlet's page tells who reported it.
        let own = |name: &&str| known.given_outlet.is_none_or(|g| known.outlets.directory().is_own(g, name));
        let outlet = given.or_else(|| known.outlets.outlet(after).filter(own)).map(str::to_owned);
        if outlet.is_some() && !before.trim().is_empty() {
            return Some(Title { words: before.trim_end(), outlet });
        }
    }
    Some(Title { words: line.text, outlet: None })
}

/// Whether the line is a word or two over the title: "Khartoum".
pub(crate) fn is_kicker(line: &Line<'_>, next: &Line<'_>) -> bool {
    let capitalised = crate::tokens::tokens(line.text).iter().all(|t| t.is_word() && t.is_capitalised());
    line.words <= 2 && capitalised && !line.is_sentence && next.is_headline() && next.words >= 5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outlets::Outlets;
    use crate::page::phrases::Phrases;

    #[test]
    fn titles_lose_the_name_of_their_outlet() {
        let phrases = Phrases::read().unwrap_or_else(|e| panic!("{e}"));
        let outlets = Outlets::read().unwrap_or_else(|e| panic!("{e}"));
        let known = Known { phrases: &phrases, outlets: &outlets, given_outlet: None };
        let of = |s| title(&Line::new(1, s), known).map(|t| t.words);
        assert_eq!(of("Truce holds in the valley - BBC News"), Some("Truce holds in the valley"));
        assert_eq!(of("Ten killed in the valley - OSCE"), Some("Ten killed in the valley - OSCE"));
        let other = Known { given_outlet: Some("Vale Hour"), ..known };
        let elsewhere = title(&Line::new(1, "Ten killed in the valley - CNN"), other);
        assert_eq!(elsewhere.map(|t| t.words), Some("Ten killed in the valley - CNN"));
        assert_eq!(of("Truce holds - for now"), Some("Truce holds - for now"));
        assert_eq!(of("Shells fell on the town on Monday, residents said, and nine people died."), None);
        assert_eq!(of("VALE, 3 May 2021 (AP) - Shells fell on it"), None);
    }
}
