//! The texts of parts, among the data of the whole.
//!
//! `src/catalogue.rs` marks the texts that only a part needs: with U+0001, the name of the part and
//! U+0002 before them, and U+0004 after. A part brings them to where they are in the whole, so that
//! nothing that points to them need change.

use anyhow::{Context, Result};

use super::Part;

const BEFORE_NAME: u8 = 1;
const AFTER_NAME: u8 = 2;
const END: u8 = 4;

/// Bytes that go to a place in the memory.
pub type Segment<'a> = (i32, &'a [u8]);

/// What stays, and what goes to each part.
pub struct Data<'a> {
    pub main: Vec<Segment<'a>>,
    /// By the place of the part.
    pub parts: Vec<Vec<Segment<'a>>>,
}

/// Cuts the texts of the parts out of the data.
pub fn cut<'a>(segments: &[Segment<'a>], parts: &[Part]) -> Result<Data<'a>> {
    let mut data = Data {
        main: Vec::new(),
        parts: vec![Vec::new(); parts.len()],
    };
    for &(offset, bytes) in segments {
        let mut kept = 0;
        let at = |place: usize| Ok::<_, anyhow::Error>(offset + i32::try_from(place)?);
        while let Some((start, part)) = next_text(&bytes[kept..], parts) {
            let start = kept + start;
            let length = (bytes[start..].iter().position(|byte| *byte == END))
                .context("the texts of a part have no end")?;
            let end = start + length + 1;
            if start > kept {
                data.main.push((at(kept)?, &bytes[kept..start]));
            }
            data.parts[part].push((at(start)?, &bytes[start..end]));
            kept = end;
        }
        if kept < bytes.len() {
            data.main.push((at(kept)?, &bytes[kept..]));
        }
    }
    Ok(data)
}

/// Where the texts of a part begin, and of which.
fn next_text(bytes: &[u8], parts: &[Part]) -> Option<(usize, usize)> {
    let marks = parts.iter().map(|part| {
        let name = part.name.as_bytes();
        [&[BEFORE_NAME], name, &[AFTER_NAME]].concat()
    });
    let found = marks.enumerate().filter_map(|(part, mark)| {
        let start = bytes
            .windows(mark.len())
            .position(|window| window == mark)?;
        Some((start, part))
    });
    found.min()
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn part(name: &'static str) -> Part {
        Part {
            name,
            entries: &[],
            modules: &[],
        }
    }

    #[test]
    fn marked_texts_go_to_their_parts_and_all_else_stays_where_it_was() {
        let parts = [part("a"), part("b")];
        let first: &[u8] = b"xx\x01b\x02one\x03\x04\x01a\x02two\x03\x04yy\x01c\x02\x04";
        let data = cut(&[(100, first), (200, b"z")], &parts).expect("it can be cut");
        assert_eq!(
            data.main,
            [(100, &first[..2]), (118, b"yy\x01c\x02\x04"), (200, b"z")]
        );
        assert_eq!(data.parts[0], [(110, &b"\x01a\x02two\x03\x04"[..])]);
        assert_eq!(data.parts[1], [(102, &b"\x01b\x02one\x03\x04"[..])]);
    }

    #[test]
    fn texts_without_an_end_are_no_texts() {
        assert!(cut(&[(0, b"\x01a\x02one")], &[part("a")]).is_err());
    }
}
