//! Who is said to have broken a truce, and by whom?
//!
//! What is called a breach in so many words is one. An attack that one side lays to the other is one where nothing puts it
//! before the truce; so is the holding back of what the truce lets through.

use evidence::ceasefire::Violation;
use evidence::document::TokenId;
use evidence::time::TimeKind;
use evidence::{Act, Ceasefire, Claim, Event, Polarity, Status, TermKind};

use super::bound;
use super::drafts::Draft;
use super::lexicon::{Lexicon, fits, has};
use super::times;
use crate::scene::Scene;

/// Rules of deeds that somebody does, by whomever it is told.
const DEEDS: &[&str] = &[
    "assault/shelling.",
    "assault/airstrike.",
    "assault/attack.",
    "assault/firearms.",
    "assault/drone.",
    "assault/explosives.",
    "assault/capture-ground.",
];

/// Words after "after" among which the truce must be named.
const WORDS_ON: usize = 6;

/// What is needed to say of a claim whether it tells of a breach of one truce.
pub(super) struct Breaches<'a, 'd> {
    pub scene: &'a Scene<'d>,
    pub lexicon: &'a Lexicon,
    pub claims: &'a [Claim],
    /// All truces of the report.
    pub drafts: &'a [Draft],
}

impl Breaches<'_, '_> {
    /// Alleged breaches of a truce, pair by pair of who did it and who says so.
    pub fn of(&self, draft: &Draft, truce: &Ceasefire) -> Vec<Violation> {
        let mut out: Vec<Violation> = Vec::new();
        for c in self.claims.iter().filter(|c| self.is_against(c, draft)) {
            let named = self.is_named(c);
            if !(named || draft.past.is_none() && self.may_breach(c, truce)) || self.within_another(c, &out) {
                continue;
            }
            for (by, who) in self.pairs(c, &draft.parties) {
                out.push(Violation {
                    claim: c.id.clone(),
                    by,
                    alleged_by: who,
                    time: c.time.clone(),
                    after: self.minutes_after(c),
                });
            }
        }
        self.leave_out_headline(&mut out);
        out
    }

    /// What the headline alleges and the report alleges again is counted once, where the report has it.
    fn leave_out_headline(&self, out: &mut Vec<Violation>) {
        let Some(title) = self.scene.article.title else { return };
        let in_title = |v: &Violation| {
            let claim = self.claims.iter().find(|c| c.id == v.claim);
            claim.is_some_and(|c| title.contains(c.content))
        };
        let told: Vec<(Option<String>, Vec<String>)> =
            out.iter().filter(|v| !in_title(v)).map(|v| (v.by.clone(), v.alleged_by.clone())).collect();
        out.retain(|v| !in_title(v) || !told.contains(&(v.by.clone(), v.alleged_by.clone())));
    }

    /// Whether a claim, if it tells of a breach, tells of one of this truce: of that named in its sentence, else of the one
    /// of now that began last before the deed, else of the first.
    fn is_against(&self, c: &Claim, draft: &Draft) -> bool {
        let Some(first) = self.scene.document.token_at(c.content.start()) else { return false };
        let here = self.scene.document.sentence_of(first);
        let same = |d: &Draft| d.namings[0].word == draft.namings[0].word;
        let in_content = |d: &&Draft| d.words().any(|w| c.content.contains(self.scene.token(w).span));
        if let Some(d) = self.drafts.iter().find(in_content) {
            return same(d);
        }
        // A truce is named that is none of these: "six ceasefires were broken".
        if self.scene.document.tokens_in(c.content).any(|t| self.lexicon.names_truce(self.scene, t)) {
            return false;
        }
        let in_sentence: Vec<&Draft> = self.drafts.iter().filter(|d| d.in_sentence(self.scene, here)).collect();
        if let [only] = in_sentence.as_slice() {
            return same(only);
        }
        let sides = bound::understood(self.scene, first);
        let one_war =
            |d: &&Draft| sides.is_empty() || d.parties.is_empty() || d.parties.iter().any(|p| sides.contains(p));
        let mains: Vec<&Draft> = self.drafts.iter().filter(|d| d.past.is_none()).filter(one_war).collect();
        let last = mains.iter().rev().find(|d| d.namings[0].word < first);
        last.or(mains.first()).is_some_and(|d| same(d))
    }

    /// Whether a claim says in so many words that a truce was broken.
    fn is_named(&self, c: &Claim) -> bool {
        (self.lexicon.is_breach(c) || self.is_breach_of(c)) && is_told(c) && c.act != Act::Deny && !self.is_supposed(c)
    }

    /// "repeated violations of the understanding": a breach of what stands for a truce.
    fn is_breach_of(&self, c: &Claim) -> bool {
        let scene = self.scene;
        let accused = c.act == Act::Accuse && matches!(c.event, None | Some(Event::Assault));
        let broken = |t: TokenId| has(&self.lexicon.breaking, scene.lemma(t));
        let words = || self.drafts.iter().flat_map(Draft::words).filter(|w| c.content.contains(scene.token(*w).span));
        accused && words().any(|w| scene.token(w).head.is_some_and(broken))
    }

    /// Whether a claim lays to a side what would break the truce.
    fn may_breach(&self, c: &Claim, truce: &Ceasefire) -> bool {
        let told = is_told(c);
        let laid = match c.event {
            Some(Event::Assault) if self.lexicon.is_breach(c) => false,
            Some(Event::Assault) => told && (c.act == Act::Accuse || self.is_suffered(c, truce)) && speaks_of_deed(c),
            // "had never stopped its shelling"
            Some(Event::Retreat) => {
                c.polarity == Polarity::Negated
                    && c.status == Status::Actual
                    && c.found.iter().any(|f| f.rule == "retreat/ceasefire.verb")
                    && (self.by_others(c) || self.accused_beside(c).is_some())
            }
            Some(Event::Mobilize) => told && c.act == Act::Accuse && self.by_others(c),
            Some(Event::Coerce) | None => {
                let access = truce.terms.iter().any(|t| t.kind == TermKind::HumanitarianAccess);
                c.act == Act::Accuse
                    && told
                    && (access && self.withholds(c) || self.by_others(c) && self.is_after_it(c))
            }
            _ => false,
        };
        (laid || self.each_began(c)) && !self.is_before(c) && !self.is_earlier(c, truce)
    }

    /// Who is said to have done it, and who says so. Nobody accuses themselves or their own side.
    fn pairs(&self, c: &Claim, parties: &[String]) -> Vec<(Option<String>, Vec<String>)> {
        let bound = |p: &String| parties.is_empty() || self.is_bound(p, parties);
        let mut by: Vec<String> = c.actors.iter().filter_map(|a| a.party.clone()).filter(bound).collect();
        let who: Vec<String> =
            c.speakers.iter().take(if c.joint { usize::MAX } else { 1 }).filter_map(|s| s.party.clone()).collect();
        let mutual = by.len() > 1 && c.actors.iter().all(|a| c.targets.iter().any(|t| t.party == a.party));
        let each = |sides: &[String]| {
            let others = |a: &String| sides.iter().filter(|b| *b != a).cloned().collect();
            sides.iter().map(|a| (Some(a.clone()), others(a))).collect()
        };
        if mutual {
            return each(&by);
        }
        if self.each_began(c) {
            return each(&who);
        }
        if c.event == Some(Event::Retreat)
            && let Some(other) = self.accused_beside(c)
        {
            by = vec![other];
        }
        let unnamed = c.actors.iter().all(|a| a.party.is_none());
        if unnamed && let Some(other) = self.opponent(c).filter(|o| bound(o)) {
            by.push(other);
        }
        if by.is_empty() {
            return if self.is_named(c) { vec![(None, who)] } else { Vec::new() };
        }
        let with =
            |a: &String, w: &String| a == w || self.scene.referents.fronts.iter().any(|f| f.side_of(a) == f.side_of(w));
        let others = |a: &String| who.iter().filter(|w| !with(a, w)).cloned().collect::<Vec<_>>();
        by.iter().map(|a| (Some(a.clone()), others(a))).filter(|(_, o)| who.is_empty() || !o.is_empty()).collect()
    }

    /// Whether a party is one that the truce binds, or stands with one.
    fn is_bound(&self, party: &str, parties: &[String]) -> bool {
        let with = |p: &String| self.scene.referents.fronts.iter().any(|f| f.side_of(party) == p);
        parties.iter().any(|p| p == party || with(p))
    }

    /// An attack on the speaker's own side, told of nobody as its doer, on a day of the truce or beside a breach alleged.
    fn is_suffered(&self, c: &Claim, truce: &Ceasefire) -> bool {
        let began = truce.effective.as_ref().and_then(|e| e.value.value.as_ref());
        let when = c.time.as_ref().and_then(|t| t.value.as_ref());
        let after = matches!((began, when), (Some(b), Some(w)) if w.date() >= b.date());
        let deed = c.found.iter().any(|f| DEEDS.iter().any(|d| f.rule.starts_with(d)));
        c.act == Act::Assert
            && deed
            && c.cue.is_some()
            && c.actors.iter().all(|a| a.party.is_none())
            && self.opponent(c).is_some()
            && (after || self.follows_breach(c))
    }

    /// Whether the sentence before, or its own, tells of a breach.
    fn follows_breach(&self, c: &Claim) -> bool {
        let sentence =
            |c: &Claim| self.scene.document.token_at(c.content.start()).map(|t| self.scene.document.sentence_of(t));
        let Some(here) = sentence(c) else { return false };
        let close = |o: &Claim| sentence(o).is_some_and(|s| s <= here && here - s <= 1);
        self.claims.iter().any(|o| o.id != c.id && close(o) && self.is_named(o))
    }

    /// The one opponent of a speaker whose own side is hit.
    fn opponent(&self, c: &Claim) -> Option<String> {
        let own = c.speakers.first()?.party.as_ref()?;
        let hit = c.targets.iter().any(|t| t.party.as_ref() == Some(own));
        let paragraph = self.paragraph(c)?;
        let front = self.scene.referents.front(paragraph)?;
        front.opponent(own).filter(|_| hit && c.speakers.len() == 1).map(str::to_owned)
    }

    fn paragraph(&self, c: &Claim) -> Option<usize> {
        let first = self.scene.document.token_at(c.content.start())?;
        Some(self.scene.document.sentences[self.scene.document.sentence_of(first)].paragraph)
    }

    /// Whether somebody of one side says it of another.
    fn by_others(&self, c: &Claim) -> bool {
        let who = c.speakers.first().and_then(|s| s.party.as_ref()).filter(|p| bound::fights(self.scene, p));
        let by = c.actors.iter().filter_map(|a| a.party.as_ref());
        who.is_some_and(|w| by.clone().count() > 0 && by.clone().all(|b| b != w && bound::fights(self.scene, b)))
    }

    /// "accused the government of blocking aid and said it had never stopped its shelling": whom the same speaker accuses in
    /// the same sentence, where "it" would else be the speaker.
    fn accused_beside(&self, c: &Claim) -> Option<String> {
        let own = c.speakers.first()?.party.as_ref()?;
        let sentence =
            |c: &Claim| self.scene.document.token_at(c.content.start()).map(|t| self.scene.document.sentence_of(t));
        let pronoun =
            |s: evidence::Span| matches!(s.of(&self.scene.article.text).to_lowercase().as_str(), "it" | "they" | "he");
        let self_accused = c.actors.iter().all(|a| a.party.as_ref() == Some(own) && a.span.is_some_and(pronoun));
        let same = |o: &&Claim| o.act == Act::Accuse && o.speakers == c.speakers && sentence(o) == sentence(c);
        let accused = self.claims.iter().filter(same).flat_map(|o| &o.actors).filter_map(|a| a.party.clone());
        accused.into_iter().find(|p| p != own && self_accused && bound::fights(self.scene, p))
    }

    /// "after the truce took hold", "despite the ceasefire": the words put the deed into the time of the truce.
    fn is_after_it(&self, c: &Claim) -> bool {
        let scene = self.scene;
        let of_truce = |t: TokenId| scene.document.subtree(t).into_iter().any(|w| self.lexicon.names_truce(scene, w));
        scene
            .document
            .tokens_in(c.content)
            .any(|t| scene.cases(t).iter().any(|w| has(&self.lexicon.after, w)) && of_truce(t))
    }

    /// "five minutes after the truce took hold": the minutes counted from its beginning.
    fn minutes_after(&self, c: &Claim) -> Option<i64> {
        let scene = self.scene;
        let counted =
            scene.document.times.iter().filter(|t| t.kind == TimeKind::Duration && c.content.overlaps(t.span));
        counted.into_iter().find_map(|t| {
            let last = scene.document.tokens_in(t.span).last()?;
            let end = scene.document.sentences[scene.document.sentence_of(last)].tokens.end;
            let next = last + 1;
            let of_truce = || (next..end.min(next + WORDS_ON)).any(|w| self.lexicon.names_truce(scene, w));
            let exact = next < end && scene.lower(next) == "after" && of_truce();
            let (number, unit) =
                t.timex.as_deref().filter(|_| exact)?.strip_prefix("PT").map(|x| x.split_at(x.len() - 1))?;
            let minutes = match unit {
                "M" => 1,
                "H" => 60,
                _ => return None,
            };
            number.parse::<i64>().ok().map(|n| n * minutes)
        })
    }

    /// "holding up aid lorries": keeping back what a truce lets through.
    fn withholds(&self, c: &Claim) -> bool {
        let tokens = self.scene.document.tokens_in(c.content);
        let any = |list: &[String]| tokens.clone().any(|t| fits(list, self.scene, t));
        any(&self.lexicon.withholding) && any(&self.lexicon.supplies)
    }

    /// "accused each other of having started it", in a sentence about the truce.
    fn each_began(&self, c: &Claim) -> bool {
        let Some(first) = self.scene.document.token_at(c.content.start()) else { return false };
        let here = self.scene.document.sentence_of(first);
        let tokens = self.scene.document.sentences[here].tokens.clone();
        let each_other = tokens.clone().zip(tokens.skip(1)).any(|(a, b)| {
            matches!(self.scene.lower(a).as_str(), "each" | "one")
                && matches!(self.scene.lower(b).as_str(), "other" | "another")
        });
        let sides =
            c.speakers.iter().filter(|s| s.party.as_ref().is_some_and(|p| bound::fights(self.scene, p))).count();
        let began = self.scene.document.tokens_in(c.content).any(|t| has(&self.lexicon.beginning, self.scene.lemma(t)));
        let of_truce = self.drafts.iter().any(|d| d.past.is_none() && d.in_sentence(self.scene, here));
        c.act == Act::Accuse && c.joint && sides > 1 && each_other && began && of_truce
    }

    /// "in case the truce was violated": imagined.
    fn is_supposed(&self, c: &Claim) -> bool {
        let Some(first) = self.scene.document.token_at(c.content.start()) else { return false };
        let words = first.saturating_sub(1)..first + 1;
        let in_case = words
            .into_iter()
            .any(|t| matches!(self.scene.lower(t).as_str(), "case" | "event" | "if" | "unless" | "should"));
        in_case
            || self.scene.document.tokens_in(c.content).any(|t| {
                self.scene.lower(t) == "case" && self.scene.has_case(t, &["in"])
                    || self.scene.has_case(t, &["if", "unless"])
            })
    }

    /// Whether a claim's words lie in those of a breach that the same speakers allege.
    fn within_another(&self, c: &Claim, out: &[Violation]) -> bool {
        out.iter().any(|v| {
            let outer = self.claims.iter().find(|o| o.id == v.claim);
            outer.is_some_and(|o| o.id != c.id && o.content.contains(c.content) && o.speakers == c.speakers)
        })
    }

    /// Whether a claim's own sentence puts it before the truce ("an hour before the deadline", "ahead of the truce").
    fn is_before(&self, c: &Claim) -> bool {
        let scene = self.scene;
        let Some(first) = scene.document.token_at(c.content.start()) else { return false };
        let sentence = scene.document.sentences[scene.document.sentence_of(first)].tokens.clone();
        sentence.into_iter().any(|t: TokenId| {
            let earlier = scene.cases(t).iter().any(|w| has(&self.lexicon.before, w));
            let truce_below = || {
                let below = scene.document.subtree(t);
                below.into_iter().any(|w| self.lexicon.names_truce(scene, w))
            };
            earlier && truce_below()
        })
    }

    /// Whether the deed was on a day before the truce began.
    fn is_earlier(&self, c: &Claim, truce: &Ceasefire) -> bool {
        let began = truce.effective.as_ref().and_then(|e| e.value.value.as_ref()).map(|v| v.date().to_owned());
        let Some(began) = began.filter(|d| d.len() == 10) else { return false };
        times::day_of(self.scene, c, &began).is_some_and(|day| day < began)
    }
}

fn is_told(c: &Claim) -> bool {
    c.polarity == Polarity::Affirmed && matches!(c.status, Status::Actual | Status::Ongoing)
}

/// Whether a claim tells of a deed, not of a state of war.
fn speaks_of_deed(c: &Claim) -> bool {
    let states = |f: &evidence::claim::Finding| {
        let laid = c.act == Act::Accuse && c.actors.iter().any(|a| a.span.is_some() && a.party.is_some());
        f.rule.starts_with("assault/fighting.") || f.rule.starts_with("assault/casualties.") && !laid
    };
    c.found.iter().any(|f| f.rule.starts_with("assault/")) && !c.found.iter().any(states)
}
