//! What a reader needs of a page: a small part of the DOM.

/// An element of a page.
pub trait PageNode: Clone {
    /// The name of the element, in lower case.
    fn tag(&self) -> String;
    fn attr(&self, name: &str) -> Option<String>;
    /// All text inside, as `textContent`: pieces of one word that stand in several elements are joined.
    fn text(&self) -> String;
    /// All text inside, with a space between texts of different elements: words that only look apart stay apart.
    fn spaced_text(&self) -> String;
    /// The first element inside that matches the selector, in document order.
    fn first(&self, selector: &str) -> Option<Self>;
    /// All elements inside that match the selector, in document order.
    fn all(&self, selector: &str) -> Vec<Self>;
    fn children(&self) -> Vec<Self>;
    fn parent(&self) -> Option<Self>;
    fn matches(&self, selector: &str) -> bool;
    fn same(&self, other: &Self) -> bool;
    /// Whether the page shows it at all. Asking may make the browser compute styles.
    fn visible(&self) -> bool;

    /// The element inside that has the value in `data-pl`, the shop's own names for parts of its pages.
    fn part(&self, name: &str) -> Option<Self> {
        self.first(&["[data-pl=\"", name, "\"]"].concat())
    }
}
