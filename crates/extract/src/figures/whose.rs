//! Whose people, and what kind of people, does a figure count?

use evidence::deprel::Deprel;
use evidence::document::TokenId;
use evidence::mention::MentionKind;
use evidence::{Category, Claim, Event, Harm, Speaker};

use super::draft::{Draft, Tie};
use super::group::{Group, What};
use super::share;
use super::view::View;

/// What the words of a figure say of its side.
enum Said {
    One(String),
    /// Several sides together: no single party, and none to be guessed.
    Several,
    Nothing,
}

/// The category, from its own noun, the noun of the part ("five of them children"), its toll, or the figure it belongs to.
pub(super) fn category(view: &View, drafts: &[Draft], i: usize) -> Category {
    let group = &drafts[i].group;
    if let What::People(own) = group.what {
        return if own == Category::Unspecified && military_loser(view, &drafts[i]) { Category::Military } else { own };
    }
    if let Some(c) = noun_after_pronoun(view, group) {
        return c;
    }
    if let Some(noun) = share::noun_of_copula(view, group) {
        let own = view.lexicon.people(view.word(noun)).map(|p| p.category);
        return view.lexicon.modifier(view.word(noun - 1), view.word(noun)).or(own).unwrap_or(Category::Unspecified);
    }
    if let Some(c) = of_harm_noun(view, &drafts[i]) {
        return c;
    }
    if military_loser(view, &drafts[i]) {
        return Category::Military;
    }
    match drafts[i].host {
        Some((h, _)) if h != i && matches!(group.what, What::Understood | What::Harm) => {
            // "killed two children and wounded nine others": the others need not be children.
            let others = view.after(group.number).is_some_and(|t| view.word(t) == "others");
            let same = |c: &Category| !others || matches!(c, Category::Military | Category::Civilian);
            Some(category(view, drafts, h)).filter(same).unwrap_or(Category::Unspecified)
        }
        _ => Category::Unspecified,
    }
}

/// "five of them children", "one of whom was a doctor".
fn noun_after_pronoun(view: &View, group: &Group) -> Option<Category> {
    let end = view.sentence(group.number).end;
    let of = (group.number + 1 < end && view.word(group.number + 1) == "of").then_some(group.number + 2)?;
    let pronoun = (of < end && matches!(view.word(of), "them" | "whom" | "these" | "those")).then_some(of)?;
    for t in pronoun + 1..end.min(pronoun + 5) {
        if let Some(p) = view.lexicon.people(view.word(t)) {
            let more = t + 1 < end && view.lexicon.people(view.word(t + 1)).is_some();
            let noun = if more { t + 1 } else { t };
            let own = view.lexicon.people(view.word(noun)).unwrap_or(p).category;
            return Some(view.lexicon.modifier(view.word(noun - 1), view.word(noun)).unwrap_or(own));
        }
        if view.is_punctuation(t) || view.lexicon.form(view.word(t)).is_some() && !matches!(view.word(t), "was" | "were" | "are") {
            break;
        }
    }
    None
}

/// "civilian deaths", "its military death toll", "the dead civilians".
fn of_harm_noun(view: &View, draft: &Draft) -> Option<Category> {
    let toll = draft.found.first().filter(|f| f.rule == "toll").map(|f| f.by);
    for noun in [toll, draft.group.noun].into_iter().flatten() {
        let from = view.sentence(noun).start.max(noun.saturating_sub(3));
        for t in (from..noun).rev().take_while(|t| !view.is_punctuation(*t)) {
            let plain = view.lexicon.people(view.word(t)).map(|p| p.category).filter(|c| *c != Category::Unspecified);
            if let Some(c) = plain.or_else(|| view.lexicon.modifier(view.word(t), view.word(noun))) {
                return Some(c);
            }
        }
        for c in view.scene.children_of(noun, "nmod").filter(|c| view.scene.has_case(*c, &["of", "among"])) {
            if let Some(p) = view.lexicon.people(view.word(c)) {
                return Some(p.category);
            }
        }
    }
    None
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
    let party = attacked(view, &draft.group, by)
        .or_else(|| own_losses(view, draft, by, claims, speaker.clone()?))
        .or_else(|| of_own_country(view, draft, by, speakers, speaker?))?;
    let military = category(view, drafts, i) == Category::Military;
    Some(view.scene.referents.civilians.get(&party).filter(|_| !military).cloned().unwrap_or(party))
}

/// A ministry of health, the police or a mayor counts the people of its own country.
fn of_own_country(view: &View, draft: &Draft, by: TokenId, speakers: &[Speaker], party: String) -> Option<String> {
    let speaker = speakers.first()?;
    let words = speaker.span?.of(&view.scene.article.text).to_lowercase();
    let domestic = words.split(|c: char| !c.is_alphanumeric()).any(|w| view.lexicon.voice.domestic.contains(w));
    let military = matches!(draft.group.what, What::People(Category::Military));
    let by_itself = active_subject(view, by).is_some();
    (domestic && !military && !by_itself && losing_subject(view, draft).is_none()).then_some(party)
}

/// "36 of its soldiers have been killed, the ministry said": with nobody else between, "its" is the speaker's.
fn by_pronoun(view: &View, drafts: &[Draft], i: usize, claim: Option<&Claim>, speaker: &str) -> Option<String> {
    let group = &drafts[i].group;
    let toll = drafts[i].found.first().filter(|f| f.rule == "toll").map(|f| f.by);
    let mut words: Vec<TokenId> = (group.first..=group.last).collect();
    words.extend(toll.into_iter().flat_map(|t| view.children(t).iter().copied()));
    let own = |t: &TokenId| view.rel(*t) == Deprel::NmodPoss && matches!(view.word(*t), "its" | "their" | "our" | "his");
    let below = [group.noun, Some(group.head)].into_iter().flatten().flat_map(|h| {
        let side = view.scene.children_of(h, "nmod").filter(|c| view.scene.has_case(*c, &["on", "from", "of", "among"]));
        side.flat_map(|c| view.scene.children_of(c, "nmod")).collect::<Vec<_>>()
    });
    let pronoun = words.into_iter().chain(below).find(own)?;
    let start = claim.map_or(view.sentence(group.first).start, |c| view.scene.document.tokens_in(c.content).start);
    let other = |t: TokenId| {
        let acts = view.scene.mention(t).filter(|m| m.kind.acts() && !m.parties.is_empty() && !m.parties.iter().any(|p| p == speaker));
        acts.is_some() && matches!(view.rel(t).base(), "nsubj" | "obl" | "obj")
    };
    (!(start..pronoun).any(other)).then(|| speaker.to_owned())
}

/// What the words say: `Some(None)` where they name several sides.
fn told(view: &View, drafts: &[Draft], i: usize, depth: usize) -> Option<Option<String>> {
    let draft = &drafts[i];
    match said_of_phrase(view, draft) {
        Said::One(p) => return Some(Some(p)),
        Said::Several => return Some(None),
        Said::Nothing => {}
    }
    if let Some(p) = loser(view, draft) {
        return Some(Some(p));
    }
    let (host, tie) = draft.host.or_else(|| coordinated(view, drafts, i).map(|h| (h, Tie::Alike)))?;
    let understood = tie == Tie::Part || !draft.group.is_people() || draft.host.is_none();
    (depth > 0 && host != i && understood).then(|| told(view, drafts, host, depth - 1)).flatten()
}

/// "376 of its troops and 22 civilians": coordinated with a group whose side a possessive names.
fn coordinated(view: &View, drafts: &[Draft], i: usize) -> Option<usize> {
    let head = view.head(drafts[i].group.head).filter(|_| view.rel(drafts[i].group.head) == Deprel::Conj)?;
    let host = (0..i).rev().find(|h| drafts[*h].group.head == head || drafts[*h].group.noun == Some(head))?;
    let words = drafts[host].group.first..=drafts[host].group.last;
    words.into_iter().any(|t| view.rel(t) == Deprel::NmodPoss).then_some(host)
}

/// "12 Azerbaijani soldiers", "its military personnel", "members of the M23", "on their side", "its death toll".
fn said_of_phrase(view: &View, draft: &Draft) -> Said {
    let group = &draft.group;
    // "18 Armenian and 12 Azerbaijani soldiers": what stands between number and noun is the group's own.
    let before_noun = group.number + 1..group.noun.filter(|n| *n <= group.last).unwrap_or(group.last + 1);
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
            && let said @ (Said::One(_) | Said::Several) = one_of(view.scene.mention(*h).map_or(&[][..], |m| &m.parties))
        {
            return said;
        }
    }
    let mut near: Vec<TokenId> = (group.first..=group.last).collect();
    for h in heads {
        near.extend(view.children(h).iter().copied().filter(|c| belongs(view, *c)));
        let below: Vec<TokenId> = view.children(h).iter().copied().filter(|c| belongs(view, *c)).collect();
        near.extend(below.iter().flat_map(|c| view.children(*c).iter().copied().filter(|d| belongs(view, *d))));
        near.extend(below.iter().flat_map(|c| view.scene.children_of(*c, "conj")));
    }
    near.sort_unstable();
    near.dedup();
    let mut parties: Vec<String> = Vec::new();
    for m in near.iter().filter_map(|t| view.scene.mention(*t)).filter(|m| m.kind != MentionKind::Place || m.parties.len() == 1) {
        parties.extend(m.parties.iter().cloned());
    }
    parties.sort();
    parties.dedup();
    one_of(&parties)
}

/// "forced thousands of people from their homes": the homes are the people's own and say no side.
fn is_anybody(view: &View, draft: &Draft, noun: TokenId) -> bool {
    draft.found.iter().any(|f| f.harm == Harm::Displaced) && matches!(view.word(noun), "people" | "persons" | "families")
}

fn one_of(parties: &[String]) -> Said {
    match parties {
        [] => Said::Nothing,
        [one] => Said::One(one.clone()),
        _ => Said::Several,
    }
}

/// Whether a dependant of the noun says whose it is.
fn belongs(view: &View, c: TokenId) -> bool {
    match view.rel(c) {
        Deprel::NmodPoss | Deprel::Amod | Deprel::Compound => true,
        Deprel::Nmod | Deprel::Obl => view.scene.has_case(c, &["of", "from", "on", "among"]),
        _ => false,
    }
}

/// Who lost them: "the army lost 12 men", "the brigade suffered 30 dead", "left 20 dead behind".
fn loser(view: &View, draft: &Draft) -> Option<String> {
    match view.scene.mention(losing_subject(view, draft)?).map(|m| m.parties.as_slice()) {
        Some([one]) => Some(one.clone()),
        _ => None,
    }
}

/// Whether a force lost them.
fn military_loser(view: &View, draft: &Draft) -> bool {
    losing_subject(view, draft).is_some_and(|s| {
        let force = view.scene.mention(s).is_some_and(|m| m.kind == MentionKind::Force);
        force || view.lexicon.people(view.word(s)).is_some_and(|p| p.category == Category::Military)
    })
}

fn losing_subject(view: &View, draft: &Draft) -> Option<TokenId> {
    let by = draft.found.first()?.by;
    let mut verb = by;
    for _ in 0..3 {
        let lemma = view.lemma(verb);
        let suffers = matches!(lemma, "lose" | "suffer" | "sustain" | "mourn" | "bury") && draft.group.head != verb;
        let after = verb..view.sentence(verb).end.min(verb + 12);
        let behind = matches!(lemma, "leave") && after.into_iter().any(|t| view.word(t) == "behind");
        if suffers || behind {
            let own = [Some(draft.group.head), draft.group.noun];
            return subject_of(view, verb).filter(|s| !own.contains(&Some(*s)));
        }
        verb = view.head(verb)?;
    }
    None
}

/// The subject of a verb, or of the verb it is coordinated with or subordinate to.
fn subject_of(view: &View, verb: TokenId) -> Option<TokenId> {
    let mut v = verb;
    for _ in 0..3 {
        if let Some(s) = view.scene.children_of(v, "nsubj").next() {
            return Some(s);
        }
        v = view.head(v).filter(|_| matches!(view.rel(v), Deprel::Conj | Deprel::Advcl | Deprel::Xcomp))?;
    }
    None
}

/// Whose town or people were attacked: "fired rockets at its second city, killing one civilian".
fn attacked(view: &View, group: &Group, by: TokenId) -> Option<String> {
    if matches!(group.what, What::People(Category::Military)) {
        return None;
    }
    let attack = view.head(by).filter(|_| view.rel(by) == Deprel::Advcl)?;
    let target = |c: &TokenId| view.rel(*c) == Deprel::Obj || view.rel(*c).is("obl") && view.scene.has_case(*c, &["at", "on", "against", "into"]);
    let targets = view.children(attack).iter().copied().filter(target);
    let nested = |t: TokenId| std::iter::once(t).chain(view.children(t).iter().copied().filter(|c| belongs(view, *c)));
    let found = targets.flat_map(nested).filter_map(|t| view.scene.mention(t)).find(|m| m.parties.len() == 1 && m.kind != MentionKind::Source);
    found.map(|m| m.parties[0].clone())
}

/// A warring side that tells of people killed, and of nobody else's, tells of its own.
fn own_losses(view: &View, draft: &Draft, by: TokenId, claims: &[Claim], speaker: String) -> Option<String> {
    if let Some(loser) = losing_subject(view, draft) {
        // "The enemy lost 30 men", says one of two sides.
        let enemy = matches!(view.lemma(loser), "enemy" | "adversary" | "attacker" | "aggressor" | "occupier");
        return other_side(view, &speaker).filter(|_| enemy);
    }
    let own_kind = match draft.group.what {
        What::People(Category::Military) => draft.group.noun.is_some_and(|n| {
            matches!(view.lemma(n), "soldier" | "serviceman" | "servicewoman" | "troop" | "officer" | "personnel" | "trooper" | "marine")
        }),
        _ => true,
    };
    let sides = &view.scene.referents.sides;
    let warring = sides.contains(&speaker) || sides.is_empty() && claims.iter().any(|c| fights(c, &speaker));
    let agent = active_subject(view, by);
    let by_itself = agent.and_then(|a| view.scene.mention(a)).is_some_and(|m| m.parties.contains(&speaker));
    (own_kind && warring && !by_itself && !elsewhere(view, draft, by, &speaker)).then_some(speaker)
}

/// Whether the words around the number name a place of another side: "Russia put the number of dead in Tskhinvali at 90".
fn elsewhere(view: &View, draft: &Draft, by: TokenId, party: &str) -> bool {
    let (from, to) = (by.min(draft.group.first), by.max(draft.group.last));
    let end = view.sentence(to).end.min(to + 4);
    let own = |p: &String| p == party || view.scene.referents.civilians.get(party) == Some(p);
    (from..end).filter_map(|t| view.scene.mention(t)).any(|m| m.kind == MentionKind::Place && matches!(m.parties.as_slice(), [one] if !own(one)))
}

/// The other of two warring sides.
fn other_side(view: &View, party: &str) -> Option<String> {
    match view.scene.referents.sides.as_slice() {
        [a, b] if a == party => Some(b.clone()),
        [a, b] if b == party => Some(a.clone()),
        _ => None,
    }
}

/// Whether a claim of the report shows the party fighting.
fn fights(claim: &Claim, party: &str) -> bool {
    let is = |r: &evidence::Reference| r.party.as_deref() == Some(party);
    claim.event == Some(Event::Assault) && (claim.actors.iter().any(is) || claim.targets.iter().any(is))
}

/// Who did it: the subject of an active verb of harm.
fn active_subject(view: &View, by: TokenId) -> Option<TokenId> {
    let object = view.has(by, "obj");
    subject_of(view, by).filter(|_| object && view.scene.is_verb(by))
}
