//! Which words are of one truce? Groups namings by their sides and, for history, by their time.

use evidence::document::TokenId;
use evidence::{Claim, Event, Mode, Polarity};

use super::bound;
use super::lexicon::{Lexicon, has};
use super::namings::{self, Naming};
use super::{people, terms, times};
use crate::attribution;
use crate::scene::Scene;

/// One truce on its way: the words that name it and what is said of it.
#[derive(Debug)]
pub(super) struct Draft {
    /// Words that name it, in order.
    pub namings: Vec<Naming>,
    /// Words that stand for it ("the deal", "it"), in order.
    pub standing_for: Vec<TokenId>,
    /// When it was, or `earlier`, for a truce told as history; `None`: a truce the report is about.
    pub past: Option<String>,
    /// The day, month or year from which an old truce has been in force.
    pub since: Option<String>,
    /// Sides bound, sorted.
    pub parties: Vec<String>,
    /// Indices of claims about it, sorted.
    pub claims: Vec<usize>,
}

impl Draft {
    /// All words that name it or stand for it: those that name it first.
    pub fn words(&self) -> impl Iterator<Item = TokenId> {
        self.namings.iter().map(|n| n.word).chain(self.standing_for.iter().copied())
    }

    /// Whether a sentence speaks of it.
    pub fn in_sentence(&self, scene: &Scene, sentence: usize) -> bool {
        self.words().any(|w| scene.document.sentence_of(w) == sentence)
    }
}

/// The truces that the report takes as such, by the first word that names each.
pub(super) fn find(scene: &Scene, lexicon: &Lexicon, claims: &[Claim]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    for naming in namings::find(scene, lexicon, claims) {
        place(scene, claims, &mut drafts, naming);
    }
    drafts.retain(|d| d.past.is_some() || is_told(lexicon, claims, d));
    join_months(scene, lexicon, claims, &mut drafts);
    keep_old_in_force(scene, lexicon, &mut drafts, claims);
    stand_in(scene, lexicon, claims, &mut drafts);
    name_sides(scene, &mut drafts);
    join_months(scene, lexicon, claims, &mut drafts);
    for d in &mut drafts {
        d.claims.sort_unstable();
        d.claims.dedup();
    }
    drafts
}

/// Puts a naming to the truce that it is of, or begins one.
fn place(scene: &Scene, claims: &[Claim], drafts: &mut Vec<Draft>, naming: Naming) {
    let about = about(scene, claims, naming.word);
    let parties = bound::sides_of(scene, naming.word, claims, &about);
    let same = |d: &&mut Draft| {
        // One side named alone may share a truce with any other of its war.
        let share = |a: &[String], b: &[String]| a.len() < 2 || b.len() < 2 || a.iter().any(|p| b.contains(p));
        let one_war = share(&bound::understood(scene, d.namings[0].word), &bound::understood(scene, naming.word));
        d.past == naming.past
            && !each_its_own(scene, d, &naming)
            && share(&d.parties, &parties)
            && (one_war || !parties.is_empty())
    };
    match drafts.iter_mut().find(same) {
        Some(d) => {
            d.namings.push(naming);
            d.claims.extend(about);
            if parties.len() == 1 && d.parties.len() == 1 {
                d.parties.extend(parties);
                d.parties.sort();
                d.parties.dedup();
            } else if parties.len() > d.parties.len() {
                d.parties = parties;
            }
        }
        None => drafts.push(Draft {
            past: naming.past.clone(),
            since: None,
            namings: vec![naming],
            standing_for: Vec::new(),
            parties,
            claims: about,
        }),
    }
}

/// "Korvia declared a truce; Veldania announced one of its own": two, each its side's.
fn each_its_own(scene: &Scene, draft: &Draft, naming: &Naming) -> bool {
    let own = bound::declarers(scene, naming);
    let theirs: Vec<String> = draft.namings.iter().flat_map(|n| bound::declarers(scene, n)).collect();
    let words = draft.namings.iter().chain([naming]).map(|n| n.word);
    let called = words.into_iter().any(|w| bound::is_called_unilateral(scene, w));
    called && !own.is_empty() && !theirs.is_empty() && own.iter().all(|p| !theirs.contains(p))
}

/// Truces of which the words name fewer than two sides are between those of the report's own truce in the same conflict,
/// else between the sides of that.
fn name_sides(scene: &Scene, drafts: &mut [Draft]) {
    let main = drafts.iter().find(|d| d.past.is_none() && d.parties.len() > 1).map(|d| d.parties.clone());
    for d in drafts.iter_mut().filter(|d| d.parties.len() < 2) {
        let sides = bound::understood(scene, d.namings[0].word);
        let of_it =
            main.as_ref().filter(|m| sides.iter().any(|p| m.contains(p)) && d.parties.iter().all(|p| m.contains(p)));
        d.parties = of_it.cloned().unwrap_or(if sides.len() > 1 { sides } else { d.parties.clone() });
    }
}

/// Claims whose words hold a word.
fn about(scene: &Scene, claims: &[Claim], word: TokenId) -> Vec<usize> {
    let span = scene.token(word).span;
    claims.iter().enumerate().filter(|(_, c)| c.content.contains(span)).map(|(i, _)| i).collect()
}

/// Whether anything says that the truce was agreed, declared or is in force.
fn is_told(lexicon: &Lexicon, claims: &[Claim], draft: &Draft) -> bool {
    let by_claim = draft.claims.iter().map(|i| &claims[*i]).any(|c| {
        matches!(c.event, Some(Event::Agree | Event::Concede)) && c.polarity == Polarity::Affirmed
            || c.event == Some(Event::Retreat) && c.mode == Some(Mode::Ceasefire)
            || lexicon.is_breach(c)
    });
    by_claim || draft.namings.iter().any(|n| n.told)
}

/// A truce with a date of its own that lies back is the one in force where the report knows of no later one between the
/// same sides: it began a few weeks ago and is not over, or the report appeals to it ("Under the truce signed in 1997, …").
fn keep_old_in_force(scene: &Scene, lexicon: &Lexicon, drafts: &mut Vec<Draft>, claims: &[Claim]) {
    let holds = |d: &Draft| {
        let Some(past) = d.past.as_ref().filter(|p| *p != "earlier") else { return false };
        let in_force = |w: TokenId| times::is_since(scene, w) || terms::commits(scene, lexicon, w);
        let appealed = d.words().any(|w| scene.has_case(w, &["under", "per"]) || in_force(w));
        // "The truce was declared by the government on March 24", in August: the one that the report speaks of.
        let the_one = |w: TokenId| {
            let subject =
                scene.token(w).deprel.is("nsubj") && scene.children_of(w, "det").any(|t| scene.lower(t) == "the");
            let ranked =
                scene.children_of(w, "amod").any(|a| matches!(scene.lower(a).as_str(), "first" | "second" | "last"));
            subject && !ranked
        };
        let told = d.words().any(the_one) && times::is_within_a_year(scene, past);
        // "earlier truces, including one of 4 May"
        let among = |w: TokenId| scene.document.ancestors(w).take(1).any(|a| namings::is_earlier(scene, lexicon, a));
        let earlier = |w: TokenId| namings::is_earlier(scene, lexicon, w) || among(w);
        let apart = d.words().any(|w| is_over(scene, lexicon, w) || earlier(w));
        !apart && (appealed || told || times::is_recent(scene, past))
    };
    let olds: Vec<usize> = (0..drafts.len()).filter(|i| holds(&drafts[*i])).collect();
    let [old] = olds.as_slice() else { return };
    let few = |d: &Draft| d.parties.len() < 2;
    let shares = |d: &Draft| few(d) || few(&drafts[*old]) || d.parties.iter().any(|p| drafts[*old].parties.contains(p));
    let main = drafts.iter().position(|d| d.past.is_none() && shares(d));
    let Some(main) = main else {
        if drafts.iter().all(|d| d.past.is_some()) {
            drafts[*old].since = drafts[*old].past.take();
        }
        return;
    };
    let began = times::effective(scene, lexicon, claims, &drafts[main]).is_some_and(|t| t.value.is_some());
    let lengthens =
        |c: &Claim| scene.document.tokens_in(c.content).any(|t| has(&lexicon.lengthen, &scene.lemma(t).to_lowercase()));
    let made =
        drafts[main].claims.iter().map(|i| &claims[*i]).any(|c| {
            matches!(c.event, Some(Event::Agree | Event::Concede)) && !people::is_over(scene, c) && !lengthens(c)
        });
    if began || made {
        return;
    }
    let (words, about, since) = (drafts[*old].namings.clone(), drafts[*old].claims.clone(), drafts[*old].past.clone());
    drafts[main].namings.extend(words);
    drafts[main].namings.sort_by_key(|n| n.word);
    drafts[main].claims.extend(about);
    drafts[main].since = since;
    drafts.remove(*old);
}

/// "The truce declared in December … began on 20 December": one, told by its month and by its day.
fn join_months(scene: &Scene, lexicon: &Lexicon, claims: &[Claim], drafts: &mut Vec<Draft>) {
    let day = |d: &Draft| match &d.past {
        Some(past) => Some(past.clone()),
        None => times::effective(scene, lexicon, claims, d).and_then(|t| t.value).map(|v| v.date().to_owned()),
    };
    let days: Vec<Option<String>> = drafts.iter().map(|d| day(d).filter(|d| d.len() == 10)).collect();
    let pair =
        (0..drafts.len()).flat_map(|old| (0..drafts.len()).map(move |whole| (old, whole))).find(|(old, whole)| {
            let (d, w) = (&drafts[*old], &drafts[*whole]);
            let month = d.past.as_ref().filter(|p| p.len() == 7);
            let within = month.is_some_and(|m| days[*whole].as_ref().is_some_and(|day| day.starts_with(m)));
            let sides = d.parties.len() < 2 || d.parties.iter().any(|p| w.parties.contains(p)) || w.parties.is_empty();
            let told_so = d.words().any(|w| times::is_whole_month(scene, w));
            let apart = d.words().any(|w| namings::is_earlier(scene, lexicon, w) || is_over(scene, lexicon, w));
            old != whole && within && sides && told_so && !apart
        });
    if let Some((old, whole)) = pair {
        let (words, stand, about) =
            (drafts[old].namings.clone(), drafts[old].standing_for.clone(), drafts[old].claims.clone());
        drafts[whole].namings.extend(words);
        drafts[whole].namings.sort_by_key(|n| n.word);
        drafts[whole].standing_for.extend(stand);
        drafts[whole].claims.extend(about);
        drafts.remove(old);
    }
}

/// "collapsed within days", "was declared over", "ended the war": a truce that is told as one of then.
pub(super) fn is_over(scene: &Scene, lexicon: &Lexicon, word: TokenId) -> bool {
    let verb = scene.token(word).head.filter(|_| scene.token(word).deprel.is("nsubj"));
    // "was not respected and did not hold"
    let kept =
        |v: TokenId| matches!(scene.lemma(v), "hold" | "respect" | "observe" | "last" | "survive" | "honour" | "honor");
    let broken = |v: TokenId| kept(v) && attribution::is_negated(scene, v);
    let unkept = |v: TokenId| broken(v) || scene.children_of(v, "conj").any(broken);
    verb.is_some_and(|v| {
        has(&lexicon.collapsing, scene.lemma(v)) && !bound::ends_another(scene, v)
            || bound::is_ended(scene, v)
            || unkept(v)
    })
}

/// Words that stand for a truce go to the one named last before them in the same or the last sentence, else to the one of
/// now that was named last, or is the first to be.
fn stand_in(scene: &Scene, lexicon: &Lexicon, claims: &[Claim], drafts: &mut [Draft]) {
    let mut named: Vec<(TokenId, usize)> =
        drafts.iter().enumerate().flat_map(|(i, d)| d.namings.iter().map(move |n| (n.word, i))).collect();
    named.sort_unstable();
    let words: Vec<TokenId> = named.iter().map(|(w, _)| *w).collect();
    for word in namings::standing_for(scene, lexicon, &words) {
        if times::past_of(scene, word).is_some_and(|p| !times::is_recent(scene, &p)) {
            continue;
        }
        let here = scene.document.sentence_of(word);
        let close = |w: TokenId| here - scene.document.sentence_of(w) <= 1;
        let last = named.iter().rev().find(|(w, _)| *w < word && close(*w));
        let main = |(_, i): &&(TokenId, usize)| drafts[*i].past.is_none();
        let of_now = || {
            let before = named.iter().rev().filter(|(w, _)| *w < word).find(main);
            before.or_else(|| named.iter().find(main))
        };
        if let Some((_, i)) = last.or_else(of_now) {
            let claimed = about(scene, claims, word);
            let parties = bound::sides_of(scene, word, claims, &claimed);
            if parties.len() > 1 && drafts[*i].parties.len() < 2 {
                drafts[*i].parties = parties;
            }
            drafts[*i].standing_for.push(word);
            drafts[*i].claims.extend(claimed);
        }
    }
}
