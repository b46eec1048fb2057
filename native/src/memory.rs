//! What was read of texts: what stands between two spaces, raw tokens, words, and pairs of words.
//!
//! Python has the rules and is asked about whatever is met for the first time; here it is remembered and looked up. The
//! steps are those of `analyzers/bulk.py`, and words are asked about in the same order, so that they have the same
//! numbers. Strings are UTF-8, half surrogates among it.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::Range;
use std::sync::Arc;

use crate::names::{mixed, Names};

const LONGEST_REMEMBERED: usize = 64; // letters of a chunk, which is what stands between two spaces
const LONGEST: u32 = 200; // letters of a token
const JOINED_AT_MOST: u32 = 4; // tokens a word may be spread over
const COMPOUND: u8 = 4; // the bond of the second part of a listed compound
const AFTER_AND: u64 = 1 << 31;
const TAKEN_BITS: u32 = 2;

/// Short runs of numbers, one after another.
#[derive(Default)]
struct Runs {
    numbers: Vec<u32>,
    ends: Vec<usize>,
}

impl Runs {
    fn push(&mut self, run: &[u32]) {
        self.numbers.extend_from_slice(run);
        self.ends.push(self.numbers.len());
    }

    #[inline]
    fn get(&self, number: u32) -> &[u32] {
        let number = number as usize;
        let start = if number == 0 { 0 } else { self.ends[number - 1] };
        &self.numbers[start..self.ends[number]]
    }

    fn len(&self) -> usize {
        self.ends.len()
    }
}

/// What Python tells of a word: what it may be joined with, its terms, and how it may be listed with another.
#[derive(Default)]
pub struct Word {
    pub after: u8,
    pub before: u8,
    pub terms: Vec<u32>,
    /// How it begins a listed compound, and how it may end one; '' where Python is to be asked.
    pub head: Vec<u8>,
    pub tails: Vec<Vec<u8>>,
}

/// A pair of words that is met for the first time.
pub struct Pair {
    pub left: u32,
    pub right: u32,
    pub after_and: bool,
}

/// What a pair comes to: how many words the first takes, 0 where they are apart, and what all of them make.
#[derive(Default)]
pub struct Whole {
    pub taken: u32,
    pub terms: Vec<u32>,
    pub head: Vec<u8>,
}

/// The words of a batch of texts.
pub struct Batch {
    pub terms: Vec<u32>,
    pub lengths: Vec<i32>,
}

/// Where the words of a batch stand once they are joined, in letters of their texts: how many words and chunks there
/// are through each text; each word; and where each chunk starts.
#[derive(Default)]
pub struct Places {
    pub words: Vec<usize>,
    pub chunks: Vec<usize>,
    pub placed: Vec<Placed>,
    pub starts: Vec<i64>,
}

/// A word where it stands, and how many terms there are through it. A mark of punctuation has the number of its letter
/// below 0, and what else makes no term has 0.
pub struct Placed {
    pub start: i64,
    pub end: i64,
    pub number: i64,
    pub terms: i64,
}

impl Places {
    /// Returns the numbers of the words that a text has from one place to another.
    pub fn words(&self, text: usize, start: i64, end: i64) -> Option<Range<usize>> {
        let own = of_text(&self.words, text)?;
        let before = |place| own.start + self.placed[own.clone()].partition_point(|word| word.start < place);
        Some(before(start)..before(end).max(before(start)))
    }

    /// Returns the same of its words where none of them goes on over the one place or the other.
    pub fn whole_words(&self, text: usize, start: i64, end: i64) -> Option<&[Placed]> {
        let (own, words) = (of_text(&self.words, text)?, self.words(text, start, end)?);
        let is_over = words.start > own.start && self.placed[words.start - 1].end > start;
        let placed = &self.placed[words];
        (!is_over && placed.last().is_none_or(|word| word.end <= end)).then_some(placed)
    }

    /// Returns the numbers of the chunks that start from one place of a text to another.
    pub fn chunks(&self, text: usize, start: i64, end: i64) -> Option<Range<usize>> {
        let own = of_text(&self.chunks, text)?;
        let before = |place| own.start + self.starts[own.clone()].partition_point(|&start| start < place);
        Some(before(start)..before(end).max(before(start)))
    }

    /// Returns how many terms of a text begin before a place.
    pub fn terms_before(&self, text: usize, place: i64) -> Option<i64> {
        let words = self.words(text, 0, place)?;
        let through = |word: usize| if word == 0 { 0 } else { self.placed[word - 1].terms };
        Some(through(words.end) - through(words.start))
    }
}

/// Returns the numbers that a text has, by how many there are through each.
fn of_text(through: &[usize], text: usize) -> Option<Range<usize>> {
    let end = *through.get(text)?;
    Some(if text == 0 { 0 } else { through[text - 1] }..end)
}

/// What was read so far. Number 0 is the barrier, among chunks and among words.
#[derive(Default)]
pub struct Memory {
    listed: Arc<Names>,
    chunks: Names,
    raws: Names,
    words_of_chunk: Runs,
    word_of_raw: Vec<u32>,
    after: Vec<u8>,
    before: Vec<u8>,
    terms_of_word: Runs,
    sides: Vec<(Vec<u8>, Vec<Vec<u8>>)>,
    joined: HashMap<u64, u32, BuildHasherDefault<Mixer>>,
    and: u32,
    // of the batch that is being read:
    sequence: Vec<u32>,
    ends: Vec<usize>,
    pieces: Vec<Piece>, // of chunks that are new
    batch: Vec<u32>,    // its words, once they are joined
}

/// A new chunk: its raw tokens by where they start and end in it, or none where Python is to cut it.
struct Piece {
    chunk: Vec<u8>,
    raws: Option<Vec<(u32, u32)>>,
}

impl Memory {
    /// `listed` are the words that the lexicon lists, by which most pairs are seen to be no compound.
    pub fn new(listed: Arc<Names>) -> Self {
        let mut memory = Memory { listed, ..Memory::default() };
        memory.chunks.add(b"", false);
        memory.words_of_chunk.push(&[0]);
        memory.add(Word::default());
        memory
    }

    /// Returns how much is remembered: chunks, raw tokens and pairs.
    pub fn len(&self) -> usize {
        self.words_of_chunk.len() + self.raws.len() + self.joined.len()
    }

    /// Adds the word "and", which may stand between the parts of another.
    pub fn add_and(&mut self, raw: &[u8], word: Word) {
        self.and = self.after.len() as u32;
        self.raws.number(raw);
        self.word_of_raw.push(self.and);
        self.add(word);
    }

    /// Gives a word the next number.
    pub fn add(&mut self, word: Word) {
        self.after.push(word.after);
        self.before.push(word.before);
        self.terms_of_word.push(&word.terms);
        self.sides.push((word.head, word.tails));
    }

    /// Returns whether nothing is amiss, as it is when a batch was given up halfway.
    pub fn is_whole(&self) -> bool {
        self.pieces.is_empty()
            && self.chunks.len() == self.words_of_chunk.len()
            && self.raws.len() == self.word_of_raw.len()
    }

    /// Looks up the chunks of some texts, in place of those before; returns the chunks that Python is to cut.
    pub fn look_up(&mut self, texts: &[&[u8]]) -> Vec<Vec<u8>> {
        self.sequence.clear();
        self.ends.clear();
        self.batch.clear();
        for text in texts {
            split(text, |_, chunk| {
                let found = self.chunks.find(chunk);
                let number = found.unwrap_or_else(|| {
                    let is_short = chunk.len() <= LONGEST_REMEMBERED || letters(chunk) <= LONGEST_REMEMBERED;
                    self.pieces.push(Piece { chunk: chunk.to_vec(), raws: plain_cut(chunk) });
                    self.chunks.add(chunk, is_short)
                });
                self.sequence.push(number);
            });
            self.sequence.push(0); // nothing is joined across texts
            self.ends.push(self.sequence.len());
        }
        self.pieces.iter().filter(|piece| piece.raws.is_none()).map(|piece| piece.chunk.clone()).collect()
    }

    /// Takes the raw tokens of the chunks that `look_up` gave; returns all raw tokens that are new, in their order.
    pub fn cut(&mut self, odd: Vec<Vec<Vec<u8>>>) -> Option<Vec<Vec<u8>>> {
        let known = self.raws.len();
        let mut odd = odd.into_iter();
        for Piece { chunk, raws } in std::mem::take(&mut self.pieces) {
            let run: Vec<u32> = match raws {
                Some(raws) => raws.iter().map(|&(s, e)| self.raws.number(&chunk[s as usize..e as usize])).collect(),
                None => odd.next()?.iter().map(|raw| self.raws.number(raw)).collect(),
            };
            self.words_of_chunk.push(&run); // raw tokens yet, see `learn`
        }
        Some((known..self.raws.len()).map(|number| self.raws.get(number as u32).to_vec()).collect())
    }

    /// Takes the words that those raw tokens are, of which each number was given by `add`.
    pub fn learn(&mut self, words: &[u32]) -> bool {
        let is_known = words.iter().all(|&word| (word as usize) < self.after.len());
        self.word_of_raw.extend_from_slice(words);
        is_known && self.word_of_raw.len() == self.raws.len()
    }

    /// Joins neighbours that are one word, and returns the terms of all texts. `ask` tells of a new pair how many words
    /// the first takes, 0 where they are apart, and the terms and the head of what all of them make.
    pub fn join<E>(&mut self, mut ask: impl FnMut(Pair) -> Result<Whole, E>) -> Result<Batch, E> {
        let (words, ends) = self.words();
        let mut out = words.clone();
        let (mut end, mut size, mut whole, mut start) = (usize::MAX, 1, 0u32, 0);
        for place in 0..words.len().saturating_sub(1) {
            let (first, next) = (words[place], words[place + 1]);
            if self.after[first as usize] & self.before[next as usize] == 0 || (end != usize::MAX && place < end) {
                continue;
            }
            let mut left = whole;
            if place != end {
                (start, size, left) = (place, 1, first);
            }
            let (deciding, after_and) = if next == self.and { (words[place + 2], AFTER_AND) } else { (next, 0) };
            let key = u64::from(left) << 32 | u64::from(deciding) | after_and;
            let found = match self.joined.get(&key) {
                Some(&found) => found,
                None => {
                    let found = if after_and == 0 && self.are_apart(left, first, next) {
                        0
                    } else {
                        let Whole { taken, terms, head } =
                            ask(Pair { left, right: deciding, after_and: after_and != 0 })?;
                        if taken > 0 {
                            self.add(Word { terms, head, ..Word::default() });
                            (self.after.len() as u32 - 1) << TAKEN_BITS | taken
                        } else {
                            0
                        }
                    };
                    self.joined.insert(key, found);
                    found
                }
            };
            if found != 0 && size < JOINED_AT_MOST {
                whole = found >> TAKEN_BITS;
                let taken = (found & 3) as usize;
                out[start] = whole;
                out[place + 1..place + 1 + taken].fill(0);
                (end, size) = (place + taken, size + 1);
            }
        }
        self.batch = out;
        Ok(self.terms(&self.batch, &ends))
    }

    /// Returns where the words of these texts stand, which are those joined last; None while none are.
    pub fn places(&self, texts: &[&[u8]]) -> Option<Places> {
        if !self.is_whole() || self.batch.is_empty() != self.sequence.is_empty() || texts.len() != self.ends.len() {
            return None;
        }
        let (mut places, mut terms, mut word, mut number) = (Places::default(), 0, 0, 0);
        for (text, &end) in texts.iter().zip(&self.ends) {
            let (mut done, mut at) = (0, 0); // bytes, and letters
            let mut is_another = false;
            split(text, |start, chunk| {
                is_another |= number + 1 >= end;
                if is_another {
                    return;
                }
                at += letters(&text[done..start]);
                places.starts.push(at as i64);
                let (mut from, mut before) = (0, at);
                for &raw in self.words_of_chunk.get(self.sequence[number]) {
                    let raw_letters = self.raws.get(raw);
                    let start = from + find(&chunk[from..], raw_letters);
                    before += letters(&chunk[from..start]);
                    from = (start + raw_letters.len()).min(chunk.len());
                    let (first, through) = (before as i64, (before + letters(&chunk[start..from])) as i64);
                    before = through as usize;
                    let joined = self.batch[word];
                    word += 1;
                    if joined == 0 && self.word_of_raw[raw as usize] != 0 {
                        places.placed.last_mut().expect("a word that others are joined to").end = through;
                        continue;
                    }
                    terms += self.terms_of_word.get(joined).len() as i64;
                    let number = if joined == 0 { -sign(raw_letters) } else { i64::from(joined) };
                    places.placed.push(Placed { start: first, end: through, number, terms });
                }
                number += 1;
                done = start + chunk.len();
                at += letters(chunk);
            });
            if is_another || number + 1 != end {
                return None;
            }
            (word, number) = (word + 1, end); // the barrier after it
            places.words.push(places.placed.len());
            places.chunks.push(places.starts.len());
        }
        Some(places)
    }

    /// Returns what the words of each chunk of the batch have together, by what each word has.
    pub fn unite(&self, of_words: &[u32]) -> Option<Vec<u32>> {
        let of_word = |&raw: &u32| of_words.get(*self.word_of_raw.get(raw as usize)? as usize).copied();
        let mut ends = self.ends.iter().map(|&end| end - 1).peekable();
        let chunks = self.sequence.iter().enumerate().filter(|&(place, _)| ends.next_if_eq(&place).is_none());
        let united =
            |chunk: u32| self.words_of_chunk.get(chunk).iter().try_fold(0, |all, raw| Some(all | of_word(raw)?));
        self.is_whole().then(|| chunks.map(|(_, &chunk)| united(chunk)).collect())?
    }

    /// Returns whether two words are surely apart: they could only be a compound, and the lexicon lists none of them.
    /// `last` is the last of the words that the left one was joined of.
    fn are_apart(&self, left: u32, last: u32, right: u32) -> bool {
        let ((head, _), (_, tails)) = (&self.sides[left as usize], &self.sides[right as usize]);
        let is_compound = self.after[last as usize] & self.before[right as usize] == COMPOUND;
        if !is_compound || head.is_empty() || tails.is_empty() {
            return false;
        }
        let mut key = Vec::with_capacity(64);
        !tails.iter().any(|tail| {
            key.clear();
            key.extend_from_slice(head);
            key.extend_from_slice(tail);
            self.listed.find(&key).is_some()
        })
    }

    /// Returns the words of the batch, a barrier after each text, and where each text ends among them.
    fn words(&self) -> (Vec<u32>, Vec<usize>) {
        let mut words = Vec::with_capacity(self.sequence.len() * 5 / 4);
        let mut ends = Vec::with_capacity(self.ends.len());
        let mut first = 0;
        for &end in &self.ends {
            for &chunk in &self.sequence[first..end] {
                if chunk == 0 {
                    words.push(0);
                } else {
                    words.extend(self.words_of_chunk.get(chunk).iter().map(|&raw| self.word_of_raw[raw as usize]));
                }
            }
            ends.push(words.len());
            first = end;
        }
        (words, ends)
    }

    fn terms(&self, words: &[u32], ends: &[usize]) -> Batch {
        let (mut terms, mut lengths) = (Vec::with_capacity(words.len()), Vec::with_capacity(ends.len()));
        let mut first = 0;
        for &end in ends {
            let before = terms.len();
            for &word in &words[first..end] {
                terms.extend_from_slice(self.terms_of_word.get(word));
            }
            lengths.push((terms.len() - before) as i32);
            first = end;
        }
        Batch { terms, lengths }
    }
}

/// Cuts a chunk where that needs no rule: it is words of two or more plain letters, ZWNJ within, and plain punctuation.
fn plain_cut(chunk: &[u8]) -> Option<Vec<(u32, u32)>> {
    let mut raws = Vec::new();
    let (mut start, mut letters) = (0, 0u32); // of the word that is open; no letters where none is
    for (place, letter) in std::str::from_utf8(chunk).ok()?.char_indices() {
        match letter {
            '\u{620}'..='\u{63a}' | '\u{641}'..='\u{64a}' | 'پ' | 'چ' | 'ژ' | 'ک' | 'گ' | 'ی' | 'ۀ' | 'ہ' | 'ە' =>
            {
                if letters == 0 {
                    start = place;
                }
                letters += 1;
            }
            '\u{200c}' if letters >= 2 => letters += 1,
            '.' | '،' | ':' | '؛' | '«' | '»' | '(' | ')' | '!' | '؟' | '"' | '/' | '[' | ']' | '-' | '…' | '–' =>
            {
                match letters {
                    0 => (),
                    1 => return None,
                    _ => raws.push((start as u32, place as u32)),
                }
                raws.push((place as u32, (place + letter.len_utf8()) as u32));
                letters = 0;
            }
            _ => return None,
        }
        if letters > LONGEST {
            return None;
        }
    }
    match letters {
        0 => (),
        1 => return None,
        _ => raws.push((start as u32, chunk.len() as u32)),
    }
    Some(raws)
}

/// Calls with each stretch between spaces, as Python's `str.split` has them, and where it starts.
fn split(text: &[u8], mut take: impl FnMut(usize, &[u8])) {
    let (mut start, mut at) = (0, 0);
    while at < text.len() {
        let size = space_at(&text[at..]);
        if size == 0 {
            at += 1;
            continue;
        }
        if at > start {
            take(start, &text[start..at]);
        }
        at += size;
        start = at;
    }
    if text.len() > start {
        take(start, &text[start..]);
    }
}

/// Returns how many bytes the space takes that a text begins with; 0 where it begins with none. Those are what Python
/// calls white space: bidirectional class WS, B or S, or category Zs.
#[inline]
fn space_at(text: &[u8]) -> usize {
    match *text {
        [b' ' | 0x09..=0x0d | 0x1c..=0x1f, ..] => 1,
        [0xc2, 0x85 | 0xa0, ..] => 2,
        [0xe1, 0x9a, 0x80, ..] | [0xe2, 0x80, 0x80..=0x8a | 0xa8 | 0xa9 | 0xaf, ..] => 3,
        [0xe2, 0x81, 0x9f, ..] | [0xe3, 0x80, 0x80, ..] => 3,
        _ => 0,
    }
}

/// Returns where a raw token begins in what is left of its chunk; between tokens stand only loose marks and the like.
fn find(rest: &[u8], raw: &[u8]) -> usize {
    (0..rest.len()).find(|&at| rest[at..].starts_with(raw)).unwrap_or(rest.len())
}

/// Returns the number of the letter that a raw token is; 0 where it is several.
fn sign(raw: &[u8]) -> i64 {
    let mut letters = std::str::from_utf8(raw).unwrap_or_default().chars();
    letters.next().filter(|_| letters.next().is_none()).map_or(0, |letter| i64::from(u32::from(letter)))
}

/// Returns how many letters there are in some UTF-8.
fn letters(text: &[u8]) -> usize {
    text.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}

/// Hashes pairs, whose numbers are any.
#[derive(Default)]
struct Mixer(u64);

impl Hasher for Mixer {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(self.0 ^ u64::from(byte)));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = mixed(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(chunk: &str) -> Option<Vec<&str>> {
        plain_cut(chunk.as_bytes()).map(|raws| raws.iter().map(|&(s, e)| &chunk[s as usize..e as usize]).collect())
    }

    #[test]
    fn plain_words_and_punctuation_are_cut() {
        assert_eq!(cut("«کتاب‌ها»،"), Some(vec!["«", "کتاب‌ها", "»", "،"]));
        assert_eq!(cut("و"), None);
        assert_eq!(cut("کتاب۱"), None);
        assert_eq!(cut("‌ها"), None);
    }

    #[test]
    fn texts_are_split_at_every_kind_of_space() {
        let mut chunks = Vec::new();
        split("\u{a0}باران \u{2003}\u{200b}برف\u{3000}\n".as_bytes(), |_, chunk| chunks.push(chunk.to_vec()));
        assert_eq!(chunks, ["باران".as_bytes(), "\u{200b}برف".as_bytes()]);
    }

    #[test]
    fn neighbours_are_joined_and_asked_about_once() {
        let mut memory = Memory::new(Arc::default());
        assert!(memory.look_up(&["همکاری های همکاری های".as_bytes()]).is_empty());
        assert_eq!(memory.cut(vec![]).unwrap().len(), 2);
        memory.add(Word { after: 1, terms: vec![0], ..Word::default() });
        memory.add(Word { before: 1, terms: vec![1], ..Word::default() });
        assert!(memory.learn(&[1, 2]));
        let mut asked = 0;
        let batch = memory.join(|pair| {
            asked += 1;
            assert_eq!((pair.left, pair.right), (1, 2));
            Ok::<_, ()>(Whole { taken: 1, terms: vec![7], ..Whole::default() })
        });
        let batch = batch.unwrap();
        assert_eq!((batch.terms, batch.lengths, asked), (vec![7, 7], vec![2], 1));
        let text: &[u8] = "همکاری های همکاری های".as_bytes();
        let places = memory.places(&[text]).unwrap();
        let told: Vec<_> = places.placed.iter().map(|word| (word.start, word.end, word.number, word.terms)).collect();
        assert_eq!(told, vec![(0, 10, 3, 1), (11, 21, 3, 2)]);
        assert_eq!((&places.words, &places.chunks, &places.starts), (&vec![2], &vec![4], &vec![0, 7, 11, 18]));
        assert_eq!((places.terms_before(0, 11), places.terms_before(0, 12)), (Some(1), Some(2)));
        assert_eq!((places.terms_before(1, 0), places.chunks(0, 7, 18)), (None, Some(1..3)));
        assert_eq!(places.whole_words(0, 10, 21).unwrap().len(), 1);
        assert!(places.whole_words(0, 7, 21).is_none() && places.whole_words(0, 0, 20).is_none());
        assert!(places.whole_words(0, 11, 0).unwrap().is_empty());
        assert_eq!(memory.unite(&[0, 4, 1, 0]), Some(vec![4, 1, 4, 1]));
        assert_eq!(memory.unite(&[0]), None);
        for others in [&["باران".as_bytes()][..], &[text, text], &["a b c d e".as_bytes()]] {
            assert!(memory.places(others).is_none());
        }
        memory.look_up(&["باران".as_bytes()]);
        assert!(memory.places(&["باران".as_bytes()]).is_none());
    }
}
