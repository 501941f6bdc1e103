//! What does it mean for a report who published it? Its clock, and the agency whose story it is.

use evidence::Published;

use super::{BY_WORDS, Desk};
use crate::piece::{Particulars, Told};
use crate::zone;

/// What only the page itself tells: its times are by the clock of its newsroom, its name may be that of a section.
pub(super) struct OwnWord {
    pub outlet: bool,
    pub published: bool,
    pub modified: bool,
}

impl Desk {
    /// The outlet as the ledger writes it. A page may call itself by a section or by its domain ("U.S.", "DW.COM"): then the
    /// site's address tells more.
    pub(super) fn outlet(&self, named: Option<Told<String>>, url: Option<&Told<String>>) -> Option<Told<String>> {
        let directory = self.outlets.directory();
        if let Some((known, by)) = named.as_ref().and_then(|t| Some((directory.of_name(&t.value)?, &t.by))) {
            return Some(Told::new(known.name.clone(), by.clone()));
        }
        let of_site = url.and_then(|u| directory.of_address(&u.value));
        of_site.map(|p| Told::new(p.name.clone(), "the site's address")).or(named)
    }

    /// A time of day that an outlet's own page prints without a zone is one of its newsroom's zone, where that is known.
    pub(super) fn set_clock(&self, own: &OwnWord, published: &mut Published, told: &mut Particulars) {
        let directory = self.outlets.directory();
        let of_outlet = told.outlet.as_ref().and_then(|o| directory.of_name(&o.value));
        let publisher = of_outlet.or_else(|| directory.of_address(&told.url.as_ref()?.value));
        let Some(zone) = publisher.and_then(|p| p.zone.as_ref()) else { return };
        let first = published.value.as_ref().filter(|_| own.published).and_then(|v| zone::in_zone(v, zone));
        if let Some(value) = first {
            let by = told.published.as_ref().map_or(BY_WORDS, |t| &*t.by);
            told.published = Some(Told::new(value.clone(), zone::worded(by, zone)));
            published.value = Some(value);
        }
        let changed = told.modified.as_ref().filter(|_| own.modified);
        if let Some((value, by)) = changed.and_then(|t| Some((zone::in_zone(&t.value, zone)?, &t.by))) {
            told.modified = Some(Told::new(value, zone::worded(by, zone)));
        }
    }

    /// The agencies credited by the page, its text or whatever it came in; and the one whose own page it is: then copies
    /// elsewhere that credit it are known to be of its making.
    pub(super) fn agencies(&self, of_page: Vec<String>, text: &str, told: &Particulars) -> Vec<String> {
        let directory = self.outlets.directory();
        let mut all = of_page;
        all.extend(self.outlets.agencies_of_text(text));
        all.extend(told.agencies.iter().flat_map(|a| &a.value).map(|name| {
            // "Agence France-Presse" in a page's markup is AFP.
            directory.agency_of(name).unwrap_or(name).to_owned()
        }));
        let site = told.url.as_ref().and_then(|u| directory.of_address(&u.value)).map(|p| p.name.as_str());
        let names = [told.outlet.as_ref().map(|o| o.value.as_str()), site];
        all.extend(names.into_iter().flatten().filter_map(|name| directory.agency_of(name)).map(str::to_owned));
        all.sort();
        all.dedup();
        all
    }
}
