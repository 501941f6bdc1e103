//! Which lines belong to a list of links, or to the part of a round-up that is about something else?

use crate::page::line::Line;
use crate::page::phrases::Phrases;
use crate::page::{Reason, Verdict};
use crate::tokens::tokens;

/// Longest caption that is announced, in words.
const LONGEST_CAPTION: usize = 45;
/// Longest part of a round-up that may go, in words.
const LONGEST_SECTION: usize = 80;

/// Drops the caption after a line that announces it ("Image caption").
pub(crate) fn drop_captions(lines: &[Line<'_>], verdicts: &mut [Verdict]) {
    for i in 1..lines.len() {
        let announced = verdicts[i - 1] == Verdict::Dropped(Reason::CaptionHeading);
        if announced && verdicts[i] == Verdict::Kept && lines[i].words <= LONGEST_CAPTION {
            verdicts[i] = Verdict::Dropped(Reason::Caption);
        }
    }
}

/// Drops the headlines under "Read more" and the like.
///
/// At the end of a page all of them go. Further up, a last one of several may be the heading of what follows: it stays.
pub(crate) fn drop_lists(lines: &[Line<'_>], verdicts: &mut [Verdict]) {
    for i in 0..lines.len() {
        if verdicts[i] != Verdict::Dropped(Reason::RelatedHeading) {
            continue;
        }
        let items: Vec<usize> = (i + 1..lines.len())
            .filter(|&j| verdicts[j] == Verdict::Kept)
            .take_while(|&j| lines[j].is_headline() && !is_quotation(lines[j].text))
            .collect();
        let last = items.last().copied().unwrap_or(i);
        let at_end = !(last + 1..lines.len()).any(|j| verdicts[j] == Verdict::Kept);
        let dropped = if at_end || items.len() < 2 { &items[..] } else { &items[..items.len() - 1] };
        for &j in dropped {
            verdicts[j] = Verdict::Dropped(Reason::Related);
        }
    }
}

/// Drops the last part of a round-up ("Also today", "Sport"), if no line of it has a word of war and peace.
/// So does a last line like "Weather: …".
pub(crate) fn drop_other_matters(lines: &[Line<'_>], verdicts: &mut [Verdict], phrases: &Phrases) {
    for i in (1..lines.len()).rev().filter(|i| verdicts[*i] == Verdict::Kept).take(3).collect::<Vec<_>>() {
        let row = tokens(lines[i].text);
        if phrases.begins_other_matter(&row) && !phrases.speaks_of_war(&row) && lines[i].words <= LONGEST_SECTION {
            verdicts[i] = Verdict::Dropped(Reason::RoundUp);
        }
    }
    let heading = |i: &usize| *i > 0 && lines[*i].words <= 4 && phrases.is_round_up_heading(&tokens(lines[*i].text));
    let Some(first) = (0..lines.len()).rfind(heading) else { return };
    let part = || (first + 1..lines.len()).filter(|&i| verdicts[i] == Verdict::Kept);
    let words: usize = part().map(|i| lines[i].words).sum();
    let other = part().all(|i| !phrases.speaks_of_war(&tokens(lines[i].text)));
    if words > LONGEST_SECTION || !other || part().count() == 0 {
        return;
    }
    for i in part().collect::<Vec<_>>() {
        verdicts[i] = Verdict::Dropped(Reason::RoundUp);
    }
    verdicts[first] = Verdict::Dropped(Reason::RoundUp);
}

/// A headline may quote a word; a line that is a quotation belongs to the report.
fn is_quotation(text: &str) -> bool {
    text.starts_with(['"', '“', '«']) && text.ends_with(['"', '”', '»'])
}
