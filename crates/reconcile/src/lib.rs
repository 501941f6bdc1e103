//! Which claims tell of one thing; where do they differ? Origins, ceasefires, incidents and denials over reports.
//!
//! Nothing here changes an article or a claim; all of it can be made again from them. A report leaves [`traces`]; those
//! that share a block are compared and [`links`] found; what hangs together by links becomes an [`origin`], a
//! [`ceasefire`] or [`incidents`]. Since links of a block depend on its traces alone, the picture is the same in whichever
//! order reports come, and one more report touches only the blocks that it stands in.

mod block;
mod body;
mod groups;
mod moments;

mod origins;
mod strands;
mod truces;

mod blocks;
mod clusters;
mod copies;
mod incidents;

pub mod tolls;

mod versions;

pub use copies::{block as block_of_origin, links as links_of_copies};
pub use incidents::incidents;
pub use origins::{origin, shared};
pub use truces::{block as block_of_ceasefire, ceasefire, same_roles as links_of_ceasefire};
pub use versions::{revision, versions};

use evidence::ledger::Reading;
use evidence::{Block, Layer, Link, Trace};

/// The form of the traces' bodies: those of another form are made again.
pub const FORM: u64 = 4;

/// What a report leaves to be compared with what others leave.
pub fn traces(reading: &Reading) -> Vec<Trace> {
    let mut out = vec![origins::trace(reading)];
    out.extend(truces::traces(reading));
    out.extend(strands::traces(reading));
    out
}

/// Links between the traces of a block that traces stand in by themselves.
pub fn links(block: Block, traces: &[Trace]) -> Vec<Link> {
    use block::Kind;
    match Kind::of(block) {
        Some(Kind::Band | Kind::Run | Kind::Sentence) => origins::links(block, traces),
        Some(Kind::Address) => origins::versions(traces),
        Some(Kind::TruceDay) => truces::links(traces),
        Some(Kind::Day | Kind::Undated | Kind::Count | Kind::Stance | Kind::Saying) => {
            let strands: Vec<strands::Strand> = traces.iter().map(strands::unpacked).collect();
            blocks::links(block, &strands)
        }
        _ => Vec::new(),
    }
}

/// What the traces of a block are of.
pub fn layer(block: Block) -> Layer {
    use block::Kind;
    match Kind::of(block) {
        Some(Kind::Band | Kind::Run | Kind::Sentence | Kind::Address) => Layer::Origin,
        Some(Kind::TruceDay) => Layer::Ceasefire,
        _ => Layer::Incident,
    }
}

/// Whether a block holds the articles that have one sentence, so that what they share can be told.
pub fn is_sentence(block: Block) -> bool {
    block::Kind::of(block) == Some(block::Kind::Sentence)
}
