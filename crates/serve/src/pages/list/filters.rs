//! The form above a list: every filter with the values that there are under the others, and how many of each.

use store::line::Facet;

use crate::fault::Fault;
use crate::index::{Counted, Field, Filter, Kind, Look, Wish};

use super::super::list;

/// So many values are offered to choose from.
const OFFERED: usize = 60;

/// The form.
pub(crate) struct Form {
    pub words: String,
    /// Search by meaning; none for kinds that have none.
    pub about: Option<String>,
    pub choices: Vec<Choice>,
    pub texts: Vec<Text>,
    pub since: String,
    pub until: String,
    pub disputed: Option<bool>,
    /// Filters that are set: words, and the address without.
    pub chips: Vec<(String, String)>,
    /// Filters that the form has no field for, kept as they are.
    pub hidden: Vec<(String, String)>,
}

/// A field with values to choose from.
pub(crate) struct Choice {
    pub name: &'static str,
    pub label: &'static str,
    /// Value, words, whether chosen.
    pub options: Vec<(String, String, bool)>,
}

/// A field to write in.
pub(crate) struct Text {
    pub name: &'static str,
    pub label: &'static str,
    pub value: String,
}

/// Fields with a choice, by kind.
fn choices(kind: Kind) -> &'static [(Field, &'static str, Option<Facet>)] {
    match kind {
        Kind::Claims => &[
            (Field::Conflict, "Conflict", None),
            (Field::Voice, "Who says it", Some(Facet::Voice)),
            (Field::Actor, "Who is said to do it", Some(Facet::Actor)),
            (Field::Act, "Act", Some(Facet::Act)),
            (Field::Event, "Event", Some(Facet::Event)),
            (Field::Outlet, "Outlet", Some(Facet::Outlet)),
        ],
        Kind::Figures => &[
            (Field::Conflict, "Conflict", None),
            (Field::Target, "Whose people", Some(Facet::Target)),
            (Field::Voice, "By whose count", Some(Facet::Voice)),
            (Field::Harm, "Harm", Some(Facet::Harm)),
            (Field::Category, "People", Some(Facet::Category)),
            (Field::Outlet, "Outlet", Some(Facet::Outlet)),
        ],
        Kind::Incidents => &[
            (Field::Conflict, "Conflict", None),
            (Field::Actor, "Party", Some(Facet::Actor)),
            (Field::Voice, "Asserted by", Some(Facet::Voice)),
            (Field::Event, "Event", Some(Facet::Event)),
        ],
        Kind::Ceasefires => &[(Field::Conflict, "Conflict", None), (Field::Actor, "Party", Some(Facet::Actor))],
        Kind::Entities => &[(Field::Kind, "Kind", None)],
        Kind::Reports => &[
            (Field::Conflict, "Conflict", None),
            (Field::Outlet, "Outlet", Some(Facet::Outlet)),
            (Field::Agency, "Agency", Some(Facet::Agency)),
            (Field::Language, "Language", Some(Facet::Language)),
        ],
    }
}

fn texts(kind: Kind) -> &'static [(Field, &'static str)] {
    match kind {
        Kind::Claims => &[(Field::Speaker, "Speaker"), (Field::Place, "Place")],
        Kind::Figures | Kind::Incidents => &[(Field::Place, "Place")],
        Kind::Reports => &[(Field::Report, "File")],
        Kind::Ceasefires | Kind::Entities => &[],
    }
}

impl Form {
    /// The form of a list.
    pub fn of(look: &Look, wish: &Wish) -> Result<Self, Fault> {
        let (kind, filter) = (wish.kind, &wish.filter);
        let path = super::LISTS.iter().find(|l| l.kind == kind).map_or("/", |l| l.path);
        let mut offered = Vec::new();
        for (field, label, facet) in choices(kind) {
            offered.push(choice(look, wish, *field, label, *facet)?);
        }
        let texts = texts(kind);
        let known = |f: Field| {
            choices(kind).iter().any(|c| c.0 == f)
                || texts.iter().any(|t| t.0 == f)
                || matches!(f, Field::Words | Field::About | Field::Since | Field::Until | Field::Disputed)
        };
        let value = |f: Field| filter.value(f).unwrap_or_default().to_owned();
        Ok(Self {
            words: value(Field::Words),
            about: (kind == Kind::Claims && look.lent.understand.is_some()).then(|| value(Field::About)),
            choices: offered.into_iter().filter(|c| c.options.len() > 1 || c.options.iter().any(|o| o.2)).collect(),
            texts: texts.iter().map(|(f, label)| Text { name: f.as_str(), label, value: value(*f) }).collect(),
            since: value(Field::Since),
            until: value(Field::Until),
            disputed: matches!(kind, Kind::Claims | Kind::Incidents).then(|| filter.has(Field::Disputed, "yes")),
            chips: chips(path, wish),
            hidden: filter
                .fields()
                .iter()
                .filter(|(f, _)| !known(*f))
                .map(|(f, v)| (f.as_str().to_owned(), v.clone()))
                .collect(),
        })
    }
}

impl Form {
    /// The form above the overview: what concerns all kinds.
    pub fn of_overview(look: &Look, wish: &Wish) -> Result<Self, Fault> {
        let mut choices = Vec::new();
        for (field, label, facet) in [
            (Field::Conflict, "Conflict", None),
            (Field::Party, "Party", Some(Facet::Voice)),
            (Field::Outlet, "Outlet", Some(Facet::Outlet)),
        ] {
            choices.push(choice(look, wish, field, label, facet)?);
        }
        let value = |f: Field| wish.filter.value(f).unwrap_or_default().to_owned();
        Ok(Self {
            words: String::new(),
            about: None,
            choices,
            texts: Vec::new(),
            since: value(Field::Since),
            until: value(Field::Until),
            disputed: None,
            chips: chips("/", wish),
            hidden: Vec::new(),
        })
    }
}

fn choice(look: &Look, wish: &Wish, field: Field, label: &'static str, facet: Option<Facet>) -> Result<Choice, Fault> {
    // What there is under the other filters, so that a choice can be changed.
    let others = wish.filter.free_of(&[field]);
    let counted: Vec<Counted> = match (facet, field) {
        (Some(facet), _) => look.facets(wish.kind, &others, &[(facet, OFFERED)])?.pop().unwrap_or_default(),
        (None, Field::Conflict) => conflicts(look, wish.kind, &others)?,
        (None, _) => {
            evidence::EntityKind::ALL.iter().map(|k| Counted { value: k.as_str().to_owned(), count: 0 }).collect()
        }
    };
    let mut options: Vec<(String, String, bool)> = counted
        .into_iter()
        .map(|c| {
            let name = named(look, field, &c.value);
            let words = if c.count > 0 { format!("{name} ({})", list::grouped(c.count)) } else { name.to_owned() };
            let chosen = wish.filter.has(field, &c.value);
            (c.value, words, chosen)
        })
        .collect();
    // What is chosen stands there even if nothing has it.
    for value in wish.filter.values(field) {
        if !options.iter().any(|o| o.0 == value) {
            options.push((value.to_owned(), named(look, field, value).to_owned(), true));
        }
    }
    Ok(Choice { name: field.as_str(), label, options })
}

/// A value in words: a party's name.
pub(crate) fn named<'v>(look: &'v Look, field: Field, value: &'v str) -> &'v str {
    match field {
        Field::Party | Field::Voice | Field::Actor | Field::Target => look.index.party(value),
        _ => value,
    }
}

fn conflicts(look: &Look, kind: Kind, others: &Filter) -> Result<Vec<Counted>, Fault> {
    let mut out = Vec::new();
    for conflict in &look.lent.conflicts {
        let count = look.count(kind, &others.with(Field::Conflict, &conflict.name)?)?;
        if count > 0 {
            out.push(Counted { value: conflict.name.clone(), count });
        }
    }
    out.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    Ok(out)
}

fn chips(path: &str, wish: &Wish) -> Vec<(String, String)> {
    let chip = |(field, value): &(Field, String)| {
        let without = Wish { filter: wish.filter.without(*field, value), page: None, ..wish.clone() };
        (format!("{}: {value}", field.as_str()), list::address(path, &without, None))
    };
    wish.filter.fields().iter().map(chip).collect()
}
