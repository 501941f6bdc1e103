//! Is a line the caption of a picture? By its credit: "(Photo by …)", "[Name/Agency]", "Picture by …" at its end.

use crate::outlets::Outlets;
use crate::page::line::{Line, ends_like_a_sentence};
use crate::tokens::{Token, tokens};

/// Longest caption, in words.
const LONGEST: usize = 80;
/// Longest caption whose credit names an agency only, in words.
const LONGEST_BARE: usize = 45;

/// Whether the line ends with a picture's credit. `heads_page`: it is the first line, which a title may be.
///
/// "(AFP)" after a full stop ends a report as often as a caption: such a line is kept.
pub(crate) fn is_caption(line: &Line<'_>, outlets: &Outlets, heads_page: bool) -> bool {
    if line.words > LONGEST {
        return false;
    }
    if is_numbered(line.text) || speaks_of_its_picture(line.text) || ends_with_credit(line, outlets) && !heads_page {
        return true;
    }
    match last_bracket(line.text) {
        Some((before, inside)) if is_picture_credit(inside, outlets) => !before.trim().is_empty() || !heads_page,
        Some((before, inside)) => {
            let bare = !heads_page && line.words <= LONGEST_BARE && !ends_like_a_sentence(before);
            bare && !before.trim().is_empty() && is_agency_credit(inside, outlets)
        }
        None => !line.is_sentence && !heads_page && has_open_credit(line.text, outlets),
    }
}

/// "[1/2] …", as galleries number their pictures.
fn is_numbered(text: &str) -> bool {
    let number = |n: &str| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit());
    let inside = text.strip_prefix('[').and_then(|t| t.split_once(']')).and_then(|(inside, _)| inside.split_once('/'));
    inside.is_some_and(|(a, b)| number(a) && number(b))
}

/// "… in this file photo", "seen in this undated picture".
fn speaks_of_its_picture(text: &str) -> bool {
    let row = tokens(text);
    let said =
        row.iter().any(|t| matches!(t.form.as_str(), "said" | "says" | "told" | "according" | "showed" | "shown"));
    let of_picture = |w: &[Token<'_>]| {
        let [a, b, c, d] = w else { return false };
        a.form == "in"
            && b.form == "this"
            && matches!(c.form.as_str(), "file" | "undated" | "handout" | "archive")
            && is_picture_word(&d.form)
    };
    !said && row.windows(4).any(of_picture)
}

/// "… AFP PHOTO", "… | AFP" at the end of a line that is no sentence.
fn ends_with_credit(line: &Line<'_>, outlets: &Outlets) -> bool {
    let Some(last) = outlets.agencies_in(line.text).pop().filter(|_| !line.is_sentence && line.words > 3) else {
        return false;
    };
    let (before, after) = (line.text[..last.range.start].trim_end(), line.text[last.range.end..].trim());
    after.is_empty() && before.ends_with('|')
        || matches!(after, "PHOTO" | "Photo" | "photo" | "PHOTOS") && ends_like_a_sentence(before)
}

/// What stands before and inside of the bracket that ends the line.
fn last_bracket(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end_matches(['.', ' ']);
    let open = match text.chars().next_back()? {
        ')' => '(',
        ']' => '[',
        _ => return None,
    };
    let at = text.rfind(open)?;
    Some((&text[..at], &text[at + 1..text.len() - 1]))
}

/// "Photo by Reuters", "AFP photo", "File photo", "AP Photo/A. Name", "File: Agency", "AFP via Getty Images".
fn is_picture_credit(inside: &str, outlets: &Outlets) -> bool {
    let row = tokens(inside);
    let is_picture = |t: Option<&Token<'_>>| t.is_some_and(|t| is_picture_word(&t.form));
    let named = !outlets.agencies_in(inside).is_empty();
    let short = (1..=10).contains(&row.len());
    let has_file = row.iter().any(|t| matches!(t.form.as_str(), "file" | "files" | "handout" | "via" | "archive"));
    short
        && !ends_like_a_sentence(inside)
        && (is_picture(row.first())
            || is_picture(row.last())
            || named && (has_file || row.iter().any(|t| is_picture_word(&t.form))))
}

/// "EPA", "Name Surname/Reuters", "AFP / Getty Images": nothing but agencies and names.
fn is_agency_credit(inside: &str, outlets: &Outlets) -> bool {
    let agencies = outlets.agencies_in(inside);
    let rest = |t: &Token<'_>| !agencies.iter().any(|a| a.range.contains(&t.start));
    let others: Vec<_> = tokens(inside).into_iter().filter(rest).collect();
    !agencies.is_empty()
        && others.len() <= 5
        && others.iter().all(|t| t.is_capitalised() || t.form == "via")
        && (others.is_empty() || inside.contains('/') || inside.contains("via"))
}

/// "… Picture by A. Name", "… Photo: Agency", "… REUTERS/A. Name" at the end of the line.
fn has_open_credit(text: &str, outlets: &Outlets) -> bool {
    let row = tokens(text);
    let near_end = |i: usize| i > 0 && row.len() - i <= 7;
    let credit = row.windows(2).enumerate().any(|(i, w)| {
        near_end(i)
            && is_picture_word(&w[0].form)
            && matches!(w[1].form.as_str(), "by" | ":" | "credit" | "courtesy")
            && row
                .iter()
                .skip(i + 2)
                .all(|t| t.is_capitalised() || t.is_number() || matches!(t.form.as_str(), ":" | "via" | "and" | "for"))
    });
    let slashed = outlets.agencies_in(text).iter().any(|a| {
        let after = &text[a.range.end..];
        after.starts_with('/')
            && tokens(after).len() <= 4
            && tokens(after).iter().all(Token::is_capitalised)
            && a.range.start > 0
            && ends_like_a_sentence(text[..a.range.start].trim_end_matches([' ', '-', '—', '–', '|']))
    });
    credit || slashed || text.to_lowercase().ends_with("via getty images")
}

fn is_picture_word(form: &str) -> bool {
    matches!(
        form,
        "photo"
            | "photos"
            | "photograph"
            | "photographs"
            | "photographer"
            | "picture"
            | "pictures"
            | "image"
            | "images"
            | "screengrab"
            | "screenshot"
            | "illustration"
            | "photo/file"
            | "getty"
            | "shutterstock"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_by_their_credit() {
        let outlets = Outlets::read().unwrap_or_else(|e| panic!("{e}"));
        let caption = |s: &str| is_caption(&Line::new(2, s), &outlets, false);
        for line in [
            "A soldier looks out over the valley on 3 May 2021. (AFP photo)",
            "Smoke rises over the harbour. (Photo by Reuters)",
            "Ferries lie idle below the old bridge (EPA)",
            "Boys walk past a burnt lorry in the old town [A. Name/Reuters]",
            "The envoy in Geneva last week (File: AP)",
            "Two men beside a crater. Picture by Dan Grey",
            "People queue for water. REUTERS/Ann Grey",
            "A checkpoint near the airport - AFP via Getty Images",
            "Soldiers patrol the market of Vale in this file photo.",
            "A woman looks at her house. AFP PHOTO",
            "A checkpoint near the airport | Reuters",
            "[1/2] A tank near the bridge, May 3, 2021.",
        ] {
            assert!(caption(line), "{line}");
        }
        for line in [
            "Shelling resumed overnight, the army said. (AFP)",
            "The Rapid Reaction Force (RRF) accused the army (SAF)",
            "The group posted a photo of the wreck, and the army denied it.",
            "Witnesses told Reuters",
            "The army said the man in this undated picture was a deserter.",
            "He spoke to the Association of Southeast Asian Nations (ASEAN)",
        ] {
            assert!(!caption(line), "{line}");
        }
    }
}
