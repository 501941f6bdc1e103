//! What does the language layer know? One file with the network, its word pieces and its labels.
//!
//! The file is safetensors: int8 tensors with a `.scales` tensor each, f32 tensors for the rest, the word pieces as
//! one tensor of bytes (`vocab`, a piece a line), known lemmas as another (`lemmas`), and the label lists as metadata,
//! an item a line.

use std::fmt;

use evidence::deprel::Upos;
use safetensors::tensor::{Dtype, Metadata, SafeTensors, TensorView};

use crate::encoder::Weights;
use crate::heads::{Labels, Tags};
use crate::lemma;
use crate::pieces::{WordPieces, plain_word};

/// What `Metadata` calls the layout that this program reads.
pub const FORMAT: &str = "standoff-encoder 1";

/// A network with what its inputs and outputs mean.
#[derive(Debug)]
pub struct Model {
    /// The network.
    pub weights: Weights,
    /// What the heads choose from.
    pub labels: Labels,
    /// What the encoder reads.
    pub pieces: WordPieces,
}

impl Model {
    /// Reads a model file. The large tensors are used where they lie.
    pub fn read(bytes: &'static [u8]) -> Result<Self, Error> {
        let file = Tensors::read(bytes)?;
        if file.list("format")? != [FORMAT] {
            return Err(Error(Kind::Format));
        }
        let labels = Labels::read(&file)?;
        let weights = Weights::read(&file, labels.tags(), labels.relations.len())?;
        let vocabulary = std::str::from_utf8(file.bytes("vocab")?).or_else(|_| file.misfit("vocab"))?;
        let pieces = WordPieces::new(vocabulary).ok_or(Error(Kind::Misfit("vocab".to_owned())))?;
        if pieces.len() != weights.words.len() {
            return file.misfit("vocab");
        }
        Ok(Self { weights, labels, pieces })
    }

    /// The lemma of a word: in lower case except for proper nouns. A word that training has seen has that lemma; others
    /// have what their script makes of them, checked against English spelling.
    pub fn lemma(&self, word: &str, tags: Tags) -> String {
        let mut room = String::new();
        let word = plain_word(word, &mut room);
        let script = |word: &str| self.labels.scripts[tags.script].apply(word);
        let lemma = if tags.upos == Upos::Propn {
            script(word)
        } else {
            let form = word.to_lowercase();
            match self.labels.known_lemma(&form, tags.upos) {
                Some(lemma) => lemma.to_lowercase(),
                None => lemma::checked(&form, tags.upos, &script(word).to_lowercase(), |w| self.pieces.knows(w)),
            }
        };
        if lemma.is_empty() { word.to_lowercase() } else { lemma }
    }

    /// The model in this program.
    ///
    /// # Panics
    /// If the program was built with a broken model file; a test reads it.
    #[cfg(feature = "embedded")]
    pub fn embedded() -> Self {
        /// Cache lines are 64 bytes; the file's int8 tensors start on such a border when the file does.
        #[repr(C, align(64))]
        struct Aligned<T: ?Sized>(T);
        static FILE: &Aligned<[u8]> =
            &Aligned(*include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../models/standoff-en.safetensors")));
        match Self::read(&FILE.0) {
            Ok(model) => model,
            Err(error) => panic!("cannot read the embedded model: {error}"),
        }
    }
}

/// The tensors and lists of a model file.
pub struct Tensors {
    tensors: SafeTensors<'static>,
    metadata: Metadata,
}

impl Tensors {
    /// Reads the index of a safetensors file.
    pub fn read(bytes: &'static [u8]) -> Result<Self, Error> {
        let unreadable = |e| Error(Kind::Unreadable(e));
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(unreadable)?;
        Ok(Self { tensors: SafeTensors::deserialize(bytes).map_err(unreadable)?, metadata })
    }

    /// The bytes of an int8 or byte tensor.
    pub fn bytes(&self, name: &str) -> Result<&'static [u8], Error> {
        let tensor = self.tensor(name)?;
        if matches!(tensor.dtype(), Dtype::I8 | Dtype::U8) { Ok(tensor.data()) } else { self.misfit(name) }
    }

    /// The numbers of an f32 tensor of `len` numbers.
    pub fn f32(&self, name: &str, len: usize) -> Result<Vec<f32>, Error> {
        let tensor = self.tensor(name)?;
        if tensor.dtype() != Dtype::F32 || tensor.data().len() != 4 * len {
            return self.misfit(name);
        }
        Ok(tensor.data().as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    /// The lines of a metadata entry.
    pub fn list(&self, name: &str) -> Result<Vec<&str>, Error> {
        let metadata = self.metadata.metadata().as_ref();
        let text = metadata.and_then(|m| m.get(name)).ok_or_else(|| Error(Kind::Missing(name.to_owned())))?;
        Ok(text.split('\n').collect())
    }

    /// The error that tensor or list `name` has not the right type or size.
    pub fn misfit<T>(&self, name: &str) -> Result<T, Error> {
        Err(Error(Kind::Misfit(name.to_owned())))
    }

    fn tensor(&self, name: &str) -> Result<TensorView<'static>, Error> {
        self.tensors.tensor(name).map_err(|_| Error(Kind::Missing(name.to_owned())))
    }
}

/// Why a model file cannot be used.
#[derive(Debug)]
pub struct Error(Kind);

#[derive(Debug)]
enum Kind {
    Unreadable(safetensors::SafeTensorError),
    Format,
    Missing(String),
    Misfit(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Kind::Unreadable(_) => f.write_str("it is no safetensors file"),
            Kind::Format => write!(f, "its format is not `{FORMAT}`; make it with `train quantise`"),
            Kind::Missing(name) => write!(f, "it has no `{name}`"),
            Kind::Misfit(name) => write!(f, "`{name}` has not the type or size that fits the rest"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Kind::Unreadable(e) => Some(e),
            _ => None,
        }
    }
}
