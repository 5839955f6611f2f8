//! Parts of a view as properties of components.

use std::ops::Deref;
use std::rc::Rc;

/// A shared part of a view that is equal only to itself.
///
/// The session replaces a part when it has changed and never otherwise, so whether a component must
/// be rendered again is one comparison of pointers, not one of logs of 10,000 entries.
#[derive(Debug)]
pub struct Shared<T: ?Sized>(Rc<T>);

impl<T: ?Sized> Shared<T> {
    /// The part that `part` points at.
    pub fn new(part: &Rc<T>) -> Self {
        Self(Rc::clone(part))
    }
}

impl<T: ?Sized> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self::new(&self.0)
    }
}

impl<T: ?Sized> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
