//! Which words are the reports made of? Invented names, and sentences that hardly any two reports share.

use crate::draws::Draws;

const ONSETS: [&str; 20] =
    ["b", "br", "d", "dr", "f", "g", "h", "k", "kr", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "z"];
const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ai", "ei", "oa"];
const CODAS: [&str; 10] = ["", "n", "r", "l", "s", "m", "nd", "rk", "th", "v"];

const ADJECTIVES: [&str; 60] = [
    "narrow",
    "quiet",
    "burned",
    "northern",
    "southern",
    "eastern",
    "western",
    "empty",
    "crowded",
    "ruined",
    "distant",
    "muddy",
    "frozen",
    "steep",
    "flooded",
    "disputed",
    "guarded",
    "abandoned",
    "former",
    "local",
    "wooden",
    "broken",
    "makeshift",
    "hurried",
    "heavy",
    "sudden",
    "early",
    "late",
    "brief",
    "lasting",
    "uneasy",
    "careful",
    "open",
    "closed",
    "remote",
    "ancient",
    "modern",
    "industrial",
    "rural",
    "coastal",
    "mined",
    "blocked",
    "repaired",
    "worn",
    "damp",
    "cold",
    "dusty",
    "dark",
    "silent",
    "weary",
    "hungry",
    "anxious",
    "stubborn",
    "bitter",
    "patient",
    "foreign",
    "mounted",
    "armoured",
    "spare",
    "second",
];
const NOUNS: [&str; 90] = [
    "bridge",
    "market",
    "school",
    "clinic",
    "orchard",
    "quarry",
    "depot",
    "mill",
    "harbour",
    "railway",
    "junction",
    "warehouse",
    "convoy",
    "column",
    "garrison",
    "checkpoint",
    "trench",
    "ridge",
    "valley",
    "river",
    "ferry",
    "tunnel",
    "reservoir",
    "dam",
    "substation",
    "pipeline",
    "granary",
    "bakery",
    "church",
    "mosque",
    "library",
    "stadium",
    "cemetery",
    "square",
    "avenue",
    "suburb",
    "hamlet",
    "farm",
    "vineyard",
    "forest",
    "meadow",
    "marsh",
    "plateau",
    "border",
    "customs house",
    "barracks",
    "airfield",
    "hangar",
    "radio mast",
    "prison",
    "courthouse",
    "archive",
    "hospital",
    "ambulance",
    "shelter",
    "cellar",
    "kitchen",
    "stairwell",
    "courtyard",
    "workshop",
    "foundry",
    "brewery",
    "pharmacy",
    "bus station",
    "tram line",
    "water tower",
    "well",
    "canal",
    "lock",
    "pier",
    "lighthouse",
    "fishery",
    "cannery",
    "tannery",
    "sawmill",
    "kiln",
    "furnace",
    "generator",
    "transformer",
    "bulldozer",
    "tractor",
    "lorry",
    "stretcher",
    "tent",
    "blanket",
    "ration",
    "medicine",
    "fuel",
    "winter",
    "harvest",
];
const VERBS: [&str; 50] = [
    "crossed",
    "circled",
    "left",
    "reached",
    "searched",
    "emptied",
    "repaired",
    "watched",
    "guarded",
    "filled",
    "cleared",
    "counted",
    "sheltered",
    "avoided",
    "passed",
    "entered",
    "closed",
    "opened",
    "mapped",
    "measured",
    "photographed",
    "mended",
    "carried",
    "lifted",
    "dragged",
    "buried",
    "marked",
    "fenced",
    "swept",
    "drained",
    "lit",
    "darkened",
    "rebuilt",
    "shared",
    "divided",
    "joined",
    "visited",
    "inspected",
    "described",
    "remembered",
    "recalled",
    "missed",
    "feared",
    "awaited",
    "followed",
    "met",
    "overtook",
    "halted",
    "turned",
    "rounded",
];
const PEOPLE: [&str; 30] = [
    "farmers",
    "teachers",
    "nurses",
    "drivers",
    "miners",
    "fishermen",
    "students",
    "priests",
    "engineers",
    "volunteers",
    "mothers",
    "widows",
    "refugees",
    "porters",
    "shopkeepers",
    "bakers",
    "veterans",
    "conscripts",
    "cooks",
    "masons",
    "welders",
    "shepherds",
    "clerks",
    "judges",
    "poets",
    "surgeons",
    "carpenters",
    "sailors",
    "guides",
    "neighbours",
];

/// A part of a town that is hit: "the narrow market of", "houses near".
pub fn quarter(draws: &mut Draws) -> String {
    let (a, b) = (draws.word(&ADJECTIVES), draws.word(&NOUNS));
    match draws.below(6) {
        0 => String::new(),
        1 => format!("the {a} {b} of "),
        2 => format!("a {b} in "),
        3 => format!("{} near ", draws.word(&PEOPLE)),
        4 => format!("the {b} and the {a} outskirts of "),
        _ => format!("a {a} {b} outside "),
    }
}

/// What is asked for or foreseen: "that every clinic and narrow bridge be reopened".
pub fn wish(draws: &mut Draws) -> String {
    let (a, b, c) = (draws.word(&ADJECTIVES), draws.word(&NOUNS), draws.word(&NOUNS));
    let (people, verb) = (draws.word(&PEOPLE), draws.word(&VERBS));
    match draws.below(3) {
        0 => format!("{people} who {verb} the {a} {b} be let through the {c}"),
        1 => format!("every {b} and {a} {c} be given back to {people}"),
        _ => format!("the {c} be spared and {people} who {verb} a {a} {b} be heard"),
    }
}

/// A name of so many syllables, in small letters.
pub fn name(draws: &mut Draws, syllables: usize) -> String {
    let mut out = String::new();
    for _ in 0..syllables {
        out += draws.word(&ONSETS);
        out += draws.word(&VOWELS);
    }
    out + draws.word(&CODAS)
}

/// A word with its first letter in capitals.
pub fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A sentence of nobody's in particular, 12 to 30 words.
pub fn filler(draws: &mut Draws) -> String {
    let clause = |draws: &mut Draws| {
        let (a, b, c) = (draws.word(&ADJECTIVES), draws.word(&NOUNS), draws.word(&NOUNS));
        let (people, verb, other) = (draws.word(&PEOPLE), draws.word(&VERBS), draws.word(&ADJECTIVES));
        match draws.below(5) {
            0 => format!("{a} {people} {verb} a {other} {b} beside the {c}"),
            1 => format!("the {b} and its {a} {c} {verb} {other} {people}"),
            2 => format!("{people} from the {a} {b} {verb} one {other} {c}"),
            3 => format!("a {a} {b} {verb} what {people} called the {other} {c}"),
            _ => format!("no {people} {verb} the {a} {b} or any {other} {c}"),
        }
    };
    let (first, second) = (clause(draws), clause(draws));
    let joined = match draws.below(4) {
        0 => format!("{first} while {second}"),
        1 => format!("{first}, and {second}"),
        2 => format!("{first} before {second}"),
        _ => first,
    };
    capital(&joined) + "."
}

/// What an official says of an attack, 14 to 20 words: printed alike by whoever quotes it.
pub fn statement(draws: &mut Draws) -> String {
    let (a, b, c) = (draws.word(&ADJECTIVES), draws.word(&NOUNS), draws.word(&NOUNS));
    let (people, verb, other) = (draws.word(&PEOPLE), draws.word(&VERBS), draws.word(&ADJECTIVES));
    format!("We will not forget that {people} {verb} this {a} {b} and that the {other} {c} is gone")
}
