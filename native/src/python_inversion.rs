//! What Python sees of inverting.

use pyo3::buffer::PyBuffer;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::inversion::{self, Pairs, Weights, Words};
use crate::python::slice;
use crate::python_memory::bytes;

type Packed<'py> = Bound<'py, PyBytes>;

/// Returns how many articles have each lemma, which, and what it weighs in each, as numbers of four bytes.
///
/// `forms` are those of all words, article after article; `lengths` and `factors` have three an article, how many words
/// are in a field and what each counts. `opening` is what so many words after the title count more, `part` how much a
/// part does against a word.
#[pyfunction]
#[allow(clippy::too_many_arguments)]
pub fn invert<'py>(
    py: Python<'py>,
    forms: PyBuffer<u32>,
    lengths: PyBuffer<i64>,
    lemma_of_form: PyBuffer<i64>,
    parts: PyBuffer<i64>,
    part_sizes: PyBuffer<i64>,
    factors: PyBuffer<f32>,
    opening: (f32, usize),
    part: f32,
    lemmas: usize,
) -> PyResult<(Packed<'py>, Packed<'py>, Packed<'py>)> {
    let words = Words {
        forms: slice(&forms)?,
        lengths: slice(&lengths)?,
        lemma_of_form: slice(&lemma_of_form)?,
        parts: slice(&parts)?,
        part_sizes: slice(&part_sizes)?,
        lemmas,
    };
    let (opening, opening_words) = opening;
    let weights = Weights { factors: slice(&factors)?, opening, opening_words, part };
    let Some(Pairs { sizes, pairs }) = py.detach(|| inversion::invert(words, weights)) else {
        return Err(PyValueError::new_err("words are wanted whose forms and lemmas are all told"));
    };
    Ok((
        bytes(py, sizes.iter().map(|n| n.to_ne_bytes()))?,
        bytes(py, pairs.iter().map(|pair| pair.0.to_ne_bytes()))?,
        bytes(py, pairs.iter().map(|pair| pair.1.to_ne_bytes()))?,
    ))
}
