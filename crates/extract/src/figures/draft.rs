//! A figure on the way: its group, what befell it, and which figure it belongs to.

use super::group::Group;
use super::harm::Found;

/// How a group stands to the one that it takes its harm from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// "two of them teachers": some of the others.
    Part,
    /// "… and nine on the way to the clinic": others of the same kind.
    Alike,
}

/// A group with all that is known of it so far.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) group: Group,
    pub(super) found: Vec<Found>,
    /// Index of the draft that it takes what it does not say from, and how it stands to it.
    pub(super) host: Option<(usize, Tie)>,
    pub(super) superseded: bool,
}
