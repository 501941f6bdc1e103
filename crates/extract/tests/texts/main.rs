//! What is read out of short texts: figures, truces, speakers and acts, and the words that a reader would mark.

mod figures;
mod own_voice;
mod sayings;
mod speech;
mod stages;
mod truces;
