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
            if self.entries.len() >= self.limit.saturating_mul(2).saturating_add(64) {
                self.cut();
            }
        }
    }

    /// Lets go of what is not among the best. Ids are compared only where too many have the lowest of the keys.
    fn cut(&mut self) {
        self.drop_below();
        if self.entries.len() > self.limit + self.limit / 2 + 32 {
            self.drop_equals();
        }
    }

    /// Drops what has a lower key than the `limit` best.
    fn drop_below(&mut self) {
        if self.entries.len() > self.limit {
            let last = self.entries.select_nth_unstable_by(self.limit - 1, |one, other| other.key.cmp(&one.key)).1;
            self.edge = last.key;
            self.entries.retain(|entry| entry.key >= self.edge);
        }
    }

    /// Of those that have the lowest key, drops what has the last ids, so that `limit` are left.
    fn drop_equals(&mut self) {
        let (segments, damage) = (self.segments, &mut self.damage);
        let edge = self.edge;
        let mut above = 0;
        for place in 0..self.entries.len() {
            if self.entries[place].key > edge {
                self.entries.swap(above, place);
                above += 1;
            }
        }
        let wanted = self.limit - above;
        if wanted < self.entries.len() - above {
            self.entries[above..].select_nth_unstable_by(wanted, |one, other| order(segments, damage, one, other));
            self.entries.truncate(self.limit);
        }
    }

    /// Returns the best in their order.
    pub fn finish(mut self) -> Result<Vec<Entry>> {
        if self.limit > 0 {
            self.drop_below();
            self.drop_equals();
        }
        let (segments, damage) = (self.segments, &mut self.damage);
        self.entries.sort_unstable_by(|one, other| order(segments, damage, one, other));
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
