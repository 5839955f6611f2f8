//! What is measured.

/// Work that has been prepared. What it leaves behind is dropped unmeasured.
pub trait Work {
    /// Does it.
    fn run(&mut self);
}
