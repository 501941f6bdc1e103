//! Which claims mean nearly what some words mean? First by the signs of their meanings, all in memory, then the best few
//! hundred by the meanings themselves.

use roaring::RoaringBitmap;
use store::SqliteStore;
use store::line::SIGNS;

use super::Lent;
use super::state::Index;
use crate::fault::Fault;

/// So many claims are looked at closely.
const CLOSELY: usize = 400;
/// So many are shown at most: those behind are seldom of use.
const MOST: usize = 200;
/// Less alike than this is not alike.
const LEAST: f32 = 0.3;

/// Signs of the meanings of all claims that have one.
#[derive(Debug, Default)]
pub(super) struct Signs {
    /// By slot; claims without a meaning have no bits set, and are passed over.
    pub all: Vec<[u64; SIGNS / 8]>,
    pub have: RoaringBitmap,
}

impl Index {
    /// Claims among some that mean nearly what words mean, the nearest first, with how alike they are.
    pub(super) fn near(
        &self,
        words: &str,
        among: &RoaringBitmap,
        ledger: &SqliteStore,
        lent: &Lent,
    ) -> Result<Vec<(u32, f32)>, Fault> {
        let Some(understand) = &lent.understand else {
            return Err(Fault::asked("about: this desk cannot search by meaning; search by words"));
        };
        let Some(wanted) = understand.meaning(words) else { return Ok(Vec::new()) };
        let signs = self.signs(ledger)?;
        let mut best = nearest(&signs.all, &(&signs.have & among), &packed(&wanted.signs()));
        best.truncate(CLOSELY);
        let keys: Vec<u64> = best.iter().map(|slot| self.claims.columns.keys[*slot as usize]).collect();
        let mut near: Vec<(u32, f32)> = Vec::with_capacity(keys.len());
        for (key, meaning) in ledger.meanings(&keys)? {
            let alike = meaning.cosine(&wanted);
            near.extend(self.slot(key).filter(|_| alike >= LEAST).map(|slot| (slot, alike)));
        }
        near.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        near.truncate(MOST);
        Ok(near)
    }

    /// The signs, read on first use.
    fn signs(&self, ledger: &SqliteStore) -> Result<&Signs, Fault> {
        if let Some(signs) = self.signs.get() {
            return Ok(signs);
        }
        let read = self.read_signs(ledger)?;
        Ok(self.signs.get_or_init(|| read))
    }

    pub(super) fn read_signs(&self, ledger: &SqliteStore) -> Result<Signs, store::Error> {
        let mut signs = Signs { all: vec![[0; SIGNS / 8]; self.claims.next() as usize], have: RoaringBitmap::new() };
        let mut have = Vec::new();
        ledger.lines().senses(0..=u64::from(u32::MAX), |key, bytes| {
            if let Some(slot) = self.slot(key) {
                signs.all[slot as usize] = packed(bytes);
                have.push(slot);
            }
        })?;
        have.sort_unstable();
        signs.have = have.into_iter().collect();
        Ok(signs)
    }
}

fn packed(bytes: &[u8; SIGNS]) -> [u64; SIGNS / 8] {
    std::array::from_fn(|n| u64::from_le_bytes(std::array::from_fn(|b| bytes[n * 8 + b])))
}

/// Some of `among` in the order of how few of their signs differ from `wanted`: more than [`CLOSELY`], if there are.
fn nearest(all: &[[u64; SIGNS / 8]], among: &RoaringBitmap, wanted: &[u64; SIGNS / 8]) -> Vec<u32> {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("popcnt") {
        // SAFETY: the processor has just been asked whether it can.
        #[expect(unsafe_code, reason = "counting bits is four times as quick with the processor's own instruction")]
        return unsafe { nearest_with_popcnt(all, among, wanted) };
    }
    nearest_anywhere(all, among, wanted)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "popcnt")]
fn nearest_with_popcnt(all: &[[u64; SIGNS / 8]], among: &RoaringBitmap, wanted: &[u64; SIGNS / 8]) -> Vec<u32> {
    nearest_anywhere(all, among, wanted)
}

#[inline(always)]
fn nearest_anywhere(all: &[[u64; SIGNS / 8]], among: &RoaringBitmap, wanted: &[u64; SIGNS / 8]) -> Vec<u32> {
    let mut by_distance: Vec<Vec<u32>> = vec![Vec::new(); SIGNS * 8 + 1];
    let (mut limit, mut kept) = (SIGNS as u32 * 8, 0);
    for slot in among {
        let differ: u32 = all[slot as usize].iter().zip(wanted).map(|(a, b)| (a ^ b).count_ones()).sum();
        if differ > limit {
            continue;
        }
        by_distance[differ as usize].push(slot);
        kept += 1;
        // Whatever is farther than the nearest few hundred is not looked at any more.
        while kept - by_distance[limit as usize].len() >= CLOSELY {
            kept -= by_distance[limit as usize].len();
            by_distance[limit as usize].clear();
            limit -= 1;
        }
    }
    by_distance.concat()
}
