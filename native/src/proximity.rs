//! How close the query's words stand in an article, whether in the forms asked for, and what stands for missing ones;
//! as `searcher/local/proximity.py` has it, step by step, so that all fractions are the same to the last bit.

use crate::column::Result;
use crate::forward_index::{CODES, WIDE};
use crate::query_word::Word;
use crate::ranking::{Ranking, Weighting};
use crate::segment::Segment;
use crate::sums::sum;

const LONGEST: usize = 512; // words of an article that are read
const LONGEST_FOR_NAMES: usize = 4096; // the same where a person is named
const KINDS: u8 = 4; // what a form may be to a word of the query: two bits; the word's place, from 1, stands above them
pub const MOST_WORDS: usize = 256 / KINDS as usize - 1;
const IS_WIDE: u8 = 255; // stands in a table for the forms whose numbers do not fit two bytes; no word comes to it
const BLOCK: usize = 16; // words looked at together
const OWN: u8 = 0;
const EXACT: u8 = 1;
const KINDRED: u8 = 2;

/// What closer reading adds to an article's score.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub struct Nearness {
    pub closeness: f64,
    pub names: f64,
    pub exact: f64,
    pub kindred: f64,
}

/// Reads articles of one segment for one query.
pub struct Reading<'s, 'a> {
    segment: &'s Segment<'a>,
    words: &'s [&'s Word],
    ranking: &'s Ranking,
    weighting: Weighting,
    table: &'s mut FormTable,
    goes_on: [bool; MOST_WORDS], // which words go on with the name that the word before them is part of
    longest: usize,
}

/// For each form of a segment, what it is to the query; 0 when nothing.
#[derive(Default)]
pub struct FormTable {
    values: Vec<u8>, // as many as there are forms, or as two bytes can tell of
    set: Vec<u32>,
    of_wide: u8, // the value of the form whose number is `WIDE` itself
}

impl FormTable {
    fn clear(&mut self, forms: usize) {
        for &form in &self.set {
            self.values[form as usize] = 0;
        }
        self.set.clear();
        self.values.resize(forms.max(CODES), 0);
        self.values[WIDE as usize] = 0;
    }

    /// Returns the values of the forms that two bytes can tell of.
    fn narrow(&self) -> &[u8; CODES] {
        self.values.first_chunk().expect("a value for each")
    }

    fn set(&mut self, forms: &[u32], value: u8) {
        for &form in forms {
            self.values[form as usize] = value;
        }
        self.set.extend_from_slice(forms);
    }

    /// Has words looked up whose forms do not fit two bytes, if any of those forms has a value.
    fn mark_wide(&mut self) {
        if self.set.iter().any(|&form| form >= u32::from(WIDE)) {
            self.of_wide = std::mem::replace(&mut self.values[WIDE as usize], IS_WIDE);
        }
    }
}

impl<'s, 'a> Reading<'s, 'a> {
    /// Prepares for the articles of segment `number` of an index; `words` are the query's, in its order.
    pub fn new(
        segment: &'s Segment<'a>,
        number: usize,
        words: &'s [&'s Word],
        ranking: &'s Ranking,
        weighting: Weighting,
        table: &'s mut FormTable,
    ) -> Result<Self> {
        let words = &words[..words.len().min(MOST_WORDS)];
        table.clear(segment.forms.len());
        let slots = || (1u8..).zip(words.iter().map(|word| &word.here[number]));
        for (slot, here) in slots() {
            for place in here.kindred.clone() {
                table.set(&[segment.form_at(place)? as u32], slot * KINDS + KINDRED);
            }
        }
        for (slot, here) in slots() {
            table.set(&here.forms, slot * KINDS + OWN);
            table.set(&here.exact, slot * KINDS + EXACT);
        }
        table.mark_wide();
        let mut goes_on = [false; MOST_WORDS];
        for (slot, pair) in words.windows(2).enumerate() {
            goes_on[slot + 1] = pair[1].goes_on_from(pair[0]);
        }
        let has_name = words.iter().any(|word| word.is_of_name());
        let longest = if has_name { LONGEST_FOR_NAMES } else { LONGEST };
        Ok(Reading { segment, words, ranking, weighting, table, goes_on, longest })
    }

    /// Has an article fetched that is to be read next.
    pub fn fetch(&self, doc: usize) {
        if let Ok(run) = self.segment.words(doc) {
            self.segment.forward.fetch(run.start..run.end.min(run.start + LONGEST));
        }
    }

    /// Reads one article. `worths` are those of the words together.
    pub fn read(&self, doc: usize, worths: f64) -> Result<Nearness> {
        let run = self.segment.words(doc)?;
        let first = run.start;
        let words = self.segment.forward.words(first..run.end.min(first + self.longest))?;
        let table = self.table.narrow();
        let mut counts = [[0u32; KINDS as usize]; MOST_WORDS];
        let mut before: Option<(usize, u8)> = None;
        let mut together = 0.0;
        let mut named = [false; MOST_WORDS]; // which words stand beside the one before them
        for (block, codes) in words.chunks(BLOCK).enumerate() {
            let mut hits = self.hits(codes);
            while hits != 0 {
                let place = hits.trailing_zeros() as usize;
                hits &= hits - 1;
                let (value, place) = (table[usize::from(codes[place])], block * BLOCK + place);
                let value = if value == IS_WIDE { self.wide_value(first + place)? } else { value };
                if value == 0 {
                    continue;
                }
                let (slot, kind) = (value / KINDS - 1, value % KINDS);
                counts[slot as usize][kind as usize] += 1;
                if kind == KINDRED {
                    continue;
                }
                if let Some((earlier, neighbour)) = before {
                    if place - earlier <= self.ranking.near && neighbour != slot {
                        together += self.pair(neighbour, slot, place - earlier);
                    }
                    if place == earlier + 1 && slot == neighbour + 1 {
                        named[slot as usize] |= self.goes_on[slot as usize];
                    }
                }
                before = Some((place, slot));
            }
            if self.words.len() == 1 && counts[0][EXACT as usize] > 0 {
                break; // nothing that comes later adds anything
            }
        }
        let names = self.names(&named);
        Ok(Nearness { names, ..self.add_up(&counts, together, words.len(), worths) })
    }

    /// Returns a bit for each word that the query has to do with. It takes no branch on any word, as nobody could guess
    /// it.
    #[inline]
    fn hits(&self, codes: &[u16]) -> u32 {
        let table = self.table.narrow();
        if codes.iter().fold(0, |so_far, &code| so_far | table[usize::from(code)]) == 0 {
            return 0; // as of most
        }
        let bits = codes.iter().zip(0..).map(|(&code, place)| u32::from(table[usize::from(code)] != 0) << place);
        bits.fold(0, |so_far, bit| so_far | bit)
    }

    fn wide_value(&self, place: usize) -> Result<u8> {
        let form = self.segment.forward.wide_form(place)?;
        Ok(if form == WIDE as usize { self.table.of_wide } else { self.table.values[form] })
    }

    /// Returns what two words of the query count that stand near each other.
    fn pair(&self, before: u8, after: u8, gap: usize) -> f64 {
        let worth = self.words[before as usize].worth.min(self.words[after as usize].worth) / gap as f64;
        if after == before + 1 {
            worth
        } else {
            worth * self.ranking.out_of_order
        }
    }

    /// Returns what the words of names that stand side by side add.
    fn names(&self, named: &[bool; MOST_WORDS]) -> f64 {
        let mut both = [0.0; MOST_WORDS];
        for slot in (1..self.words.len()).filter(|&slot| named[slot]) {
            both[slot] = self.words[slot].worth + self.words[slot - 1].worth;
        }
        self.ranking.name * sum(&both[..self.words.len()])
    }

    fn add_up(&self, counts: &[[u32; 4]; MOST_WORDS], together: f64, length: usize, worths: f64) -> Nearness {
        let (ranking, weighting) = (self.ranking, self.weighting);
        let usual = weighting.b * length as f64 / weighting.usual + (1.0 - weighting.b);
        let (mut exact, mut kindred) = ([0.0; MOST_WORDS], [0.0; MOST_WORDS]);
        for (slot, word) in self.words.iter().enumerate() {
            let [own, asked_for, alike, _] = counts[slot];
            exact[slot] = f64::from(u8::from(asked_for > 0)) * word.worth;
            let times = if asked_for > 0 || own > 0 { 0.0 } else { f64::from(alike) / usual };
            kindred[slot] = times / (weighting.k1 + times) * word.worth;
        }
        let together = together / (usual * worths.max(1e-9));
        Nearness {
            names: 0.0,
            closeness: ranking.closeness * worths * together / (ranking.closeness_half + together),
            exact: ranking.exact * sum(&exact[..self.words.len()]),
            kindred: ranking.kindred * sum(&kindred[..self.words.len()]),
        }
    }
}
