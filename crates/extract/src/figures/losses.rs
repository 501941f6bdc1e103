//! Whose losses are told, where the words of a figure name no side: by who lost them, who was attacked, and who tells.

use evidence::deprel::Deprel;
use evidence::document::TokenId;
use evidence::mention::MentionKind;
use evidence::{Category, Claim, EntityKind, Event, Mention, Speaker};

use super::draft::Draft;
use super::group::{Group, What};
use super::view::View;
use super::whose::belongs;

/// Who lost them: "the army lost 12 men", "the brigade suffered 30 dead", "left 20 dead behind".
pub(super) fn loser(view: &View, draft: &Draft) -> Option<String> {
    let lost = view.scene.mention(losing_subject(view, draft)?).filter(|m| m.kind != MentionKind::Place);
    match lost.map(|m| m.parties.as_slice()) {
        Some([one]) => Some(one.clone()),
        _ => None,
    }
}

/// Whether a force lost them.
pub(super) fn military_loser(view: &View, draft: &Draft) -> bool {
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
        // "The army lost nine men and killed 30": the 30 are others.
        if verb == by && view.scene.is_verb(by) && view.rel(by) == Deprel::Conj {
            return None;
        }
        verb = view.head(verb)?;
    }
    None
}

/// The subject of a verb, or of the verb it is coordinated with or subordinate to.
pub(super) fn subject_of(view: &View, verb: TokenId) -> Option<TokenId> {
    let mut v = verb;
    for _ in 0..3 {
        if let Some(s) = view.scene.children_of(v, "nsubj").next() {
            return Some(s);
        }
        v = view.head(v).filter(|_| matches!(view.rel(v), Deprel::Conj | Deprel::Advcl | Deprel::Xcomp))?;
    }
    None
}

/// Whose town or people were attacked: "shelled its largest port, killing a docker".
pub(super) fn attacked(view: &View, group: &Group, by: TokenId) -> Option<String> {
    if matches!(group.what, What::People(Category::Military)) {
        return None;
    }
    // "shelled the town, killing three", "shelled the town and killed three"
    let attack = view.head(by).filter(|_| matches!(view.rel(by), Deprel::Advcl | Deprel::Conj))?;
    let target = |c: &TokenId| {
        view.rel(*c) == Deprel::Obj
            || view.rel(*c).is("obl") && view.scene.has_case(*c, &["at", "on", "against", "into"])
    };
    let targets = view.children(attack).iter().copied().filter(target);
    let nested = |t: TokenId| std::iter::once(t).chain(view.children(t).iter().copied().filter(|c| belongs(view, *c)));
    let found = targets
        .flat_map(nested)
        .filter_map(|t| view.scene.mention(t))
        .find(|m| m.parties.len() == 1 && m.kind != MentionKind::Source);
    found.map(|m| m.parties[0].clone())
}

/// A warring side that tells of people killed, and of nobody else's, tells of its own.
pub(super) fn own_losses(view: &View, draft: &Draft, by: TokenId, claims: &[Claim], speaker: String) -> Option<String> {
    if let Some(loser) = losing_subject(view, draft) {
        // "They lost six men", says a side of nobody else.
        let own = matches!(view.word(loser), "they" | "we" | "it")
            && view.scene.mention(loser).is_none_or(|m| m.parties.is_empty());
        if own && fights_here(view, by, &speaker) {
            return Some(speaker);
        }
        // "The enemy lost 30 men", says one of two sides.
        let enemy = matches!(view.lemma(loser), "enemy" | "adversary" | "attacker" | "aggressor" | "occupier");
        return other_side(view, &speaker).filter(|_| enemy);
    }
    if draft.group.noun.is_some_and(|n| view.lemma(n) == "enemy") {
        return other_side(view, &speaker);
    }
    let own_kind = match draft.group.what {
        // "He admitted the loss of six fighters."
        _ if matches!(view.word(by), "loss" | "losses") => true,
        // "Soldiers", in the mouth of an armed group, are those of the state it fights.
        What::People(Category::Military) if !is_state(view, &speaker) => {
            let soldiers =
                draft.group.noun.is_some_and(|n| matches!(view.lemma(n), "soldier" | "troop" | "serviceman"));
            return other_side(view, &speaker).filter(|_| soldiers);
        }
        What::People(Category::Military) => draft.group.noun.is_some_and(|n| {
            matches!(
                view.lemma(n),
                "soldier" | "serviceman" | "servicewoman" | "troop" | "officer" | "personnel" | "trooper" | "marine"
            )
        }),
        _ => true,
    };
    let sides = &view.scene.referents.sides;
    let warring = sides.contains(&speaker) || sides.is_empty() && claims.iter().any(|c| fights(c, &speaker));
    let by_itself = is_done_by(view, by, &speaker);
    (own_kind && warring && !by_itself && !elsewhere(view, draft, by, &speaker)).then_some(speaker)
}

/// Whether the words around the number name a place of another side: "Russia put the number of dead in Tskhinvali at 90".
fn elsewhere(view: &View, draft: &Draft, by: TokenId, party: &str) -> bool {
    let (from, to) = (by.min(draft.group.first), by.max(draft.group.last));
    let end = view.sentence(to).end.min(to + 4);
    let own = |p: &String| p == party || view.scene.referents.civilians.get(party) == Some(p);
    (from..end)
        .filter_map(|t| view.scene.mention(t))
        .any(|m| m.kind == MentionKind::Place && matches!(m.parties.as_slice(), [one] if !own(one)))
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

/// A ministry of health, the police or a mayor counts the people of its own country.
pub(super) fn of_own_country(
    view: &View,
    draft: &Draft,
    by: TokenId,
    speakers: &[Speaker],
    party: String,
) -> Option<String> {
    let speaker = speakers.first()?;
    let entity = view.scene.referents.entities.iter().find(|e| Some(&e.id) == speaker.entity.as_ref());
    let named = entity.map_or("", |e| e.name.as_str());
    let words = format!("{} {named}", speaker.span?.of(&view.scene.article.text)).to_lowercase();
    let domestic = words.split(|c: char| !c.is_alphanumeric()).any(|w| view.lexicon.voice.domestic.contains(w));
    let military = matches!(draft.group.what, What::People(Category::Military));
    let by_itself = is_done_by(view, by, &party);
    (domestic
        && !military
        && !by_itself
        && is_state(view, &party)
        && !elsewhere(view, draft, by, &party)
        && losing_subject(view, draft).is_none())
    .then_some(party)
}

/// "Two soldiers and a policeman were killed" in the war of one state with a group, or by the other of two sides.
pub(super) fn regulars(view: &View, draft: &Draft, by: TokenId, category: Category) -> Option<String> {
    let paragraph = view.scene.document.sentences.get(view.scene.document.sentence_of(by))?.paragraph;
    let front = view.scene.referents.front(paragraph)?;
    // "The rebels claim to have killed 40", "is holding 18 of them": those whom one of two sides harms are the other's.
    let doer = Some(by).filter(|v| view.has(*v, "obj") && view.scene.is_verb(*v)).and_then(|v| subject_of(view, v));
    let doer = doer.and_then(|s| view.scene.mention(s)).filter(|m| m.parties.len() == 1).map(|m| &m.parties[0]);
    let theirs = category == Category::Military || draft.group.what == What::Understood;
    if let Some(other) = doer.filter(|_| theirs).and_then(|d| front.opponent(d)) {
        return Some(other.to_owned());
    }
    const OF_A_STATE: &[&str] = &[
        "soldier",
        "serviceman",
        "servicewoman",
        "trooper",
        "troop",
        "marine",
        "paratrooper",
        "policeman",
        "policewoman",
        "gendarme",
        "conscript",
        "ranger",
        "airman",
        "sailor",
    ];
    let counted = draft.group.noun.is_some_and(|n| OF_A_STATE.contains(&view.lemma(n)));
    let army = |c: TokenId| matches!(view.word(c), "army" | "military" | "government" | "police");
    let possessed = view.children(by).iter().any(|c| view.rel(*c) == Deprel::NmodPoss && army(*c));
    let mut states = front.sides.iter().filter(|s| is_state(view, s));
    match (states.next(), states.next()) {
        (Some(one), None) if (counted || possessed) && front.sides.len() > 1 => Some(one.clone()),
        _ => None,
    }
}

/// Whether a party fights in the conflict that a token's paragraph is about.
fn fights_here(view: &View, t: TokenId, party: &str) -> bool {
    let sentence = view.scene.document.sentences.get(view.scene.document.sentence_of(t));
    sentence.and_then(|s| view.scene.referents.front(s.paragraph)).is_some_and(|f| f.fights(party))
}

/// Whether a party is a state, as far as the report names it.
fn is_state(view: &View, party: &str) -> bool {
    let of_party = |e: &&evidence::Entity| e.party.as_deref() == Some(party) && e.kind == EntityKind::Party;
    view.scene.referents.entities.iter().find(of_party).is_some_and(|e| e.country.is_some())
}

/// Whether a mention is one of a group that fights and is no state.
pub(super) fn is_armed_group(view: &View, mention: &Mention) -> bool {
    let group = |p: &String| !is_state(view, p) && view.scene.referents.fronts.iter().any(|f| f.sides.contains(p));
    mention.kind == MentionKind::Party && !mention.parties.is_empty() && mention.parties.iter().all(group)
}

/// Whether a party itself did it ("the army killed 12"), or found those it tells of ("recovered 30 bodies").
fn is_done_by(view: &View, by: TokenId, party: &str) -> bool {
    let verb = if view.scene.is_verb(by) { Some(by).filter(|v| view.has(*v, "obj")) } else { view.head(by) };
    let told = |v: &TokenId| {
        let voice = &view.lexicon.voice;
        let lemma = view.lemma(*v);
        view.scene.is_verb(*v) && (*v == by || !voice.says.contains(lemma) && !voice.counts.contains(lemma))
    };
    let subject = verb.filter(told).and_then(|v| subject_of(view, v));
    subject.and_then(|s| view.scene.mention(s)).is_some_and(|m| m.parties.iter().any(|p| p == party))
}

/// "On the Orrin side 14 soldiers died": the side that the clause opens with, or that hangs on its verb.
pub(super) fn of_side(view: &View, draft: &Draft) -> Option<String> {
    let by = draft.found.first()?.by;
    let sentence = view.sentence(draft.group.first);
    let before = sentence.start.max(draft.group.first.saturating_sub(8))..draft.group.first;
    let opening = before.rev().take_while(|t| !view.scene.is_verb(*t));
    let hanging = view.scene.children_of(by, "obl");
    let side = opening.chain(hanging).find(|t| view.word(*t) == "side" && view.scene.has_case(*t, &["on"]))?;
    let parts = std::iter::once(side).chain(view.children(side).iter().copied());
    let mut named = parts.filter_map(|t| view.scene.mention(t)).filter(|m| m.parties.len() == 1);
    named.next().map(|m| m.parties[0].clone())
}
