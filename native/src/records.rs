//! The stored record of an article: its JSON, and that with one byte a letter; as `index/article.py` and
//! `index/packed_texts.py` have them.

const NONE: u16 = u16::MAX;

/// A member of a record.
pub enum Member<'a> {
    Text(&'a str),
    List(Vec<&'a str>),
}

/// A code with one byte a character.
pub struct Code {
    bytes: Vec<u16>, // by character, as far as there are any
}

impl Code {
    /// `characters` are those that each byte stands for; where `unused` stands, none.
    pub fn new(characters: &str, unused: char) -> Self {
        let mut bytes = vec![NONE; 1 << 7];
        for (byte, character) in characters.chars().enumerate().take(1 << 8).filter(|&(_, c)| c != unused) {
            bytes.resize(bytes.len().max(character as usize + 1), NONE);
            bytes[character as usize] = byte as u16;
        }
        Code { bytes }
    }

    /// Returns a record as JSON, which escapes what has to be and nothing else: in UTF-8, and in the code unless that has
    /// not all of its characters.
    pub fn write(&self, members: &[Member]) -> (Vec<u8>, Option<Vec<u8>>) {
        let size = |member: &Member| match member {
            Member::Text(text) => text.len(),
            Member::List(texts) => texts.iter().map(|text| text.len() + 3).sum(),
        };
        let most = members.iter().map(|member| size(member) * 9 / 8 + 8).sum();
        let (utf8, coded) = (Vec::with_capacity(most), Vec::with_capacity(most));
        let mut writer = Writer { bytes: &self.bytes, utf8, coded, is_in_code: true };
        writer.enclose(members, |writer, member| match member {
            Member::Text(text) => writer.quote(text),
            Member::List(texts) => writer.enclose(texts, |writer, text| writer.quote(text)),
        });
        (writer.utf8, writer.is_in_code.then_some(writer.coded))
    }
}

struct Writer<'a> {
    bytes: &'a [u16],
    utf8: Vec<u8>,
    coded: Vec<u8>,
    is_in_code: bool,
}

impl Writer<'_> {
    fn enclose<T>(&mut self, items: &[T], write: impl Fn(&mut Self, &T)) {
        self.sign(b"[");
        for (place, item) in items.iter().enumerate() {
            if place > 0 {
                self.sign(b",");
            }
            write(self, item);
        }
        self.sign(b"]");
    }

    fn quote(&mut self, text: &str) {
        self.sign(b"\"");
        let (bytes, mut at, mut written) = (text.as_bytes(), 0, 0);
        while at < bytes.len() {
            // Those of one byte and of two are nearly all there are.
            let (character, width) = match bytes[at] {
                byte if byte < 0x20 || byte == b'"' || byte == b'\\' => {
                    self.utf8.extend_from_slice(&bytes[written..at]);
                    self.escape(byte);
                    (at, written) = (at + 1, at + 1);
                    continue;
                }
                byte if byte < 0x80 => (u32::from(byte), 1),
                byte if byte < 0xe0 => (u32::from(byte & 0x1f) << 6 | u32::from(bytes[at + 1] & 0x3f), 2),
                _ => text[at..].chars().next().map_or((0, 1), |found| (found as u32, found.len_utf8())),
            };
            self.code(character);
            at += width;
        }
        self.utf8.extend_from_slice(&bytes[written..]);
        self.sign(b"\"");
    }

    fn escape(&mut self, byte: u8) {
        match byte {
            b'"' => self.sign(b"\\\""),
            b'\\' => self.sign(b"\\\\"),
            b'\n' => self.sign(b"\\n"),
            b'\r' => self.sign(b"\\r"),
            b'\t' => self.sign(b"\\t"),
            0x08 => self.sign(b"\\b"),
            0x0c => self.sign(b"\\f"),
            control => self.sign(format!("\\u{control:04x}").as_bytes()),
        }
    }

    fn sign(&mut self, ascii: &[u8]) {
        self.utf8.extend_from_slice(ascii);
        ascii.iter().for_each(|&byte| self.code(u32::from(byte)));
    }

    #[inline]
    fn code(&mut self, character: u32) {
        let byte = self.bytes.get(character as usize).copied().unwrap_or(NONE);
        self.is_in_code &= byte != NONE;
        self.coded.push(byte as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_escaped_as_far_as_they_must_be() {
        let record = [Member::Text("a\"\\/\n\u{1f}\u{7f}ب"), Member::List(vec!["", "\t"]), Member::List(vec![])];
        let written = "[\"a\\\"\\\\/\\n\\u001f\u{7f}ب\",[\"\",\"\\t\"],[]]";
        let characters: String = (' '..='\u{7f}').chain(['ب']).collect();
        let code = Code::new(&characters, '?');
        let coded = written.chars().map(|c| characters.chars().position(|other| other == c).unwrap() as u8).collect();
        assert_eq!(code.write(&record), (written.as_bytes().to_vec(), Some(coded)));
        assert_eq!(code.write(&[]).0, b"[]");
    }

    #[test]
    fn a_record_with_other_characters_is_not_in_the_code() {
        let code = Code::new("[]\"?ب", '?');
        assert_eq!(code.write(&[Member::Text("ب")]).1, Some(vec![0, 2, 4, 2, 1]));
        for other in ["?", "c", "پ", "東", "🙂", "ب🙂"] {
            assert_eq!(code.write(&[Member::Text(other)]), (format!("[\"{other}\"]").into_bytes(), None));
        }
    }
}
