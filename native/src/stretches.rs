//! Finds the sentences of a text that answer a query best: `searcher/snippets.py`, step by step. Places are counted in
//! characters.

use std::ops::Range;

const SENTENCES: usize = 3; // as many a snippet may have
const LONGEST: usize = 280; // characters a snippet may have
const BEFORE: usize = 60; // characters shown before the first match of a part of a long sentence
const LEAST: usize = 40; // a sentence shorter than this is shown together with the next

/// How many different words of the query, and how many in all.
pub type Worth = (usize, usize);

/// The words of a text that matched, by where they start: where each starts and ends, and the number of what it matched.
pub struct Matches<'a> {
    pub starts: &'a [usize],
    pub ends: &'a [usize],
    pub by: &'a [usize],
}

/// A stretch of a text, and what it is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub start: usize,
    pub end: usize,
    pub worth: Worth,
}

/// Returns the best run of sentences that fits, or None when there is no sentence.
pub fn best_stretch(text: &str, matches: &Matches) -> Option<Stretch> {
    let different = matches.by.iter().max().map_or(0, |&most| most + 1);
    let mut search = Search { text: text.chars().collect(), matches, different, counts: vec![0; different] };
    let sentences = search.sentences();
    let mut best: Option<Stretch> = None;
    for (first, &(start, end)) in sentences.iter().enumerate() {
        if best.is_some_and(|best| search.is_no_better(start, end.max(start + LONGEST), best.worth)) {
            continue; // nothing that begins here is better
        }
        if end - start > LONGEST {
            let anchor = search.anchor(start, end);
            let (start, end) = search.cut(start, anchor, end);
            best = search.better(best, start, end);
            continue;
        }
        for &(_, end) in &sentences[first..sentences.len().min(first + SENTENCES)] {
            if end - start > LONGEST {
                break;
            }
            best = search.better(best, start, end);
        }
    }
    best
}

struct Search<'a> {
    text: Vec<char>,
    matches: &'a Matches<'a>,
    different: usize,
    counts: Vec<usize>, // of each word of the query, 0 but while it is counted
}

impl Search<'_> {
    /// Returns where sentences start and end, without the space around them.
    fn sentences(&self) -> Vec<(usize, usize)> {
        let text = &self.text;
        let mut sentences = Vec::new();
        let mut start = self.after_space(0);
        let mut at = start;
        while at < text.len() {
            let ended = match text[at] {
                '\n' => Some((self.without_space(start, at), self.after_space(at + 1))),
                '.' | '!' | '؟' | '?' | '؛' | '…' => {
                    let closed = at + 1 + text[at + 1..].iter().take_while(|&&sign| is_closing(sign)).count();
                    let next = self.after_space(closed);
                    (next > closed).then_some((closed, next))
                }
                _ => None,
            };
            at += 1;
            if let Some((end, next)) = ended {
                sentences.push((start, end));
                (start, at) = (next, next);
            }
        }
        sentences.push((start, self.without_space(start, text.len())));
        sentences.retain(|&(start, end)| end > start);
        sentences
    }

    /// Returns the first place from one on that is no space.
    fn after_space(&self, from: usize) -> usize {
        from + self.text[from..].iter().take_while(|&&sign| is_space(sign)).count()
    }

    /// Returns where a stretch ends without the space at its end.
    fn without_space(&self, start: usize, mut end: usize) -> usize {
        while start < end && is_space(self.text[end - 1]) {
            end -= 1;
        }
        end
    }

    /// Returns the numbers of the matches that start within a stretch.
    fn within(&self, start: usize, end: usize) -> Range<usize> {
        let low = self.matches.starts.partition_point(|&place| place < start);
        low..low + self.matches.starts[low..].partition_point(|&place| place < end)
    }

    /// Returns what a stretch is worth.
    fn worth(&mut self, start: usize, end: usize) -> Worth {
        let by = &self.matches.by[self.within(start, end)];
        let mut different = 0;
        for &word in by {
            different += usize::from(self.counts[word] == 0);
            self.counts[word] = 1;
        }
        by.iter().for_each(|&word| self.counts[word] = 0);
        (different, by.len())
    }

    /// Returns whether a stretch is worth no more than what is known.
    fn is_no_better(&mut self, start: usize, end: usize, known: Worth) -> bool {
        let count = self.within(start, end).len();
        (count.min(self.different), count) <= known || self.worth(start, end) <= known
    }

    /// Returns a stretch if it is better than the best, or no better but goes on where that one stops too soon.
    fn better(&mut self, best: Option<Stretch>, start: usize, end: usize) -> Option<Stretch> {
        let worth = self.worth(start, end);
        let completes = |best: Stretch| start == best.start && worth == best.worth && best.end - best.start < LEAST;
        match best {
            Some(best) if worth <= best.worth && !completes(best) => Some(best),
            _ => Some(Stretch { start, end, worth }),
        }
    }

    /// Returns the match of a long sentence from which on a part of it is worth most, or its start when it has none.
    fn anchor(&mut self, start: usize, end: usize) -> usize {
        let (starts, by) = (self.matches.starts, self.matches.by);
        let (mut best, mut anchor, mut different) = ((0, 0), start, 0);
        let mut first = starts.partition_point(|&place| place < start);
        let mut last = first;
        while first < starts.len() && starts[first] < end {
            let at = starts[first];
            while last < starts.len() && starts[last] < at + LONGEST - BEFORE {
                different += usize::from(self.counts[by[last]] == 0);
                self.counts[by[last]] += 1;
                last += 1;
            }
            if (different, last - first) > best {
                (best, anchor) = ((different, last - first), at);
            }
            while first < last && starts[first] == at {
                self.counts[by[first]] -= 1;
                different -= usize::from(self.counts[by[first]] == 0);
                first += 1;
            }
        }
        by[first..last].iter().for_each(|&word| self.counts[word] = 0);
        anchor
    }

    /// Returns whether there is space in a stretch.
    fn parts(&self, start: usize, end: usize) -> bool {
        self.text.get(start..end).is_some_and(|signs| signs.iter().any(|&sign| is_space(sign)))
    }

    /// Returns a part of a long sentence with a match in it, and a little before: cut at spaces, never inside a match.
    fn cut(&self, start: usize, anchor: usize, end: usize) -> (usize, usize) {
        let mut first = start.max(anchor.saturating_sub(BEFORE));
        let mut last = end.min(first + LONGEST);
        let places = self.within(start, last).map(|number| (self.matches.starts[number], self.matches.ends[number]));
        let near: Vec<_> = places.filter(|&(_, stop)| stop > first).collect();
        let is_apart = |&&(begin, stop): &&(usize, usize)| self.parts(begin, stop);
        let apart: Vec<_> = near.iter().filter(is_apart).collect();
        let keeps_words = |&space: &usize| !apart.iter().any(|&&(begin, stop)| begin < space && space < stop);
        let mut spaces = (first..last).filter(|&place| is_space(self.text[place]));
        let mut fitting = spaces.clone().rev();
        if first > start {
            first = spaces.find(|space| *space < anchor && keeps_words(space)).map_or(anchor, |space| space + 1);
        }
        if last < end {
            let broken = near.iter().find(|&&(begin, stop)| begin < last && last < stop).map_or(last, |near| near.0);
            let space = fitting.find(|space| anchor < *space && *space <= broken && keeps_words(space));
            last = space.unwrap_or(if broken > anchor { broken } else { last });
        }
        (first, last)
    }
}

fn is_closing(sign: char) -> bool {
    matches!(sign, '»' | '”' | '"' | ')' | ']')
}

/// Returns whether Python calls it white space.
fn is_space(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '\u{1c}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(text: &str, words: &[&str]) -> Option<(String, Worth)> {
        let letters: Vec<char> = text.chars().collect();
        let mut found: Vec<(usize, usize, usize)> = Vec::new();
        for (number, word) in words.iter().enumerate() {
            for (byte, _) in text.match_indices(word) {
                let start = text[..byte].chars().count();
                found.push((start, start + word.chars().count(), number));
            }
        }
        found.sort_unstable();
        let starts: Vec<_> = found.iter().map(|found| found.0).collect();
        let ends: Vec<_> = found.iter().map(|found| found.1).collect();
        let by: Vec<_> = found.iter().map(|found| found.2).collect();
        let stretch = best_stretch(text, &Matches { starts: &starts, ends: &ends, by: &by })?;
        Some((letters[stretch.start..stretch.end].iter().collect(), stretch.worth))
    }

    #[test]
    fn sentences_with_most_different_words_are_best() {
        let rest = "چیز دیگری که در آن هیچ نیست و به درازا می‌کشد. ".repeat(6);
        let text = format!("باران باران باران باران. {rest}برف و باران آمد. {rest}");
        let (found, worth) = best(&text, &["باران", "برف"]).unwrap();
        assert!(found.contains("برف و باران آمد."), "{found}");
        assert_eq!(worth, (2, 2));
    }

    #[test]
    fn a_text_of_nothing_but_space_has_no_sentence() {
        assert_eq!(best("", &["باران"]), None);
        assert_eq!(best(" \n\u{1c}\u{a0}\u{2003}\n", &["باران"]), None);
        assert_eq!(best("\u{1d}باران\n", &["باران"]), Some(("باران".into(), (1, 1))));
    }

    #[test]
    fn long_sentences_are_cut_at_spaces() {
        let text = format!("{} باران {}", "واژه ".repeat(100), "واژه ".repeat(100));
        let (found, worth) = best(&text, &["باران"]).unwrap();
        assert!(found.split(' ').all(|word| ["", "واژه", "باران"].contains(&word)), "{found}");
        assert!(found.chars().count() <= LONGEST);
        assert_eq!(worth, (1, 1));
    }

    #[test]
    fn places_out_of_the_text_are_no_stretch_of_it() {
        let matches = Matches { starts: &[2, 900], ends: &[3, 901], by: &[0, 1] };
        assert_eq!(best_stretch("باران", &matches).map(|found| (found.start, found.end)), Some((0, 5)));
    }
}
