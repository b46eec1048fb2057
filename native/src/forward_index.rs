//! The forward view of a segment: the form of every word, article after article, in two bytes each; as
//! `index/forward_index.py` reads it.

use std::ops::Range;

use crate::column::{Damage, Numbers, Result};

/// Stands for a form whose number does not fit two bytes.
pub const WIDE: u16 = u16::MAX;

/// Forms that two bytes can tell of.
pub const CODES: usize = 1 << 16;

#[cfg(target_arch = "x86_64")]
const LINE: usize = 32; // words that the processor fetches together

/// The columns of the forward view.
pub const FORWARD_COLUMNS: [&str; 3] = ["forward", "forward.wide", "forward.wide.places"];

#[derive(Debug, Clone, Copy)]
pub struct ForwardIndex<'a> {
    /// The form of each word, or `WIDE`.
    pub codes: &'a [u16],
    wide: Numbers<'a>,        // the forms that do not fit
    wide_places: Numbers<'a>, // where each of these words is, ascending
    forms: usize,
}

impl<'a> ForwardIndex<'a> {
    /// Takes its columns, in the order of `FORWARD_COLUMNS`, and how many forms the segment has.
    pub fn new([codes, wide, wide_places]: [Numbers<'a>; 3], forms: usize) -> Result<Self> {
        let Numbers::U16(codes) = codes else {
            return Err(Damage("column forward has values of another type".to_owned()));
        };
        if wide.len() != wide_places.len() {
            return Err(Damage("column forward.wide has another number of values than there should be".to_owned()));
        }
        Ok(ForwardIndex { codes, wide, wide_places, forms })
    }

    /// Returns the same of another number of forms.
    pub fn of_forms(self, forms: usize) -> Self {
        ForwardIndex { forms, ..self }
    }

    /// Returns the words of a stretch, all of forms that there are.
    #[inline]
    pub fn words(&self, stretch: Range<usize>) -> Result<&'a [u16]> {
        let cut = || Damage("column forward.ends does not cut column forward into runs".to_owned());
        let codes = self.codes.get(stretch).ok_or_else(cut)?;
        if self.forms < CODES {
            let highest = codes.iter().fold(0, |so_far, &code| code.max(so_far));
            if usize::from(highest) >= self.forms && !codes.is_empty() {
                return Err(self.beyond("forward", highest.into()));
            }
        }
        Ok(codes)
    }

    /// Returns the forms of the words of a stretch.
    pub fn forms_of(&self, stretch: Range<usize>) -> Result<Vec<usize>> {
        let mut forms: Vec<usize> = self.words(stretch.clone())?.iter().map(|&code| usize::from(code)).collect();
        let wide = forms.iter().filter(|&&form| form == usize::from(WIDE)).count();
        let first = if wide > 0 { self.first_wide(stretch.start, 0) } else { 0 };
        for number in first..first + wide {
            let (place, form) = self.wide_word(number, stretch.clone())?;
            forms[place - stretch.start] = form;
        }
        Ok(forms)
    }

    /// Has the processor fetch the words of a stretch into its nearest memory, as they will be wanted soon.
    #[inline]
    pub fn fetch(&self, stretch: Range<usize>) {
        #[cfg(target_arch = "x86_64")]
        for line in self.codes.get(stretch).unwrap_or(&[]).chunks(LINE) {
            use std::arch::x86_64::{_mm_prefetch, _MM_HINT_T0};
            // SAFETY: every x86-64 has the instruction, and it changes nothing that a program could see.
            unsafe { _mm_prefetch::<_MM_HINT_T0>(line.as_ptr().cast()) };
        }
        #[cfg(not(target_arch = "x86_64"))]
        let _ = stretch;
    }

    /// Returns the form at a place that holds `WIDE`.
    pub fn wide_form(&self, place: usize) -> Result<usize> {
        self.wide_word(self.first_wide(place, 0), place..place + 1).map(|(_, form)| form)
    }

    /// Of the words that do not fit two bytes, returns the first that is not before a place; one that is before it is
    /// given.
    pub fn first_wide(&self, place: usize, before: usize) -> usize {
        self.wide_places.first_from(before, place)
    }

    /// Returns where such a word is, and its form, which is to be within a stretch.
    pub fn wide_word(&self, number: usize, stretch: Range<usize>) -> Result<(usize, usize)> {
        match (self.wide_places.get(number), self.wide.get(number)) {
            (Some(place), Some(form)) if stretch.contains(&place) => {
                if form >= self.forms {
                    return Err(self.beyond("forward.wide", form));
                }
                Ok((place, form))
            }
            _ => Err(Damage("column forward.wide.places lacks words of the forward view".to_owned())),
        }
    }

    fn beyond(&self, name: &str, form: usize) -> Damage {
        Damage(format!("column {name} has {form} where numbers end at {}", self.forms as i64 - 1))
    }
}
