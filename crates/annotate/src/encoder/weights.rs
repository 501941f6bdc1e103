//! Which tensors does the network have, and do they fit together?

use super::float::Norm;
use super::linear::{Linear, TILE};
use super::{ARC, DEPTH, INNER, LABEL, POSITIONS, WIDTH};
use crate::model::{Error, Tensors};

/// Rows of case features: none, and seven shapes of a word for its first piece and for the others.
pub const CASES: usize = 16;

/// The int8 network as its file holds it; the large tensors stay where the file lies.
#[derive(Debug)]
pub struct Weights {
    pub(crate) words: Rows8,
    pub(crate) positions: Rows8,
    /// `CASES` × `WIDTH`.
    pub(crate) cases: Vec<f32>,
    pub(crate) norm: Norm,
    pub(crate) layers: Vec<Layer>,
    /// Scores of parts of speech, features, lemma scripts and name tags, one after the other.
    pub(crate) tags: Linear,
    /// Arc vectors as dependant and as head, label vectors as dependant and as head, before their GELU.
    pub(crate) arcs: Linear,
    /// From the arc vector of a dependant to the vector that its heads are multiplied with.
    pub(crate) arc_product: Linear,
    /// From the label vector of a dependant to one vector a relation, then one number a relation.
    pub(crate) label_product: Linear,
}

/// One layer.
#[derive(Debug)]
pub(crate) struct Layer {
    pub qkv: Linear,
    pub mixed: Linear,
    pub mixed_norm: Norm,
    pub inner: Linear,
    pub outer: Linear,
    pub outer_norm: Norm,
}

/// Vectors in int8, one scale each.
#[derive(Debug)]
pub(crate) struct Rows8 {
    values: &'static [u8],
    scales: Vec<f32>,
}

impl Rows8 {
    /// Vector `row` in f32.
    pub fn row(&self, row: usize) -> impl Iterator<Item = f32> + '_ {
        let scale = self.scales[row];
        self.values[row * WIDTH..(row + 1) * WIDTH].iter().map(move |v| f32::from(*v as i8) * scale)
    }

    /// How many vectors there are.
    pub fn len(&self) -> usize {
        self.scales.len()
    }
}

impl Weights {
    /// The network of a file with `relations` relations and `tags` tags of all kinds together.
    pub fn read(file: &Tensors, tags: usize, relations: usize) -> Result<Self, Error> {
        let layers = (0..DEPTH).map(|i| Layer::read(file, &format!("layers.{i}"))).collect::<Result<_, _>>()?;
        Ok(Self {
            words: rows8(file, "word")?,
            positions: rows8(file, "pos")
                .and_then(|r| if r.len() == POSITIONS { Ok(r) } else { file.misfit("pos") })?,
            cases: file.f32("case", CASES * WIDTH)?,
            norm: norm(file, "ln")?,
            layers,
            tags: linear(file, "tags", WIDTH, tags.next_multiple_of(TILE))?,
            arcs: linear(file, "arcs", WIDTH, 2 * ARC + 2 * LABEL)?,
            arc_product: linear(file, "arc_u", ARC, ARC)?,
            label_product: linear(file, "lab_u", LABEL, (relations * (LABEL + 1)).next_multiple_of(TILE))?,
        })
    }
}

impl Layer {
    fn read(file: &Tensors, at: &str) -> Result<Self, Error> {
        Ok(Self {
            qkv: linear(file, &format!("{at}.qkv"), WIDTH, 3 * WIDTH)?,
            mixed: linear(file, &format!("{at}.o"), WIDTH, WIDTH)?,
            mixed_norm: norm(file, &format!("{at}.ln1"))?,
            inner: linear(file, &format!("{at}.f1"), WIDTH, INNER)?,
            outer: linear(file, &format!("{at}.f2"), INNER, WIDTH)?,
            outer_norm: norm(file, &format!("{at}.ln2"))?,
        })
    }
}

fn linear(file: &Tensors, name: &str, inputs: usize, outputs: usize) -> Result<Linear, Error> {
    let weights = file.bytes(name)?;
    let scales = file.f32(&format!("{name}.scales"), outputs)?;
    let bias = file.f32(&format!("{name}.bias"), outputs)?;
    match Linear::new(weights, scales, bias) {
        Some(layer) if layer.inputs() == inputs => Ok(layer),
        _ => file.misfit(name),
    }
}

fn norm(file: &Tensors, name: &str) -> Result<Norm, Error> {
    Ok(Norm { weight: file.f32(&format!("{name}.weight"), WIDTH)?, bias: file.f32(&format!("{name}.bias"), WIDTH)? })
}

fn rows8(file: &Tensors, name: &str) -> Result<Rows8, Error> {
    let values = file.bytes(name)?;
    let scales = file.f32(&format!("{name}.scales"), values.len() / WIDTH)?;
    if values.len() == scales.len() * WIDTH { Ok(Rows8 { values, scales }) } else { file.misfit(name) }
}
