//! Inverting the words of some articles: which lemma is in which article, and what it weighs there; as `_pairs` of
//! `index/segment_writer.py` has them.

use crate::sums::sum;

/// Title, lead and body.
pub const FIELDS: usize = 3;

/// The words of some articles, one after another, and what each form is of.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    pub forms: &'a [u32],
    /// How many words each article has in each field.
    pub lengths: &'a [i64],
    pub lemma_of_form: &'a [i64],
    /// The lemmas of the parts of each form that is a compound, one form after another, and how many each has.
    pub parts: &'a [i64],
    pub part_sizes: &'a [i64],
    /// How many lemmas there are.
    pub lemmas: usize,
}

/// What words count.
#[derive(Debug, Clone, Copy)]
pub struct Weights<'a> {
    /// A word in each field of each article.
    pub factors: &'a [f32],
    /// What each of so many words after the title counts more.
    pub opening: f32,
    pub opening_words: usize,
    /// How much a part counts, against a word of its own.
    pub part: f32,
}

/// The distinct pairs of a lemma and an article, ascending: how many each lemma has, and the article and weight of each.
#[derive(Debug, PartialEq)]
pub struct Pairs {
    pub sizes: Vec<u32>,
    pub pairs: Vec<(u32, f32)>,
}

/// Inverts words; None where numbers or lengths are not those of the words.
pub fn invert(words: Words, weights: Weights) -> Option<Pairs> {
    let forms = Forms::new(words)?;
    let articles = words.lengths.chunks_exact(FIELDS);
    if weights.factors.len() != words.lengths.len() || !articles.remainder().is_empty() {
        return None;
    }
    let mut at = forms.starts(words)?;
    let mut pairs = vec![(0, 0.0); at.last().copied()?];
    let (mut rest, mut weight) = (words.forms, Vec::new());
    for (doc, (lengths, factors)) in articles.zip(weights.factors.chunks_exact(FIELDS)).enumerate() {
        weight.clear();
        for (&length, &factor) in lengths.iter().zip(factors) {
            weight.resize(weight.len() + usize::try_from(length).ok()?.min(rest.len()), factor);
        }
        let title = (lengths[0] as usize).min(weight.len());
        weight[title..].iter_mut().take(weights.opening_words).for_each(|weight| *weight += weights.opening);
        let (own, others) = rest.split_at_checked(weight.len())?;
        rest = others;
        let mut put = |lemma: u32, weight: f32| {
            let place = &mut at[lemma as usize];
            pairs[*place] = (doc as u32, weight);
            *place += 1;
        };
        for (&form, &weight) in own.iter().zip(&weight) {
            put(forms.lemma[form as usize], weight);
        }
        for (&form, &weight) in own.iter().zip(&weight) {
            forms.parts(form).iter().for_each(|&part| put(part, weight * weights.part));
        }
    }
    rest.is_empty().then(|| summed(pairs, &at[..words.lemmas]))
}

/// Lemmas of forms, all of them looked at.
struct Forms {
    lemma: Vec<u32>,
    parts: Vec<u32>,
    part_ends: Vec<usize>,
}

impl Forms {
    fn new(words: Words) -> Option<Self> {
        let number = |&lemma: &i64| u32::try_from(lemma).ok().filter(|&lemma| (lemma as usize) < words.lemmas);
        let lemma = words.lemma_of_form.iter().map(number).collect::<Option<_>>()?;
        let parts: Vec<u32> = words.parts.iter().map(number).collect::<Option<_>>()?;
        let mut part_ends = vec![0usize];
        for &size in words.part_sizes {
            part_ends.push(part_ends.last()?.checked_add(usize::try_from(size).ok()?)?);
        }
        let is_told = words.part_sizes.len() == words.lemma_of_form.len() && part_ends.last() == Some(&parts.len());
        is_told.then_some(Forms { lemma, parts, part_ends })
    }

    #[inline]
    fn parts(&self, form: u32) -> &[u32] {
        &self.parts[self.part_ends[form as usize]..self.part_ends[form as usize + 1]]
    }

    /// Returns where the words of each lemma start when they are sorted by it, and where the last end.
    fn starts(&self, words: Words) -> Option<Vec<usize>> {
        let mut times = vec![0usize; self.lemma.len()];
        for &form in words.forms {
            *times.get_mut(form as usize)? += 1;
        }
        let mut starts = vec![0; words.lemmas + 1];
        for (form, &times) in times.iter().enumerate() {
            starts[self.lemma[form] as usize] += times;
            self.parts(form as u32).iter().for_each(|&part| starts[part as usize] += times);
        }
        let mut next = 0;
        for start in &mut starts {
            (*start, next) = (next, next + *start);
        }
        Some(starts)
    }
}

/// Makes one of equal pairs, with the sum of their weights; `ends` are those of each lemma's.
fn summed(mut pairs: Vec<(u32, f32)>, ends: &[usize]) -> Pairs {
    let (mut sizes, mut kept, mut first) = (Vec::with_capacity(ends.len()), 0, 0);
    let mut equal = Vec::new();
    for &end in ends {
        let before = kept;
        while first < end {
            let (doc, weight) = pairs[first];
            equal.clear();
            equal.extend(pairs[first + 1..end].iter().take_while(|pair| pair.0 == doc).map(|pair| pair.1));
            pairs[kept] = (doc, if equal.is_empty() { weight } else { weight + sum(&equal) });
            (kept, first) = (kept + 1, first + 1 + equal.len());
        }
        sizes.push((kept - before) as u32);
    }
    pairs.truncate(kept);
    Pairs { sizes, pairs }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: Words = Words {
        forms: &[0, 1, 0, 0, 2],
        lengths: &[1, 0, 2, 0, 1, 1],
        lemma_of_form: &[1, 0, 2],
        parts: &[0, 1],
        part_sizes: &[0, 0, 2],
        lemmas: 3,
    };
    const WEIGHTS: Weights =
        Weights { factors: &[4.0, 2.0, 1.0, 4.0, 2.0, 1.0], opening: 8.0, opening_words: 1, part: 0.5 };

    #[test]
    fn a_lemma_weighs_what_its_words_and_parts_do() {
        let Pairs { sizes, pairs } = invert(WORDS, WEIGHTS).unwrap();
        assert_eq!(sizes, [2, 2, 1]);
        assert_eq!(pairs, [(0, 9.0), (1, 0.5), (0, 5.0), (1, 10.5), (1, 1.0)]);
    }

    #[test]
    fn words_that_are_none_are_refused() {
        let wrong = [
            Words { forms: &[0, 1, 0, 0, 3], ..WORDS },
            Words { forms: &[0, 1, 0, 0], ..WORDS },
            Words { forms: &[0, 1, 0, 0, 2, 2], ..WORDS },
            Words { lengths: &[1, 0, 2, 0, 1], ..WORDS },
            Words { lengths: &[1, 0, 2, 0, -1, 3], ..WORDS },
            Words { lengths: &[i64::MAX, 0, 2, 0, 1, 1], ..WORDS },
            Words { lemma_of_form: &[1, 0, 3], ..WORDS },
            Words { parts: &[0, -1], ..WORDS },
            Words { part_sizes: &[0, 0, 1], ..WORDS },
            Words { part_sizes: &[0, 2], ..WORDS },
        ];
        for words in wrong {
            assert_eq!(invert(words, WEIGHTS), None, "{words:?}");
        }
        assert_eq!(invert(WORDS, Weights { factors: &[1.0; 5], ..WEIGHTS }), None);
    }

    #[test]
    fn nothing_gives_nothing() {
        let nothing = Words { forms: &[], lengths: &[], lemma_of_form: &[], parts: &[], part_sizes: &[], lemmas: 0 };
        let found = invert(nothing, Weights { factors: &[], ..WEIGHTS });
        assert_eq!(found, Some(Pairs { sizes: vec![], pairs: vec![] }));
    }
}
