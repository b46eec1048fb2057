//! What is hot and narrow in Khabarjoo. The Python code is the reference: tests hold both equal, and every part of this
//! may be missing.

mod best;
mod column;
mod feedback;
mod first_stage;
mod proximity;
mod query_word;
mod ranker;
mod ranking;
mod segment;
mod sums;

#[cfg(feature = "python")]
mod python;
