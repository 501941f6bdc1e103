//! Lines of one kind, side by side in columns, with the places where each word stands.
//!
//! A line keeps its place ("slot") as long as it lives; new lines come behind. Columns are shared between the state that
//! answers and the next one that is being made: they are copied only when the next one changes them.

use std::sync::Arc;

use roaring::RoaringBitmap;
use store::line::Days;

/// No day, no line.
pub(super) const NO_DAY: i32 = i32::MIN;
pub(super) const NO_MINUTE: u16 = u16::MAX;
pub(super) const NO_SLOT: u32 = u32::MAX;

/// Texts in one piece.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    bytes: String,
    ends: Vec<u32>,
}

impl Texts {
    pub(super) fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len() as u32);
    }

    pub(super) fn get(&self, slot: u32) -> &str {
        let start = if slot == 0 { 0 } else { self.ends[slot as usize - 1] as usize };
        &self.bytes[start..self.ends[slot as usize] as usize]
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    fn append(&mut self, other: &Self) {
        let by = self.bytes.len() as u32;
        self.bytes.push_str(&other.bytes);
        self.ends.extend(other.ends.iter().map(|e| e + by));
    }
}

/// Columns of some lines. What a column means for a kind of lines stands where it is filled: `batch.rs`.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    pub ids: Texts,
    /// Keys by which lines are told apart for good; they break ties.
    pub keys: Vec<u64>,
    pub first: Vec<i32>,
    pub last: Vec<i32>,
    pub minute: Vec<u16>,
    /// Slot of the report; of a report itself, of its first claim.
    pub report: Vec<u32>,
    /// A number to sort by: count of a figure, weight of an incident, claims of a report.
    pub number: Vec<u32>,
    /// Doubts of claims and figures; denials of incidents; first figure of reports.
    pub extra: Vec<u32>,
    /// Of figures: slot of the claim.
    pub claim: Vec<u32>,
}

impl Columns {
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(super) fn push_days(&mut self, days: Days) {
        self.first.push(days.first.unwrap_or(NO_DAY));
        self.last.push(days.last.unwrap_or(NO_DAY));
        self.minute.push(days.minute.unwrap_or(NO_MINUTE));
    }

    fn append(&mut self, other: &Self) {
        self.ids.append(&other.ids);
        self.keys.extend_from_slice(&other.keys);
        self.first.extend_from_slice(&other.first);
        self.last.extend_from_slice(&other.last);
        self.minute.extend_from_slice(&other.minute);
        self.report.extend_from_slice(&other.report);
        self.number.extend_from_slice(&other.number);
        self.extra.extend_from_slice(&other.extra);
        self.claim.extend_from_slice(&other.claim);
    }
}

/// New lines of a kind.
#[derive(Debug, Default)]
pub(super) struct Fresh {
    pub columns: Columns,
    /// Words of all lines, one line behind the other, and where each line ends.
    pub words: Vec<u32>,
    pub ends: Vec<u32>,
}

impl Fresh {
    pub(super) fn push_words(&mut self, words: &[u32]) {
        self.words.extend_from_slice(words);
        self.ends.push(self.words.len() as u32);
    }

    /// For each word, in ascending order, the lines that have it, counted from the first of these.
    fn by_word(&self, mut each: impl FnMut(u32, &[u32])) {
        let most = self.words.iter().max().map_or(0, |w| *w as usize + 1);
        let mut starts = vec![0_u32; most + 1];
        self.words.iter().for_each(|w| starts[*w as usize + 1] += 1);
        for n in 1..starts.len() {
            starts[n] += starts[n - 1];
        }
        let mut at = starts.clone();
        let mut slots = vec![0_u32; self.words.len()];
        let mut from = 0;
        for (slot, end) in (0..).zip(&self.ends) {
            for word in &self.words[from..*end as usize] {
                let place = &mut at[*word as usize];
                slots[*place as usize] = slot;
                *place += 1;
            }
            from = *end as usize;
        }
        for word in 0..most {
            let range = starts[word] as usize..starts[word + 1] as usize;
            if !range.is_empty() {
                each(word as u32, &slots[range]);
            }
        }
    }
}

/// All lines of one kind.
#[derive(Debug, Clone, Default)]
pub(super) struct Shelf {
    pub columns: Arc<Columns>,
    /// Slots of lines that are there.
    pub live: Arc<RoaringBitmap>,
    /// By word: slots of lines that have it, also of those that are gone.
    places: Arc<Vec<Option<Arc<RoaringBitmap>>>>,
}

impl Shelf {
    /// Slots that lines would have that are added next.
    pub(super) fn next(&self) -> u32 {
        self.columns.len() as u32
    }

    pub(super) fn append(&mut self, fresh: &Fresh) {
        let from = self.next();
        if fresh.columns.len() == 0 {
            return;
        }
        Arc::make_mut(&mut self.columns).append(&fresh.columns);
        Arc::make_mut(&mut self.live).insert_range(from..self.columns.len() as u32);
        let places = Arc::make_mut(&mut self.places);
        fresh.by_word(|word, slots| {
            if places.len() <= word as usize {
                places.resize(word as usize + 1, None);
            }
            let set = places[word as usize].get_or_insert_default();
            // Slots ascend, within these lines and behind those before.
            let _ = Arc::make_mut(set).append(slots.iter().map(|s| s + from));
        });
    }

    pub(super) fn remove(&mut self, slots: std::ops::Range<u32>) {
        Arc::make_mut(&mut self.live).remove_range(slots);
    }

    /// Lines that have a word; some of them may be gone.
    pub(super) fn with(&self, word: u32) -> Option<&RoaringBitmap> {
        self.places.get(word as usize)?.as_deref()
    }

    /// Of `among`, how many have a word.
    pub(super) fn count(&self, word: u32, among: &RoaringBitmap) -> u64 {
        self.with(word).map_or(0, |set| set.intersection_len(among))
    }
}
