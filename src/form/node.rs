//! What the recogniser needs of a page beyond what a reader needs.

use crate::site::PageNode;

/// What stands inside an element, in the order of the page.
#[derive(Clone, Debug)]
pub enum Inside<N> {
    Text(String),
    Element(N),
}

/// An element of a page that may hold a form.
pub trait FormNode: PageNode {
    /// Texts and elements inside. Of an element with an open shadow root, what that root shows; of a frame, what its document
    /// shows if the page may look into it.
    fn inside(&self) -> Vec<Inside<Self>>;

    /// Whether ids inside are of a world of their own: a shadow root or a frame.
    fn has_own_ids(&self) -> bool;

    /// Whether it has an inside that nobody but itself can see: a frame of another origin.
    fn is_closed(&self) -> bool;

    /// Whether a person can see it and come to it. What is as small as a dot, lies outside the page or is covered by its own
    /// transparency is there for programs that fill everything in.
    fn can_be_reached(&self) -> bool;
}
