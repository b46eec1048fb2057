//! The best of the articles that match, and how many match. Equally good ones come in the order of their ids.

use std::cmp::Ordering;

use crate::column::{Damage, Result};
use crate::segment::Segment;

/// An article that was found: the key it is sorted by, its score as a whole number, and where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub key: i64,
    pub score: i64,
    pub segment: u32,
    pub doc: u32,
}

impl Entry {
    /// Returns which article it is.
    pub fn place(&self) -> (u32, u32) {
        (self.segment, self.doc)
    }
}

/// Keeps the `limit` entries of the highest keys.
pub struct Best<'s, 'a> {
    segments: &'s [Segment<'a>],
    limit: usize,
    edge: i64,
    entries: Vec<Entry>,
    damage: Option<Damage>,
}

impl<'s, 'a> Best<'s, 'a> {
    pub fn new(segments: &'s [Segment<'a>], limit: usize) -> Self {
        Best { segments, limit, edge: i64::MIN, entries: Vec::new(), damage: None }
    }

    /// Returns the lowest key that may still be among the best.
    #[inline]
    pub fn edge(&self) -> i64 {
        if self.limit == 0 {
            i64::MAX
        } else {
            self.edge
        }
    }

    #[inline]
    pub fn add(&mut self, entry: Entry) {
        if entry.key >= self.edge && self.limit > 0 {
            self.entries.push(entry);
            if self.entries.len() >= 2 * self.limit.min(1 << 20) + 64 && self.entries.len() > self.limit {
                self.cut();
            }
        }
    }

    fn cut(&mut self) {
        let (segments, damage) = (self.segments, &mut self.damage);
        self.entries.select_nth_unstable_by(self.limit - 1, |one, other| order(segments, damage, one, other));
        self.edge = self.entries[self.limit - 1].key;
        self.entries.truncate(self.limit);
    }

    /// Returns the best in their order.
    pub fn finish(mut self) -> Result<Vec<Entry>> {
        let (segments, damage) = (self.segments, &mut self.damage);
        self.entries.sort_unstable_by(|one, other| order(segments, damage, one, other));
        self.entries.truncate(self.limit);
        self.damage.map_or(Ok(self.entries), Err)
    }
}

fn order(segments: &[Segment], damage: &mut Option<Damage>, one: &Entry, other: &Entry) -> Ordering {
    let mut id = |entry: &Entry| {
        segments[entry.segment as usize].ids.get(entry.doc as usize).unwrap_or_else(|why| {
            damage.get_or_insert(why);
            b""
        })
    };
    other.key.cmp(&one.key).then_with(|| id(one).cmp(id(other))).then_with(|| one.place().cmp(&other.place()))
}
