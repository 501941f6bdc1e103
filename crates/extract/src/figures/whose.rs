//! Whose people does a figure count?

use evidence::deprel::Deprel;
use evidence::document::TokenId;
use evidence::mention::MentionKind;
use evidence::{Category, Claim, Harm, Speaker};

use super::draft::{Draft, Tie};
use super::group::Group;
use super::view::View;
use super::{kind, losses};

/// What the words of a figure say of its side.
enum Said {
    One(String),
    /// Several sides together: no single party, and none to be guessed.
    Several,
    Nothing,
}

/// The party, if the text says whose people they are.
pub(super) fn party(
    view: &View,
    drafts: &[Draft],
    i: usize,
    claims: &[Claim],
    claim: Option<&Claim>,
    speakers: &[Speaker],
) -> Option<String> {
    let speaker = speakers.first().and_then(|s| s.party.clone());
    if let Some(p) = speaker.as_ref().and_then(|s| by_pronoun(view, drafts, i, claim, s)) {
        return Some(p);
    }
    if let Some(p) = told(view, drafts, i, 4) {
        return p;
    }
    let draft = &drafts[i];
    let by = draft.found.first()?.by;
    let party = losses::attacked(view, &draft.group, by)
        .or_else(|| losses::own_losses(view, draft, by, claims, speaker.clone()?))
        .or_else(|| losses::of_own_country(view, draft, by, speakers, speaker?))
        .or_else(|| losses::regulars(view, draft, by, kind::category(view, drafts, i)))?;
    let military = kind::category(view, drafts, i) == Category::Military;
    Some(view.scene.referents.civilians.get(&party).filter(|_| !military).cloned().unwrap_or(party))
}

/// "nine of its pilots are dead, the junta says": with nobody else between, "its" is the speaker's.
fn by_pronoun(view: &View, drafts: &[Draft], i: usize, claim: Option<&Claim>, speaker: &str) -> Option<String> {
    let group = &drafts[i].group;
    let toll = drafts[i].found.first().filter(|f| f.rule == "toll").map(|f| f.by);
    let mut words: Vec<TokenId> = (group.first..=group.last).collect();
    words.extend(toll.into_iter().flat_map(|t| view.children(t).iter().copied()));
    let own =
        |t: &TokenId| view.rel(*t) == Deprel::NmodPoss && matches!(view.word(*t), "its" | "their" | "our" | "his");
    let below = [group.noun, Some(group.head)].into_iter().flatten().flat_map(|h| {
        let side =
            view.scene.children_of(h, "nmod").filter(|c| view.scene.has_case(*c, &["on", "from", "of", "among"]));
        side.flat_map(|c| view.scene.children_of(c, "nmod")).collect::<Vec<_>>()
    });
    let pronoun = words.into_iter().chain(below).find(own)?;
    let start = claim.map_or(view.sentence(group.first).start, |c| view.scene.document.tokens_in(c.content).start);
    let other = |t: TokenId| {
        let acts = view
            .scene
            .mention(t)
            .filter(|m| m.kind.acts() && !m.parties.is_empty() && !m.parties.iter().any(|p| p == speaker));
        acts.is_some() && matches!(view.rel(t).base(), "nsubj" | "obl" | "obj")
    };
    (!(start..pronoun).any(other)).then(|| speaker.to_owned())
}

/// What the words say: `Some(None)` where they name several sides.
fn told(view: &View, drafts: &[Draft], i: usize, depth: usize) -> Option<Option<String>> {
    let draft = &drafts[i];
    // "South Africa lost 14 soldiers": whoever lost them, before whose such soldiers otherwise are.
    if let Some(p) = losses::loser(view, draft) {
        return Some(Some(p));
    }
    match said_of_phrase(view, draft) {
        Said::One(p) => return Some(Some(p)),
        Said::Several => return Some(None),
        Said::Nothing => {}
    }
    if let Some(p) = losses::of_side(view, draft) {
        return Some(Some(p));
    }
    let (host, tie) = draft.host.or_else(|| coordinated(view, drafts, i).map(|h| (h, Tie::Alike)))?;
    let understood = tie == Tie::Part || !draft.group.is_people() || draft.host.is_none();
    (depth > 0 && host != i && understood).then(|| told(view, drafts, host, depth - 1)).flatten()
}

/// "61 of its troops and four nurses": coordinated with a group whose side a possessive names.
fn coordinated(view: &View, drafts: &[Draft], i: usize) -> Option<usize> {
    let head = view.head(drafts[i].group.head).filter(|_| view.rel(drafts[i].group.head) == Deprel::Conj)?;
    let host = (0..i).rev().find(|h| drafts[*h].group.head == head || drafts[*h].group.noun == Some(head))?;
    let words = drafts[host].group.first..=drafts[host].group.last;
    words.into_iter().any(|t| view.rel(t) == Deprel::NmodPoss).then_some(host)
}

/// "nine Veldanian soldiers", "its naval crews", "members of the M23", "on their side", "its death toll".
fn said_of_phrase(view: &View, draft: &Draft) -> Said {
    let group = &draft.group;
    // "seven Orrin and nine Veldanian soldiers": what stands between number and noun is the group's own.
    let before_noun = group.number + 1..group.noun.filter(|n| *n <= group.last).unwrap_or(group.last + 1);
    let before_noun = before_noun.filter(|t| !is_pronoun(view, *t));
    let mut own: Vec<&String> = before_noun.filter_map(|t| view.scene.mention(t)).flat_map(|m| &m.parties).collect();
    own.dedup();
    if let [one] = own.as_slice() {
        return Said::One((*one).clone());
    }
    if group.noun.is_some_and(|n| is_anybody(view, draft, n)) {
        return Said::Nothing;
    }
    let mut heads: Vec<TokenId> = [group.noun, Some(group.head)].into_iter().flatten().collect();
    heads.extend(draft.found.first().filter(|f| matches!(f.rule, "toll" | "victim-of-event")).map(|f| f.by));
    heads.dedup();
    for h in &heads {
        if *h != group.number
            && let said @ (Said::One(_) | Said::Several) =
                one_of(view.scene.mention(*h).map_or(&[][..], |m| &m.parties))
        {
            return said;
        }
    }
    let mut near: Vec<TokenId> = (group.first..=group.last).filter(|t| !is_pronoun(view, *t)).collect();
    near.extend(losses_before(view, group));
    for h in heads {
        near.extend(view.children(h).iter().copied().filter(|c| belongs(view, *c)));
        let below: Vec<TokenId> = view.children(h).iter().copied().filter(|c| belongs(view, *c)).collect();
        near.extend(below.iter().flat_map(|c| view.children(*c).iter().copied().filter(|d| belongs(view, *d))));
        near.extend(below.iter().flat_map(|c| view.scene.children_of(*c, "conj")));
    }
    near.sort_unstable();
    near.dedup();
    let mut parties: Vec<String> = Vec::new();
    for m in near
        .iter()
        .filter_map(|t| view.scene.mention(*t))
        .filter(|m| m.kind != MentionKind::Place || m.parties.len() == 1)
    {
        parties.extend(m.parties.iter().cloned());
    }
    parties.sort();
    parties.dedup();
    one_of(&parties)
}

/// "drove whole villages from their homes": the homes are the people's own and say no side.
fn is_anybody(view: &View, draft: &Draft, noun: TokenId) -> bool {
    draft.found.iter().any(|f| f.harm == Harm::Displaced)
        && matches!(view.word(noun), "people" | "persons" | "families")
}

fn one_of(parties: &[String]) -> Said {
    match parties {
        [] => Said::Nothing,
        [one] => Said::One(one.clone()),
        _ => Said::Several,
    }
}

/// "army losses at 43 dead": the words before the losses that the number counts.
fn losses_before(view: &View, group: &Group) -> Vec<TokenId> {
    let from = view.sentence(group.first).start.max(group.first.saturating_sub(5));
    let noun = (from..group.first).rev().find(|t| matches!(view.word(*t), "losses" | "casualties"));
    noun.map_or(Vec::new(), |n| view.children(n).iter().copied().filter(|c| *c < n).chain([n]).collect())
}

fn is_pronoun(view: &View, t: TokenId) -> bool {
    matches!(view.word(t), "them" | "whom" | "these" | "those" | "which")
}

/// Whether a dependant of the noun says whose it is.
pub(super) fn belongs(view: &View, c: TokenId) -> bool {
    // "five of them": a pronoun that is no possessive says nothing of its own.
    match view.rel(c) {
        _ if is_pronoun(view, c) => false,
        Deprel::NmodPoss | Deprel::Amod | Deprel::Compound => true,
        Deprel::Nmod | Deprel::Obl => view.scene.has_case(c, &["of", "from", "on", "among"]),
        _ => false,
    }
}
