//! How often some forms stand in stretches of the forward view, alone or one after another; as
//! `index/forward_index.py` and `searcher/local/cooccurrence.py` count them.

use crate::column::{Damage, Numbers, Result};
use crate::segment::WIDE;

/// The columns of the forward view.
pub const FORWARD_COLUMNS: [&str; 3] = ["forward", "forward.wide", "forward.wide.places"];

/// What the parts of a phrase are told by: a bit each.
pub trait Bits: Copy {
    fn bits(self) -> u64;
}

impl Bits for u8 {
    #[inline]
    fn bits(self) -> u64 {
        u64::from(self)
    }
}

impl Bits for u64 {
    #[inline]
    fn bits(self) -> u64 {
        self
    }
}

/// The forms that do not fit the two bytes of a word of the forward view: where each such word is, ascending, and its form.
#[derive(Debug, Clone, Copy)]
pub struct Wide<'a> {
    pub places: Numbers<'a>,
    pub forms: Numbers<'a>,
}

impl Wide<'_> {
    /// Returns which is the first at or after a place of the forward view.
    fn first(&self, place: usize) -> usize {
        let (mut low, mut high) = (0, self.places.len());
        while low < high {
            let middle = (low + high) / 2;
            if self.places.get(middle).is_some_and(|at| at < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}

/// Counts in each stretch, from its start up to its end, the places where words stand one after another that are of the
/// first part, the second and so on. `table` has a bit for each part that a form is of; `parts` are 1 to 64.
pub fn count<T: Bits>(
    forward: &[u16],
    wide: Wide,
    starts: &[i64],
    ends: &[i64],
    table: &[T],
    parts: u32,
) -> Result<Vec<i64>> {
    let counted = |(&start, &end): (&i64, &i64)| {
        let words = stretch(forward, start, end)?;
        let highest = words.iter().fold(0, |so_far, &code| code.max(so_far));
        if usize::from(highest) >= table.len() && !words.is_empty() {
            return Err(beyond("forward", i64::from(highest), table.len()));
        }
        if highest == WIDE {
            return with_wide(words, start as usize, wide, table, parts);
        }
        Ok(times(words.iter().map(|&code| table[code as usize].bits()), parts))
    };
    starts.iter().zip(ends).map(counted).collect()
}

/// Returns the forms of a stretch, and which words of it are of a form that has a bit in a table.
pub fn marked(forward: &[u16], wide: Wide, start: i64, end: i64, table: &[u8]) -> Result<(Vec<i64>, Vec<usize>)> {
    let words = stretch(forward, start, end)?;
    let forms = if words.contains(&WIDE) {
        forms_with_wide(words, start as usize, wide)?
    } else {
        words.iter().map(|&code| i64::from(code)).collect()
    };
    let mut found = Vec::new();
    for (place, &form) in forms.iter().enumerate() {
        match table.get(form as usize) {
            Some(0) => (),
            Some(_) => found.push(place),
            None => return Err(beyond("forward", form, table.len())),
        }
    }
    Ok((forms, found))
}

fn stretch(forward: &[u16], start: i64, end: i64) -> Result<&[u16]> {
    let place = |at: i64| usize::try_from(at).ok();
    let range = place(start).zip(place(end.max(start)));
    range
        .and_then(|(start, end)| forward.get(start..end))
        .ok_or_else(|| Damage("column forward.ends does not cut column forward into runs".to_owned()))
}

/// Counts in a stretch from `start` on in which there are words that do not fit.
fn with_wide<T: Bits>(words: &[u16], start: usize, wide: Wide, table: &[T], parts: u32) -> Result<i64> {
    let mut bits = Vec::with_capacity(words.len());
    for form in forms_with_wide(words, start, wide)? {
        let value = table.get(form as usize).ok_or_else(|| beyond("forward.wide", form, table.len()))?;
        bits.push(value.bits());
    }
    Ok(times(bits.into_iter(), parts))
}

/// Returns the forms of a stretch from `start` on in which there are words that do not fit.
fn forms_with_wide(words: &[u16], start: usize, wide: Wide) -> Result<Vec<i64>> {
    let mut at = wide.first(start);
    let form = |(place, &code): (usize, &u16)| {
        if code != WIDE {
            return Ok(i64::from(code));
        }
        at += 1;
        match (wide.places.get(at - 1), wide.forms.get(at - 1).map(i64::try_from)) {
            (Some(there), Some(Ok(form))) if there == place => Ok(form),
            _ => Err(Damage("column forward.wide.places lacks words of the forward view".to_owned())),
        }
    };
    (start..).zip(words).map(form).collect()
}

fn beyond(name: &str, number: i64, end: usize) -> Damage {
    Damage(format!("column {name} has {number} where numbers end at {}", end as i64 - 1))
}

fn times(words: impl Iterator<Item = u64>, parts: u32) -> i64 {
    if parts == 1 {
        return words.map(|bits| (bits & 1) as i64).sum();
    }
    // Each bit tells that the parts up to its own stand right before here.
    let (mut so_far, mut times, last) = (0u64, 0, 1u64 << (parts - 1));
    for bits in words {
        so_far = (so_far << 1 | 1) & bits;
        times += i64::from(so_far & last != 0);
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORWARD: [u16; 8] = [0, 1, 1, 2, 0, 1, 2, 3];
    const NONE: Wide = Wide { places: Numbers::U8(&[]), forms: Numbers::U8(&[]) };

    #[test]
    fn words_are_counted_where_they_stand_one_after_another() {
        let table = [0b001u8, 0b110, 0b100, 0];
        assert_eq!(count(&FORWARD, NONE, &[0, 3, 8], &[8, 6, 8], &table, 3), Ok(vec![2, 0, 0]));
        assert_eq!(count(&FORWARD, NONE, &[0, 4], &[8, 5], &table, 1), Ok(vec![2, 1]));
        assert_eq!(count(&FORWARD, NONE, &[0], &[8], &table.map(u64::from), 2), Ok(vec![2]));
    }

    #[test]
    fn words_of_some_forms_are_found() {
        assert_eq!(marked(&FORWARD, NONE, 1, 5, &[1, 0, 3, 0]), Ok((vec![1, 1, 2, 0], vec![2, 3])));
        assert!(marked(&FORWARD, NONE, 1, 5, &[0, 0]).is_err());
        assert!(marked(&FORWARD, NONE, 1, 9, &[0; 4]).is_err());
        let wide = Wide { places: Numbers::U8(&[0, 2]), forms: Numbers::U32(&[65536, 65535]) };
        let table = [vec![0u8; 65536], vec![1]].concat();
        assert_eq!(marked(&[WIDE, 1, WIDE], wide, 0, 3, &table), Ok((vec![65536, 1, 65535], vec![0])));
        assert!(marked(&[WIDE, 1, WIDE], NONE, 0, 3, &table).is_err());
        assert!(marked(&[WIDE, 1, WIDE], wide, 0, 3, &table[..65536]).is_err());
    }

    #[test]
    fn what_is_out_of_bounds_is_damage() {
        let table = [1u8, 0, 0];
        for (start, end) in [(0, 8), (0, 9), (-1, 3), (i64::MAX, i64::MIN), (9, 9)] {
            assert!(count(&FORWARD, NONE, &[start], &[end], &table, 1).is_err());
        }
        assert_eq!(count(&FORWARD, NONE, &[0, 5], &[7, 2], &table, 1), Ok(vec![2, 0]));
    }

    #[test]
    fn words_that_do_not_fit_are_looked_up() {
        let (forward, table) = ([WIDE, 1, WIDE, 1, WIDE], [vec![0u8, 2], vec![0; 65534], vec![1]].concat());
        let wide = Wide { places: Numbers::U8(&[0, 2, 4]), forms: Numbers::U32(&[65536, 65535, 65536]) };
        assert_eq!(count(&forward, wide, &[0, 1, 4], &[5, 4, 5], &table, 2), Ok(vec![1, 0, 0]));
        assert_eq!(count(&forward, wide, &[0, 4], &[5, 5], &table, 1), Ok(vec![2, 1]));
        for (places, forms) in
            [(&[0, 2][..], &[5, 5][..]), (&[0, 2, 4], &[5, 5, 65537]), (&[0, 2, 4], &[5]), (&[], &[])]
        {
            let wide = Wide { places: Numbers::U8(places), forms: Numbers::U32(forms) };
            assert!(count(&forward, wide, &[0], &[5], &table, 1).is_err());
        }
    }
}
