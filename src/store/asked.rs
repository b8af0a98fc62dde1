//! What the buyer asked for in the shop's forms, of each order and of each line of it. A claim lies where only the extension's own pages can
//! read it; of what was filled in from it the amount alone is kept here, for the warning beside the shop's controls.

use super::record::{money, money_word};
use super::{Area, StorageError, Store};
use crate::domain::money::Money;
use crate::domain::number;
use crate::domain::order::OrderId;

pub(super) const ASKED: &str = "asked:";

/// More lines than this are not disputed.
const LINES: usize = 100;

impl<A: Area> Store<A> {
    /// The smallest sum that was asked for of the order: an offer below it is less than was asked, whichever line it is about. `None` also
    /// where sums are in several currencies.
    pub async fn asked(&self, order: &OrderId) -> Result<Option<Money>, StorageError> {
        let mut sums = self.sums(order).await?.into_iter().map(|(_, sum)| sum);
        let Some(mut least) = sums.next() else {
            return Ok(None);
        };
        for sum in sums {
            match least.is_more_than(&sum) {
                Some(true) => least = sum,
                Some(false) => {}
                None => return Ok(None),
            }
        }
        Ok(Some(least))
    }

    /// Keeps what was asked for of a line, in the place of what was before; `None`: what was filled in was put back.
    pub async fn save_asked(
        &self,
        order: &OrderId,
        line: u32,
        sum: Option<&Money>,
    ) -> Result<(), StorageError> {
        let key = [ASKED, order.as_str()].concat();
        let mut sums = self.sums(order).await?;
        sums.retain(|(known, _)| *known != line);
        sums.extend(sum.map(|sum| (line, sum.clone())));
        if sums.is_empty() {
            return self.area.remove(&[&key]).await;
        }
        let word = |(line, sum): &(u32, Money)| {
            [&number::text((*line).into()), " ", &money_word(sum)].concat()
        };
        let words: Vec<String> = sums.iter().take(LINES).map(word).collect();
        self.area.set(&[(key, words.join("\n"))]).await
    }

    async fn sums(&self, order: &OrderId) -> Result<Vec<(u32, Money)>, StorageError> {
        let key = [ASKED, order.as_str()].concat();
        let text = self.area.get(&[&key]).await?.pop().flatten();
        let sum = |line: &str| {
            let (line, sum) = line.split_once(' ')?;
            Some((u32::try_from(number::read(line, 10)?).ok()?, money(sum)?))
        };
        Ok(text.unwrap_or_default().lines().filter_map(sum).collect())
    }
}
