//! What do people correct, and do they agree? Corrections as a layer over readings, that never overwrites them.
