//! Which articles a leaf matches that asks how words stand: in some forms, in one field, one after another or close
//! together; as `searcher/local/match.py` finds them.

use std::ops::Range;

use crate::column::{Damage, Numbers, Result};
use crate::query_word::Word;
use crate::ranker::Masks;
use crate::segment::{Doc, ListedDocs, Postings, Segment, WIDE};

/// The columns that only such leaves read.
pub const LEAF_COLUMNS: [&str; 2] = ["forms.lemma", "forward.fields"];

/// The most parts of a leaf: each is a bit of a byte.
pub const MOST_PARTS: usize = 8;

const CODES: usize = 1 << 16; // forms that two bytes can tell of
const BLOCK: usize = 64; // words looked at together
const SHORTEST: u64 = 32; // words that an article counts for at least
const COST_OF_PHRASES: u64 = 3;
const COST_OF_WINDOWS: u64 = 20; // the most, where every word begins one

/// What only such leaves read of a segment.
#[derive(Debug, Clone, Copy)]
pub struct LeafColumns<'a> {
    pub form_lemmas: Numbers<'a>,
    /// Words in title and lead of each article.
    pub fields: Numbers<'a>,
}

/// A part of a leaf: a word in all its forms, or some forms of each segment.
pub enum Part<'q> {
    Word(&'q Word),
    Forms(Vec<&'q [i64]>),
}

/// Where all parts have to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Anywhere,
    Title,
    Lead,
    Body,
    /// In any one of the three.
    Each,
}

/// How they have to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// One after another; of a single part, anywhere.
    InOrder,
    /// In any order, with so many words between the first and the last at most that are no parts.
    Within(usize),
}

/// A leaf.
pub struct Leaf<'q> {
    pub parts: Vec<Part<'q>>,
    pub field: Field,
    pub standing: Standing,
}

/// The live articles of one segment that a leaf matches, ascending, and the impact of its occurrences in each.
#[derive(Debug)]
pub struct Listed {
    pub docs: ListedDocs,
    pub impacts: Vec<u8>,
}

impl Listed {
    /// Returns the same as postings of the segment that they were found in.
    pub fn postings<T: Doc>(&self, segment: &Segment) -> Result<Postings<'_, T>> {
        match T::of_list(&self.docs) {
            Some(docs) if docs.last().is_none_or(|doc| doc.number() < segment.len()) => {
                Ok(Postings { docs, impacts: &self.impacts })
            }
            _ => Err(Damage("articles were found in another segment".to_owned())),
        }
    }
}

/// Looks for leaves in the segments of an index.
pub struct Matcher<'m, 'a> {
    pub segments: &'m [Segment<'a>],
    pub columns: &'m [LeafColumns<'a>],
    /// Which articles of each segment are live.
    pub lives: &'m Masks<'m>,
    /// The impact of each number of occurrences, the last that of all more.
    pub levels: &'m [u8],
}

impl Matcher<'_, '_> {
    /// Returns what a leaf matches in each segment, and how many words were looked at, each as often as it costs.
    ///
    /// None where that would be more than `most`, or where words are of several parts of which each wants its own.
    pub fn find(&self, leaf: &Leaf, most: u64) -> Result<Option<(Vec<Listed>, u64)>> {
        let (mut found, mut cost) = (Vec::new(), 0);
        for number in 0..self.segments.len() {
            let of_segment = match self.segments[number].all_docs() {
                Numbers::U8(docs) => self.find_in(number, docs, leaf, most, &mut cost)?,
                Numbers::U16(docs) => self.find_in(number, docs, leaf, most, &mut cost)?,
                Numbers::U32(docs) => self.find_in(number, docs, leaf, most, &mut cost)?,
                _ => return Err(Damage("column postings.docs has values of another type".to_owned())),
            };
            let Some(listed) = of_segment else { return Ok(None) };
            found.push(listed);
        }
        Ok(Some((found, cost)))
    }

    fn find_in<'s, T: Doc>(
        &'s self,
        number: usize,
        all_docs: &'s [T],
        leaf: &Leaf,
        most: u64,
        cost: &mut u64,
    ) -> Result<Option<Listed>> {
        let segment = &self.segments[number];
        let mut docs = self.candidates(number, all_docs, leaf)?;
        if let Some(live) = self.lives[number] {
            docs.retain(|doc| live.get(doc.number()).is_some_and(|&lives| lives != 0));
        }
        let parts = leaf.parts.len();
        let of_a_word = match leaf.standing {
            _ if parts < 2 => 1,
            Standing::InOrder => COST_OF_PHRASES,
            Standing::Within(_) => COST_OF_PHRASES + COST_OF_WINDOWS * parts as u64,
        };
        for doc in &docs {
            *cost += of_a_word * (segment.words(doc.number())?.len() as u64).max(SHORTEST);
        }
        if *cost > most {
            return Ok(None);
        }
        let mut counter = Counter::new(segment, parts, leaf.standing);
        if docs.is_empty() {
            return Ok(Some(Listed { docs: T::listed(docs), impacts: Vec::new() }));
        }
        for (part, bit) in leaf.parts.iter().zip(0..) {
            match part {
                Part::Word(word) => counter.set(word.here[number].forms.iter().map(|&form| form as usize), bit)?,
                Part::Forms(forms) => counter.set(forms[number].iter().map(|&form| form as usize), bit)?,
            }
        }
        if counter.is_ambiguous && parts > 2 && leaf.standing != Standing::InOrder {
            return Ok(None);
        }
        let last = self.levels.len() - 1;
        let mut impacts = Vec::with_capacity(docs.len());
        let mut damage = None;
        docs.retain(|doc| match self.times(number, doc.number(), leaf.field, &mut counter) {
            Ok(0) => false,
            Ok(times) => {
                impacts.push(self.levels[times.min(last)]);
                true
            }
            Err(why) => {
                damage.get_or_insert(why);
                false
            }
        });
        damage.map_or(Ok(Some(Listed { docs: T::listed(docs), impacts })), Err)
    }

    /// Returns the articles that may match, live or not: those that are in the postings of every part.
    fn candidates<'s, T: Doc>(&'s self, number: usize, all_docs: &'s [T], leaf: &Leaf) -> Result<Vec<T>> {
        let segment = &self.segments[number];
        let (mut lists, mut unions): (Vec<&[T]>, Vec<Vec<T>>) = Default::default();
        for part in &leaf.parts {
            match part {
                Part::Word(word) => lists.push(match word.here[number].lemma {
                    Some(lemma) => segment.postings(lemma, all_docs)?.docs,
                    None => &[],
                }),
                Part::Forms(forms) => unions.extend(self.union(number, all_docs, forms[number])?),
            }
        }
        lists.extend(unions.iter().map(Vec::as_slice));
        lists.sort_by_key(|list| list.len());
        let Some((first, others)) = lists.split_first() else {
            return Ok((0..segment.len()).map(T::of).collect());
        };
        let mut docs = first.to_vec();
        for other in others {
            let mut left = *other;
            docs.retain(|doc| {
                left = &left[crate::first_stage::before(left, doc.number())..];
                left.first() == Some(doc)
            });
        }
        Ok(docs)
    }

    /// Returns the articles that have a lemma of some of the forms; None when that may be all.
    fn union<T: Doc>(&self, number: usize, all_docs: &[T], forms: &[i64]) -> Result<Option<Vec<T>>> {
        let segment = &self.segments[number];
        let end = segment.lemmas.len();
        let lemma = |&form: &i64| {
            let lemma = usize::try_from(form).ok().and_then(|form| self.columns[number].form_lemmas.get(form));
            let why = || {
                Damage(format!("column forms.lemma lacks a form's, or has one where numbers end at {}", end as i64 - 1))
            };
            lemma.filter(|&lemma| lemma < end).ok_or_else(why)
        };
        let mut lemmas = forms.iter().map(lemma).collect::<Result<Vec<_>>>()?;
        lemmas.sort_unstable();
        lemmas.dedup();
        let (mut has, mut total) = (vec![false; segment.len()], 0);
        for lemma in lemmas {
            let docs = segment.postings(lemma, all_docs)?.docs;
            total += docs.len();
            if total > 2 * segment.len() {
                return Ok(None);
            }
            docs.iter().for_each(|doc| has[doc.number()] = true);
        }
        Ok(Some(has.iter().enumerate().filter(|&(_, &has)| has).map(|(doc, _)| T::of(doc)).collect()))
    }

    /// Returns how often the leaf stands in an article.
    fn times(&self, number: usize, doc: usize, field: Field, counter: &mut Counter) -> Result<usize> {
        let words = self.segments[number].words(doc)?;
        counter.read(words.clone())?;
        let size = words.len();
        let whole = counter.count(0..size);
        if whole == 0 || field == Field::Anywhere {
            return Ok(whole);
        }
        let fields = self.columns[number].fields;
        let ends = match (fields.get(2 * doc), fields.get(2 * doc + 1)) {
            (Some(title), Some(lead)) if title <= size && lead <= size - title => [title, title + lead],
            _ => return Err(Damage("column forward.fields gives an article more words than it has".to_owned())),
        };
        let stretches = [0..ends[0], ends[0]..ends[1], ends[1]..size];
        Ok(match field {
            Field::Title => counter.count(stretches[0].clone()),
            Field::Lead => counter.count(stretches[1].clone()),
            Field::Body => counter.count(stretches[2].clone()),
            _ => stretches.into_iter().map(|words| counter.count(words)).sum(),
        })
    }
}

/// Counts in one article after another.
struct Counter<'s, 'a> {
    segment: &'s Segment<'a>,
    bits: Vec<u8>, // of each form, a bit for each part that it is of; as many as two bytes can tell of at least
    parts: usize,
    standing: Standing,
    is_ambiguous: bool,       // whether a form is of several parts
    has_wide: bool,           // whether forms are of some part whose numbers do not fit two bytes
    wide: usize,              // of the words that do not fit, the first that is not before the last article read
    words: Vec<u8>,           // the bits of the words of the article that is read
    marked: Vec<(usize, u8)>, // of a stretch, the words that are of any part, with their parts
}

impl<'s, 'a> Counter<'s, 'a> {
    fn new(segment: &'s Segment<'a>, parts: usize, standing: Standing) -> Self {
        let bits = vec![0; segment.forms.len().max(CODES)];
        let (is_ambiguous, has_wide, wide, words, marked) = (false, false, 0, Vec::new(), Vec::new());
        Counter { segment, bits, parts, standing, is_ambiguous, has_wide, wide, words, marked }
    }

    fn set(&mut self, forms: impl Iterator<Item = usize>, part: u32) -> Result<()> {
        for form in forms {
            if form >= self.segment.forms.len() {
                return Err(Damage("column forms lacks a form".to_owned()));
            }
            self.bits[form] |= 1 << part;
            self.is_ambiguous |= self.bits[form].count_ones() > 1;
            self.has_wide |= form >= usize::from(WIDE);
        }
        Ok(())
    }

    /// Reads the words of an article, which comes after those read before. It takes no branch on any word, as nobody
    /// could guess it.
    fn read(&mut self, words: Range<usize>) -> Result<()> {
        let codes = &self.segment.forward[words.clone()];
        let forms = self.segment.forms.len();
        if forms < CODES {
            let highest = codes.iter().fold(0, |so_far, &code| code.max(so_far));
            if usize::from(highest) >= forms && !codes.is_empty() {
                return Err(Damage(format!("column forward has {highest} where numbers end at {}", forms as i64 - 1)));
            }
        }
        let bits: &[u8; CODES] = self.bits.first_chunk().expect("bits for each");
        self.words.clear();
        self.words.extend(codes.iter().map(|&code| bits[usize::from(code)]));
        if self.has_wide {
            self.wide = self.segment.first_wide(words.start, self.wide);
            let mut left = codes.chunks(CODES / 2).map(wide_among).sum::<usize>();
            while left > 0 {
                let (place, form) = self.segment.wide_word(self.wide, words.clone())?;
                self.words[place - words.start] = self.bits[form];
                (self.wide, left) = (self.wide + 1, left - 1);
            }
        }
        Ok(())
    }

    /// Returns how often the parts stand in a stretch of the article as they should.
    fn count(&mut self, stretch: Range<usize>) -> usize {
        let words = &self.words[stretch];
        match self.standing {
            Standing::Within(slop) if self.parts > 1 => {
                self.marked.clear();
                for (block, bits) in words.chunks(BLOCK).enumerate() {
                    if of_any(bits) != 0 {
                        let places = (block * BLOCK..).zip(bits.iter().copied());
                        self.marked.extend(places.filter(|&(_, bits)| bits != 0));
                    }
                }
                together(&self.marked, self.parts, slop)
            }
            _ => in_order(words, self.parts),
        }
    }
}

/// Returns how many of some words, fewer than two bytes can count, do not fit two bytes.
fn wide_among(codes: &[u16]) -> usize {
    usize::from(codes.iter().fold(0, |so_far, &code| so_far + u16::from(code == WIDE)))
}

/// Returns how often parts stand one after another in a stretch, by the parts of its words.
fn in_order(words: &[u8], parts: usize) -> usize {
    let firsts = (words.len() + 1).saturating_sub(parts);
    let times_from = |first: usize| {
        let size = BLOCK.min(firsts - first);
        let words = &words[first..first + size + parts - 1];
        if of_any(words) != all(parts) {
            return 0; // as of most blocks
        }
        let mut stands = [1u8; BLOCK]; // whether the parts so far stand from a word on
        for part in 0..parts {
            let words = &words[part..part + size];
            stands.iter_mut().zip(words).for_each(|(stands, &bits)| *stands &= bits >> part);
        }
        usize::from(stands[..size].iter().sum::<u8>())
    };
    (0..firsts).step_by(BLOCK).map(times_from).sum()
}

/// Returns the parts that any of some words is of.
fn of_any(words: &[u8]) -> u8 {
    words.iter().fold(0, |so_far, &bits| so_far | bits)
}

/// Returns a bit for each part.
fn all(parts: usize) -> u8 {
    u8::MAX >> (MOST_PARTS - parts)
}

/// Returns how often parts stand close together, by where words of any part are and of which they are.
fn together(marked: &[(usize, u8)], parts: usize, slop: usize) -> usize {
    let begins = |first: usize| {
        let end = marked[first].0 + parts + slop;
        let window = || marked[first..].iter().take_while(|&&(place, _)| place < end);
        window().fold(0, |so_far, &(_, bits)| so_far | bits) == all(parts) && window().count() >= parts
    };
    (0..marked.len()).filter(|&first| begins(first)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_counted_where_they_stand_one_after_another() {
        assert_eq!(in_order(&[1, 2, 1, 1, 2, 2], 2), 2);
        assert_eq!(in_order(&[3, 3, 3], 2), 2);
        assert_eq!(in_order(&[1, 1, 0, 1], 1), 3);
        assert_eq!(in_order(&[1, 2, 4, 8, 16, 32, 64, 128], 8), 1);
        assert_eq!(in_order(&[1, 2], 3), 0);
        assert_eq!(in_order(&[1, 2].repeat(BLOCK), 2), BLOCK);
    }

    #[test]
    fn parts_are_counted_where_they_are_close_together_each_by_a_word_of_its_own() {
        let times = |words: &[u8], parts, slop| {
            let marked: Vec<_> = words.iter().copied().enumerate().filter(|&(_, bits)| bits != 0).collect();
            together(&marked, parts, slop)
        };
        assert_eq!(times(&[2, 0, 1, 0, 0, 2], 2, 1), 1);
        assert_eq!(times(&[2, 0, 1, 0, 0, 2], 2, 2), 2);
        assert_eq!(times(&[3, 0, 0, 0, 3], 2, 2), 0);
        assert_eq!(times(&[4, 1, 2], 3, 0), 1);
    }
}
