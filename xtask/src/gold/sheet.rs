//! Which answers were right, and what was wrong with the others?

/// One answer about one expected thing.
#[derive(Debug)]
pub struct Judgement {
    /// The words of the report that it is about.
    pub item: String,
    /// What was asked: the name of a score.
    pub field: &'static str,
    /// Whether the answer was right.
    pub right: bool,
    /// What was wrong; none where the answer was right, or where another judgement tells of the same mistake.
    pub mistake: Option<Mistake>,
    /// What the thing is an example of.
    pub phenomena: Vec<String>,
}

/// What was wrong with an answer.
#[derive(Debug)]
pub struct Mistake {
    /// Name of its kind in `xtask/src/fidelity/kinds.toml`.
    pub kind: &'static str,
    /// What the reader found.
    pub expected: String,
    /// What the program found.
    pub found: String,
}

impl Mistake {
    /// A mistake of a kind.
    pub fn new(kind: &'static str, expected: impl Into<String>, found: impl Into<String>) -> Self {
        Self { kind, expected: expected.into().replace(" | ", " or "), found: found.into() }
    }
}

/// The answers about one report, in the order of its gold.
#[derive(Debug, Default)]
pub struct Sheet {
    /// The answers.
    pub judgements: Vec<Judgement>,
}

impl Sheet {
    /// Notes one answer; `mistake` counts only where it was wrong. Returns whether it was right.
    pub fn mark(
        &mut self,
        item: &str,
        field: &'static str,
        right: bool,
        mistake: Option<Mistake>,
        phenomena: &[String],
    ) -> bool {
        let mistake = mistake.filter(|_| !right);
        self.judgements.push(Judgement { item: item.to_owned(), field, right, mistake, phenomena: phenomena.to_vec() });
        right
    }

    /// Notes that everything that `ask` asks of a thing is wrong, as the thing was not found: a score must not rise
    /// because less is found. The mistake is the missing thing alone.
    pub fn lost(&mut self, ask: impl FnOnce(&mut Self)) {
        let mut asked = Self::default();
        ask(&mut asked);
        self.judgements.extend(asked.judgements.into_iter().map(|j| Judgement { right: false, mistake: None, ..j }));
    }
}
