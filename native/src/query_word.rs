//! A word of a query, as one index has it: looked up once, for all queries that have it.

use std::ops::Range;

use crate::column::Result;
use crate::segment::Segment;

/// What a word is in one segment.
#[derive(Debug, Clone)]
pub struct Here {
    pub lemma: Option<usize>,
    /// Its forms, and those of them that were asked for.
    pub forms: Vec<u32>,
    pub exact: Vec<u32>,
    /// Where the forms are of lemmas that begin as it does, see `Segment::form_at`; they may be many.
    pub kindred: Range<usize>,
}

/// A word: what an impact of it counts as a whole number, what it is worth, and what it is in each segment.
#[derive(Debug, Clone)]
pub struct Word {
    pub whole: i64,
    pub worth: f64,
    pub here: Vec<Here>,
    lemma: Vec<u8>,
    /// The lemma of the word before it where the two are parts of one person's name, else ''.
    after: Vec<u8>,
}

impl Word {
    /// Looks a word up; `beginning` is what words kindred to it begin with, '' when it has none.
    #[allow(clippy::too_many_arguments)]
    pub fn look_up(
        segments: &[Segment],
        lemma: &[u8],
        wanted: &[Vec<u8>],
        beginning: &[u8],
        after: &[u8],
        whole: i64,
        worth: f64,
    ) -> Result<Self> {
        let here = segments.iter().map(|segment| Here::look_up(segment, lemma, wanted, beginning));
        Ok(Word { whole, worth, here: here.collect::<Result<_>>()?, lemma: lemma.to_vec(), after: after.to_vec() })
    }

    /// Returns whether the word is part of a person's name, but not its first.
    pub fn is_of_name(&self) -> bool {
        !self.after.is_empty()
    }

    /// Returns whether the word goes on with a person's name that the other is part of.
    pub fn goes_on_from(&self, before: &Word) -> bool {
        self.is_of_name() && self.after == before.lemma
    }
}

impl Here {
    fn look_up(segment: &Segment, lemma: &[u8], wanted: &[Vec<u8>], beginning: &[u8]) -> Result<Self> {
        let lemma = segment.lemmas.find(lemma)?;
        let forms = lemma.map_or(Ok(Vec::new()), |number| forms_between(segment, number, number + 1))?;
        let mut exact = Vec::new();
        for &form in &forms {
            let letters = segment.forms.get(form as usize)?;
            if wanted.iter().any(|text| text == letters) {
                exact.push(form);
            }
        }
        let kindred = if beginning.is_empty() {
            0..0
        } else {
            let past = [beginning, b"\xff"].concat();
            segment.forms_between(segment.lemmas.place(beginning)?, segment.lemmas.place(&past)?)?
        };
        Ok(Here { lemma, forms, exact, kindred })
    }
}

fn forms_between(segment: &Segment, first: usize, end: usize) -> Result<Vec<u32>> {
    segment.forms_between(first, end)?.map(|place| segment.form_at(place).map(|form| form as u32)).collect()
}
