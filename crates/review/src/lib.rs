//! What do people correct, and do they agree? Corrections as a layer over readings, that never overwrites them.
//!
//! [`Layer`] is what the words of all coders come to: who says what of which object, what is settled, what is not.
//! [`corrected`] gives readings as the layer would have them, beside the machine's own. Nothing is averaged: where
//! coders disagree and no editor has decided, the machine's value stands and the disagreement is shown.

mod attach;
mod layer;
mod standing;

mod apply;
mod decided;

mod agreement;
mod alpha;

pub use agreement::{Agreement, Metric, agreement};
pub use alpha::{Alpha, Distance, Why, alpha};
pub use apply::corrected;
pub use attach::{Attached, attach};
pub use decided::{Open, open};
pub use layer::Layer;
pub use standing::{Outcome, Standing, Verdict, Word};
