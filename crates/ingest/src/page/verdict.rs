//! Is a line part of the report, and if not, why?

/// Why a line is no part of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    Repeated,
    Section,
    Outlet,
    Byline,
    Credit,
    Caption,
    CaptionHeading,
    ReadingTime,
    Publication,
    Translation,
    Correction,
    Related,
    RelatedHeading,
    Share,
    Subscribe,
    Advertisement,
    Navigation,
    Label,
    Preamble,
    Copyright,
    Address,
    RoundUp,
    Footer,
    Scrap,
}

impl Reason {
    const ALL: [(Self, &'static str, &'static str); 24] = [
        (Self::Repeated, "repeated", "stands there twice"),
        (Self::Section, "section", "names a section of the site"),
        (Self::Outlet, "outlet", "names the outlet"),
        (Self::Byline, "byline", "names the authors"),
        (Self::Credit, "credit", "credits agencies or authors"),
        (Self::Caption, "caption", "captions a picture"),
        (Self::CaptionHeading, "caption-heading", "announces a caption"),
        (Self::ReadingTime, "reading-time", "tells the reading time"),
        (Self::Publication, "publication", "tells when the page appeared"),
        (Self::Translation, "translation", "says that the text is a translation"),
        (Self::Correction, "correction", "tells of a change after publication"),
        (Self::Related, "related", "links to something else"),
        (Self::RelatedHeading, "related-heading", "heads a list of links"),
        (Self::Share, "share", "shares the page"),
        (Self::Subscribe, "subscribe", "asks to subscribe or give"),
        (Self::Advertisement, "advertisement", "is an advertisement"),
        (Self::Navigation, "navigation", "is a part of the site"),
        (Self::Label, "label", "labels a box"),
        (Self::Preamble, "preamble", "is about the document itself"),
        (Self::Copyright, "copyright", "tells of rights"),
        (Self::Address, "address", "tells where the site is"),
        (Self::RoundUp, "round-up", "is about another matter"),
        (Self::Footer, "footer", "is a footer of the outlet"),
        (Self::Scrap, "scrap", "is a scrap of the page around the report"),
    ];

    /// The reason of that name, as `data/page.toml` writes it.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, n, _)| *n == name).map(|(r, ..)| *r)
    }

    /// What the line does, after "left out: it …".
    pub fn about(self) -> &'static str {
        Self::ALL.iter().find(|(r, ..)| *r == self).map_or("", |(.., about)| about)
    }
}

/// Whether a line is part of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Kept,
    Dropped(Reason),
}
