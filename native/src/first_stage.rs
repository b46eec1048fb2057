//! The first stage of ranking: the impacts of all words added up, as `searcher/local/top_k.py` does by whole lists.
//!
//! Articles are gone through a window at a time, so that the sums of a window stay in the processor's nearest memory;
//! beside the sums it is counted how many of the words each article has. Nothing is pruned, as both totals are exact.

use std::ops::{AddAssign, Mul};

use crate::best::{Best, Entry};
use crate::column::{Damage, Numbers, Result};
use crate::leaf_matches::Listed;
use crate::segment::{Doc, Postings, Segment, UNDATED};

const WINDOW: usize = 1 << 12; // articles: 20 kB of sums and counts
const SPARSE: usize = 16; // articles of a window to each of its postings, from which only those are looked at
const CHUNK: usize = 16; // articles whose sums are looked at together
const BLOCK: usize = 128; // articles that are counted together

/// The most words of a query, as they are counted in a byte.
pub const MOST_WORDS: usize = u8::MAX as usize;

/// How many of the words an article has to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needed {
    /// To match at all, and to have all that was asked for.
    pub least: u8,
    pub full: u8,
}

/// How many articles match, and how many have all that was asked for.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    pub any: usize,
    pub all: usize,
}

/// What is wanted of the articles that match.
pub enum Wanted<'w, 's, 'a> {
    /// The best by their sums; and, where they are wanted by themselves, the best of those with all words.
    ByScore { best: Best<'s, 'a>, complete: Option<Best<'s, 'a>> },
    /// The newest, or the oldest, of those with any of the words or with all; with the dates of each segment.
    ByDate { best: Best<'s, 'a>, published: &'w [&'w [i64]], newest: bool, only_all: bool },
    /// Which they are, a byte an article of each segment: those with any of the words, and those with all.
    Marks { any: &'w mut [Vec<u8>], all: &'w mut [Vec<u8>] },
}

impl Wanted<'_, '_, '_> {
    /// Returns the articles in their order, and those with all words; none where they were only marked.
    pub fn finish(self) -> Result<(Vec<Entry>, Vec<Entry>)> {
        match self {
            Wanted::ByScore { best, complete } => Ok((best.finish()?, complete.map_or(Ok(Vec::new()), Best::finish)?)),
            Wanted::ByDate { best, .. } => Ok((best.finish()?, Vec::new())),
            Wanted::Marks { .. } => Ok((Vec::new(), Vec::new())),
        }
    }
}

/// Where something is to be found in a segment: in the postings of a lemma, or in a list of its own.
#[derive(Debug, Clone, Copy)]
pub enum Source<'l> {
    Lemma(usize),
    Listed(&'l Listed),
}

/// Adds up words and leaves, each with its worth, over one segment; a mask lets through articles that have a 1.
pub fn add_up(
    segments: &[Segment],
    number: usize,
    words: &[(Source, i64)],
    needed: Needed,
    mask: Option<&[u8]>,
    wanted: &mut Wanted,
) -> Result<Totals> {
    let segment = &segments[number];
    let highest = words.iter().fold(0i64, |sum, &(_, worth)| sum.saturating_add(worth.saturating_mul(255)));
    match (segment.all_docs(), highest) {
        (Numbers::U8(docs), top) if top < i32::MAX as i64 => {
            Pass::<u8, i32>::new(segment, docs, words)?.run(number, needed, mask, wanted)
        }
        (Numbers::U16(docs), top) if top < i32::MAX as i64 => {
            Pass::<u16, i32>::new(segment, docs, words)?.run(number, needed, mask, wanted)
        }
        (Numbers::U8(docs), _) => Pass::<u8, i64>::new(segment, docs, words)?.run(number, needed, mask, wanted),
        (Numbers::U16(docs), _) => Pass::<u16, i64>::new(segment, docs, words)?.run(number, needed, mask, wanted),
        (Numbers::U32(docs), _) => Pass::<u32, i64>::new(segment, docs, words)?.run(number, needed, mask, wanted),
        _ => Err(Damage("column postings.docs has values of another type".to_owned())),
    }
}

/// A sum of impacts.
trait Sum: Copy + Default + PartialOrd + AddAssign + Mul<Output = Self> + From<u8> {
    fn of(sum: i64) -> Self;
    fn whole(self) -> i64;
}

impl Sum for i32 {
    fn of(sum: i64) -> Self {
        sum.clamp(0, i32::MAX as i64) as i32
    }
    fn whole(self) -> i64 {
        self as i64
    }
}

impl Sum for i64 {
    fn of(sum: i64) -> Self {
        sum.max(0)
    }
    fn whole(self) -> i64 {
        self
    }
}

/// The postings of a word that are yet to be added, and what an impact of it counts.
struct Cursor<'a, T, S> {
    left: Postings<'a, T>,
    here: usize, // of them, those in this window
    worth: S,
}

impl<T: Doc, S: Sum> Cursor<'_, T, S> {
    /// Takes the best articles of a word that is alone: no sums are needed.
    fn take_best(&self, number: usize, best: &mut Best) -> Totals {
        let (docs, worth) = (self.left.docs, self.worth.whole());
        for (docs, impacts) in docs.chunks(CHUNK).zip(self.left.impacts.chunks(CHUNK)) {
            let edge = best.edge();
            if i64::from(impacts.iter().fold(0, |highest, &impact| impact.max(highest))) * worth < edge {
                continue;
            }
            for (doc, &impact) in docs.iter().zip(impacts) {
                let score = i64::from(impact) * worth;
                best.add(Entry { key: score, score, segment: number as u32, doc: doc.number() as u32 });
            }
        }
        Totals { any: docs.len(), all: docs.len() }
    }
}

struct Pass<'a, T, S> {
    articles: usize,
    cursors: Vec<Cursor<'a, T, S>>,
    sums: Vec<S>,
    counts: Vec<u8>,
}

impl<'a, T: Doc, S: Sum> Pass<'a, T, S> {
    fn new(segment: &Segment<'a>, docs: &'a [T], words: &[(Source<'a>, i64)]) -> Result<Self> {
        let cursor = |&(source, worth): &(Source<'a>, i64)| {
            let left = match source {
                Source::Lemma(lemma) => segment.postings(lemma, docs)?,
                Source::Listed(listed) => listed.postings(segment)?,
            };
            Ok(Cursor { left, here: 0, worth: S::of(worth) })
        };
        Ok(Pass {
            articles: segment.len(),
            cursors: words.iter().map(cursor).collect::<Result<_>>()?,
            sums: vec![S::default(); WINDOW],
            counts: vec![0; WINDOW],
        })
    }

    fn run(mut self, number: usize, needed: Needed, mask: Option<&[u8]>, wanted: &mut Wanted) -> Result<Totals> {
        let mut totals = Totals::default();
        if let ([word], None, Needed { least: 1, full: 1 }) = (&self.cursors[..], mask, needed) {
            if let Wanted::ByScore { best, complete: None } = wanted {
                return Ok(word.take_best(number, best));
            }
        }
        for first in (0..self.articles).step_by(WINDOW) {
            let end = (first + WINDOW).min(self.articles);
            let postings = self.fill(end);
            if postings == 0 {
                continue;
            }
            let mask = mask.map(|mask| &mask[first..end]);
            let mut taker = Taker { number, first, needed, totals: &mut totals, wanted };
            if postings * SPARSE < end - first {
                for cursor in &self.cursors {
                    for doc in &cursor.left.docs[..cursor.here] {
                        let at = doc.number() & (WINDOW - 1);
                        if self.counts[at] >= needed.least && mask.is_none_or(|mask| mask[at] != 0) {
                            taker.totals.any += 1;
                            taker.totals.all += usize::from(self.counts[at] >= needed.full);
                            taker.take(at, self.sums[at].whole(), self.counts[at]);
                        }
                        (self.sums[at], self.counts[at]) = (S::default(), 0);
                    }
                }
            } else {
                let (sums, counts) = (&mut self.sums[..end - first], &mut self.counts[..end - first]);
                if let Some(mask) = mask {
                    counts.iter_mut().zip(mask).for_each(|(count, &lets)| *count &= 0u8.wrapping_sub(lets));
                }
                taker.look_at(sums, counts);
                sums.fill(S::default());
                counts.fill(0);
            }
            self.advance();
        }
        Ok(totals)
    }

    /// Adds the postings of articles before `end`; returns how many they are.
    fn fill(&mut self, end: usize) -> usize {
        let (sums, counts) = (&mut self.sums[..WINDOW], &mut self.counts[..WINDOW]);
        let mut postings = 0;
        for Cursor { left, here, worth } in &mut self.cursors {
            *here = before(left.docs, end);
            postings += *here;
            for (doc, &impact) in left.docs[..*here].iter().zip(&left.impacts[..*here]) {
                let at = doc.number() & (WINDOW - 1);
                sums[at] += S::from(impact) * *worth;
                counts[at] += 1;
            }
        }
        postings
    }

    fn advance(&mut self) {
        for Cursor { left, here, .. } in &mut self.cursors {
            left.docs = &left.docs[*here..];
            left.impacts = &left.impacts[*here..];
        }
    }
}

/// Returns how many of some ascending numbers are below one. Looks from the beginning in growing steps.
pub fn before<T: Doc>(docs: &[T], end: usize) -> usize {
    let mut step = 1;
    while step < docs.len() && docs[step].number() < end {
        step *= 2;
    }
    let from = step / 2;
    from + docs[from..(step + 1).min(docs.len())].partition_point(|doc| doc.number() < end)
}

/// Takes the articles of one window.
struct Taker<'t, 'w, 's, 'a> {
    number: usize,
    first: usize,
    needed: Needed,
    totals: &'t mut Totals,
    wanted: &'t mut Wanted<'w, 's, 'a>,
}

impl Taker<'_, '_, '_, '_> {
    /// Counts a whole window and takes what matches; those with fewer words than needed do not.
    fn look_at<S: Sum>(&mut self, sums: &[S], counts: &[u8]) {
        let Needed { least, full } = self.needed;
        for counts in counts.chunks(BLOCK) {
            let (mut any, mut all) = (0u8, 0u8); // as in a block there are fewer than a byte can count
            for &count in counts {
                any += u8::from(count >= least);
                all += u8::from(count >= full);
            }
            self.totals.any += any as usize;
            self.totals.all += all as usize;
        }
        match self.wanted {
            Wanted::ByScore { complete: None, .. } => self.take_best(sums, counts),
            _ => self.take_all(sums, counts),
        }
    }

    /// Takes those whose sums may be among the best.
    fn take_best<S: Sum>(&mut self, sums: &[S], counts: &[u8]) {
        for (place, of_chunk) in sums.chunks(CHUNK).enumerate() {
            let edge = self.edge();
            if !of_chunk.iter().fold(false, |so_far, &sum| so_far | (sum >= edge)) {
                continue;
            }
            for (at, &sum) in (place * CHUNK..).zip(of_chunk) {
                if sum >= edge && counts[at] >= self.needed.least {
                    self.take(at, sum.whole(), counts[at]);
                }
            }
        }
    }

    fn edge<S: Sum>(&self) -> S {
        let Wanted::ByScore { best, .. } = &*self.wanted else { return S::of(0) };
        S::of(best.edge())
    }

    fn take_all<S: Sum>(&mut self, sums: &[S], counts: &[u8]) {
        for (at, (&sum, &count)) in sums.iter().zip(counts).enumerate() {
            if count >= self.needed.least {
                self.take(at, sum.whole(), count);
            }
        }
    }

    #[inline]
    fn take(&mut self, at: usize, score: i64, count: u8) {
        let doc = self.first + at;
        let entry = |key| Entry { key, score, segment: self.number as u32, doc: doc as u32 };
        let has_all = count >= self.needed.full;
        match self.wanted {
            Wanted::ByScore { best, complete } => {
                best.add(entry(score));
                if let (true, Some(complete)) = (has_all, complete) {
                    complete.add(entry(score));
                }
            }
            Wanted::ByDate { best, published, newest, only_all } => {
                if has_all || !*only_all {
                    best.add(entry(match published[self.number][doc] {
                        UNDATED => UNDATED,
                        moment if *newest => moment,
                        moment => moment.saturating_neg(),
                    }));
                }
            }
            Wanted::Marks { any, all } => {
                any[self.number][doc] = 1;
                all[self.number][doc] = u8::from(has_all);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_below_one_are_counted_wherever_they_end() {
        let docs: Vec<u16> = (0..1000).map(|n| n * 3).collect();
        for end in 0..3100 {
            assert_eq!(before(&docs, end), docs.iter().filter(|&&doc| (doc as usize) < end).count());
        }
        assert_eq!(before::<u16>(&[], 9), 0);
    }
}
