//! In which order did the versions of an article appear, and what changed from one to the next?
//!
//! Texts are compared by paragraph (Myers 1986), then claims and counts are paired: those with the same words first, then
//! those most alike. What cannot be paired is new or gone. Nothing here says which version is right.

mod claims;
mod figures;
mod text;

use evidence::imprint::Field;
use evidence::ledger::Reading;
use evidence::time::Iso;
use evidence::version::{Change, Edition, Revision, Versions};

use crate::moments;

/// The kind of note by which a page says that it was changed.
const NOTICE: &str = "correction";

/// Puts versions of an article in order: by the time they were taken from the net, else by that of their last change,
/// else of their publication. Those that no time tells apart stand by their ids, and `ordered` is false.
pub fn versions(address: String, mut articles: Vec<Edition>) -> Versions {
    articles.sort_by(|a, b| a.article.cmp(&b.article));
    let all = |of: fn(&Edition) -> Option<&Iso>| articles.iter().all(|e| of(e).is_some());
    // Times of one kind only are compared: an old page may be taken from the net late.
    let rank: Option<fn(&Edition) -> Option<&Iso>> = if all(|e| e.retrieved.as_ref()) {
        Some(|e| e.retrieved.as_ref())
    } else if all(|e| e.modified.as_ref().or(e.published.as_ref())) {
        Some(|e| e.modified.as_ref().or(e.published.as_ref()))
    } else {
        None
    };
    let Some(rank) = rank else { return Versions { address, articles, ordered: false } };
    let key = |e: &Edition| rank(e).map(moments::instant);
    articles.sort_by_key(key);
    let ordered = articles.windows(2).all(|w| key(&w[0]) < key(&w[1]));
    Versions { address, articles, ordered }
}

/// What changed from one version of an article to another.
pub fn revision(older: &Reading, newer: &Reading) -> Revision {
    let pairs = claims::pairs(older, newer);
    Revision {
        older: older.article.id.clone(),
        newer: newer.article.id.clone(),
        text: text::changes(&older.article.text, &newer.article.text),
        claims: claims::changes(older, newer, &pairs),
        figures: figures::changes(older, newer, &pairs),
        particulars: particulars(older, newer),
        notices: notices(older, newer),
    }
}

/// Counts that changed from one version of an article to another: what [`revision`] tells of them, without the rest.
pub(crate) fn changed_counts(older: &Reading, newer: &Reading) -> Vec<Change<String>> {
    figures::changes(older, newer, &claims::pairs(older, newer))
}

fn particulars(older: &Reading, newer: &Reading) -> Vec<Field> {
    let (a, b) = (&older.article, &newer.article);
    let differ = [
        (Field::Title, a.title() != b.title()),
        (Field::Byline, a.byline != b.byline),
        (Field::Agencies, a.agencies != b.agencies),
        (Field::Section, a.imprint.section != b.imprint.section),
        (Field::Published, a.published.value != b.published.value),
    ];
    differ.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

/// What the newer one says of its changes. The words come after the place that a note begins with.
fn notices(older: &Reading, newer: &Reading) -> Vec<String> {
    fn said(r: &Reading) -> Vec<&str> {
        let own = r.notes.iter().filter(|n| n.kind == NOTICE);
        own.map(|n| n.message.rsplit_once(" says of itself: ").map_or(n.message.as_str(), |(_, words)| words)).collect()
    }
    let before = said(older);
    said(newer).into_iter().filter(|n| !before.contains(n)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(article: &str, retrieved: Option<&str>, modified: Option<&str>) -> Edition {
        let iso = |t: Option<&str>| t.and_then(Iso::parse);
        Edition { article: article.into(), retrieved: iso(retrieved), modified: iso(modified), published: None }
    }

    fn order(articles: Vec<Edition>) -> (Vec<String>, bool) {
        let v = versions("https://a.example/1".into(), articles);
        (v.articles.into_iter().map(|e| e.article).collect(), v.ordered)
    }

    #[test]
    fn times_are_compared_across_zones() {
        let east = edition("a", Some("2024-05-03T10:30+04:00"), None);
        let west = edition("b", Some("2024-05-03T06:00Z"), None);
        assert_eq!(order(vec![east, west]), (vec!["b".into(), "a".into()], true));
    }

    #[test]
    fn what_no_time_tells_apart_is_not_ordered() {
        let unknown = order(vec![edition("b", None, None), edition("a", Some("2024-05-03T06:00Z"), None)]);
        assert_eq!(unknown, (vec!["a".into(), "b".into()], false));
        let same = Some("2024-05-03T06:00Z");
        assert!(!order(vec![edition("b", same, None), edition("a", same, None)]).1);
        // Times of two kinds are not mixed.
        let mixed =
            vec![edition("a", Some("2024-05-09T06:00Z"), Some("2024-05-01")), edition("b", None, Some("2024-05-02"))];
        assert_eq!(order(mixed), (vec!["a".into(), "b".into()], true));
    }
}
