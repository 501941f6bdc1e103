//! What words mean, as a direction: two claims that tell of like things in other words point nearly the same way.
//!
//! A direction says nothing of who, where and when: names are no part of it. `docs/decisions/0007` says how well it
//! tells claims about one occurrence from others.

use crate::document::TokenId;

/// A direction in the space that the encoder's words lie in, rounded to whole numbers from -127 to 127.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning {
    /// Signed numbers, as bytes.
    values: Box<[u8; Self::WIDTH]>,
    /// Length of the vector of these numbers, above 0.
    length: f32,
}

impl Meaning {
    /// Numbers of a direction.
    pub const WIDTH: usize = 384;

    /// The direction of a vector; `None` if it has none (no length, or a number that is not finite).
    pub fn along(vector: &[f32; Self::WIDTH]) -> Option<Self> {
        let most = vector.iter().fold(0.0_f32, |most, x| if x.is_nan() { f32::INFINITY } else { most.max(x.abs()) });
        if most == 0.0 || !most.is_finite() {
            return None;
        }
        Self::from_bytes(&vector.map(|x| (x / most * 127.0).round() as i8 as u8))
    }

    /// The direction kept as these bytes; `None` if they are not `WIDTH` of them, or all 0.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let values: Box<[u8; Self::WIDTH]> = Box::new(bytes.try_into().ok()?);
        let square = product(&values, &values);
        (square > 0).then(|| Self { values, length: (square as f32).sqrt() })
    }

    /// `WIDTH` bytes to keep it as.
    pub fn as_bytes(&self) -> &[u8] {
        &self.values[..]
    }

    /// One bit a number, set where it is above 0; the first number is the lowest bit of the first byte. Two meanings whose
    /// signs differ in few places point nearly the same way.
    pub fn signs(&self) -> [u8; Self::WIDTH / 8] {
        std::array::from_fn(|n| {
            let of = self.values[n * 8..][..8].iter().zip(0..);
            of.fold(0, |byte, (v, bit)| byte | u8::from(*v as i8 > 0) << bit)
        })
    }

    /// How alike two meanings are: 1 for the same direction, about 0 for what has nothing in common, -1 at the least.
    pub fn cosine(&self, other: &Self) -> f32 {
        (product(&self.values, &other.values) as f32 / (self.length * other.length)).clamp(-1.0, 1.0)
    }
}

/// Sum of products of signed bytes. At most 384 · 128², far below the limit of the type.
fn product(a: &[u8; Meaning::WIDTH], b: &[u8; Meaning::WIDTH]) -> i32 {
    a.iter().zip(b).map(|(a, b)| i32::from(*a as i8) * i32::from(*b as i8)).sum()
}

/// Vectors of those words of a document that carry its meaning: neither names nor words of grammar.
#[derive(Debug, Clone, Default)]
pub struct WordMeanings {
    /// Ascending.
    tokens: Vec<TokenId>,
    vectors: Vec<[f32; Meaning::WIDTH]>,
}

impl WordMeanings {
    /// Adds the vector of a token that stands behind all that have one.
    ///
    /// # Panics
    /// If it does not.
    pub fn add(&mut self, token: TokenId, vector: [f32; Meaning::WIDTH]) {
        assert!(self.tokens.last().is_none_or(|last| *last < token), "token {token} comes too late");
        self.tokens.push(token);
        self.vectors.push(vector);
    }

    /// All vectors, in the order of their tokens.
    pub fn vectors(&self) -> &[[f32; Meaning::WIDTH]] {
        &self.vectors
    }

    /// What some tokens mean together; `None` if none of them has a vector.
    pub fn together(&self, tokens: impl IntoIterator<Item = TokenId>) -> Option<Meaning> {
        let mut sum = [0.0; Meaning::WIDTH];
        for at in tokens.into_iter().filter_map(|token| self.tokens.binary_search(&token).ok()) {
            sum.iter_mut().zip(&self.vectors[at]).for_each(|(sum, x)| *sum += x);
        }
        Meaning::along(&sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vector(of: impl Fn(usize) -> f32) -> [f32; Meaning::WIDTH] {
        std::array::from_fn(of)
    }

    #[test]
    fn the_cosine_is_that_of_the_vectors_it_was_made_of() {
        let (a, b) = (vector(|i| (i as f32 * 0.37).sin()), vector(|i| (i as f32 * 0.31).cos() + 0.2));
        let dot = |x: &[f32], y: &[f32]| x.iter().zip(y).map(|(x, y)| x * y).sum::<f32>();
        let exact = dot(&a, &b) / (dot(&a, &a) * dot(&b, &b)).sqrt();
        let meaning = |v: [f32; Meaning::WIDTH]| Meaning::along(&v).expect("it has a direction");
        assert!((meaning(a).cosine(&meaning(b)) - exact).abs() < 0.005);
        assert!((meaning(a).cosine(&meaning(a.map(|x| x * 1e-6))) - 1.0).abs() < 1e-6);
        assert!((meaning(a).cosine(&meaning(a.map(|x| -x))) + 1.0).abs() < 1e-6);
    }

    #[test]
    fn bytes_bring_the_same_meaning_back_and_others_bring_none() {
        let meaning = Meaning::along(&vector(|i| i as f32 - 200.0)).expect("it has a direction");
        assert_eq!(Meaning::from_bytes(meaning.as_bytes()), Some(meaning));
        assert_eq!(Meaning::from_bytes(&[1; 383]), None);
        assert_eq!(Meaning::from_bytes(&[0; Meaning::WIDTH]), None);
    }

    #[test]
    fn what_has_no_direction_has_no_meaning() {
        for x in [0.0, f32::NAN, f32::INFINITY] {
            assert_eq!(Meaning::along(&vector(|i| if i == 7 { x } else { 0.0 })), None, "{x}");
        }
    }

    #[test]
    fn only_tokens_with_a_vector_count() {
        let mut words = WordMeanings::default();
        words.add(2, vector(|i| f32::from(u8::from(i == 0))));
        words.add(5, vector(|i| f32::from(u8::from(i == 1))));
        assert_eq!(words.together([0, 1, 3]), None);
        let (both, one) = (words.together(0..9).expect("two count"), words.together([2, 3]).expect("one counts"));
        assert!((both.cosine(&one) - 0.5_f32.sqrt()).abs() < 0.01);
    }
}
