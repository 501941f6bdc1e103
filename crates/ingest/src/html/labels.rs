//! Which names of markup and which labels on a page say that a date follows, and of what?

/// Names of `<meta>` that tell when a page was published, the most exact first.
const PUBLISHED: &str = "\
    article:published_time og:article:published_time og:published_time article:published datepublished \
    rnews:datepublished parsely-pub-date sailthru.date bt:pubdate cxenseparse:recs:publishtime article_date_original \
    originalpublicationdate published_at published-date published_date published_time_telegram publishdate \
    publish-date publish_date publish_time published pubdate publication_date publication-date publicationdate \
    date_published date-published article.published article-publication-date articledate ptime dc.date.issued \
    dcterms.issued dcterms.date dcterms.available dc.date.available citation_publication_date citation_online_date \
    citation_date dcsext.articlefirstpublished release_date displaydate sort_date dc.date dcterms.created \
    dc.date.created dc.date.x-metadatadate";
/// Names of `<meta>` that tell some date, mostly that of publication.
const SOME_DATE: &str = "\
    date datecreated created dc.created creation_date article.created article:created_time eprints.datestamp \
    uploaddate timestamp vr:published_time pdate";
/// Names of `<meta>` that tell when a page was changed.
const MODIFIED: &str = "\
    article:modified_time og:article:modified_time og:updated_time article:modified datemodified dateupdated \
    last-modified lastmod lastmodified modified modified_date dcterms.modified dc.date.modified revision_date utime";
/// Words of labels, in a few languages, after which a page's date stands.
const LABELS: &str = "\
    published|posted|first published|publication date|date published|published on|date|created|submitted|\
    released|release date|issued|veröffentlicht|erstellt|publié|publicado|pubblicato|gepubliceerd|\
    publication|on|veröffentlichungsdatum|datum|fecha|stand|mis en ligne|entry posted|\
    originally published|written|post date";
/// Words of labels of a change.
const CHANGES: &str = "\
    updated|last updated|modified|last modified|update|last edited|edited|aktualisiert|zuletzt|\
    mis à jour|modifié|actualizado|aggiornato|revised|reviewed";

/// Names of `<meta>` for the time of publication, the most exact first, each with its rank among what tells it.
pub(super) fn published_metas() -> impl Iterator<Item = (&'static str, u8)> {
    let exact = PUBLISHED.split_whitespace().map(|n| (n, 1));
    exact.chain(SOME_DATE.split_whitespace().map(|n| (n, 4)))
}

/// Names of `<meta>` for the time of a change.
pub(super) fn modified_metas() -> impl Iterator<Item = &'static str> {
    MODIFIED.split_whitespace()
}

/// What a label says of the date after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Published,
    Change,
}

/// The label that ends before a date.
pub(super) fn label_before(before: &str) -> Option<Label> {
    let before = before.to_lowercase();
    // "Published: 17:55, 8 Nov": a time of day may stand between.
    let clock = |c: char| !c.is_alphabetic();
    let bare = before.trim_end_matches(clock);
    let half = ["am", "pm", "gmt", "utc"]
        .iter()
        .find_map(|h| bare.strip_suffix(h))
        .filter(|b| b.ends_with(|c: char| c.is_ascii_digit() || c == ' '));
    let before = half.map_or(bare, |h| h.trim_end_matches(clock));
    let ends = |label: &&str| before.strip_suffix(*label).is_some_and(|b| !b.ends_with(|c: char| c.is_alphanumeric()));
    let change = CHANGES.split('|').find(ends).or_else(|| {
        // "Updated on", "Last updated by Ada Bel on"
        let last = before.rsplit(['|', '·', '•', '.']).next().unwrap_or_default().trim();
        CHANGES.split('|').find(|c| last.starts_with(c))
    });
    match change {
        Some(_) => Some(Label::Change),
        None => LABELS.split('|').any(|l| ends(&l)).then_some(Label::Published),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_what_they_say() {
        for (before, label) in [
            ("Published: ", Some(Label::Published)),
            ("Published: 17:55, ", Some(Label::Published)),
            ("Posted on ", Some(Label::Published)),
            ("by Ada Bel | First published ", Some(Label::Published)),
            ("Last updated at 6:20 pm, ", Some(Label::Change)),
            ("Published in Grevna. Updated on ", Some(Label::Change)),
            ("The treaty of ", None),
            ("", None),
        ] {
            assert_eq!(label_before(before), label, "{before}");
        }
    }
}
