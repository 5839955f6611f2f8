//! Decimal numbers, written without the standard library's way to write floating point, which the
//! page would have to be sent.

use std::fmt;

/// Writes so many parts of `one`, a power of ten: 1250 of 1000 are `1.25`.
pub(crate) fn write_decimal(f: &mut fmt::Formatter<'_>, parts: u64, one: u64) -> fmt::Result {
    write!(f, "{}", parts / one)?;
    let (mut rest, mut place) = (parts % one, one);
    if rest > 0 {
        f.write_str(".")?;
    }
    while rest > 0 {
        place /= 10;
        write!(f, "{}", rest / place)?;
        rest %= place;
    }
    Ok(())
}
