//! Lists every text file under `data/`, so that a new rule file needs no list to edit.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data").canonicalize().expect("data/ exists");
    println!("cargo::rerun-if-changed={}", data.display());
    let mut files = Vec::new();
    collect(&data, &mut files);
    files.sort();
    let mut code = String::from("pub(crate) static FILES: &[(&str, &str)] = &[\n");
    for file in files {
        let name = file.strip_prefix(&data).expect("below data/").to_str().expect("a UTF-8 name").replace('\\', "/");
        writeln!(code, "({name:?}, include_str!({:?})),", file.display().to_string()).unwrap();
    }
    code.push_str("];\n");
    let out = Path::new(&std::env::var_os("OUT_DIR").expect("set by cargo")).join("files.rs");
    std::fs::write(out, code).expect("OUT_DIR is writable");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in std::fs::read_dir(folder).expect("a readable folder") {
        let path = entry.expect("a readable entry").path();
        let kept = path.extension().is_some_and(|e| e == "toml" || e == "tsv" || e == "txt");
        if path.is_dir() {
            collect(&path, files);
        } else if kept {
            files.push(path);
        }
    }
}
