//! Which articles a leaf matches that asks how words stand: in some forms, in one field, one after another or close
//! together; as `searcher/local/match.py` finds them.

use std::ops::Range;

use crate::column::{Damage, Numbers, Result};
use crate::occurrences::{Counter, Parts};
use crate::query_word::Word;
use crate::ranker::Masks;
use crate::segment::{Doc, ListedDocs, Postings, Segment};

/// The columns that only such leaves read.
pub const LEAF_COLUMNS: [&str; 2] = ["forms.lemma", "forward.fields"];

/// The most parts of a leaf: each is a bit of a byte.
pub const MOST_PARTS: usize = 8;

const AHEAD: usize = 2; // articles fetched before they are read
const DENSE: usize = 16; // articles of another part to one of the rarest, up to which all of them are looked at
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
        if docs.is_empty() {
            return Ok(Some(Listed { docs: T::listed(docs), impacts: Vec::new() }));
        }
        let of_parts = self.parts(number, leaf)?;
        if of_parts.is_ambiguous() && parts > 2 && leaf.standing != Standing::InOrder {
            return Ok(None);
        }
        let mut finder = Finder {
            leaf,
            fields: self.columns[number].fields,
            counter: Counter::new(segment.forward, &of_parts),
            starts: Vec::new(),
            marked: Vec::new(),
        };
        let last = self.levels.len() - 1;
        let mut impacts = Vec::with_capacity(docs.len());
        let mut found = Vec::with_capacity(docs.len());
        for (place, &doc) in docs.iter().enumerate() {
            if let Some(ahead) = docs.get(place + AHEAD) {
                segment.forward.fetch(segment.words(ahead.number())?);
            }
            let times = finder.times(doc.number(), segment.words(doc.number())?)?;
            if times > 0 {
                found.push(doc);
                impacts.push(self.levels[times.min(last)]);
            }
        }
        Ok(Some(Listed { docs: T::listed(found), impacts }))
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
        if others.iter().any(|other| other.len() > DENSE * first.len()) {
            for other in others {
                let mut left = *other;
                docs.retain(|doc| {
                    left = &left[crate::first_stage::before(left, doc.number())..];
                    left.first() == Some(doc)
                });
            }
            return Ok(docs);
        }
        let mut times = vec![0u8; segment.len()];
        others.iter().for_each(|other| other.iter().for_each(|doc| times[doc.number()] += 1));
        let mut kept = 0; // without a branch on any article, as nobody could guess it
        for place in 0..docs.len() {
            let doc = docs[place];
            docs[kept] = doc;
            kept += usize::from(usize::from(times[doc.number()]) == others.len());
        }
        docs.truncate(kept);
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

    /// Returns the parts that each form of a segment is of.
    fn parts(&self, number: usize, leaf: &Leaf) -> Result<Parts<u8>> {
        let forms = self.segments[number].forms.len();
        let of_part = |part: &Part| {
            let numbers: Vec<usize> = match part {
                Part::Word(word) => word.here[number].forms.iter().map(|&form| form as usize).collect(),
                Part::Forms(of_segments) => of_segments[number].iter().map(|&form| form as usize).collect(),
            };
            if numbers.iter().any(|&form| form >= forms) {
                return Err(Damage("column forms lacks a form".to_owned()));
            }
            Ok(numbers.into_iter())
        };
        let of_parts = leaf.parts.iter().map(of_part).collect::<Result<Vec<_>>>()?;
        Ok(Parts::new(forms, of_parts.into_iter()))
    }
}

/// Looks for a leaf in one article of a segment after another.
struct Finder<'f, 'a> {
    leaf: &'f Leaf<'f>,
    fields: Numbers<'a>,
    counter: Counter<'f, 'a, u8>,
    // of one article:
    starts: Vec<usize>,       // where the parts stand one after another
    marked: Vec<(usize, u8)>, // the words that are of any part, with their parts, wherever all may be close
}

impl Finder<'_, '_> {
    /// Returns how often the leaf stands in an article, given which words of the forward view are its own.
    fn times(&mut self, doc: usize, words: Range<usize>) -> Result<usize> {
        let stretch = match self.leaf.field {
            Field::Anywhere => words,
            Field::Each if self.leaf.parts.len() < 2 => words,
            Field::Each => return self.times_in_each(doc, words),
            Field::Title => self.stretches(doc, &words)?[0].clone(),
            Field::Lead => self.stretches(doc, &words)?[1].clone(),
            Field::Body => self.stretches(doc, &words)?[2].clone(),
        };
        match self.leaf.standing {
            Standing::Within(slop) if self.leaf.parts.len() > 1 => {
                self.mark(stretch, slop)?;
                Ok(together(&self.marked, self.leaf.parts.len(), slop))
            }
            _ => self.counter.times(stretch),
        }
    }

    /// The same of several parts, all in any one field. Fields are looked at where there is something in the article.
    fn times_in_each(&mut self, doc: usize, words: Range<usize>) -> Result<usize> {
        let parts = self.leaf.parts.len();
        if let Standing::Within(slop) = self.leaf.standing {
            self.mark(words.clone(), slop)?;
            if together(&self.marked, parts, slop) == 0 {
                return Ok(0);
            }
            let place = |place: usize| self.marked.partition_point(|&(at, _)| at < place);
            let of_field =
                |words: Range<usize>| together(&self.marked[place(words.start)..place(words.end)], parts, slop);
            return Ok(self.stretches(doc, &words)?.into_iter().map(of_field).sum());
        }
        self.starts.clear();
        self.counter.starts(words.clone(), |start| self.starts.push(start))?;
        if self.starts.is_empty() {
            return Ok(0);
        }
        let fields = self.stretches(doc, &words)?;
        let is_in_one = |start: usize| fields.iter().any(|field| field.start <= start && start + parts <= field.end);
        Ok(self.starts.iter().filter(|&&start| is_in_one(start)).count())
    }

    fn mark(&mut self, stretch: Range<usize>, slop: usize) -> Result<()> {
        self.marked.clear();
        let within = self.leaf.parts.len().saturating_add(slop);
        self.counter.close(stretch, within, |place, bits| self.marked.push((place, bits)))
    }

    /// Returns which of an article's words are of its title, its lead and its body.
    fn stretches(&self, doc: usize, words: &Range<usize>) -> Result<[Range<usize>; 3]> {
        match (self.fields.get(2 * doc), self.fields.get(2 * doc + 1)) {
            (Some(title), Some(lead)) if title <= words.len() && lead <= words.len() - title => {
                let (title, lead) = (words.start + title, words.start + title + lead);
                Ok([words.start..title, title..lead, lead..words.end])
            }
            _ => Err(Damage("column forward.fields gives an article more words than it has".to_owned())),
        }
    }
}

/// Returns a bit for each part.
fn all(parts: usize) -> u8 {
    u8::MAX >> (MOST_PARTS - parts)
}

/// Returns how often parts stand close together, by where words of any part are and of which they are.
fn together(marked: &[(usize, u8)], parts: usize, slop: usize) -> usize {
    let begins = |first: usize| {
        let end = marked[first].0.saturating_add(parts).saturating_add(slop);
        let window = || marked[first..].iter().take_while(|&&(place, _)| place < end);
        window().fold(0, |so_far, &(_, bits)| so_far | bits) == all(parts) && window().count() >= parts
    };
    (0..marked.len()).filter(|&first| begins(first)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

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
