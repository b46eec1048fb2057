//! One segment of an index, as ranking reads it. See `index/segment.py` for what the columns are.

use std::ops::Range;

use crate::column::{Damage, Ends, Numbers, Result, Strings};
use crate::forward_index::{ForwardIndex, FORWARD_COLUMNS};

/// Keywords that are listed for each article.
pub const KEYWORDS: usize = 24;

/// Stands for the date of an article that has none.
pub const UNDATED: i64 = i64::MIN;

/// The columns that every search reads.
pub const COLUMNS: [&str; 15] = [
    "lemmas",
    "lemmas.ends",
    "forms",
    "forms.ends",
    "ids",
    "ids.ends",
    "postings.docs",
    "postings.impacts",
    "postings.ends",
    "lemmas.forms",
    "lemmas.forms.ends",
    "forward",
    "forward.ends",
    "forward.wide",
    "forward.wide.places",
];

#[derive(Debug)]
pub struct Segment<'a> {
    pub lemmas: Strings<'a>,
    pub forms: Strings<'a>,
    pub ids: Strings<'a>,
    docs: Numbers<'a>,
    impacts: &'a [u8],
    posting_ends: Ends<'a>,
    lemma_forms: Numbers<'a>,
    lemma_form_ends: Ends<'a>,
    pub forward: ForwardIndex<'a>,
    doc_ends: Ends<'a>,
}

/// The postings of a lemma: all within the segment, its articles ascending.
pub struct Postings<'a, T> {
    pub docs: &'a [T],
    pub impacts: &'a [u8],
}

impl<'a> Segment<'a> {
    /// Takes its columns by name.
    pub fn new<'n>(mut column: impl FnMut(&'n str) -> Result<Numbers<'a>>) -> Result<Self> {
        let bytes = |numbers: Numbers<'a>, name: &str| match numbers {
            Numbers::U8(bytes) => Ok(bytes),
            _ => Err(Damage(format!("column {name} has values that are no bytes"))),
        };
        let mut strings =
            |name: &'static str, ends: &'static str| Ok(Strings::new(bytes(column(name)?, name)?, column(ends)?, name));
        let (lemmas, forms, ids) =
            (strings("lemmas", "lemmas.ends")?, strings("forms", "forms.ends")?, strings("ids", "ids.ends")?);
        let docs = column("postings.docs")?;
        let impacts = bytes(column("postings.impacts")?, "postings.impacts")?;
        let [words, wide, wide_places] = FORWARD_COLUMNS.map(&mut column);
        let forward = ForwardIndex::new([words?, wide?, wide_places?], forms.len())?;
        let lemma_forms = column("lemmas.forms")?;
        let segment = Segment {
            lemmas,
            forms,
            ids,
            docs,
            impacts,
            posting_ends: Ends::new(column("postings.ends")?, docs.len(), "postings"),
            lemma_forms,
            lemma_form_ends: Ends::new(column("lemmas.forms.ends")?, lemma_forms.len(), "lemmas.forms"),
            forward,
            doc_ends: Ends::new(column("forward.ends")?, forward.codes.len(), "forward"),
        };
        for (name, is_so) in [
            ("postings.impacts", segment.impacts.len() == segment.docs.len()),
            ("postings.ends", segment.posting_ends.len() == segment.lemmas.len()),
            ("lemmas.forms.ends", segment.lemma_form_ends.len() == segment.lemmas.len()),
            ("forward.ends", segment.doc_ends.len() == segment.ids.len()),
        ] {
            if !is_so {
                return Err(Damage(format!("column {name} has another number of values than there should be")));
            }
        }
        Ok(segment)
    }

    /// Returns how many articles there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Returns the numbers of all articles of all postings, so that a caller knows their width.
    pub fn all_docs(&self) -> Numbers<'a> {
        self.docs
    }

    /// Returns the postings of a lemma; `docs` are `all_docs` in their width.
    pub fn postings<T: Doc>(&self, lemma: usize, docs: &'a [T]) -> Result<Postings<'a, T>> {
        let run = self.posting_ends.run(lemma)?;
        let impacts = &self.impacts[run.clone()];
        let docs = &docs[run];
        let ascends = docs.windows(2).fold(true, |so_far, pair| so_far & (pair[0] < pair[1]));
        if !ascends || docs.last().is_some_and(|&doc| doc.number() >= self.len()) {
            return Err(Damage("column postings.docs does not ascend within a lemma".to_owned()));
        }
        Ok(Postings { docs, impacts })
    }

    /// Returns where the forms of some lemmas are, from one lemma up to another.
    pub fn forms_between(&self, first: usize, end: usize) -> Result<Range<usize>> {
        self.lemma_form_ends.between(first, end)
    }

    /// Returns the form at a place that `forms_between` told of.
    #[inline]
    pub fn form_at(&self, place: usize) -> Result<usize> {
        let form = self.lemma_forms.get(place).unwrap_or(usize::MAX);
        self.form("lemmas.forms", form)
    }

    fn form(&self, name: &str, form: usize) -> Result<usize> {
        if form < self.forms.len() {
            return Ok(form);
        }
        Err(Damage(format!("column {name} has {form} where numbers end at {}", self.forms.len() as i64 - 1)))
    }

    /// Returns where the words of an article are in the forward view.
    #[inline]
    pub fn words(&self, doc: usize) -> Result<Range<usize>> {
        self.doc_ends.run(doc)
    }
}

/// The number of an article, in the width it is kept in.
pub trait Doc: Copy + Ord {
    fn number(self) -> usize;

    /// Returns the number of an article of a segment, in whose width it is.
    fn of(number: usize) -> Self;

    /// Returns numbers as a list, and a list as numbers if it is of this width.
    fn listed(docs: Vec<Self>) -> ListedDocs;
    fn of_list(list: &ListedDocs) -> Option<&[Self]>;
}

/// Numbers of articles that were found, in the width in which their segment keeps them.
#[derive(Debug)]
pub enum ListedDocs {
    U8(Vec<u8>),
    U16(Vec<u16>),
    U32(Vec<u32>),
}

macro_rules! doc {
    ($($kind:ty as $list:ident),*) => { $(impl Doc for $kind {
        #[inline]
        fn number(self) -> usize { self as usize }

        #[inline]
        fn of(number: usize) -> Self { number as $kind }

        fn listed(docs: Vec<Self>) -> ListedDocs { ListedDocs::$list(docs) }

        fn of_list(list: &ListedDocs) -> Option<&[Self]> {
            if let ListedDocs::$list(docs) = list { Some(docs) } else { None }
        }
    })* };
}
doc!(u8 as U8, u16 as U16, u32 as U32);
