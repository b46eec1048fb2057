//! Where words of certain forms stand in stretches of the forward view, alone or one after another; as
//! `searcher/local/cooccurrence.py` counts them.
//!
//! Of some parts that stand one after another, every so-many-th word is looked up, as many as there are parts: one of
//! these is of one of the parts wherever all of them stand. No branch is taken on any word, as nobody could guess it.

use std::ops::Range;

use crate::column::Result;
use crate::forward_index::{ForwardIndex, CODES, WIDE};

const BLOCK: usize = 16; // words looked up together
const COUNTED: usize = 64; // words counted together
const IS_WIDE: u8 = 1 << 7; // of a single part, what stands for forms that do not fit two bytes

/// The parts that a form is of: a bit each.
pub trait Bits: Copy + Default + PartialEq {
    const MOST: usize;
    const ALL: Self;
    fn of(part: usize) -> Self;
    fn has(self, part: usize) -> bool;
    fn with(self, other: Self) -> Self;
    fn below(self, part: usize) -> Self;
    fn lowest(self) -> u8;
    fn is_several(self) -> bool;
}

macro_rules! bits {
    ($($kind:ty),*) => { $(impl Bits for $kind {
        const MOST: usize = <$kind>::BITS as usize;
        const ALL: Self = <$kind>::MAX;

        #[inline]
        fn of(part: usize) -> Self { 1 << part }

        #[inline]
        fn has(self, part: usize) -> bool { self >> part & 1 != 0 }

        #[inline]
        fn with(self, other: Self) -> Self { self | other }

        #[inline]
        fn below(self, part: usize) -> Self { self & Self::MAX >> (Self::MOST - part) }

        #[inline]
        fn lowest(self) -> u8 { self as u8 }

        #[inline]
        fn is_several(self) -> bool { self.count_ones() > 1 }
    })* };
}
bits!(u8, u64);

/// Of each form of a segment, the parts that it is of.
pub struct Parts<T> {
    of_forms: Vec<T>, // as many as there are forms, or as two bytes can tell of
    of_last: T,       // those of the form whose number is `WIDE`, in whose place are those of all that do not fit
    count: usize,
    has_wide: bool,
    is_ambiguous: bool,
}

impl<T: Bits> Parts<T> {
    /// Takes the forms of each part, all of them forms of the segment; there are as many parts as `T` has bits at most.
    pub fn new<F: Iterator<Item = usize>>(forms: usize, parts: impl ExactSizeIterator<Item = F>) -> Self {
        let (mut of_forms, count) = (vec![T::default(); forms.max(CODES)], parts.len());
        let (mut of_wide, mut is_ambiguous) = (T::default(), false);
        for (part, forms) in parts.enumerate() {
            for form in forms {
                of_forms[form] = of_forms[form].with(T::of(part));
                is_ambiguous |= of_forms[form].is_several();
                if form >= usize::from(WIDE) {
                    of_wide = of_wide.with(T::of(part));
                }
            }
        }
        Self::of_table(of_forms, of_wide, count, is_ambiguous)
    }

    /// Takes a table of the parts of each form, 1 to `T::MOST`.
    pub fn read(table: &[T], count: usize) -> Self {
        let mut of_forms: Vec<T> = table.iter().map(|bits| bits.below(count)).collect();
        of_forms.resize(table.len().max(CODES), T::default());
        let of_wide = of_forms[usize::from(WIDE)..].iter().fold(T::default(), |so_far, &bits| so_far.with(bits));
        Self::of_table(of_forms, of_wide, count, false)
    }

    fn of_table(mut of_forms: Vec<T>, of_wide: T, count: usize, is_ambiguous: bool) -> Self {
        let has_wide = of_wide != T::default();
        let is_single = count == 1 && has_wide;
        let told = if is_single { T::of(IS_WIDE.trailing_zeros() as usize) } else { of_wide };
        let of_last = std::mem::replace(&mut of_forms[usize::from(WIDE)], told);
        Parts { of_forms, of_last, count, has_wide, is_ambiguous }
    }

    /// Returns whether a form is of several parts.
    pub fn is_ambiguous(&self) -> bool {
        self.is_ambiguous
    }

    /// Returns the parts of the forms that two bytes can tell of; for those that do not fit, the parts of any of them.
    fn narrow(&self) -> &[T; CODES] {
        self.of_forms.first_chunk().expect("bits for each")
    }

    fn of_wide(&self, form: usize) -> T {
        if form == usize::from(WIDE) {
            self.of_last
        } else {
            self.of_forms[form]
        }
    }
}

/// Counts in one stretch of the forward view after another; those that come later begin later.
pub struct Counter<'p, 'a, T> {
    forward: ForwardIndex<'a>,
    parts: &'p Parts<T>,
    wide: usize,    // of the words that do not fit two bytes, one that is not after the first of the stretch
    blocks: Vec<T>, // of the stretch, the parts that any word of a block is of
}

impl<'p, 'a, T: Bits> Counter<'p, 'a, T> {
    pub fn new(forward: ForwardIndex<'a>, parts: &'p Parts<T>) -> Self {
        Counter { forward, parts, wide: 0, blocks: Vec::new() }
    }

    /// Returns how often the parts stand one after another.
    pub fn times(&mut self, stretch: Range<usize>) -> Result<usize> {
        if self.parts.count == 1 {
            return self.times_of_one(stretch);
        }
        let mut times = 0;
        self.starts(stretch, |_| times += 1)?;
        Ok(times)
    }

    fn times_of_one(&mut self, stretch: Range<usize>) -> Result<usize> {
        let (table, mut times, mut wide) = (self.parts.narrow(), 0, 0);
        for codes in self.forward.words(stretch.clone())?.chunks(COUNTED) {
            let sum: u16 = codes.iter().map(|&code| u16::from(table[usize::from(code)].lowest())).sum();
            times += usize::from(sum % u16::from(IS_WIDE));
            wide += usize::from(sum / u16::from(IS_WIDE));
        }
        if wide > 0 {
            self.wide = self.forward.first_wide(stretch.start, self.wide);
            for number in self.wide..self.wide + wide {
                let (_, form) = self.forward.wide_word(number, stretch.clone())?;
                times += usize::from(self.parts.of_wide(form).has(0));
            }
        }
        Ok(times)
    }

    /// Calls with each place where all parts, two at least, stand one after another.
    pub fn starts(&mut self, stretch: Range<usize>, take: impl FnMut(usize)) -> Result<()> {
        match self.parts.count {
            0 | 1 => Ok(()),
            2 => self.starts_by::<2>(stretch, take),
            3 => self.starts_by::<3>(stretch, take),
            4 => self.starts_by::<4>(stretch, take),
            5..8 => self.starts_by::<5>(stretch, take),
            _ => self.starts_by::<8>(stretch, take),
        }
    }

    /// The same, of `STEP` parts at least.
    fn starts_by<const STEP: usize>(&mut self, stretch: Range<usize>, mut take: impl FnMut(usize)) -> Result<()> {
        let (codes, table, count) = (self.forward.words(stretch.clone())?, self.parts.narrow(), self.parts.count);
        hits::<T, STEP>(table, codes, |hit| {
            let bits = table[usize::from(codes[hit])];
            for part in (0..STEP).rev().filter(|&part| bits.has(part)) {
                let Some(start) = hit.checked_sub(part) else { continue };
                let Some(words) = codes.get(start..start + count) else { continue };
                let stands = |(part, &code): (usize, &u16)| table[usize::from(code)].has(part);
                if words.iter().enumerate().all(stands) && self.stands_surely(words, &stretch, start)? {
                    take(stretch.start + start);
                }
            }
            Ok(())
        })
    }

    /// Returns whether all parts stand at a place of a stretch where they may: words that do not fit two bytes may be any.
    fn stands_surely(&mut self, words: &[u16], stretch: &Range<usize>, start: usize) -> Result<bool> {
        if self.parts.has_wide {
            for (part, _) in words.iter().enumerate().filter(|&(_, &code)| code == WIDE) {
                if !self.wide_bits(stretch.start, stretch.start + start + part)?.has(part) {
                    return Ok(false);
                }
            }
        }
        Ok(true)
    }

    /// Calls with words that are of any part, and their parts: with all of a stretch in which all parts stand within
    /// some words, perhaps with others.
    pub fn close(&mut self, stretch: Range<usize>, within: usize, mut take: impl FnMut(usize, T)) -> Result<()> {
        let (codes, table) = (self.forward.words(stretch.clone())?, self.parts.narrow());
        let bits = |&code: &u16| table[usize::from(code)];
        self.blocks.clear();
        self.blocks.extend(codes.chunks(BLOCK).map(|codes| of_any(codes.iter().map(bits))));
        let reach = (BLOCK + within.min(codes.len())).saturating_sub(2) / BLOCK; // blocks beyond that of the first word
        let (all, mut next) = (T::ALL.below(self.parts.count), 0);
        for first in 0..self.blocks.len() {
            let end = (first + reach + 1).min(self.blocks.len());
            if of_any(self.blocks[first..end].iter().copied()) != all {
                continue; // as of most
            }
            for start in (first.max(next)..end).map(|block| block * BLOCK) {
                for (place, code) in (start..).zip(codes[start..].iter().take(BLOCK)) {
                    let mut bits = bits(code);
                    if *code == WIDE && self.parts.has_wide {
                        bits = self.wide_bits(stretch.start, stretch.start + place)?;
                    }
                    if bits != T::default() {
                        take(stretch.start + place, bits);
                    }
                }
            }
            next = end;
        }
        Ok(())
    }

    /// Returns the parts of a word that does not fit two bytes, in a stretch that begins at a place.
    fn wide_bits(&mut self, start: usize, place: usize) -> Result<T> {
        self.wide = self.forward.first_wide(start, self.wide);
        let number = self.forward.first_wide(place, self.wide);
        let (_, form) = self.forward.wide_word(number, place..place + 1)?;
        Ok(self.parts.of_wide(form))
    }
}

/// Calls with each place among every `STEP`th of some words whose form is of any part, from the `STEP`th on.
#[inline]
fn hits<T: Bits, const STEP: usize>(
    table: &[T; CODES],
    codes: &[u16],
    mut take: impl FnMut(usize) -> Result<()>,
) -> Result<()> {
    let bits = |codes: &[u16]| table[usize::from(codes[STEP - 1])];
    for (block, codes) in codes.chunks(STEP * BLOCK).enumerate() {
        if of_any(codes.chunks_exact(STEP).map(bits)) == T::default() {
            continue; // as of most
        }
        let mut hits = 0u32; // a bit for each
        for (place, codes) in codes.chunks_exact(STEP).enumerate() {
            hits |= u32::from(bits(codes) != T::default()) << place;
        }
        while hits != 0 {
            take((block * BLOCK + hits.trailing_zeros() as usize) * STEP + STEP - 1)?;
            hits &= hits - 1;
        }
    }
    Ok(())
}

/// Returns the parts that any of some words is of.
#[inline]
fn of_any<T: Bits>(words: impl Iterator<Item = T>) -> T {
    words.fold(T::default(), |so_far, bits| so_far.with(bits))
}

/// Returns the forms of a stretch, and which words of it are of a form that has a bit in a table of all forms.
pub fn marked(forward: ForwardIndex, stretch: Range<usize>, table: &[u8]) -> Result<(Vec<usize>, Vec<usize>)> {
    let forms = forward.forms_of(stretch)?;
    let found = (0..forms.len()).filter(|&place| table[forms[place]] != 0).collect();
    Ok((forms, found))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column::Numbers;

    const NONE: [Numbers; 2] = [Numbers::U8(&[]), Numbers::U8(&[])];

    fn forward<'a>(codes: &'a [u16], [wide, places]: [Numbers<'a>; 2], forms: usize) -> ForwardIndex<'a> {
        ForwardIndex::new([Numbers::U16(codes), wide, places], forms).unwrap()
    }

    fn times<T: Bits>(
        forward: ForwardIndex,
        stretches: &[Range<usize>],
        table: &[T],
        parts: usize,
    ) -> Result<Vec<usize>> {
        let parts = Parts::read(table, parts);
        let mut counter = Counter::new(forward, &parts);
        stretches.iter().map(|stretch| counter.times(stretch.clone())).collect()
    }

    #[test]
    fn words_are_counted_where_they_stand_one_after_another() {
        let forward = forward(&[0, 1, 1, 2, 0, 1, 2, 3], NONE, 4);
        let table = [0b001u8, 0b110, 0b100, 0];
        assert_eq!(times(forward, &[0..8, 3..6, 8..8], &table, 3), Ok(vec![2, 0, 0]));
        assert_eq!(times(forward, &[0..8, 4..5], &table, 1), Ok(vec![2, 1]));
        assert_eq!(times(forward, &[0..8], &table.map(u64::from), 2), Ok(vec![2]));
    }

    #[test]
    fn words_of_some_forms_are_found() {
        let codes = [0, 1, 1, 2, 0, 1, 2, 3];
        let of = |stretch, table: &[u8]| marked(forward(&codes, NONE, table.len()), stretch, table);
        assert_eq!(of(1..5, &[1, 0, 3, 0]), Ok((vec![1, 1, 2, 0], vec![2, 3])));
        assert!(of(1..5, &[0, 0]).is_err());
        assert!(of(1..9, &[0; 4]).is_err());
        let wide = [Numbers::U32(&[65536, 65535]), Numbers::U8(&[0, 2])];
        let table = [vec![0u8; 65536], vec![1]].concat();
        let of = |wide, table: &[u8]| marked(forward(&[WIDE, 1, WIDE], wide, table.len()), 0..3, table);
        assert_eq!(of(wide, &table), Ok((vec![65536, 1, 65535], vec![0])));
        assert!(of(NONE, &table).is_err());
        assert!(of(wide, &table[..65536]).is_err());
    }

    #[test]
    fn parts_are_found_wherever_they_begin_and_however_many_they_are() {
        let mut state = 1u32;
        let mut random = |limit: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % limit
        };
        for count in 2..=12 {
            let table: Vec<u64> =
                (0..4).map(|_| (0..count).map(|part| u64::from(random(4) > 0) << part).sum()).collect();
            let codes: Vec<u16> = (0..3000).map(|_| random(4) as u16).collect();
            let stands = |words: &[u16]| words.iter().enumerate().all(|(part, &word)| table[word as usize].has(part));
            let expected: Vec<_> = (5..=2990 - count).filter(|&start| stands(&codes[start..start + count])).collect();
            let (parts, mut found) = (Parts::read(&table, count), Vec::new());
            Counter::new(forward(&codes, NONE, 4), &parts).starts(5..2990, |start| found.push(start)).unwrap();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn words_are_told_wherever_all_parts_are_close() {
        let mut codes = vec![0u16; 400];
        for (place, code) in [(3, 1), (90, 2), (121, 1), (122, 1), (300, 1), (318, 2), (399, 2)] {
            codes[place] = code;
        }
        let (parts, mut places) = (Parts::read(&[0u8, 1, 2], 2), Vec::new());
        let mut counter = Counter::new(forward(&codes, NONE, 3), &parts);
        counter.close(2..400, 33, |place, _| places.push(place)).unwrap();
        assert_eq!(places, [90, 121, 122, 300, 318]);
        for (within, expected) in [(0, 0), (2, 2), (usize::MAX, 7)] {
            let mut told = 0;
            counter.close(2..400, within, |_, _| told += 1).unwrap();
            assert_eq!(told, expected);
        }
    }

    #[test]
    fn what_is_out_of_bounds_is_damage() {
        let codes = [0, 1, 1, 2, 0, 1, 2, 3];
        for (stretch, forms) in [(0..9, 4), (9..9, 4), (0..8, 3)] {
            assert!(times(forward(&codes, NONE, forms), &[stretch], &vec![1u8; forms], 1).is_err());
        }
        assert_eq!(times(forward(&codes, NONE, 3), &[0..7, 5..5], &[1u8, 0, 0], 1), Ok(vec![2, 0]));
    }

    #[test]
    fn words_that_do_not_fit_are_looked_up() {
        let (codes, table) = ([WIDE, 1, WIDE, 1, WIDE], [vec![0u8, 2], vec![0; 65534], vec![1]].concat());
        let places = Numbers::U8(&[0, 2, 4]);
        let whole = forward(&codes, [Numbers::U32(&[65536, 65535, 65536]), places], 65537);
        assert_eq!(times(whole, &[0..5, 1..4, 4..5], &table, 2), Ok(vec![1, 0, 0]));
        assert_eq!(times(whole, &[0..5, 4..5], &table, 1), Ok(vec![2, 1]));
        let parts = Parts::new(65537, [vec![65535], vec![1, 65536]].into_iter().map(Vec::into_iter));
        let (mut counter, mut close) = (Counter::<u8>::new(whole, &parts), Vec::new());
        counter.close(0..5, 2, |place, bits| close.push((place, bits))).unwrap();
        assert_eq!((close, counter.times(1..5)), (vec![(0, 2), (1, 2), (2, 1), (3, 2), (4, 2)], Ok(1)));
        for (places, forms) in [(&[0, 2, 9][..], &[5, 5, 5][..]), (&[0, 2, 4], &[5, 5, 65537]), (&[], &[])] {
            let lacking = forward(&codes, [Numbers::U32(forms), Numbers::U8(places)], 65537);
            assert!(times(lacking, &[0..5], &table, 1).is_err());
        }
    }
}
