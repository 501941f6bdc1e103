//! Texts in, claims out: the tests in the files of `data/`, and the stories of `tests/stories`.

#[path = "../../src/picture.rs"]
mod picture;
mod reading;

mod any_order;
mod rules;
mod stories;
