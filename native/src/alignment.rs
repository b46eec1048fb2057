//! Places the words that an index has of an article in the article's text, by their letters: `searcher/local/text_alignment.py`.

use crate::column::{Result, Strings};

/// Stands in a table of letters for a character that it does not tell of, and 0 for one that is no letter.
const UNKNOWN: u16 = u16::MAX;

const POINT: u16 = '.' as u16; // of a decimal, which texts write in several ways
const MADDA: (u16, u16) = (0x622, 0x627); // an alef with madda is read as one without

/// Where words start and end in a text, in characters, and which of them do not surely begin and end with their tokens.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Places {
    pub starts: Vec<usize>,
    pub ends: Vec<usize>,
    pub apart: Vec<usize>,
}

/// From here on a table of letters gives the place, in another, of a character that is read as several letters: half a
/// surrogate is none.
const SEVERAL: std::ops::Range<u16> = 0xD800..0xE000;

/// What characters are: the letter that each is read as, or the several ones, and whether no word goes on over it.
pub struct Characters<'a> {
    pub letters: &'a [u16],
    pub several: &'a [Vec<u16>],
    pub parting: &'a [u8],
}

impl Characters<'_> {
    fn letter(&self, character: char) -> u16 {
        self.letters.get(character as usize).copied().unwrap_or(UNKNOWN)
    }

    fn parts(&self, character: Option<char>) -> bool {
        character.is_some_and(|character| self.parting.get(character as usize).is_some_and(|&parts| parts != 0))
    }
}

/// Returns where some of a text's words stand; None where its letters are not those of its words, or not all told of.
///
/// `numbers` are the forms of all its words, in order; `chosen` are those asked for, ascending.
pub fn places_of(
    text: &str,
    characters: &Characters,
    forms: &Strings,
    numbers: &[i64],
    chosen: &[i64],
) -> Result<Option<Places>> {
    let (mut places, mut chosen) = (Places::default(), chosen.iter().copied().peekable());
    let (mut rest, mut at, mut before) = (text.chars(), 0, None); // the character before the next, which is number `at`
    let mut pending: &[u16] = &[]; // the letters left of the character before
    for (word, &number) in numbers.iter().enumerate() {
        let Ok(form) = std::str::from_utf8(forms.get(usize::try_from(number).unwrap_or(usize::MAX - 1))?) else {
            return Ok(None);
        };
        let (mut start, mut parted) = (None, false);
        for wanted in form.chars() {
            let wanted = u16::try_from(wanted as u32).unwrap_or(UNKNOWN);
            if wanted == POINT {
                continue;
            }
            let wanted = if wanted == MADDA.0 { MADDA.1 } else { wanted };
            let letter = loop {
                if let Some((&letter, others)) = pending.split_first() {
                    pending = others;
                    start.get_or_insert(at - 1);
                    break letter;
                }
                let Some(character) = rest.next() else { return Ok(None) };
                let letter = characters.letter(character);
                let last = before.replace(character);
                at += 1;
                if SEVERAL.contains(&letter) {
                    let several = characters.several.get(usize::from(letter - SEVERAL.start));
                    pending = several.map_or(&[][..], Vec::as_slice);
                } else if letter != 0 {
                    if start.is_none() {
                        (start, parted) = (Some(at - 1), characters.parts(last));
                    }
                    break letter;
                }
            };
            if letter != wanted || letter == UNKNOWN {
                return Ok(None);
            }
        }
        let Some(start) = start else { return Ok(None) };
        if chosen.next_if_eq(&(word as i64)).is_some() {
            if !parted || !characters.parts(rest.clone().next()) {
                places.apart.push(places.starts.len());
            }
            places.starts.push(start);
            places.ends.push(at);
        }
    }
    let is_whole =
        pending.is_empty() && rest.all(|character| characters.letter(character) == 0) && chosen.next().is_none();
    Ok(is_whole.then_some(places))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::column::Numbers;

    fn placed(text: &str, forms: &[&str], numbers: &[i64], chosen: &[i64]) -> Result<Option<Places>> {
        let mut ends = vec![0u8];
        ends.extend(forms.iter().scan(0, |end, form| {
            *end += form.len() as u8;
            Some(*end)
        }));
        let bytes = forms.concat();
        let mut letters = vec![UNKNOWN; 0x700];
        let mut parting = vec![0u8; 0x700];
        for code in 0..0x700u16 {
            match char::from_u32(u32::from(code)) {
                Some(sign) if " .,".contains(sign) => letters[usize::from(code)] = 0,
                Some(sign) if sign.is_alphanumeric() => letters[usize::from(code)] = code,
                _ => {}
            }
        }
        parting[usize::from(b' ')] = 1;
        letters[0xDF] = SEVERAL.start;
        let several = vec![vec![u16::from(b's'); 2]];
        let forms = Strings::new(bytes.as_bytes(), Numbers::U8(&ends), "forms");
        let characters = Characters { letters: &letters, several: &several, parting: &parting };
        places_of(text, &characters, &forms, numbers, chosen)
    }

    #[test]
    fn words_stand_where_their_letters_do() {
        let places = placed("باد و 3,5 باد", &["باد", "و", "3.5"], &[0, 1, 2, 0], &[0, 2, 3]);
        let expected = Places { starts: vec![0, 6, 10], ends: vec![3, 9, 13], apart: vec![0, 2] };
        assert_eq!(places, Ok(Some(expected)));
    }

    #[test]
    fn a_character_may_be_several_letters() {
        let places = placed("aß ßb", &["as", "s", "ssb"], &[0, 1, 2], &[0, 1, 2]);
        let expected = Places { starts: vec![0, 1, 3], ends: vec![2, 2, 5], apart: vec![0, 1, 2] };
        assert_eq!(places, Ok(Some(expected)));
        assert_eq!(placed("aß", &["as"], &[0], &[]), Ok(None));
    }

    #[test]
    fn other_letters_and_characters_not_told_of_are_left_to_who_asks() {
        for (text, numbers) in
            [("باد", &[0, 0][..]), ("باد باد", &[0]), ("بام", &[0]), ("باد🌧", &[0]), ("", &[0]), ("باد", &[])]
        {
            assert_eq!(placed(text, &["باد", "."], numbers, &[]), Ok(None), "{text}");
        }
        assert_eq!(placed("باد", &["باد", "."], &[0, 1], &[]), Ok(None));
        assert_eq!(placed("باد", &["باد"], &[0], &[0, 1]), Ok(None));
    }

    #[test]
    fn a_form_that_is_none_is_damage() {
        assert!(placed("باد", &["باد"], &[1], &[]).is_err());
        assert!(placed("باد", &["باد"], &[-1], &[]).is_err());
    }
}
