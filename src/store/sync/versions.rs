//! Which changes of a note a text of it knows of: how many each browser has made.

use crate::domain::number;
use crate::domain::sha256::hexadecimal;

/// A browser that takes part: eight hexadecimal digits, drawn when sharing is switched on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Browser(Box<str>);

impl Browser {
    /// The one that is drawn with these bytes.
    #[must_use]
    pub fn drawn(bytes: [u8; 4]) -> Self {
        Self(hexadecimal(&bytes).into())
    }

    /// `None` for anything but eight lower-case hexadecimal digits.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let digit = |byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        (text.len() == 8 && text.bytes().all(digit)).then(|| Self(text.into()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// How many changes of each browser are known, in the order of the browsers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions(Vec<(Browser, u32)>);

impl Versions {
    #[must_use]
    pub fn of(&self, browser: &Browser) -> u32 {
        let found = self.0.iter().find(|(other, _)| other == browser);
        found.map_or(0, |(_, count)| *count)
    }

    /// The browser has changed it once more.
    pub fn raise(&mut self, browser: &Browser) {
        let count = self.of(browser).saturating_add(1);
        self.join(&Self(vec![(browser.clone(), count)]));
    }

    /// Knows of what the other knows of as well.
    pub fn join(&mut self, other: &Self) {
        for (browser, count) in &other.0 {
            match self.0.binary_search_by(|(ours, _)| ours.cmp(browser)) {
                Ok(place) => {
                    if let Some((_, ours)) = self.0.get_mut(place) {
                        *ours = (*ours).max(*count);
                    }
                }
                Err(place) => self.0.insert(place, (browser.clone(), *count)),
            }
        }
    }

    /// Whether it knows of everything that the other knows of.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let mut others = other.0.iter();
        others.all(|(browser, count)| self.of(browser) >= *count)
    }

    /// `0a1b2c3d:4,99887766:1`
    #[must_use]
    pub fn to_text(&self) -> String {
        let each = self.0.iter();
        let each =
            each.map(|(browser, count)| [&browser.0, ":", &number::text((*count).into())].concat());
        each.collect::<Vec<_>>().join(",")
    }

    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        let mut versions = Self::default();
        for one in text.split(',') {
            let (browser, count) = one.split_once(':')?;
            let count = u32::try_from(number::read(count, 10)?).ok()?;
            versions.join(&Self(vec![(Browser::new(browser)?, count)]));
        }
        Some(versions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_know_covers_each_and_neither_covers_the_other() {
        let [a, b] = [1, 2].map(|n| Browser::drawn([n; 4]));
        let mut base = Versions::default();
        base.raise(&a);
        let (mut one, mut other) = (base.clone(), base.clone());
        one.raise(&a);
        other.raise(&b);
        assert!(one.covers(&base) && other.covers(&base) && !base.covers(&one));
        assert!(!one.covers(&other) && !other.covers(&one));
        let mut both = one.clone();
        both.join(&other);
        assert!(both.covers(&one) && both.covers(&other));
        assert_eq!((both.of(&a), both.of(&b)), (2, 1));
        assert_eq!(both.to_text(), "01010101:2,02020202:1");
        assert_eq!(Versions::from_text(&both.to_text()), Some(both));
    }

    #[test]
    fn what_is_no_list_of_versions_is_refused() {
        for wrong in [
            "",
            "0a1b2c3d",
            "0a1b2c3d:-1",
            "0A1b2c3d:1",
            "0a1b2c3:1",
            "0a1b2c3d:1,",
        ] {
            assert_eq!(Versions::from_text(wrong), None, "{wrong}");
        }
    }
}
