//! What Python sees of the crate: `khabarjoo/_native.pyi` tells of it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use pyo3::buffer::PyBuffer;
use pyo3::exceptions::{PyBufferError, PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::alignment::{self, Characters, Places};
use crate::column::{Damage, Numbers, Strings};
use crate::feedback::{Keywords, KEYWORD_COLUMNS};
use crate::first_stage::{Needed, MOST_WORDS};
use crate::forward_index::{ForwardIndex, FORWARD_COLUMNS};
use crate::leaf_matches::{Field, Leaf, LeafColumns, Listed, Matcher, Part, Standing, LEAF_COLUMNS, MOST_PARTS};
use crate::occurrences::{self, Bits, Counter, Parts};
use crate::python_columns::{self, Values};
use crate::query_word;
use crate::ranker::{self, Counted};
use crate::ranking::{Ranking, Weighting};
use crate::segment::{Segment, COLUMNS};
use crate::signatures::{self, SIGNATURE, SIGNATURE_COLUMN};
use crate::stretches::{self, Matches, Stretch, Worth};

pyo3::import_exception!(khabarjoo.index.columns, ColumnsError);

/// What Python and the crate agree on: raised with every change of what is called, and told apart by `kernel.py`.
const INTERFACE: u32 = 17;

impl From<Damage> for PyErr {
    fn from(damage: Damage) -> Self {
        ColumnsError::new_err(damage.0)
    }
}

/// Where a column is: its type as numpy writes it, its first byte in the file, how many values it has.
type Located = HashMap<String, (String, usize, usize)>;

/// A word of a query, looked up in one index.
#[pyclass(frozen, module = "khabarjoo._native")]
struct Word(query_word::Word);

/// What a leaf matches in one index.
#[pyclass(frozen, module = "khabarjoo._native")]
struct Matched {
    of_segments: Vec<Listed>,
    #[pyo3(get)]
    cost: u64,
}

#[pymethods]
impl Matched {
    fn __len__(&self) -> usize {
        self.of_segments.iter().map(|listed| listed.impacts.len()).sum()
    }
}

/// What is counted: a word, or a leaf with what an impact of it counts.
#[derive(FromPyObject)]
enum First {
    Word(Py<Word>),
    Leaf((Py<Matched>, i64)),
}

/// A part of a leaf: a word, or its forms in each segment.
#[derive(FromPyObject)]
enum AskedPart {
    Word(Py<Word>),
    Forms(Vec<PyBuffer<i64>>),
}

/// Ranks the articles of an index, whose files it keeps mapped.
#[pyclass(frozen, module = "khabarjoo._native")]
struct Ranker {
    ranker: ranker::Ranker<'static>,
    keywords: OnceLock<Vec<Keywords<'static>>>,
    leaf_columns: OnceLock<Vec<LeafColumns<'static>>>,
    firsts: Vec<usize>,
    files: Vec<PyBuffer<u8>>, // last, so that it outlives what points into it
}

type Found = (usize, usize, Vec<usize>, Vec<f64>);
type Masks<'py> = Vec<Option<PyBuffer<u8>>>;

#[pymethods]
impl Ranker {
    /// Raises BufferError when the files cannot be read in place, and ColumnsError when they are not those of segments.
    #[new]
    fn new(
        segments: Vec<(PyBuffer<u8>, Located)>,
        ranking: Ranking,
        weighting: (f64, f64, f64),
        unit: f64,
    ) -> PyResult<Self> {
        let (mut read, mut files, mut firsts, mut first) = (Vec::new(), Vec::new(), Vec::new(), 0);
        for (file, located) in segments {
            require_aligned(&file, &located)?;
            let segment = Segment::new(|name| column(&file, &located, name));
            files.push(file);
            let segment = segment?;
            firsts.push(first);
            first += segment.len();
            read.push(segment);
        }
        let (k1, b, usual) = weighting;
        let ranker = ranker::Ranker::new(read, ranking, Weighting { k1, b, usual }, unit);
        Ok(Ranker { ranker, keywords: OnceLock::new(), leaf_columns: OnceLock::new(), firsts, files })
    }

    /// Takes the columns of keywords, which queries of few words want.
    fn take_keywords(&self, located: Vec<Located>) -> PyResult<()> {
        let mut keywords = Vec::new();
        for ((file, located), segment) in self.files.iter().zip(&located).zip(self.ranker.segments()) {
            let Numbers::U8(weights) = column(file, located, KEYWORD_COLUMNS[1])? else {
                return Err(ColumnsError::new_err("column keywords.weights has values that are no bytes"));
            };
            keywords.push(Keywords::new(column(file, located, KEYWORD_COLUMNS[0])?, weights, segment.len())?);
        }
        let _ = self.keywords.set(keywords);
        Ok(())
    }

    /// Takes the columns that leaves want which ask how words stand.
    fn take_leaf_columns(&self, located: Vec<Located>) -> PyResult<()> {
        let mut columns = Vec::new();
        for (file, located) in self.files.iter().zip(&located) {
            let [form_lemmas, fields] = LEAF_COLUMNS.map(|name| column(file, located, name));
            columns.push(LeafColumns { form_lemmas: form_lemmas?, fields: fields? });
        }
        let _ = self.leaf_columns.set(columns);
        Ok(())
    }

    /// Finds what a leaf of 1 to 8 parts matches that stand in a field, one after another or with ``slop`` words
    /// between; None where that costs more than `most`, or is not for the kernel to say.
    #[allow(clippy::too_many_arguments)]
    fn matched(
        &self,
        py: Python<'_>,
        parts: Vec<AskedPart>,
        field: &str,
        slop: Option<usize>,
        lives: Masks,
        levels: &[u8],
        most: u64,
    ) -> PyResult<Option<Matched>> {
        let field = match field {
            "title" => Field::Title,
            "lead" => Field::Lead,
            "body" => Field::Body,
            "" if parts.len() < 2 => Field::Anywhere,
            _ => Field::Each,
        };
        let segments = self.ranker.segments();
        let columns = self.leaf_columns.get().filter(|columns| columns.len() == segments.len());
        let Some(columns) = columns.filter(|_| (1..=MOST_PARTS).contains(&parts.len()) && !levels.is_empty()) else {
            return Err(PyValueError::new_err("leaves want their columns, 1 to 8 parts, and a level at least"));
        };
        let parts = parts.iter().map(|part| self.part(part)).collect::<PyResult<_>>()?;
        let leaf = Leaf { parts, field, standing: slop.map_or(Standing::InOrder, Standing::Within) };
        let lives = self.masks(&lives)?;
        let matcher = Matcher { segments, columns, lives: &lives, levels };
        let found = py.detach(|| matcher.find(&leaf, most))?;
        Ok(found.map(|(of_segments, cost)| Matched { of_segments, cost }))
    }

    /// Looks up a word: its lemma, the forms asked for, what its kindred begin with, the word before it in a person's
    /// name, and what it is worth.
    #[allow(clippy::too_many_arguments)]
    fn word(
        &self,
        lemma: &[u8],
        forms: Vec<Vec<u8>>,
        beginning: &[u8],
        after: &[u8],
        whole: i64,
        worth: f64,
    ) -> PyResult<Word> {
        let segments = self.ranker.segments();
        Ok(Word(query_word::Word::look_up(segments, lemma, &forms, beginning, after, whole, worth)?))
    }

    /// Returns the totals, and the best articles with their scores: by what is counted, and closer reading for words.
    fn best(
        &self,
        py: Python<'_>,
        counted: Vec<First>,
        words: Vec<Py<Word>>,
        needed: (u8, u8),
        limit: usize,
        masks: Masks,
    ) -> PyResult<Found> {
        let (counted, words, needed) = (self.counted(&counted)?, self.words(&words)?, self.needed(needed)?);
        let masks = self.masks(&masks)?;
        let keywords = match self.keywords.get() {
            Some(keywords) => &keywords[..],
            None if words.is_empty() || words.len() > self.ranker.ranking().feedback_words => &[],
            None => return Err(PyValueError::new_err("queries of few words want keywords")),
        };
        self.found(py.detach(|| self.ranker.best(&counted, &words, needed, limit, &masks, keywords)))
    }

    /// Returns the signatures of articles by their numbers. Raises IndexError for a number that none has.
    fn signatures(&self, located: Vec<Located>, numbers: Vec<usize>) -> PyResult<Signatures> {
        let mut columns = Vec::new();
        for ((file, located), segment) in self.files.iter().zip(&located).zip(self.ranker.segments()) {
            match column(file, located, SIGNATURE_COLUMN)? {
                Numbers::U16(values) if values.len() == segment.len() * SIGNATURE => columns.push(values),
                _ => return Err(ColumnsError::new_err("column signatures has other values than there should be")),
            }
        }
        let mut signatures = signatures::Signatures::default();
        for number in numbers {
            let (segment, doc) = self.place(number)?;
            let values = columns.get(segment).and_then(|values| values[doc * SIGNATURE..].first_chunk());
            signatures.push(*values.ok_or_else(|| PyIndexError::new_err(number))?);
        }
        Ok(Signatures(signatures))
    }

    /// Returns the ids of articles by their numbers. Raises IndexError for a number that none has.
    fn ids<'py>(&self, py: Python<'py>, numbers: Vec<usize>) -> PyResult<Vec<Bound<'py, PyString>>> {
        let id = |number: usize| {
            let (segment, doc) = self.place(number)?;
            let id = self.ranker.segments()[segment].ids.get(doc)?;
            string(py, id).map_err(|_| ColumnsError::new_err("column ids is not text"))
        };
        numbers.into_iter().map(id).collect()
    }

    /// Returns the totals, and the newest or oldest articles with their scores by words.
    #[allow(clippy::too_many_arguments)]
    fn by_date(
        &self,
        py: Python<'_>,
        counted: Vec<First>,
        needed: (u8, u8),
        limit: usize,
        masks: Masks,
        published: Vec<PyBuffer<i64>>,
        newest: bool,
    ) -> PyResult<Found> {
        let (counted, needed) = (self.counted(&counted)?, self.needed(needed)?);
        let masks = self.masks(&masks)?;
        let published: Vec<_> = published.iter().map(slice).collect::<PyResult<_>>()?;
        self.require_lengths(published.iter().map(|dates| dates.len()))?;
        self.found(py.detach(|| self.ranker.by_date(&counted, needed, limit, &masks, &published, newest)))
    }

    /// Returns the totals, and of each segment a byte an article: 1 for those with any of what is counted, and with all.
    #[allow(clippy::type_complexity)]
    fn marks<'py>(
        &self,
        py: Python<'py>,
        counted: Vec<First>,
        needed: (u8, u8),
        masks: Masks,
    ) -> PyResult<(usize, usize, Vec<(Bound<'py, PyBytes>, Bound<'py, PyBytes>)>)> {
        let (counted, needed) = (self.counted(&counted)?, self.needed(needed)?);
        let masks = self.masks(&masks)?;
        let nothing = || self.ranker.segments().iter().map(|segment| vec![0; segment.len()]).collect::<Vec<_>>();
        let (mut any, mut all) = (nothing(), nothing());
        let totals = py.detach(|| self.ranker.mark(&counted, needed, &masks, &mut any, &mut all))?;
        let bytes = any.iter().zip(&all).map(|(any, all)| (PyBytes::new(py, any), PyBytes::new(py, all)));
        Ok((totals.any, totals.all, bytes.collect()))
    }
}

impl Ranker {
    /// Returns the segment that an article is in, and its number there. Raises IndexError for a number that none has.
    fn place(&self, number: usize) -> PyResult<(usize, usize)> {
        let segment = self.firsts.partition_point(|&first| first <= number).wrapping_sub(1);
        match self.ranker.segments().get(segment) {
            Some(of) if number - self.firsts[segment] < of.len() => Ok((segment, number - self.firsts[segment])),
            _ => Err(PyIndexError::new_err(number)),
        }
    }

    fn words<'w>(&self, words: &'w [Py<Word>]) -> PyResult<Vec<&'w query_word::Word>> {
        let words: Vec<_> = words.iter().map(|word| &word.get().0).collect();
        if words.iter().any(|word| word.here.len() != self.ranker.segments().len()) {
            return Err(PyValueError::new_err("words are wanted that were looked up here"));
        }
        Ok(words)
    }

    fn counted<'w>(&self, counted: &'w [First]) -> PyResult<Vec<Counted<'w>>> {
        let of = |first: &'w First| match first {
            First::Word(word) => Counted::Word(&word.get().0),
            First::Leaf((matched, whole)) => Counted::Leaf(&matched.get().of_segments, *whole),
        };
        let counted: Vec<_> = counted.iter().map(of).collect();
        let segments = |counted: &Counted| match *counted {
            Counted::Word(word) => word.here.len(),
            Counted::Leaf(of_segments, _) => of_segments.len(),
        };
        let are_known = counted.iter().all(|each| segments(each) == self.ranker.segments().len());
        if counted.is_empty() || counted.len() > MOST_WORDS || !are_known {
            return Err(PyValueError::new_err("some words are wanted that were looked up here, and no more than 255"));
        }
        Ok(counted)
    }

    fn part<'q>(&self, part: &'q AskedPart) -> PyResult<Part<'q>> {
        match part {
            AskedPart::Word(word) if word.get().0.here.len() == self.ranker.segments().len() => {
                Ok(Part::Word(&word.get().0))
            }
            AskedPart::Forms(forms) if forms.len() == self.ranker.segments().len() => {
                Ok(Part::Forms(forms.iter().map(slice).collect::<PyResult<_>>()?))
            }
            _ => Err(PyValueError::new_err("parts are wanted that were looked up here")),
        }
    }

    fn needed(&self, (least, full): (u8, u8)) -> PyResult<Needed> {
        if least == 0 || least > full {
            return Err(PyValueError::new_err("a word at least is needed"));
        }
        Ok(Needed { least, full })
    }

    fn masks<'m>(&self, masks: &'m Masks) -> PyResult<Vec<Option<&'m [u8]>>> {
        let slices: Vec<_> = masks.iter().map(|mask| mask.as_ref().map(slice).transpose()).collect::<PyResult<_>>()?;
        let lengths = slices.iter().zip(self.ranker.segments());
        self.require_lengths(lengths.map(|(mask, segment)| mask.map_or(segment.len(), <[u8]>::len)))?;
        Ok(slices)
    }

    fn require_lengths(&self, lengths: impl ExactSizeIterator<Item = usize>) -> PyResult<()> {
        let segments = self.ranker.segments();
        if lengths.len() == segments.len() && lengths.zip(segments).all(|(length, of)| length == of.len()) {
            return Ok(());
        }
        Err(PyValueError::new_err("a value for each article of each segment is wanted"))
    }

    fn found(&self, answer: crate::column::Result<ranker::Answer>) -> PyResult<Found> {
        let answer = answer?;
        let number = |entry: &crate::best::Entry| self.firsts[entry.segment as usize] + entry.doc as usize;
        let numbers = answer.entries.iter().map(number).collect();
        Ok((answer.totals.any, answer.totals.all, numbers, answer.scores))
    }
}

/// The signatures of some articles.
#[pyclass(frozen, module = "khabarjoo._native")]
struct Signatures(signatures::Signatures);

#[pymethods]
impl Signatures {
    /// Returns the articles after one whose signatures agree with its own in so many places at least, and in how many.
    fn agreeing(&self, place: usize, least: usize) -> Vec<(usize, usize)> {
        self.0.agreeing(place, least)
    }
}

/// The forward view of a segment, whose file it keeps mapped.
#[pyclass(frozen, module = "khabarjoo._native")]
struct Forward {
    forward: ForwardIndex<'static>,
    _file: PyBuffer<u8>, // last, so that it outlives what points into it
}

#[pymethods]
impl Forward {
    /// Raises BufferError when the file cannot be read in place, and ColumnsError when it is not that of a segment.
    #[new]
    fn new(file: PyBuffer<u8>, located: Located) -> PyResult<Self> {
        require_aligned(&file, &located)?;
        let [words, wide, places] = FORWARD_COLUMNS.map(|name| column(&file, &located, name));
        Ok(Forward { forward: ForwardIndex::new([words?, wide?, places?], 0)?, _file: file })
    }

    /// Returns the forms of a stretch, 8 bytes each, and which words of it are of a form that has a bit in a table.
    fn marked<'py>(
        &self,
        py: Python<'py>,
        start: i64,
        end: i64,
        table: PyBuffer<u8>,
    ) -> PyResult<(Bound<'py, PyBytes>, Vec<usize>)> {
        let table = slice(&table)?;
        let (forms, found) = occurrences::marked(self.forward.of_forms(table.len()), stretch(start, end), table)?;
        let bytes: Vec<u8> = forms.iter().flat_map(|&form| (form as i64).to_ne_bytes()).collect();
        Ok((PyBytes::new(py, &bytes), found))
    }

    /// Counts in stretches, one after another, the words of some forms that stand one after another; returns 8 bytes
    /// each.
    ///
    /// `table` has a bit for each part that a form of the segment is of, in one byte or in eight.
    fn count<'py>(
        &self,
        py: Python<'py>,
        starts: PyBuffer<i64>,
        ends: PyBuffer<i64>,
        table: &Bound<'py, PyAny>,
        parts: usize,
    ) -> PyResult<Bound<'py, PyBytes>> {
        match PyBuffer::<u8>::get(table) {
            Ok(table) => self.times(py, slice(&starts)?, slice(&ends)?, slice(&table)?, parts),
            Err(_) => self.times(py, slice(&starts)?, slice(&ends)?, slice(&PyBuffer::<u64>::get(table)?)?, parts),
        }
    }
}

impl Forward {
    fn times<'py, T: Bits + Send + Sync>(
        &self,
        py: Python<'py>,
        starts: &[i64],
        ends: &[i64],
        table: &[T],
        parts: usize,
    ) -> PyResult<Bound<'py, PyBytes>> {
        if starts.len() != ends.len() || !(1..=T::MOST).contains(&parts) {
            return Err(PyValueError::new_err("an end for each start is wanted, and 1 to 64 parts"));
        }
        let times = py.detach(|| {
            let parts = Parts::read(table, parts);
            let mut counter = Counter::new(self.forward.of_forms(table.len()), &parts);
            let stretches = starts.iter().zip(ends).map(|(&start, &end)| stretch(start, end));
            stretches.map(|stretch| counter.times(stretch)).collect::<crate::column::Result<Vec<_>>>()
        });
        let bytes: Vec<u8> = times?.iter().flat_map(|&times| (times as i64).to_ne_bytes()).collect();
        Ok(PyBytes::new(py, &bytes))
    }
}

/// Returns a stretch of the forward view; one that it has not, where a number is below 0.
fn stretch(start: i64, end: i64) -> Range<usize> {
    let place = |place: i64| usize::try_from(place).unwrap_or(usize::MAX);
    place(start)..place(end.max(start))
}

/// Starts and ends of words in a text, and which of these do not surely begin and end with their tokens.
type Placed = (Vec<usize>, Vec<usize>, Vec<usize>);

/// Returns where some of a text's words stand, by the forms of all; None where that is to be found out otherwise.
///
/// `forms` are strings one after another, and `ends` where each ends.
#[pyfunction]
#[allow(clippy::too_many_arguments)]
fn places_of(
    text: &str,
    letters: PyBuffer<u16>,
    several: Vec<Vec<u16>>,
    parting: PyBuffer<u8>,
    forms: PyBuffer<u8>,
    ends: Values,
    numbers: PyBuffer<i64>,
    chosen: Vec<i64>,
) -> PyResult<Option<Placed>> {
    let forms = Strings::new(slice(&forms)?, ends.numbers()?, "forms");
    let characters = Characters { letters: slice(&letters)?, several: &several, parting: slice(&parting)? };
    let places = alignment::places_of(text, &characters, &forms, slice(&numbers)?, &chosen)?;
    Ok(places.map(|Places { starts, ends, apart }| (starts, ends, apart)))
}

/// Returns where the sentences of a text start and end that answer a query best, and how many different words of it and
/// how many in all are in them; None where there is no sentence.
///
/// Of the words that matched, by where they start, it is told where each starts and ends, and the number of the word that
/// it matched, of which there are no more than matches. Raises UnicodeEncodeError for half surrogates.
#[pyfunction]
fn best_stretch(
    text: &str,
    starts: Vec<usize>,
    ends: Vec<usize>,
    by: Vec<usize>,
) -> PyResult<Option<(usize, usize, Worth)>> {
    let are_told = starts.len() == ends.len() && by.len() == ends.len() && by.iter().all(|&word| word < by.len());
    let length = text.chars().count();
    let are_in_text = starts.iter().zip(&ends).all(|(start, end)| start <= end && *end <= length);
    if !are_told || !are_in_text || !starts.is_sorted() {
        return Err(PyValueError::new_err("matches are wanted that stand in the text, one after another"));
    }
    let found = stretches::best_stretch(text, &Matches { starts: &starts, ends: &ends, by: &by });
    Ok(found.map(|Stretch { start, end, worth }| (start, end, worth)))
}

/// Returns a column of a mapped file, which must outlive it.
fn column(file: &PyBuffer<u8>, located: &Located, name: &str) -> crate::column::Result<Numbers<'static>> {
    let missing = || Damage(format!("column {name} is missing"));
    let (kind, first, count) = located.get(name).ok_or_else(missing)?;
    let end = count.checked_mul(width(kind)).and_then(|size| size.checked_add(*first));
    let bytes = whole(file).get(*first..end.unwrap_or(usize::MAX));
    let bytes = bytes.ok_or_else(|| Damage(format!("column {name} is cut short")))?;
    Numbers::of(kind, bytes).ok_or_else(|| Damage(format!("column {name} has values of type {kind}")))
}

/// Returns how many bytes a number of a type takes.
fn width(kind: &str) -> usize {
    kind.chars().last().and_then(|digit| digit.to_digit(10)).map_or(usize::MAX, |width| width.max(1) as usize)
}

fn require_aligned(file: &PyBuffer<u8>, located: &Located) -> PyResult<()> {
    if located.values().all(|(kind, first, _)| is_aligned(file, kind, *first)) {
        return Ok(());
    }
    Err(PyBufferError::new_err("a column does not lie where it can be read in place"))
}

fn is_aligned(file: &PyBuffer<u8>, kind: &str, first: usize) -> bool {
    (file.buf_ptr() as usize).wrapping_add(first) % width(kind) == 0
}

/// Returns what a file holds.
fn whole(file: &PyBuffer<u8>) -> &'static [u8] {
    if file.item_count() == 0 || !file.is_c_contiguous() {
        return &[];
    }
    // SAFETY: the file is mapped for reading, and `Ranker` keeps the buffer as long as what points into it. A file of
    // an index is never changed once it is written; should someone do so all the same, only numbers change, each of
    // which is looked at before it is used as a place.
    unsafe { std::slice::from_raw_parts(file.buf_ptr().cast(), file.item_count()) }
}

/// Returns what a buffer holds.
pub fn slice<T: pyo3::buffer::Element>(buffer: &PyBuffer<T>) -> PyResult<&[T]> {
    if !buffer.is_c_contiguous() {
        return Err(PyValueError::new_err("an array in one piece is wanted"));
    }
    if buffer.item_count() == 0 {
        return Ok(&[]);
    }
    // SAFETY: the buffer is held by whoever called, and not changed meanwhile.
    Ok(unsafe { std::slice::from_raw_parts(buffer.buf_ptr().cast(), buffer.item_count()) })
}

/// Returns a string of Python's of UTF-8 in which there may be half surrogates.
pub fn string<'py>(py: Python<'py>, text: &[u8]) -> PyResult<Bound<'py, PyString>> {
    match std::str::from_utf8(text) {
        Ok(text) => Ok(PyString::new(py, text)),
        Err(_) => PyString::from_encoded_object(&PyBytes::new(py, text), Some(c"utf-8"), Some(c"surrogatepass")),
    }
}

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("INTERFACE", INTERFACE)?;
    module.add("COLUMNS", COLUMNS.to_vec())?;
    module.add("FORWARD_COLUMNS", FORWARD_COLUMNS.to_vec())?;
    module.add("LEAF_COLUMNS", LEAF_COLUMNS.to_vec())?;
    module.add_class::<crate::python_memory::Listed>()?;
    module.add_class::<crate::python_memory::Memory>()?;
    module.add_class::<crate::python_memory::Places>()?;
    module.add_function(wrap_pyfunction!(places_of, module)?)?;
    module.add_function(wrap_pyfunction!(best_stretch, module)?)?;
    module.add_function(wrap_pyfunction!(python_columns::ascend, module)?)?;
    module.add_function(wrap_pyfunction!(python_columns::largest, module)?)?;
    module.add_function(wrap_pyfunction!(python_columns::count_outside, module)?)?;
    module.add_function(wrap_pyfunction!(python_columns::count_in, module)?)?;
    module.add_function(wrap_pyfunction!(python_columns::crc32, module)?)?;
    module.add_class::<Signatures>()?;
    module.add_function(wrap_pyfunction!(crate::python_inversion::invert, module)?)?;
    module.add_class::<crate::python_records::RecordCode>()?;
    module.add_class::<Ranker>()?;
    module.add_class::<Word>()?;
    module.add_class::<Matched>()?;
    module.add_class::<Forward>()
}
