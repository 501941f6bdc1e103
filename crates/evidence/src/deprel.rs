//! Dependency relations and parts of speech of Universal Dependencies 2 as English treebanks use them.

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident, $other:ident, [$($variant:ident = $word:literal),* $(,)?]) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[expect(missing_docs, reason = "the labels are defined by Universal Dependencies")]
        pub enum $name { $($variant),* }
        impl $name {
            /// Every label.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// The label as treebanks write it.
            pub const fn as_str(self) -> &'static str { match self { $(Self::$variant => $word),* } }
            /// The label written as `word`; an unknown subtype falls back to its plain relation, the rest to
            #[doc = concat!("`", stringify!($other), "`.")]
            pub fn parse(word: &str) -> Self {
                match word { $($word => Self::$variant,)* _ => match word.split_once(':') {
                    Some((base, _)) => Self::parse(base), None => Self::$other } }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.as_str()) }
        }
    };
}

labels! {
    /// A dependency relation.
    Deprel, Dep, [
        Root = "root", Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod",
        Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc", CcPreconj = "cc:preconj",
        Ccomp = "ccomp", Clf = "clf", Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj", Cop = "cop",
        Csubj = "csubj", CsubjPass = "csubj:pass", CsubjOuter = "csubj:outer", Dep = "dep", Det = "det",
        DetPredet = "det:predet", Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed",
        Flat = "flat", FlatForeign = "flat:foreign", Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark",
        Nmod = "nmod", NmodDesc = "nmod:desc", NmodNpmod = "nmod:npmod", NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked",
        NmodTmod = "nmod:tmod", Nsubj = "nsubj", NsubjPass = "nsubj:pass", NsubjOuter = "nsubj:outer", Nummod = "nummod",
        Obj = "obj", Obl = "obl", OblAgent = "obl:agent", OblNpmod = "obl:npmod", OblTmod = "obl:tmod",
        OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct", Reparandum = "reparandum",
        Vocative = "vocative", Xcomp = "xcomp",
    ]
}

labels! {
    /// A universal part of speech.
    Upos, X, [
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    ]
}

impl Deprel {
    /// The relation without its subtype: `nsubj` of `nsubj:pass`.
    pub fn base(self) -> &'static str {
        self.as_str().split(':').next().unwrap_or_default()
    }

    /// Whether it is `base` or a subtype of it.
    pub fn is(self, base: &str) -> bool {
        self.base() == base
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_read_back_and_fall_back() {
        for label in Deprel::ALL {
            assert_eq!(Deprel::parse(label.as_str()), *label);
        }
        assert_eq!(Deprel::parse("obl:lmod"), Deprel::Obl);
        assert_eq!(Deprel::parse("nonsense"), Deprel::Dep);
        assert!(Deprel::NsubjPass.is("nsubj"));
    }
}
