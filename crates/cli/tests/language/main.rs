//! Texts in, claims out: the tests in the files of `data/`, and the stories of `tests/stories`.

mod reading;

mod rules;
mod stories;
