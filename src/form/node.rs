//! What the recogniser needs of a page beyond what a reader needs.

use crate::site::PageNode;

/// What stands inside an element, in the order of the page.
#[derive(Clone, Debug)]
pub enum Inside<N> {
    Text(String),
    Element { node: N, tag: String },
}

/// What an element consists of.
#[derive(Clone, Debug)]
pub struct Interior<N> {
    /// Of an element with a shadow root, what that root shows; of a frame, what its document shows if the page may look into it.
    pub parts: Vec<Inside<N>>,
    /// Whether ids inside are of a world of their own: a shadow root or a frame.
    pub own_ids: bool,
    /// Whether nobody but itself can see its inside: a frame of another origin.
    pub closed: bool,
}

impl<N> Interior<N> {
    /// Of what has nothing inside.
    #[must_use]
    pub const fn empty() -> Self {
        Self {
            parts: Vec::new(),
            own_ids: false,
            closed: false,
        }
    }
}

/// An element of a page that may hold a form.
pub trait FormNode: PageNode {
    /// What it consists of, if that is its tag.
    fn interior(&self, tag: &str) -> Interior<Self>;

    /// Of the attributes with those names the ones that it has.
    fn attributes(&self, names: &[&'static str]) -> Vec<(&'static str, String)> {
        let has = |name: &&'static str| Some((*name, self.attr(name)?));
        names.iter().filter_map(has).collect()
    }

    /// Whether it is as large as something that one can write into.
    fn has_room(&self) -> bool;

    /// Whether a person can see it and come to it. What is as small as a dot, lies outside the page or is covered by its own
    /// transparency is there for programs that fill everything in.
    fn can_be_reached(&self) -> bool;
}
