//! Krippendorff's alpha: how far coders agree beyond what chance would give.
//!
//! As in Klaus Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011): for any number of coders, with values
//! missing, from the coincidences of values within units. 1 is perfect agreement, 0 what chance would give, less than 0
//! systematic disagreement.

/// How far apart two values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distance {
    /// The same or not.
    Nominal,
    /// The square of the difference.
    Interval,
    /// The square of the difference over the sum: between 1 and 2 dead lies more than between 101 and 102.
    Ratio,
}

/// The coefficient, and what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Alpha {
    /// The coefficient, or why there is none.
    pub value: Result<f64, Why>,
    /// Units to which at least two coders gave a value.
    pub units: usize,
    /// Values in these units.
    pub values: usize,
}

/// Why there is no coefficient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// No unit has values of two coders.
    NothingToCompare,
    /// All values are the same: there is nothing that chance could have got wrong.
    NoVariation,
}

impl Why {
    /// For people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NothingToCompare => "undefined: no object was coded by two",
            Self::NoVariation => "undefined: all values are the same, so chance cannot be told from agreement",
        }
    }
}

/// The coefficient of units with the values that coders gave to each. For numbers, a value is its own; for the nominal
/// distance, any number that stands for the value.
pub fn alpha(units: &[Vec<f64>], distance: Distance) -> Alpha {
    let paired: Vec<&Vec<f64>> = units.iter().filter(|u| u.len() > 1).collect();
    let n: usize = paired.iter().map(|u| u.len()).sum();
    let made = |value| Alpha { value, units: paired.len(), values: n };
    if n == 0 {
        return made(Err(Why::NothingToCompare));
    }
    // Observed: all pairs within a unit, each unit weighing as many values as it has.
    let within = |u: &[f64]| {
        let pairs = u.iter().enumerate().flat_map(|(i, a)| u[i + 1..].iter().map(move |b| (a, b)));
        2.0 * pairs.map(|(a, b)| delta(*a, *b, distance)).sum::<f64>() / (u.len() - 1) as f64
    };
    let observed: f64 = paired.iter().map(|u| within(u)).sum();
    // Expected: all pairs of all values, by how often each value was given.
    let mut all: Vec<f64> = paired.iter().flat_map(|u| u.iter().copied()).collect();
    all.sort_by(f64::total_cmp);
    let mut counts: Vec<(f64, f64)> = Vec::new();
    for v in all {
        match counts.last_mut() {
            Some((last, count)) if *last == v => *count += 1.0,
            _ => counts.push((v, 1.0)),
        }
    }
    let pairs = counts.iter().enumerate().flat_map(|(i, a)| counts[i + 1..].iter().map(move |b| (a, b)));
    let expected: f64 = 2.0 * pairs.map(|(a, b)| a.1 * b.1 * delta(a.0, b.0, distance)).sum::<f64>();
    if expected == 0.0 {
        return made(Err(Why::NoVariation));
    }
    made(Ok(1.0 - (n - 1) as f64 * observed / expected))
}

fn delta(a: f64, b: f64, distance: Distance) -> f64 {
    match distance {
        Distance::Nominal => f64::from(u8::from(a != b)),
        Distance::Interval => (a - b).powi(2),
        Distance::Ratio if a + b == 0.0 => 0.0,
        Distance::Ratio => ((a - b) / (a + b)).powi(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of the paper, part C: four observers, twelve units, values missing.
    fn published() -> Vec<Vec<f64>> {
        const N: f64 = f64::NAN;
        let by_observer = [
            [1.0, 2.0, 3.0, 3.0, 2.0, 1.0, 4.0, 1.0, 2.0, N, N, N],
            [1.0, 2.0, 3.0, 3.0, 2.0, 2.0, 4.0, 1.0, 2.0, 5.0, N, 3.0],
            [N, 3.0, 3.0, 3.0, 2.0, 3.0, 4.0, 2.0, 2.0, 5.0, 1.0, N],
            [1.0, 2.0, 3.0, 3.0, 2.0, 4.0, 4.0, 1.0, 2.0, 5.0, 1.0, N],
        ];
        (0..12).map(|u| by_observer.iter().map(|o| o[u]).filter(|v| !v.is_nan()).collect()).collect()
    }

    fn rounded(distance: Distance) -> f64 {
        (alpha(&published(), distance).value.unwrap() * 1000.0).round() / 1000.0
    }

    #[test]
    fn the_published_example_comes_out_as_published() {
        assert_eq!(rounded(Distance::Nominal), 0.743);
        assert_eq!(rounded(Distance::Interval), 0.849);
        assert_eq!(rounded(Distance::Ratio), 0.797);
        let a = alpha(&published(), Distance::Nominal);
        assert_eq!((a.units, a.values), (11, 40), "the unit with one value counts for nothing");
    }

    #[test]
    fn two_observers_of_the_paper_too() {
        // Part A, binary: 0.095; part B, nominal: 0.692.
        let units = |a: &[u8], b: &[u8]| -> Vec<Vec<f64>> {
            a.iter().zip(b).map(|(x, y)| vec![f64::from(*x), f64::from(*y)]).collect()
        };
        let binary = units(&[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], &[1, 1, 1, 0, 0, 1, 0, 0, 0, 0]);
        let letters = units(b"aabbdcccedda", b"babbbccceddd");
        let value = |u: &[Vec<f64>]| (alpha(u, Distance::Nominal).value.unwrap() * 1000.0).round() / 1000.0;
        assert_eq!(value(&binary), 0.095);
        assert_eq!(value(&letters), 0.692);
    }

    #[test]
    fn where_it_is_undefined_it_says_why() {
        assert_eq!(alpha(&[vec![1.0], vec![2.0]], Distance::Nominal).value, Err(Why::NothingToCompare));
        let same = alpha(&[vec![1.0, 1.0], vec![1.0, 1.0, 1.0]], Distance::Nominal);
        assert_eq!((same.value, same.units, same.values), (Err(Why::NoVariation), 2, 5));
        assert_eq!(alpha(&[vec![1.0, 1.0], vec![2.0, 2.0]], Distance::Interval).value, Ok(1.0));
        assert_eq!(alpha(&[vec![0.0, 0.0], vec![0.0, 3.0]], Distance::Ratio).value, Ok(0.0));
    }
}
