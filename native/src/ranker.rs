//! Both stages of ranking over all segments of an index.

use std::sync::Mutex;

use crate::best::{Best, Entry};
use crate::column::{Damage, Result};
use crate::feedback::{Keywords, LemmaTable, Topic};
use crate::first_stage::{add_up, Needed, Source, Totals, Wanted};
use crate::leaf_matches::Listed;
use crate::proximity::{FormTable, Nearness, Reading};
use crate::query_word::Word;
use crate::ranking::{Ranking, Weighting};
use crate::segment::Segment;
use crate::sums::sum;

const STEPS: f64 = (1 << 24) as f64; // of an article's weight in the topic

/// Which articles of each segment are let through: a byte an article, or all.
pub type Masks<'m> = [Option<&'m [u8]>];

/// What the first stage counts: a word, or what a leaf matches in each segment, with what an impact of it counts.
#[derive(Debug, Clone, Copy)]
pub enum Counted<'w> {
    Word(&'w Word),
    Leaf(&'w [Listed], i64),
}

/// An answer: the totals, and the best articles with their scores.
#[derive(Debug, PartialEq)]
pub struct Answer {
    pub totals: Totals,
    pub entries: Vec<Entry>,
    pub scores: Vec<f64>,
}

/// What is looked up while one query is answered; lent, as filling it with nothing takes longer than the query.
#[derive(Default)]
struct Tables {
    forms: Vec<FormTable>, // one for each segment
    lemmas: LemmaTable,
}

/// Ranks the articles of some segments.
pub struct Ranker<'a> {
    segments: Vec<Segment<'a>>,
    ranking: Ranking,
    weighting: Weighting,
    unit: f64, // a score of 1, as a whole number
    tables: Mutex<Vec<Tables>>,
}

impl<'a> Ranker<'a> {
    pub fn new(segments: Vec<Segment<'a>>, ranking: Ranking, weighting: Weighting, unit: f64) -> Self {
        Ranker { segments, ranking, weighting, unit, tables: Mutex::default() }
    }

    pub fn segments(&self) -> &[Segment<'a>] {
        &self.segments
    }

    pub fn ranking(&self) -> &Ranking {
        &self.ranking
    }

    /// Returns the best `limit` articles by both stages, of which the second knows words alone; keywords are wanted of
    /// queries of few words.
    pub fn best(
        &self,
        counted: &[Counted],
        words: &[&Word],
        needed: Needed,
        limit: usize,
        masks: &Masks,
        keywords: &[Keywords<'a>],
    ) -> Result<Answer> {
        let window = if words.is_empty() { 0 } else { self.ranking.window }; // without words nothing is read closely
        let limit_of_first = if limit > 0 { limit.max(window) } else { 0 };
        let has_name = limit > 0 && words.iter().any(|word| word.is_of_name());
        let mut wanted = Wanted::ByScore {
            best: Best::new(&self.segments, limit_of_first),
            complete: has_name.then(|| Best::new(&self.segments, self.ranking.window_of_names)),
        };
        let totals = self.collect(counted, needed, masks, &mut wanted)?;
        let (mut entries, complete) = wanted.finish()?;
        let rest = entries.split_off(entries.len().min(window));
        let is_among = |entries: &[Entry], one: &Entry| entries.iter().any(|other| one.place() == other.place());
        for entry in complete {
            // Where a person is named, those with all words are read too: most have them of several persons.
            if !is_among(&entries[..entries.len().min(window)], &entry) {
                entries.push(entry);
            }
        }
        let real = |entry: &Entry| entry.score as f64 / self.unit;
        let mut scores: Vec<f64> = entries.iter().map(real).collect();
        self.reread(words, &entries, &mut scores, keywords)?;
        let read = entries.len();
        for entry in rest {
            if !has_name || !is_among(&entries[..read], &entry) {
                scores.push(real(&entry));
                entries.push(entry);
            }
        }
        let order = self.in_order(&entries, &scores)?;
        let order = &order[..limit.min(order.len())];
        Ok(Answer {
            totals,
            entries: order.iter().map(|&place| entries[place]).collect(),
            scores: order.iter().map(|&place| scores[place]).collect(),
        })
    }

    /// Returns the newest or oldest `limit` articles that have all that was asked for, or those that match when none has all.
    pub fn by_date(
        &self,
        counted: &[Counted],
        needed: Needed,
        limit: usize,
        masks: &Masks,
        published: &[&[i64]],
        newest: bool,
    ) -> Result<Answer> {
        let collected = |only_all| {
            let best = Best::new(&self.segments, limit);
            let mut wanted = Wanted::ByDate { best, published, newest, only_all };
            Ok((self.collect(counted, needed, masks, &mut wanted)?, wanted.finish()?.0))
        };
        let (mut totals, mut entries) = collected(true)?;
        if totals.any > 0 && totals.all == 0 {
            (totals, entries) = collected(false)?;
        }
        let scores = entries.iter().map(|entry| entry.score as f64 / self.unit).collect();
        Ok(Answer { totals, entries, scores })
    }

    /// Marks the articles of each segment that have any of what is counted, and those that have all.
    pub fn mark(
        &self,
        counted: &[Counted],
        needed: Needed,
        masks: &Masks,
        any: &mut [Vec<u8>],
        all: &mut [Vec<u8>],
    ) -> Result<Totals> {
        self.collect(counted, needed, masks, &mut Wanted::Marks { any, all })
    }

    fn collect<'w>(
        &self,
        counted: &[Counted<'w>],
        needed: Needed,
        masks: &Masks,
        wanted: &mut Wanted,
    ) -> Result<Totals> {
        let mut totals = Totals::default();
        for (number, &mask) in masks.iter().enumerate() {
            let here = |counted: &Counted<'w>| match *counted {
                Counted::Word(word) => word.here[number].lemma.map(|lemma| (Source::Lemma(lemma), word.whole)),
                Counted::Leaf(listed, whole) => Some((Source::Listed(&listed[number]), whole)),
            };
            let given: Vec<_> = counted.iter().filter_map(here).collect();
            if given.len() < usize::from(needed.least) {
                continue;
            }
            let of_segment = add_up(&self.segments, number, &given, needed, mask, wanted)?;
            totals.any += of_segment.any;
            totals.all += of_segment.all;
        }
        Ok(totals)
    }

    /// Reads articles more closely, and adds what that brings to their scores.
    fn reread(&self, words: &[&Word], entries: &[Entry], scores: &mut [f64], keywords: &[Keywords<'a>]) -> Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        let mut tables = self.lent_tables();
        let near = self.nearness(words, entries, &mut tables.forms)?;
        let added = |near: &Nearness| near.closeness + near.names + near.exact + near.kindred;
        let sofar = |place: usize| scores[place] + added(&near[place]);
        let feedback = if words.len() <= self.ranking.feedback_words {
            let sofar: Vec<_> = (0..entries.len()).map(sofar).collect();
            self.feedback(entries, &sofar, keywords, &mut tables.lemmas)?
        } else {
            vec![0.0; entries.len()]
        };
        for (place, score) in scores.iter_mut().enumerate() {
            let Nearness { closeness, names, exact, kindred } = near[place];
            *score = *score + closeness + names + exact + feedback[place] + kindred;
        }
        self.tables.lock().map_err(|_| poisoned())?.push(tables);
        Ok(())
    }

    fn nearness(&self, words: &[&Word], entries: &[Entry], tables: &mut [FormTable]) -> Result<Vec<Nearness>> {
        let worths: Vec<f64> = words.iter().map(|word| word.worth).collect();
        let worths = sum(&worths[..worths.len().min(crate::proximity::MOST_WORDS)]);
        let mut near = vec![Nearness::default(); entries.len()];
        for (number, table) in tables.iter_mut().enumerate() {
            let mut places = (0..entries.len()).filter(|&place| entries[place].segment as usize == number).peekable();
            if places.peek().is_none() {
                continue;
            }
            let reading = Reading::new(&self.segments[number], number, words, &self.ranking, self.weighting, table)?;
            while let Some(place) = places.next() {
                if let Some(&ahead) = places.peek() {
                    reading.fetch(entries[ahead].doc as usize);
                }
                near[place] = reading.read(entries[place].doc as usize, worths)?;
            }
        }
        Ok(near)
    }

    /// Returns tables that nobody else is using.
    fn lent_tables(&self) -> Tables {
        let lent = self.tables.lock().ok().and_then(|mut tables| tables.pop());
        lent.unwrap_or_else(|| Tables {
            forms: self.segments.iter().map(|_| FormTable::default()).collect(),
            lemmas: LemmaTable::default(),
        })
    }

    fn feedback(
        &self,
        entries: &[Entry],
        scores: &[f64],
        keywords: &[Keywords<'a>],
        table: &mut LemmaTable,
    ) -> Result<Vec<f64>> {
        let ranking = &self.ranking;
        let mut best = self.in_order(entries, scores)?;
        best.truncate(ranking.feedback_articles);
        let top = scores[best[0]];
        let mut added = vec![0.0; entries.len()];
        if top == 0.0 {
            return Ok(added);
        }
        let weighed = |&place: &usize| {
            let share = scores[place] / top;
            (entries[place].segment as usize, entries[place].doc as usize, (share * share * STEPS).round_ties_even())
        };
        let articles: Vec<_> = best.iter().map(weighed).collect();
        let topic = Topic::of(&self.segments, keywords, &articles, ranking.feedback_keywords, table)?;
        for (agreement, entry) in added.iter_mut().zip(entries) {
            *agreement = topic.agreement(&self.segments, keywords, entry.segment as usize, entry.doc as usize)?;
        }
        let most = added.iter().copied().fold(0.0, f64::max);
        if most != 0.0 {
            let factor = ranking.feedback * top / most;
            added.iter_mut().for_each(|agreement| *agreement *= factor);
        }
        Ok(added)
    }

    /// Returns the places of entries by their scores, highest first; of equals the first by id.
    fn in_order(&self, entries: &[Entry], scores: &[f64]) -> Result<Vec<usize>> {
        let mut damage = None;
        let mut id = |place: usize| {
            let entry = entries[place];
            self.segments[entry.segment as usize].ids.get(entry.doc as usize).unwrap_or_else(|why| {
                damage.get_or_insert(why);
                b""
            })
        };
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by(|&one, &other| scores[other].total_cmp(&scores[one]).then_with(|| id(one).cmp(id(other))));
        damage.map_or(Ok(order), Err)
    }
}

fn poisoned() -> Damage {
    Damage("ranking was interrupted".to_owned())
}
