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

    /// Returns the keywords of an article.
    fn of(&self, doc: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let of_doc = doc * KEYWORDS..(doc + 1) * KEYWORDS;
        of_doc.map(|place| (self.numbers.get(place).unwrap_or(usize::MAX), f64::from(self.weights[place])))
    }
}

/// Lemmas and how much each belongs to what the best articles are about.
pub struct Topic<'a> {
    of: HashMap<&'a [u8], f64>,
    numbers: Option<(usize, Vec<(usize, f64)>)>, // the same as ascending numbers, where all are of one segment
}

impl<'a> Topic<'a> {
    /// Adds up the keywords of some articles, each by its segment, its number and its weight, which is a whole number.
    pub fn of(
        segments: &[Segment<'a>],
        keywords: &[Keywords<'a>],
        articles: &[(usize, usize, f64)],
        most: usize,
    ) -> Result<Self> {
        let mut weighed: Vec<(usize, usize, f64)> = Vec::with_capacity(articles.len() * KEYWORDS);
        for &(segment, doc, weight) in articles {
            weighed.extend(keywords[segment].of(doc).map(|(number, value)| (segment, number, value * weight)));
        }
        weighed.sort_unstable_by_key(|&(segment, number, _)| (segment, number));
        weighed.dedup_by(|later, first| {
            let same = (later.0, later.1) == (first.0, first.1);
            if same {
                first.2 += later.2; // whole numbers: the same in any order
            }
            same
        });
        weighed.retain(|&(_, _, weight)| weight > 0.0); // an article with few keywords has some of no weight
        let Some(&(segment, ..)) = weighed.first() else {
            return Ok(Topic { of: HashMap::new(), numbers: None });
        };
        for &(segment, number, _) in &weighed {
            lemma(&segments[segment], number)?;
        }
        if weighed.iter().all(|one| one.0 == segment) {
            weighed.sort_unstable_by(|one, other| other.2.total_cmp(&one.2).then(one.1.cmp(&other.1)));
            weighed.truncate(most);
            weighed.sort_unstable_by_key(|&(_, number, _)| number);
            let of = weighed.iter().map(|&(_, number, weight)| Ok((lemma(&segments[segment], number)?, weight)));
            let of = if segments.len() > 1 { of.collect::<Result<_>>()? } else { HashMap::new() };
            let numbers = weighed.iter().map(|&(_, number, weight)| (number, weight)).collect();
            return Ok(Topic { of, numbers: Some((segment, numbers)) });
        }
        let mut sums: HashMap<&[u8], f64> = HashMap::new();
        for (segment, number, weight) in weighed {
            *sums.entry(lemma(&segments[segment], number)?).or_default() += weight;
        }
        let mut best: Vec<_> = sums.into_iter().collect();
        best.sort_unstable_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(other.0)));
        Ok(Topic { of: best.into_iter().take(most).collect(), numbers: None })
    }

    /// Returns how much the keywords of an article agree with the topic.
    pub fn agreement(&self, segments: &[Segment], keywords: &[Keywords], number: usize, doc: usize) -> Result<f64> {
        let mut agreeing = [0.0; KEYWORDS];
        for (place, (keyword, weight)) in keywords[number].of(doc).enumerate() {
            let worth = match &self.numbers {
                Some((segment, numbers)) if *segment == number => {
                    numbers.binary_search_by_key(&keyword, |&(wanted, _)| wanted).map_or(0.0, |at| numbers[at].1)
                }
                _ => self.of.get(lemma(&segments[number], keyword)?).copied().unwrap_or(0.0),
            };
            agreeing[place] = worth * weight;
        }
        Ok(sum(&agreeing))
    }
}

fn lemma<'a>(segment: &Segment<'a>, number: usize) -> Result<&'a [u8]> {
    if number < segment.lemmas.len().max(1) {
        return if segment.lemmas.len() == 0 { Ok(b"") } else { segment.lemmas.get(number) };
    }
    Err(Damage(format!("column keywords has {number} where numbers end at {}", segment.lemmas.len() as i64 - 1)))
}
