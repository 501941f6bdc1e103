//! How fast is the encoder? Pieces and words a second, per kernel and number of threads.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use annotate::Model;
use annotate::analyse::{Scratch, analyse};
use annotate::encoder::{Encoder, Kernel};
use annotate::pieces::Pieces;

use crate::corpora::Sentence;

/// Sentences that a thread takes at once: about an article.
const ARTICLE: usize = 20;

/// A measured speed.
#[derive(Debug, Clone, Copy)]
pub struct Speed {
    /// Word pieces a second, the first and last of each sentence included.
    pub pieces: f64,
    /// Words a second.
    pub words: f64,
    /// Words a second that a core really worked, where the system tells (Linux): the figure to look at on a busy machine.
    pub words_busy: Option<f64>,
}

/// The best of `rounds` rounds over all sentences.
pub fn measure(model: &Model, kernel: Kernel, threads: usize, sentences: &[Sentence], rounds: usize) -> Speed {
    let articles: Vec<(Vec<&str>, Vec<Range<usize>>)> = sentences.chunks(ARTICLE).map(article).collect();
    let words: usize = articles.iter().map(|(words, _)| words.len()).sum();
    let mut pieces = Pieces::default();
    articles.iter().flat_map(|(words, _)| words).for_each(|word| model.pieces.add(word, &mut pieces));
    let pieces = pieces.ids.len() + 2 * sentences.len();
    let network = Encoder { weights: &model.weights, kernel };
    let (mut best, mut best_busy) = (f64::MAX, None);
    for _ in 0..rounds {
        let busy = Mutex::new(Some(0.0));
        let next = AtomicUsize::new(0);
        let start = Instant::now();
        std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| {
                    let mut scratch = Scratch::default();
                    let before = busy_seconds();
                    while let Some((words, ranges)) = articles.get(next.fetch_add(1, Ordering::Relaxed)) {
                        std::hint::black_box(analyse(model, &network, &mut scratch, words, ranges));
                    }
                    let mut total = busy.lock().unwrap_or_else(PoisonError::into_inner);
                    *total = total.zip(before).zip(busy_seconds()).map(|((total, from), to)| total + to - from);
                });
            }
        });
        best = best.min(start.elapsed().as_secs_f64());
        let busy = busy.into_inner().unwrap_or_else(PoisonError::into_inner);
        best_busy = busy.into_iter().chain(best_busy).reduce(f64::min);
    }
    let words = words as f64;
    Speed { pieces: pieces as f64 / best, words: words / best, words_busy: best_busy.map(|busy| words / busy) }
}

/// Seconds that a core has worked for this thread.
fn busy_seconds() -> Option<f64> {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(times.split(' ').next()?.parse::<f64>().ok()? / 1e9)
}

fn article(sentences: &[Sentence]) -> (Vec<&str>, Vec<Range<usize>>) {
    let words: Vec<&str> = sentences.iter().flat_map(|s| s.words.iter().map(String::as_str)).collect();
    let mut from = 0;
    let ranges = sentences.iter().map(|s| {
        let to = from + s.words.len();
        std::mem::replace(&mut from, to)..to
    });
    (words, ranges.collect())
}
