//! In how many places the signatures of articles agree, by which copies are found: as `searcher/local/collapse.py` has it.

/// Values of an article's signature.
pub const SIGNATURE: usize = 16;

/// The column of signatures.
pub const SIGNATURE_COLUMN: &str = "signatures";

/// The signatures of some articles, in their order; `None` for those that are too short to have any.
#[derive(Debug, Default)]
pub struct Signatures(Vec<Option<[u16; SIGNATURE]>>);

impl Signatures {
    /// Adds the next article's.
    pub fn push(&mut self, values: [u16; SIGNATURE]) {
        self.0.push((values != [0; SIGNATURE]).then_some(values));
    }

    /// Returns the articles after one whose signatures agree with its own in so many places at least, and in how many.
    pub fn agreeing(&self, place: usize, least: usize) -> Vec<(usize, usize)> {
        let Some(Some(own)) = self.0.get(place) else { return Vec::new() };
        let agreement = |values: &[u16; SIGNATURE]| own.iter().zip(values).filter(|(one, other)| one == other).count();
        let others = self.0.iter().enumerate().skip(place + 1);
        let known = others.filter_map(|(other, values)| Some((other, agreement(values.as_ref()?))));
        known.filter(|&(_, count)| count >= least).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_after_one_agree_with_it_in_some_places() {
        let mut signatures = Signatures::default();
        for same in [16, 0, 3, 2, 16] {
            let value = |place| if place < same { 7 } else { 100 + same as u16 };
            signatures.push(std::array::from_fn(value));
        }
        signatures.push([0; SIGNATURE]);
        assert_eq!(signatures.agreeing(0, 3), vec![(2, 3), (4, 16)]);
        assert_eq!(signatures.agreeing(2, 3), vec![(4, 3)]);
        assert_eq!(signatures.agreeing(5, 0), vec![]);
        assert_eq!(signatures.agreeing(9, 0), vec![]);
    }
}
