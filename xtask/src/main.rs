//! Flotilla's own commands.
fn main() {}
