//! What the best articles have in common, and how much of it others have; as `searcher/local/feedback.py` has it.

use std::collections::HashMap;

use crate::column::{Damage, Numbers, Result};
use crate::segment::{Segment, KEYWORDS};
use crate::sums::sum;

/// The columns of keywords.
pub const KEYWORD_COLUMNS: [&str; 2] = ["keywords", "keywords.weights"];

/// Each article's keywords as lemma numbers, and their weights.
#[derive(Debug, Clone, Copy)]
pub struct Keywords<'a> {
    numbers: Numbers<'a>,
    weights: &'a [u8],
}

impl<'a> Keywords<'a> {
    pub fn new(numbers: Numbers<'a>, weights: &'a [u8], articles: usize) -> Result<Self> {
        for (name, count) in [("keywords", numbers.len()), ("keywords.weights", weights.len())] {
            if count != articles * KEYWORDS {
                let wanted = articles * KEYWORDS;
                return Err(Damage(format!("column {name} has {count} values where there should be {wanted}")));
            }
        }
        Ok(Keywords { numbers, weights })
    }

    /// Returns the keywords of an article, and their weights.
    fn of(&self, doc: usize) -> ([usize; KEYWORDS], &'a [u8]) {
        let (mut numbers, of_doc) = ([usize::MAX; KEYWORDS], doc * KEYWORDS..(doc + 1) * KEYWORDS);
        self.numbers.copy_to(of_doc.start, &mut numbers);
        (numbers, &self.weights[of_doc])
    }
}

/// For each lemma of a segment, its place in a topic; 0 of those that are not of it.
#[derive(Default)]
pub struct LemmaTable {
    places: Vec<u32>,
    set: Vec<usize>,
}

impl LemmaTable {
    fn clear(&mut self, lemmas: usize) {
        for &number in &self.set {
            self.places[number] = 0;
        }
        self.set.clear();
        self.places.resize(lemmas, 0);
    }

    fn set(&mut self, number: usize, place: usize) {
        self.places[number] = place as u32;
        self.set.push(number);
    }

    fn get(&self, number: usize) -> usize {
        self.places.get(number).map_or(0, |&place| place as usize)
    }
}

/// Lemmas and how much each belongs to what the best articles are about.
pub struct Topic<'a, 't> {
    of: HashMap<&'a [u8], f64>,
    here: Option<(usize, &'t mut LemmaTable, Vec<f64>)>, // the same by places in a table, where all are of one segment
}

impl<'a, 't> Topic<'a, 't> {
    /// Adds up the keywords of some articles, each by its segment, its number and its weight, which is a whole number.
    pub fn of(
        segments: &[Segment<'a>],
        keywords: &[Keywords<'a>],
        articles: &[(usize, usize, f64)],
        most: usize,
        table: &'t mut LemmaTable,
    ) -> Result<Self> {
        let segment = articles.first().map_or(0, |article| article.0);
        if articles.iter().any(|article| article.0 != segment) {
            let mut sums: HashMap<&[u8], f64> = HashMap::new();
            for &(segment, doc, weight) in articles {
                let (numbers, weights) = keywords[segment].of(doc);
                for (number, value) in numbers.into_iter().zip(weights).filter(|&(_, &value)| counts(value, weight)) {
                    *sums.entry(lemma(&segments[segment], number)?).or_default() += f64::from(*value) * weight;
                }
            }
            let mut best: Vec<_> = sums.into_iter().collect();
            keep_best(&mut best, most);
            return Ok(Topic { of: best.into_iter().collect(), here: None });
        }
        table.clear(segments[segment].lemmas.len().max(1));
        let mut sums: Vec<(usize, f64)> = Vec::with_capacity(articles.len() * KEYWORDS);
        for &(_, doc, weight) in articles {
            let (numbers, weights) = keywords[segment].of(doc);
            for (number, value) in numbers.into_iter().zip(weights).filter(|&(_, &value)| counts(value, weight)) {
                let product = f64::from(*value) * weight;
                match table.get(number) {
                    0 => {
                        lemma(&segments[segment], number)?;
                        sums.push((number, product));
                        table.set(number, sums.len());
                    }
                    place => sums[place - 1].1 += product, // whole numbers: the same in any order
                }
            }
        }
        keep_best(&mut sums, most);
        table.clear(segments[segment].lemmas.len().max(1));
        let mut worths = vec![0.0];
        for &(number, weight) in &sums {
            table.set(number, worths.len());
            worths.push(weight);
        }
        let of = match segments.len() {
            1 => HashMap::new(),
            _ => sums
                .iter()
                .map(|&(number, weight)| Ok((lemma(&segments[segment], number)?, weight)))
                .collect::<Result<_>>()?,
        };
        Ok(Topic { of, here: Some((segment, table, worths)) })
    }

    /// Returns how much the keywords of an article agree with the topic.
    pub fn agreement(&self, segments: &[Segment], keywords: &[Keywords], number: usize, doc: usize) -> Result<f64> {
        let mut agreeing = [0.0; KEYWORDS];
        let (numbers, weights) = keywords[number].of(doc);
        for (agreeing, (keyword, &weight)) in agreeing.iter_mut().zip(numbers.into_iter().zip(weights)) {
            let worth = match &self.here {
                Some((segment, table, worths)) if *segment == number => worths[table.get(keyword)],
                _ => self.of.get(lemma(&segments[number], keyword)?).copied().unwrap_or(0.0),
            };
            *agreeing = worth * f64::from(weight);
        }
        Ok(sum(&agreeing))
    }
}

/// Returns whether a keyword's weight in an article counts: one with few keywords has some of no weight.
fn counts(value: u8, weight: f64) -> bool {
    value > 0 && weight > 0.0
}

/// Keeps the `most` keywords that count most; of equals the first.
fn keep_best<Keyword: Ord>(weighed: &mut Vec<(Keyword, f64)>, most: usize) {
    let order =
        |one: &(Keyword, f64), other: &(Keyword, f64)| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0));
    if weighed.len() > most {
        weighed.select_nth_unstable_by(most, order);
        weighed.truncate(most);
    }
}

fn lemma<'a>(segment: &Segment<'a>, number: usize) -> Result<&'a [u8]> {
    if number < segment.lemmas.len().max(1) {
        return if segment.lemmas.len() == 0 { Ok(b"") } else { segment.lemmas.get(number) };
    }
    Err(Damage(format!("column keywords has {number} where numbers end at {}", segment.lemmas.len() as i64 - 1)))
}
