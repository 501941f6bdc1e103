//! What does the address of the map ask for? Filters as the lists have them, and a part of the world.

use crate::atlas::Degrees;
use crate::fault::Fault;
use crate::index::{Field, Filter};

/// Part of the world, and which incidents.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Asked {
    /// What to show; none: where the incidents are.
    pub bbox: Option<Degrees>,
    pub filter: Filter,
}

impl Asked {
    /// Of the parameters of an address; what it does not know it passes over.
    ///
    /// # Errors
    /// A value that can never be.
    pub fn of(parameters: &[(String, String)]) -> Result<Self, Fault> {
        let bbox = parameters.iter().find(|(n, v)| n == "bbox" && !v.is_empty());
        let bbox = bbox.map(|(_, value)| {
            Degrees::parse(value).ok_or_else(|| Fault::asked("bbox is west,south,east,north in degrees: 22,8,39,23"))
        });
        Ok(Self { bbox: bbox.transpose()?, filter: Filter::of(parameters)? })
    }

    /// The address of the map with another part of the world.
    pub fn with_bbox(&self, part: Option<&Degrees>) -> String {
        Self { bbox: part.copied(), ..self.clone() }.address()
    }

    /// The address of the map with other days.
    pub fn with_days(&self, since: &str, until: &str) -> String {
        let free = self.filter.free_of(&[Field::Since, Field::Until]);
        let filter = free.with(Field::Since, since).and_then(|f| f.with(Field::Until, until)).unwrap_or(free);
        Self { filter, ..self.clone() }.address()
    }

    /// The list of the incidents of some places (of all, for none), as far as the map shows them.
    pub fn list(&self, places: &[&str]) -> String {
        let mut filter = self.filter.clone();
        for place in places {
            filter = filter.with(Field::Entity, place).unwrap_or(filter);
        }
        address("/incidents", None, &filter)
    }

    /// The part of the world as the form sends it on; empty where none is asked for.
    pub fn bbox_text(&self) -> String {
        self.bbox.map(|b| b.text()).unwrap_or_default()
    }

    /// The first value of a filter; empty where it is not asked for.
    pub fn value(&self, field: Field) -> &str {
        self.filter.value(field).unwrap_or_default()
    }

    /// Filters that the form has no field for, to be sent on.
    pub fn hidden(&self) -> Vec<(&'static str, &str)> {
        const SHOWN: [Field; 5] = [Field::Since, Field::Until, Field::Voice, Field::Event, Field::Disputed];
        let others = self.filter.fields().iter().filter(|(f, _)| !SHOWN.contains(f));
        others.map(|(f, v)| (f.as_str(), v.as_str())).collect()
    }

    fn address(&self) -> String {
        address("/map", self.bbox, &self.filter)
    }
}

fn address(path: &str, bbox: Option<Degrees>, filter: &Filter) -> String {
    let parts = [bbox.map(|b| format!("bbox={}", b.text())).unwrap_or_default(), filter.query()];
    let parts: Vec<&str> = parts.iter().map(String::as_str).filter(|p| !p.is_empty()).collect();
    if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(&str, &str)]) -> Result<Asked, Fault> {
        Asked::of(&pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect::<Vec<_>>())
    }

    #[test]
    fn an_address_is_read_and_written() {
        let asked =
            of(&[("since", "2031-05-01"), ("voice", "Veldania"), ("bbox", "1,2,3,4"), ("until", ""), ("x", "1")])
                .unwrap();
        assert_eq!(asked.address(), "/map?bbox=1,2,3,4&voice=veldania&since=2031-05-01");
        assert_eq!(asked.list(&["place:ålby"]), "/incidents?voice=veldania&since=2031-05-01&entity=place:%C3%A5lby");
        assert_eq!(
            asked.with_days("2031-06", "2031-07"),
            "/map?bbox=1,2,3,4&voice=veldania&since=2031-06&until=2031-07"
        );
        assert_eq!(of(&[]).unwrap().address(), "/map");
        assert!(of(&[("bbox", "1,2,3")]).is_err());
    }
}
