//! What is hot and narrow in Khabarjoo. The Python code is the reference: tests hold both equal, and every part of this
//! may be missing.

#![cfg_attr(not(feature = "python"), allow(dead_code))] // then only tests use it

mod alignment;
mod best;
mod column;
mod feedback;
mod first_stage;
mod forward_index;
mod inversion;
mod leaf_matches;
mod memory;
mod names;
mod occurrences;
mod proximity;
mod query_word;
mod ranker;
mod ranking;
mod records;
mod segment;
mod signatures;
mod stretches;
mod sums;
#[cfg(test)]
mod tampering;

#[cfg(feature = "python")]
mod python;
#[cfg(feature = "python")]
mod python_columns;
#[cfg(feature = "python")]
mod python_inversion;
#[cfg(feature = "python")]
mod python_memory;
#[cfg(feature = "python")]
mod python_records;
