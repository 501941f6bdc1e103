//! Where do rules match? Looks rules up by the trigger's lemma and follows their paths.

use std::collections::BTreeMap;

use evidence::deprel::Upos;
use evidence::document::TokenId;
use evidence::mention::MentionKind;
use evidence::{Event, Mode};

use crate::grammar;
use crate::rule::pattern::{Condition, Edge, Filter, RoleLine, Step, What};
use crate::rule::{Error, Pattern, Role, Rule};
use crate::scene::Scene;

/// All rules, by the lemmas that trigger them.
#[derive(Debug)]
pub struct Rules {
    rules: Vec<Rule>,
    /// Lemma → rule and pattern, in order of rule names.
    by_lemma: BTreeMap<String, Vec<(usize, usize)>>,
}

/// One rule that matched at one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The word.
    pub trigger: TokenId,
    /// `assault/shelling.active`.
    pub rule: String,
    /// What it tells of; `None` if the rule says that it is no event.
    pub event: Option<Event>,
    /// Whether it makes no claim where nobody is said to tell it.
    pub quiet: bool,
    /// How.
    pub mode: Option<Mode>,
    /// Another rule that tells how it was carried out.
    pub also: Option<String>,
    /// Bound words by role, in order of the rule.
    pub bound: Vec<(Role, TokenId)>,
}

impl Match {
    /// Words bound to a role.
    pub fn of(&self, role: Role) -> impl Iterator<Item = TokenId> + '_ {
        self.bound.iter().filter(move |(r, _)| *r == role).map(|(_, t)| *t)
    }
}

impl Rules {
    /// Reads every rule file of `data/rules/`.
    ///
    /// # Errors
    /// At the first file with a mistake.
    pub fn shipped() -> Result<Self, Error> {
        let rules = bundle::files("rules")
            .map(|(name, text)| Rule::parse(name.trim_start_matches("rules/"), text))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self::new(rules))
    }

    /// Indexes some rules.
    pub fn new(rules: Vec<Rule>) -> Self {
        let mut by_lemma: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for (r, rule) in rules.iter().enumerate() {
            for (p, pattern) in rule.patterns.iter().enumerate() {
                for lemma in pattern.lemmas() {
                    by_lemma.entry(lemma.to_owned()).or_default().push((r, p));
                }
            }
        }
        Self { rules, by_lemma }
    }

    /// Every rule, in order of names.
    pub fn all(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule that matches a word most closely: with the most required and bound words, and a mode. A rule that says
    /// that something is no event goes before all that say which.
    pub fn at(&self, scene: &Scene, trigger: TokenId) -> Option<Match> {
        let lemma = scene.lemma(trigger);
        let plain = lemma.to_lowercase();
        let candidates = self.by_lemma.get(lemma).or_else(|| self.by_lemma.get(plain.as_str()));
        let singular =
            || plain.strip_suffix('s').filter(|_| opens_sentence(scene, trigger)).and_then(|s| self.by_lemma.get(s));
        let candidates = candidates.or_else(singular)?;
        let mut best: Option<((bool, usize), Match)> = None;
        for &(r, p) in candidates {
            let (rule, pattern) = (&self.rules[r], &self.rules[r].patterns[p]);
            let Ok(bound) = match_at(scene, pattern, trigger) else { continue };
            let required = pattern.roles.iter().filter(|r| !r.optional && r.role != Role::Without);
            let required: usize = required.map(|r| if r.role == Role::With { 3 } else { 2 }).sum();
            let close =
                required + bound.iter().filter(|(r, _)| *r != Role::With).count() + usize::from(pattern.mode.is_some());
            let close = (rule.event.is_none(), close);
            if best.as_ref().is_none_or(|(b, _)| close > *b) {
                let mode = pattern.mode;
                best = Some((
                    close,
                    Match {
                        trigger,
                        rule: format!("{}.{}", rule.name, pattern.name),
                        event: rule.event,
                        quiet: rule.quiet,
                        mode,
                        also: None,
                        bound,
                    },
                ));
            }
        }
        best.map(|(_, m)| m)
    }

    /// Follows one rule at every word of a scene and says where it stopped.
    pub fn trace(&self, scene: &Scene, name: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for rule in self.rules.iter().filter(|r| r.name == name || r.name.rsplit('/').next() == Some(name)) {
            for pattern in &rule.patterns {
                let head = format!("{}.{}", rule.name, pattern.name);
                for token in 0..scene.document.tokens.len() {
                    let lemma_fits = pattern.lemmas().any(|l| l == scene.lemma(token));
                    let word = scene.word(token);
                    match match_at(scene, pattern, token) {
                        Ok(bound) => {
                            lines.push(format!("{head}: matches at «{word}»"));
                            for (role, t) in bound {
                                lines.push(format!("    {role:?} = «{}»", scene.phrase(t).of(&scene.article.text)));
                            }
                        }
                        Err(stop) if lemma_fits => lines.push(format!("{head}: stops at «{word}»: {stop}")),
                        Err(_) => {}
                    }
                }
            }
        }
        if lines.is_empty() {
            lines.push(format!("{name}: no word of the text has a trigger's lemma"));
        }
        lines
    }
}

/// Binds a pattern at a word, or says what did not fit.
fn match_at(scene: &Scene, pattern: &Pattern, trigger: TokenId) -> Result<Vec<(Role, TokenId)>, String> {
    if let Some(failed) = pattern.trigger.0.iter().find(|c| !holds(scene, c, trigger)) {
        let not = if failed.negated { "must not be" } else { "is not" };
        return Err(format!(
            "trigger: «{}» ({} {}) {not} {:?}",
            scene.word(trigger),
            scene.lemma(trigger),
            scene.token(trigger).upos,
            failed.what
        ));
    }
    let mut bound: Vec<(Role, TokenId)> = Vec::new();
    for line in &pattern.roles {
        let found = follow(scene, line, trigger);
        match line.role {
            Role::Without if !found.is_empty() => {
                return Err(format!("`{}`: found «{}»", line.source, scene.word(found[0])));
            }
            Role::With | Role::Without if line.role == Role::Without || !found.is_empty() => {}
            _ if found.is_empty() && !line.optional => return Err(format!("`{}`: nothing there", line.source)),
            role => bound.extend(found.into_iter().filter(|t| *t != trigger).map(|t| (role, t))),
        }
    }
    bound.retain({
        let mut seen = Vec::new();
        move |b| {
            !seen.contains(&b.1) && {
                seen.push(b.1);
                true
            }
        }
    });
    Ok(bound)
}

fn follow(scene: &Scene, line: &RoleLine, trigger: TokenId) -> Vec<TokenId> {
    for path in &line.paths {
        let mut at = vec![trigger];
        for step in path {
            at = at.into_iter().flat_map(|t| take(scene, step, t)).collect();
        }
        if !matches!(line.role, Role::With | Role::Without) {
            at = grammar::with_conjuncts(scene, at);
        }
        at.retain(|t| line.kinds.is_empty() || line.kinds.iter().any(|k| fits(scene, *k, *t)));
        if !at.is_empty() {
            return at;
        }
    }
    Vec::new()
}

fn take(scene: &Scene, step: &Step, from: TokenId) -> Vec<TokenId> {
    let token = scene.token(from);
    let mut to: Vec<TokenId> = match step.edge {
        Edge::Down(d) => scene.document.children_by(from, d).collect(),
        Edge::DownAny(d) => scene.children_of(from, d.as_str()).collect(),
        Edge::Up(d) => token.head.filter(|_| token.deprel.is(d.as_str())).into_iter().collect(),
        Edge::Subject => grammar::subject(scene, from),
        Edge::Object => grammar::object(scene, from),
    };
    let fits = |t: TokenId| step.test.0.iter().all(|c| holds(scene, c, t));
    // "ten of his soldiers", "some of the fighters": what is counted tells what it is.
    let counted = |t: TokenId| {
        let counts = matches!(scene.token(t).upos, Upos::Num | Upos::Det | Upos::Pron | Upos::Adj)
            || matches!(
                scene.lemma(t),
                "dozen" | "hundred" | "thousand" | "score" | "number" | "majority" | "half" | "group"
            );
        scene.children_of(t, "nmod").filter(move |n| counts && scene.has_case(*n, &["of"])).any(fits)
    };
    to.retain(|t| fits(*t) || counted(*t));
    to
}

/// Whether a word refers to what a role asks for.
pub(crate) fn fits(scene: &Scene, filter: Filter, id: TokenId) -> bool {
    match (filter, scene.mention(id)) {
        (Filter::Noun, _) => scene.is_nominal(id),
        (Filter::Actor, Some(m)) => m.kind.acts(),
        (Filter::Kind(kind), Some(m)) => m.kind == kind || kind == MentionKind::Force && m.kind == MentionKind::Party,
        (Filter::Actor, None) => scene.is_nominal(id) && scene.owner(id).is_some(),
        (_, None) => false,
    }
}

fn holds(scene: &Scene, condition: &Condition, id: TokenId) -> bool {
    let token = scene.token(id);
    let is = match &condition.what {
        What::Lemma(words) => words.iter().any(|w| {
            let singular = || token.lemma.strip_suffix('s').is_some_and(|s| w.eq_ignore_ascii_case(s));
            w.eq_ignore_ascii_case(&token.lemma) || opens_sentence(scene, id) && singular()
        }),
        What::Word(words) => words.iter().any(|w| w.eq_ignore_ascii_case(scene.word(id))),
        What::Upos(list) => list.contains(&token.upos) || list.contains(&Upos::Noun) && opens_sentence(scene, id),
        What::Deprel(list) => list.contains(&token.deprel),
        What::Case(words) => scene.cases(id).iter().any(|c| words.contains(c)),
        What::Feat(feats) => token.feats.has(*feats),
        What::Mention(list) => list.iter().any(|f| fits(scene, *f, id)),
    };
    is != condition.negated
}

/// Whether a word is taken for a name only because it opens a sentence ("Mortars landed in a yard").
fn opens_sentence(scene: &Scene, id: TokenId) -> bool {
    scene.token(id).upos == Upos::Propn
        && scene.mention(id).is_none()
        && scene.document.sentences[scene.document.sentence_of(id)].tokens.start == id
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_shipped_rules_are_readable() {
        let rules = super::Rules::shipped().unwrap_or_else(|e| panic!("{e}"));
        assert!(rules.all().iter().all(|r| !r.tests.is_empty()), "every rule file has tests");
    }
}
