//! Columns of a segment's file, read in place. Nothing that stands in them is believed: whatever is out of bounds is
//! damage, told in the words of `index/column_shapes.py`.

#[cfg(target_endian = "big")]
compile_error!("columns are little-endian and read in place");

/// Why a file is not that of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage(pub String);

pub type Result<T> = std::result::Result<T, Damage>;

/// A column of whole numbers, in the width it is kept in.
#[derive(Debug, Clone, Copy)]
pub enum Numbers<'a> {
    U8(&'a [u8]),
    U16(&'a [u16]),
    U32(&'a [u32]),
    U64(&'a [u64]),
    I64(&'a [i64]),
}

/// Calls with the slice of a column, whatever its width.
macro_rules! with_slice {
    ($numbers:expr, $slice:ident => $body:expr) => {
        match $numbers {
            Numbers::U8($slice) => $body,
            Numbers::U16($slice) => $body,
            Numbers::U32($slice) => $body,
            Numbers::U64($slice) => $body,
            Numbers::I64($slice) => $body,
        }
    };
}

impl<'a> Numbers<'a> {
    /// Returns bytes as numbers of a type as numpy writes it; None for another type, or where they are not aligned.
    pub fn of(kind: &str, bytes: &'a [u8]) -> Option<Self> {
        Some(match kind {
            "|u1" => Numbers::U8(bytes),
            "<u2" => Numbers::U16(aligned(bytes)?),
            "<u4" => Numbers::U32(aligned(bytes)?),
            "<u8" => Numbers::U64(aligned(bytes)?),
            "<i8" => Numbers::I64(aligned(bytes)?),
            _ => return None,
        })
    }

    pub fn len(&self) -> usize {
        with_slice!(self, slice => slice.len())
    }

    /// Returns one number; one that no place can be told by is larger than any.
    #[inline]
    #[allow(clippy::unnecessary_fallible_conversions)] // of some widths it can fail
    pub fn get(&self, place: usize) -> Option<usize> {
        with_slice!(self, slice => slice.get(place).map(|&n| usize::try_from(n).unwrap_or(usize::MAX)))
    }
}

impl Numbers<'_> {
    /// Returns the largest of the numbers; None where there is none.
    #[allow(clippy::unnecessary_cast)] // of some widths it is none
    pub fn largest(&self) -> Option<u64> {
        with_slice!(self, slice => slice.iter().max().map(|&n| n as u64))
    }

    /// Returns whether no number is below the one before it, or, ``strictly``, whether each is above it.
    pub fn ascend(&self, strictly: bool) -> bool {
        with_slice!(self, slice => {
            let pairs = slice.windows(2);
            // Not broken off, which takes longer.
            if strictly {
                pairs.fold(true, |so_far, pair| so_far & (pair[0] < pair[1]))
            } else {
                pairs.fold(true, |so_far, pair| so_far & (pair[0] <= pair[1]))
            }
        })
    }

    /// Of articles, returns how many have a 1 in the mask; None where one is beyond it.
    pub fn count_in(&self, mask: &[u8]) -> Option<usize> {
        (0..self.len()).try_fold(0, |so_far, at| Some(so_far + usize::from(*mask.get(self.get(at)?)? != 0)))
    }

    /// Of ascending numbers, returns which is the first from a place on that is not below one. Looks in growing steps.
    pub fn first_from(&self, place: usize, least: usize) -> usize {
        let is_below = |at: usize| self.get(at).is_some_and(|number| number < least);
        let (mut low, mut step) = (place, 1);
        while is_below(low + step - 1) {
            (low, step) = (low + step, 2 * step);
        }
        let mut high = low + step - 1;
        while low < high {
            let middle = (low + high) / 2;
            if is_below(middle) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Copies the numbers from a place on, as many as there is room for, each as `get` has it.
    #[inline]
    #[allow(clippy::unnecessary_fallible_conversions)]
    pub fn copy_to(&self, start: usize, room: &mut [usize]) {
        with_slice!(self, slice => {
            let from = slice.get(start..).unwrap_or(&[]);
            room.iter_mut().zip(from).for_each(|(to, &n)| *to = usize::try_from(n).unwrap_or(usize::MAX));
        });
    }
}

fn aligned<T>(bytes: &[u8]) -> Option<&[T]> {
    // SAFETY: only whole numbers are asked for, of which any bits are one.
    let (before, numbers, after) = unsafe { bytes.align_to::<T>() };
    (before.is_empty() && after.is_empty()).then_some(numbers)
}

/// Where the runs of a column end, after a leading 0.
#[derive(Debug, Clone, Copy)]
pub struct Ends<'a> {
    ends: Numbers<'a>,
    size: usize,
    name: &'static str,
}

impl<'a> Ends<'a> {
    /// `size` is how many values the column has that is cut, and `name` what it is called.
    pub fn new(ends: Numbers<'a>, size: usize, name: &'static str) -> Self {
        Ends { ends, size, name }
    }

    /// Returns how many runs there are.
    pub fn len(&self) -> usize {
        self.ends.len().saturating_sub(1)
    }

    /// Returns where a run starts and ends, within the column.
    #[inline]
    pub fn run(&self, number: usize) -> Result<std::ops::Range<usize>> {
        self.between(number, number + 1)
    }

    /// The same of several runs, from one up to another.
    #[inline]
    pub fn between(&self, first: usize, end: usize) -> Result<std::ops::Range<usize>> {
        match (self.ends.get(first), self.ends.get(end)) {
            (Some(start), Some(end)) if start <= end && end <= self.size => Ok(start..end),
            _ => Err(Damage(format!("column {}.ends does not cut column {} into runs", self.name, self.name))),
        }
    }
}

/// Strings one after another.
#[derive(Debug, Clone, Copy)]
pub struct Strings<'a> {
    bytes: &'a [u8],
    ends: Ends<'a>,
}

impl<'a> Strings<'a> {
    pub fn new(bytes: &'a [u8], ends: Numbers<'a>, name: &'static str) -> Self {
        Strings { bytes, ends: Ends::new(ends, bytes.len(), name) }
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    #[inline]
    pub fn get(&self, number: usize) -> Result<&'a [u8]> {
        Ok(&self.bytes[self.ends.run(number)?])
    }

    /// Returns the first place of sorted strings that is not below the wanted one.
    pub fn place(&self, wanted: &[u8]) -> Result<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = (low + high) / 2;
            if self.get(middle)? < wanted {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        Ok(low)
    }

    /// Returns the place of a string among sorted ones.
    pub fn find(&self, wanted: &[u8]) -> Result<Option<usize>> {
        let place = self.place(wanted)?;
        Ok((place < self.len() && self.get(place)? == wanted).then_some(place))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_found_by_their_bytes() {
        let strings = Strings::new("آبباد".as_bytes(), Numbers::U8(&[0, 4, 10]), "lemmas");
        assert_eq!(strings.find("باد".as_bytes()), Ok(Some(1)));
        assert_eq!(strings.find("بام".as_bytes()), Ok(None));
        assert_eq!(strings.place(b"\xff"), Ok(2));
    }

    #[test]
    fn an_end_beyond_its_column_is_damage() {
        let strings = Strings::new(b"ab", Numbers::U8(&[0, 200]), "lemmas");
        assert_eq!(strings.get(0), Err(Damage("column lemmas.ends does not cut column lemmas into runs".to_owned())));
        assert!(strings.get(7).is_err());
    }

    #[test]
    fn the_first_of_ascending_numbers_is_found_from_anywhere_before_it() {
        let numbers = Numbers::U8(&[2, 4, 4, 7, 9, 30]);
        for least in 0..40 {
            let first = [2, 4, 4, 7, 9, 30].iter().filter(|&&number| number < least).count();
            for from in 0..=first {
                assert_eq!(numbers.first_from(from, least), first);
            }
        }
    }

    #[test]
    fn what_columns_hold_is_looked_at() {
        let numbers = Numbers::U16(&[1, 1, 700]);
        assert!(numbers.ascend(false) && !numbers.ascend(true));
        assert!(!Numbers::I64(&[1, 0]).ascend(false) && Numbers::U32(&[]).ascend(true));
        assert_eq!((numbers.largest(), Numbers::U8(&[]).largest()), (Some(700), None));
        assert_eq!(Numbers::U64(&[u64::MAX, 0]).largest(), Some(u64::MAX));
        assert_eq!(Numbers::U8(&[0, 2, 3]).count_in(&[1, 1, 0, 1]), Some(2));
        assert_eq!(numbers.count_in(&[1; 700]), None);
    }

    #[test]
    fn numbers_that_are_not_aligned_are_not_read() {
        let numbers = [0u16; 4];
        // SAFETY: any bytes of numbers are bytes.
        let (_, bytes, _) = unsafe { numbers.align_to::<u8>() };
        assert!(Numbers::of("<u2", &bytes[..6]).is_some_and(|read| read.len() == 3));
        assert!(Numbers::of("<u2", &bytes[1..7]).is_none());
        assert!(Numbers::of("<u2", &bytes[..5]).is_none());
        assert!(Numbers::of("<f4", bytes).is_none());
    }
}
