//! How one object stands: what each coder last said of it, what an editor decided, what follows.

use std::collections::{BTreeMap, BTreeSet};

use evidence::correction::{self, Correction, Field, Object, Values};

/// The latest word of one coder on one object, put together from all that they said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Who.
    pub coder: String,
    /// When last, in seconds since 1970.
    pub at: i64,
    /// Number of the last correction in it.
    pub number: u64,
    /// Why, as last said.
    pub why: String,
    /// Whether the object is there at all.
    pub stands: bool,
    /// What they hold each field to be, by their corrections and by the reading that they saw; empty for a rejected one.
    pub values: Values,
    /// The fields that they gave themselves, each with the number of the correction.
    pub given: BTreeMap<Field, u64>,
}

/// What follows for a field, or for whether the object is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Nobody has said anything: the machine's value stands.
    Machine,
    /// All who said something say this.
    Agreed(String),
    /// An editor decided.
    Settled(String),
    /// Coders say different things and no editor has decided: the machine's value stands.
    Disputed(Vec<(String, String)>),
}

/// What became of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Read right.
    Accepted,
    /// Some fields are otherwise.
    Corrected,
    /// Not there.
    Rejected,
    /// Coders disagree, and no editor has decided.
    Disputed,
}

impl Verdict {
    /// As pages and exports write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Corrected => "corrected",
            Self::Rejected => "rejected",
            Self::Disputed => "disputed",
        }
    }
}

/// One object with all that is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The object, by the id that it has now; for one adrift, by the id that it had.
    pub object: Object,
    /// Id of its article.
    pub article: String,
    /// The ids under which it was corrected, sorted.
    pub ids: Vec<String>,
    /// Its words, when it was last corrected.
    pub quote: String,
    /// How the machine read it, when it was last corrected.
    pub read: Values,
    /// By coder.
    pub words: Vec<Word>,
    /// What editors decided, put together.
    pub decision: Option<Word>,
    /// Number of the last correction of it.
    pub last: u64,
}

impl Standing {
    /// What follows from the corrections of one object, in the order of their numbers; `None` if there are none.
    pub(crate) fn of(object: Object, corrections: &[&Correction]) -> Option<Self> {
        let last = corrections.last()?;
        // Nobody takes back what somebody else said.
        let back: BTreeSet<(u64, &str)> =
            corrections.iter().filter_map(|c| Some((taken_back(c)?, c.said.coder.as_str()))).collect();
        let counts = |c: &&Correction| taken_back(c).is_none() && !back.contains(&(c.number, c.said.coder.as_str()));
        let said: Vec<&Correction> = corrections.iter().copied().filter(counts).collect();
        let mut words: BTreeMap<&str, Word> = BTreeMap::new();
        let mut decision = None;
        for c in said {
            let before = if c.said.settles { decision.take() } else { words.remove(c.said.coder.as_str()) };
            let word = Some(Word::after(before, c));
            if c.said.settles {
                decision = word;
            } else {
                words.extend(word.map(|w| (c.said.coder.as_str(), w)));
            }
        }
        let ids: BTreeSet<String> = corrections.iter().map(|c| c.said.object.id.clone()).collect();
        Some(Self {
            object,
            article: last.said.anchor.article.clone(),
            ids: ids.into_iter().collect(),
            quote: last.said.anchor.quote.clone(),
            read: last.said.anchor.read.clone(),
            words: words.into_values().collect(),
            decision,
            last: last.number,
        })
    }

    /// Whether anybody's word counts, after all that was taken back.
    pub fn is_spoken_of(&self) -> bool {
        self.decision.is_some() || !self.words.is_empty()
    }

    /// The word of a coder.
    pub fn word_of(&self, coder: &str) -> Option<&Word> {
        self.words.iter().find(|w| w.coder == coder)
    }

    /// Whether the object is there: `yes` or `no`.
    pub fn there(&self) -> Outcome {
        let yes_no = |stands: bool| if stands { "yes" } else { "no" }.to_owned();
        if let Some(decision) = &self.decision {
            return Outcome::Settled(yes_no(decision.stands));
        }
        outcome(self.words.iter().map(|w| (w.coder.as_str(), yes_no(w.stands))).collect())
    }

    /// What a field is held to be.
    pub fn field(&self, field: Field) -> Outcome {
        let decided = self.decision.as_ref().and_then(|d| d.values.get(&field));
        if let Some(value) = decided {
            return Outcome::Settled(value.clone());
        }
        let words = self.words.iter().filter(|w| w.stands);
        outcome(words.filter_map(|w| Some((w.coder.as_str(), w.values.get(&field)?.clone()))).collect())
    }

    /// The fields that are settled or agreed otherwise than `machine` reads them.
    pub fn changes(&self, machine: &Values) -> Values {
        let value = |field: &Field| match self.field(*field) {
            Outcome::Agreed(value) | Outcome::Settled(value) => Some(value),
            Outcome::Machine | Outcome::Disputed(_) => None,
        };
        let otherwise =
            |(field, was): (&Field, &String)| value(field).filter(|v| v != was).map(|value| (*field, value));
        machine.iter().filter_map(otherwise).collect()
    }

    /// Fields that coders disagree about and no editor has decided.
    pub fn disputed(&self) -> Vec<Field> {
        let fields = self.object.kind.fields().iter().copied();
        fields.filter(|f| matches!(self.field(*f), Outcome::Disputed(_))).collect()
    }

    /// What became of it; `None` where nobody's word counts any more.
    pub fn verdict(&self) -> Option<Verdict> {
        match self.there() {
            Outcome::Machine => None,
            Outcome::Disputed(_) => Some(Verdict::Disputed),
            Outcome::Agreed(there) | Outcome::Settled(there) if there == "no" => Some(Verdict::Rejected),
            _ if !self.disputed().is_empty() => Some(Verdict::Disputed),
            _ if self.changes(&self.read).is_empty() => Some(Verdict::Accepted),
            _ => Some(Verdict::Corrected),
        }
    }

    /// The last correction by a coder that still counts, of their own words or of a decision: what they can take back.
    pub fn last_of(&self, coder: &str) -> Option<u64> {
        let all = self.words.iter().chain(&self.decision).filter(|w| w.coder == coder);
        all.map(|w| w.number).max()
    }

    /// Who had a part in what follows, sorted.
    pub fn people(&self) -> Vec<&str> {
        let all = self.words.iter().chain(&self.decision).map(|w| w.coder.as_str());
        all.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Whether a coder has said something else since an editor decided.
    pub fn is_challenged(&self) -> bool {
        let Some(decision) = &self.decision else { return false };
        let differs = |w: &Word| {
            w.stands != decision.stands
                || w.stands && decision.values.iter().any(|(field, v)| w.values.get(field).is_some_and(|own| own != v))
        };
        self.words.iter().any(|w| w.number > decision.number && differs(w))
    }
}

impl Word {
    /// What somebody holds after a further correction.
    fn after(before: Option<Self>, c: &Correction) -> Self {
        let said = &c.said;
        // A decision of editors is of what they decided and no more; a coder has seen the whole reading.
        let seen = || if said.settles { Values::new() } else { said.anchor.read.clone() };
        let kept = before.filter(|w| w.stands);
        let (stands, values, given) = match &said.verdict {
            correction::Verdict::Accept => (true, said.anchor.read.clone(), BTreeMap::new()),
            correction::Verdict::Reject | correction::Verdict::TakeBack(_) => (false, Values::new(), BTreeMap::new()),
            correction::Verdict::Correct(fields) => {
                let (mut values, mut given) = kept.map_or_else(|| (seen(), BTreeMap::new()), |w| (w.values, w.given));
                values.extend(fields.clone());
                given.extend(fields.keys().map(|f| (*f, c.number)));
                (true, values, given)
            }
        };
        let (coder, why) = (said.coder.clone(), said.why.clone());
        Self { coder, at: said.at, number: c.number, why, stands, values, given }
    }
}

fn taken_back(c: &Correction) -> Option<u64> {
    match c.said.verdict {
        correction::Verdict::TakeBack(number) => Some(number),
        _ => None,
    }
}

fn outcome(said: Vec<(&str, String)>) -> Outcome {
    let different: BTreeSet<&String> = said.iter().map(|(_, value)| value).collect();
    match different.len() {
        0 => Outcome::Machine,
        1 => Outcome::Agreed(said.into_iter().next().map(|(_, value)| value).unwrap_or_default()),
        _ => Outcome::Disputed(said.into_iter().map(|(coder, value)| (coder.to_owned(), value)).collect()),
    }
}
