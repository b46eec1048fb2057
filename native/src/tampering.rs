//! Tampers with a small segment in every column and asks the ranker: whatever stands there, it answers or tells damage.

use std::collections::HashMap;

use crate::column::Numbers;
use crate::feedback::{Keywords, KEYWORD_COLUMNS};
use crate::first_stage::Needed;
use crate::forward_index::WIDE;
use crate::leaf_matches::{Field, Leaf, LeafColumns, Matcher, Part, Standing, LEAF_COLUMNS};
use crate::occurrences::{marked, Counter, Parts as OccurrenceParts};
use crate::query_word::Word;
use crate::ranker::{Counted, Ranker};
use crate::ranking::{Ranking, Weighting};
use crate::segment::{Segment, KEYWORDS, UNDATED};

const ARTICLES: usize = 40;
const LEMMAS: usize = 12;
const FORMS: usize = 30;
const WAYS: u64 = 30_000; // a second or two; KHABARJOO_WAYS asks for more

/// Numbers at random, the same for the same seed (xorshift; Marsaglia, "Xorshift RNGs", 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % limit
    }
}

/// Columns of a file: of each its type, and its bytes where numbers may lie.
type File = HashMap<&'static str, (&'static str, Vec<u64>, usize)>;

fn column(file: &mut File, name: &'static str, kind: &'static str, numbers: &[u64]) {
    let width = kind[2..].parse::<usize>().unwrap();
    let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()[..width].to_vec()).collect();
    let eights = bytes.chunks(8).map(|eight| {
        let mut whole = [0; 8];
        whole[..eight.len()].copy_from_slice(eight);
        u64::from_le_bytes(whole)
    });
    file.insert(name, (kind, eights.collect(), bytes.len()));
}

/// Returns a whole segment of articles of random words.
fn whole(random: &mut Random) -> File {
    let mut file = File::new();
    let texts = |count: usize| (0..count).map(|n| format!("{n:03}")).collect::<Vec<_>>();
    for (name, ends, count) in
        [("lemmas", "lemmas.ends", LEMMAS), ("forms", "forms.ends", FORMS), ("ids", "ids.ends", ARTICLES)]
    {
        let bytes: Vec<u64> = texts(count).concat().bytes().map(u64::from).collect();
        column(&mut file, name, "|u1", &bytes);
        column(&mut file, ends, "<u2", &(0..=count as u64).map(|n| 3 * n).collect::<Vec<_>>());
    }
    let (mut docs, mut impacts, mut ends) = (vec![], vec![], vec![0]);
    for _ in 0..LEMMAS {
        for doc in 0..ARTICLES as u64 {
            if random.below(3) == 0 {
                docs.push(doc);
                impacts.push(1 + random.below(255) as u64);
            }
        }
        ends.push(docs.len() as u64);
    }
    column(&mut file, "postings.docs", "<u2", &docs);
    column(&mut file, "postings.impacts", "|u1", &impacts);
    column(&mut file, "postings.ends", "<u4", &ends);
    column(&mut file, "lemmas.forms", "<u2", &(0..FORMS as u64).collect::<Vec<_>>());
    let lemmas: Vec<u64> = (0..FORMS).map(|form| (form * LEMMAS / FORMS) as u64).collect();
    column(&mut file, LEAF_COLUMNS[0], "|u1", &lemmas);
    column(&mut file, LEAF_COLUMNS[1], "|u1", &(0..2 * ARTICLES).map(|_| random.below(8) as u64).collect::<Vec<_>>());
    let ends: Vec<u64> = (0..=LEMMAS as u64).map(|n| (n * FORMS as u64 / LEMMAS as u64).min(FORMS as u64)).collect();
    column(&mut file, "lemmas.forms.ends", "|u1", &ends);
    let words: Vec<u64> = (0..ARTICLES * 20).map(|_| random.below(FORMS) as u64).collect();
    column(&mut file, "forward", "<u2", &words);
    column(&mut file, "forward.ends", "<u4", &(0..=ARTICLES as u64).map(|n| 20 * n).collect::<Vec<_>>());
    column(&mut file, "forward.wide", "<u4", &[]);
    column(&mut file, "forward.wide.places", "<u4", &[]);
    let keywords: Vec<u64> = (0..ARTICLES * KEYWORDS).map(|_| random.below(LEMMAS) as u64).collect();
    let weights: Vec<u64> = (0..ARTICLES * KEYWORDS).map(|_| random.below(256) as u64).collect();
    column(&mut file, KEYWORD_COLUMNS[0], "<u2", &keywords);
    column(&mut file, KEYWORD_COLUMNS[1], "|u1", &weights);
    file
}

fn numbers<'f>(file: &'f File, name: &str) -> Numbers<'f> {
    let (kind, eights, size) = &file[name];
    // SAFETY: any bytes of numbers are bytes.
    let (_, bytes, _) = unsafe { eights.align_to::<u8>() };
    let size = *size / kind[2..].parse::<usize>().unwrap() * kind[2..].parse::<usize>().unwrap();
    Numbers::of(kind, &bytes[..size]).unwrap()
}

/// Changes some numbers, a length or a type.
fn tamper(file: &mut File, random: &mut Random) {
    let mut names: Vec<_> = file.keys().copied().collect();
    names.sort_unstable();
    for _ in 0..1 + random.below(3) {
        let (kind, eights, size) = file.get_mut(names[random.below(names.len())]).unwrap();
        match random.below(10) {
            0 => *size = random.below(*size + 1),
            1 => *kind = ["|u1", "<u2", "<u4", "<u8"][random.below(4)],
            _ if eights.is_empty() => (),
            _ => {
                let at = random.below(eights.len());
                let odd = [0, u64::MAX, u64::from(WIDE), 1 << 31, random.0];
                let shift = 8 * random.below(8);
                eights[at] = eights[at] & !(0xffff << shift) | (odd[random.below(odd.len())] & 0xffff) << shift;
            }
        }
    }
}

/// Asks all there is to ask; returns whether anything was told to be damage.
fn ask(file: &File, random: &mut Random) -> crate::column::Result<()> {
    let segment = Segment::new(|name| Ok(numbers(file, name)))?;
    let articles = segment.len();
    let keywords = match numbers(file, KEYWORD_COLUMNS[1]) {
        Numbers::U8(weights) => vec![Keywords::new(numbers(file, KEYWORD_COLUMNS[0]), weights, articles)?],
        _ => return Ok(()),
    };
    let ranking = Ranking {
        window: 10,
        window_of_names: 20,
        closeness: 0.2,
        closeness_half: 1.0,
        near: 8,
        out_of_order: 0.5,
        exact: 0.05,
        name: 0.3,
        kindred: 0.5,
        feedback: 0.3,
        feedback_articles: 8,
        feedback_keywords: 30,
        feedback_words: 4,
    };
    let weighting = Weighting { k1: 1.2, b: 0.65, usual: 300.0 };
    let ranker = Ranker::new(vec![segment], ranking, weighting, 255.0 * 65536.0);
    let looked_up: Vec<_> = (0..1 + random.below(5))
        .map(|_| {
            let lemma = format!("{:03}", random.below(LEMMAS + 1)).into_bytes();
            let forms = [format!("{:03}", random.below(FORMS)).into_bytes()];
            Word::look_up(ranker.segments(), &lemma, &forms, b"00", b"003", 1 + random.below(1 << 20) as i64, 5.0)
        })
        .collect::<Result<_, _>>()?;
    let words: Vec<_> = looked_up.iter().collect();
    let mask: Vec<u8> = (0..articles).map(|_| random.below(2) as u8).collect();
    let masks = [(random.below(2) > 0).then_some(&mask[..])];
    let full = words.len() as u8;
    let needed = Needed { least: [1, full][random.below(2)], full };
    let published: Vec<i64> =
        (0..articles).map(|_| if random.below(4) > 0 { random.below(99) as i64 } else { UNDATED }).collect();
    let limit = random.below(2 * ARTICLES);
    let lives = [(random.below(2) > 0).then_some(&mask[..])];
    let forms: Vec<i64> = (0..random.below(4)).map(|_| random.below(FORMS) as i64).collect();
    let columns = [LeafColumns { form_lemmas: numbers(file, LEAF_COLUMNS[0]), fields: numbers(file, LEAF_COLUMNS[1]) }];
    let matcher = Matcher { segments: ranker.segments(), columns: &columns, lives: &lives, levels: &[1, 100, 200] };
    let mut parts: Vec<_> = words.iter().map(|&word| Part::Word(word)).collect();
    if random.below(2) > 0 {
        parts = vec![Part::Forms(vec![&forms])];
    }
    let field = [Field::Anywhere, Field::Title, Field::Lead, Field::Body, Field::Each][random.below(5)];
    let standing = [Standing::InOrder, Standing::Within(random.below(12))][random.below(2)];
    let found = matcher.find(&Leaf { parts, field, standing }, u64::MAX)?;
    let mut counted: Vec<_> = words.iter().map(|&word| Counted::Word(word)).collect();
    if let Some((listed, _)) = &found {
        counted[0] = Counted::Leaf(listed, 9);
    }
    let forward = ranker.segments()[0].forward.of_forms(FORMS);
    let start = random.below(forward.codes.len() + 1);
    let (forms, found) = marked(forward, start..start.max(random.below(forward.codes.len() + 2)), &[1; FORMS])?;
    assert_eq!(found.len(), forms.len());
    let table: Vec<u64> = (0..FORMS).map(|_| random.below(1 << 12) as u64).collect();
    let of_table = OccurrenceParts::read(&table, 1 + random.below(12));
    assert!(Counter::new(forward, &of_table).times(0..forward.codes.len())? <= forward.codes.len());
    let best = ranker.best(&counted, &words, needed, limit, &masks, &keywords)?;
    assert!(best.entries.len() <= limit && best.totals.all <= best.totals.any && best.totals.any <= articles);
    let dated = ranker.by_date(&counted, needed, limit, &masks, &[&published], true)?;
    assert_eq!(dated.totals, best.totals);
    let (mut any, mut all) = ([vec![0; articles]], [vec![0; articles]]);
    assert_eq!(ranker.mark(&counted, needed, &masks, &mut any, &mut all)?, best.totals);
    assert_eq!(any[0].iter().map(|&one| usize::from(one)).sum::<usize>(), best.totals.any);
    Ok(())
}

#[test]
fn a_whole_segment_is_not_damaged() {
    let mut random = Random(7);
    for _ in 0..200 {
        let file = whole(&mut random);
        assert_eq!(ask(&file, &mut random), Ok(()));
    }
}

#[test]
fn a_segment_that_was_tampered_with_ends_in_an_answer_or_in_damage() {
    let ways = std::env::var("KHABARJOO_WAYS").map_or(WAYS, |ways| ways.parse().unwrap());
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let sound = whole(&mut random);
    let mut damaged = 0;
    for _ in 0..ways {
        let mut file = sound.clone();
        tamper(&mut file, &mut random);
        damaged += u64::from(ask(&file, &mut random).is_err());
    }
    assert!(damaged > ways / 4 && damaged < ways, "{damaged} of {ways} were told");
}
