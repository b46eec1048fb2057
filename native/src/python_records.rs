//! What Python sees of stored records.

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::records::{Code, Member};

const UNUSED: char = '\u{fffe}'; // as Python's own tables of characters have it

#[derive(FromPyObject)]
enum Given<'py> {
    Text(Bound<'py, PyString>),
    List(Vec<Bound<'py, PyString>>),
}

/// Writes records in a code with one byte a character.
#[pyclass(frozen, module = "khabarjoo._native")]
pub struct RecordCode(Code);

#[pymethods]
impl RecordCode {
    /// `characters` are those that each byte stands for.
    #[new]
    fn new(characters: &str) -> Self {
        RecordCode(Code::new(characters, UNUSED))
    }

    /// Returns texts and lists of texts as JSON, in UTF-8 and in the code; the latter None where that has not all of their
    /// characters, and all of it where there are half surrogates among them.
    #[allow(clippy::type_complexity)]
    fn write<'py>(
        &self,
        py: Python<'py>,
        record: Vec<Given<'py>>,
    ) -> Option<(Bound<'py, PyBytes>, Option<Bound<'py, PyBytes>>)> {
        let mut members = Vec::with_capacity(record.len());
        for given in &record {
            members.push(match given {
                Given::Text(text) => Member::Text(text.to_str().ok()?),
                Given::List(texts) => Member::List(texts.iter().map(|text| text.to_str().ok()).collect::<Option<_>>()?),
            });
        }
        let (utf8, coded) = self.0.write(&members);
        Some((PyBytes::new(py, &utf8), coded.map(|coded| PyBytes::new(py, &coded))))
    }
}
