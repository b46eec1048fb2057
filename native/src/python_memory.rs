//! What Python sees of the memory of the bulk analyzer.

use std::borrow::Cow;
use std::sync::Arc;

use pyo3::buffer::PyBuffer;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyString, PyTuple};

use crate::memory::{self, Batch, Pair, Whole};
use crate::names::Names;
use crate::python::string;

/// Chunks, raw tokens, words and pairs of words that were read.
#[pyclass(module = "khabarjoo._native")]
pub struct Memory(memory::Memory);

type Text<'py> = Bound<'py, PyString>;

/// The words that a lexicon lists.
#[pyclass(frozen, module = "khabarjoo._native")]
pub struct Listed(Arc<Names>);

#[pymethods]
impl Listed {
    /// `lines` are the words of a lexicon, a separator after each; those are listed whose kinds have the bit `listed`.
    #[new]
    fn new(py: Python<'_>, lines: PyBuffer<u8>, kinds: PyBuffer<u32>, listed: u32, separator: u8) -> PyResult<Self> {
        let (lines, kinds) = (lines.to_vec(py)?, kinds.to_vec(py)?);
        let mut names = Names::default();
        for (word, _) in lines.split(|&byte| byte == separator).zip(&kinds).filter(|(_, &kind)| kind & listed != 0) {
            names.number(word);
        }
        Ok(Listed(Arc::new(names)))
    }
}

#[pymethods]
impl Memory {
    #[new]
    fn new(listed: &Listed) -> Self {
        Memory(memory::Memory::new(listed.0.clone()))
    }

    /// Returns how much is remembered: chunks, raw tokens and pairs.
    fn __len__(&self) -> usize {
        self.0.len()
    }

    /// Adds the word "and", which may stand between the parts of another.
    fn add_and(&mut self, raw: &str, after: u8, before: u8, terms: Vec<u32>) {
        self.0.add_and(raw.as_bytes(), memory::Word { after, before, terms, ..memory::Word::default() });
    }

    /// Gives a word the next number.
    fn add(&mut self, after: u8, before: u8, terms: Vec<u32>, head: Text, tails: Vec<Text>) -> PyResult<()> {
        let tails = tails.iter().map(|tail| Ok(utf8(tail)?.into_owned())).collect::<PyResult<_>>()?;
        self.0.add(memory::Word { after, before, terms, head: utf8(&head)?.into_owned(), tails });
        Ok(())
    }

    /// Looks up the chunks of a batch of texts; returns those that are to be cut by rules.
    fn look_up<'py>(&mut self, py: Python<'py>, texts: Vec<Text<'py>>) -> PyResult<Vec<Text<'py>>> {
        if !self.0.is_whole() {
            return Err(PyValueError::new_err("a batch before was given up halfway"));
        }
        let encoded: Vec<_> = texts.iter().map(utf8).collect::<PyResult<_>>()?;
        let encoded: Vec<&[u8]> = encoded.iter().map(AsRef::as_ref).collect();
        let odd = py.detach(|| self.0.look_up(&encoded));
        odd.iter().map(|chunk| string(py, chunk)).collect()
    }

    /// Takes the raw tokens of those chunks; returns all raw tokens that are new.
    fn cut<'py>(&mut self, py: Python<'py>, odd: Vec<Vec<Text<'py>>>) -> PyResult<Vec<Text<'py>>> {
        let encoded = |raws: &Vec<Text>| raws.iter().map(|raw| Ok(utf8(raw)?.into_owned())).collect();
        let odd = odd.iter().map(encoded).collect::<PyResult<_>>()?;
        let new = self.0.cut(odd).ok_or_else(|| PyValueError::new_err("raw tokens for each chunk are wanted"))?;
        new.iter().map(|raw| string(py, raw)).collect()
    }

    /// Takes the numbers of the words that those raw tokens are.
    fn learn(&mut self, words: Vec<u32>) -> PyResult<()> {
        if self.0.learn(&words) {
            return Ok(());
        }
        Err(PyValueError::new_err("a word for each new raw token is wanted"))
    }

    /// Joins neighbours that are one word; returns the terms of all texts, and how many each has, as whole numbers of
    /// four bytes. `ask` is given a new pair, and whether "and" stands between; it returns how many words the first
    /// takes, and the terms and the head of the whole.
    fn join<'py>(
        &mut self,
        py: Python<'py>,
        ask: &Bound<'py, PyAny>,
    ) -> PyResult<(Bound<'py, PyBytes>, Bound<'py, PyBytes>)> {
        if !self.0.is_whole() {
            return Err(PyValueError::new_err("a batch before was given up halfway"));
        }
        let asked = |Pair { left, right, after_and }| -> PyResult<Whole> {
            let (taken, terms, head): (u32, Vec<u32>, Text) = ask.call1((left, right, after_and))?.extract()?;
            if taken > 2 {
                return Err(PyValueError::new_err("a word takes two others at most"));
            }
            Ok(Whole { taken, terms, head: utf8(&head)?.into_owned() })
        };
        let Batch { terms, lengths } = self.0.join(asked)?;
        Ok((bytes(py, terms.iter().map(|n| n.to_ne_bytes()))?, bytes(py, lengths.iter().map(|n| n.to_ne_bytes()))?))
    }

    /// Returns where the words of the texts joined last stand, which are given again.
    fn places(&self, py: Python<'_>, texts: Vec<Text<'_>>) -> PyResult<Places> {
        let encoded: Vec<_> = texts.iter().map(utf8).collect::<PyResult<_>>()?;
        let encoded: Vec<&[u8]> = encoded.iter().map(AsRef::as_ref).collect();
        let found = py.detach(|| self.0.places(&encoded));
        found.map(Places).ok_or_else(|| PyValueError::new_err("these texts were not read to their end"))
    }

    /// Returns what the words of each chunk of the batch have together, by what each word has; four bytes each.
    fn unite<'py>(&self, py: Python<'py>, of_words: PyBuffer<u32>) -> PyResult<Bound<'py, PyBytes>> {
        let of_words = of_words.to_vec(py)?;
        let Some(united) = self.0.unite(&of_words) else {
            return Err(PyValueError::new_err("something for each word is wanted"));
        };
        bytes(py, united.iter().map(|n| n.to_ne_bytes()))
    }
}

/// Where the words and the chunks of a batch stand, in letters of their texts.
#[pyclass(frozen, module = "khabarjoo._native")]
pub struct Places(memory::Places);

#[pymethods]
impl Places {
    /// Returns how many terms of a text begin before a place.
    fn terms_before(&self, text: usize, place: i64) -> PyResult<i64> {
        self.0.terms_before(text, place).ok_or_else(no_text)
    }

    /// Returns the number of the first chunk that a text has from one place to another, and of the one after the last.
    fn chunks(&self, text: usize, start: i64, end: i64) -> PyResult<(usize, usize)> {
        let found = self.0.chunks(text, start, end).ok_or_else(no_text)?;
        Ok((found.start, found.end))
    }

    /// Returns where each chunk starts, as whole numbers of eight bytes, and how many there are through each text.
    fn all_chunks<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyBytes>, Vec<usize>)> {
        Ok((bytes(py, self.0.starts.iter().map(|n| n.to_ne_bytes()))?, self.0.chunks.clone()))
    }

    /// Returns the words of a stretch, which is a text's number and two places of it, each of the class `kind`, which is one of tuples:
    /// what `terms` has of its number, its start and its end; what `apart` makes of these where `terms` has several.
    /// None where a word goes on over one of the places, or where `terms` has nothing.
    fn pieces<'py>(
        &self,
        stretch: (usize, i64, i64),
        terms: &Bound<'py, PyDict>,
        kind: &Bound<'py, PyAny>,
        apart: &Bound<'py, PyAny>,
    ) -> PyResult<Option<Bound<'py, PyList>>> {
        let (py, (text, start, end)) = (kind.py(), stretch);
        let Some(words) = self.0.whole_words(text, start, end) else {
            return Ok(None);
        };
        let (new, mut pieces) = (py.get_type::<PyTuple>().getattr("__new__")?, Vec::with_capacity(words.len()));
        for &memory::Placed { start, end, number, .. } in words {
            let found = match terms.get_item(number)? {
                Some(found) => found,
                None => terms.as_any().get_item(number)?, // which has it made
            };
            let found = found.cast_into::<PyTuple>()?;
            match found.len() {
                0 => return Ok(None),
                1 => {
                    let (form, lemma, bits): (Bound<PyAny>, Bound<PyAny>, Bound<PyAny>) =
                        found.get_item(0)?.extract()?;
                    pieces.push(new.call1((kind, (form, lemma, bits, start, end)))?);
                }
                _ => {
                    for piece in apart.call1((found, start, end))?.try_iter()? {
                        pieces.push(piece?);
                    }
                }
            }
        }
        PyList::new(py, pieces).map(Some)
    }
}

fn no_text() -> PyErr {
    PyValueError::new_err("the batch has no such text")
}

/// Returns the bytes of some numbers.
pub fn bytes<'py, const SIZE: usize>(
    py: Python<'py>,
    numbers: impl ExactSizeIterator<Item = [u8; SIZE]>,
) -> PyResult<Bound<'py, PyBytes>> {
    PyBytes::new_with(py, SIZE * numbers.len(), |bytes| {
        bytes.chunks_exact_mut(SIZE).zip(numbers).for_each(|(bytes, number)| bytes.copy_from_slice(&number));
        Ok(())
    })
}

/// Returns a string in UTF-8, half surrogates among it.
fn utf8<'a>(text: &'a Bound<'_, PyString>) -> PyResult<Cow<'a, [u8]>> {
    match text.to_str() {
        Ok(text) => Ok(Cow::Borrowed(text.as_bytes())),
        Err(_) => Ok(Cow::Owned(text.call_method1("encode", ("utf-8", "surrogatepass"))?.extract()?)),
    }
}
