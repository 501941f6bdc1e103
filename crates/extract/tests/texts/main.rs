//! What is read out of short texts: figures, truces, speakers and acts, and the words that a reader would mark.

mod figures;
mod sayings;
mod speech;
mod stages;
mod truces;
