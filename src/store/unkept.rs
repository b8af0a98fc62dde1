//! What pages told and could not be kept, remembered until it can: in memory, because the storage on the disk is what refused.

use std::collections::BTreeSet;

use super::format::named;
use super::{Area, StorageError, StorageTrouble};
use crate::domain::order::OrderId;

const UNKEPT: &str = "unkept";

/// Whether a change of that key in memory is one of what could not be kept.
#[must_use]
pub fn is_unkept_key(key: &str) -> bool {
    key == UNKEPT
}

/// Of which orders something could not be kept, and why, on any [`Area`].
#[derive(Clone, Debug)]
pub struct Unkept<A> {
    area: A,
}

impl<A: Area> Unkept<A> {
    #[must_use]
    pub const fn new(area: A) -> Self {
        Self { area }
    }

    /// Why something that pages told could not be kept. `None` if all was, or if nobody remembers.
    pub async fn why(&self) -> Option<StorageError> {
        Some(self.lack().await?.why)
    }

    async fn lack(&self) -> Option<Lack> {
        Lack::from_text(&self.area.get(&[UNKEPT]).await.ok()?.pop().flatten()?)
    }

    /// Remembers how keeping ended what was told of these orders. Says whether something is lacking still.
    ///
    /// # Errors
    /// The storage in memory refused.
    pub async fn ended(
        &self,
        orders: impl IntoIterator<Item = OrderId>,
        kept: &Result<(), StorageError>,
    ) -> Result<bool, StorageError> {
        let before = self.lack().await.map(|lack| (lack.why, lack.orders));
        let (mut why, lacking) = before.unzip();
        let mut lacking: BTreeSet<OrderId> = lacking.unwrap_or_default();
        match kept {
            Ok(()) => {
                for order in orders {
                    lacking.remove(&order);
                }
            }
            Err(error) => {
                lacking.extend(orders);
                why = Some(error.clone());
            }
        }
        match why.filter(|_| !lacking.is_empty()) {
            Some(why) => {
                let lack = Lack {
                    why,
                    orders: lacking,
                };
                self.area
                    .set(&[(UNKEPT.to_owned(), lack.to_text())])
                    .await?;
                Ok(true)
            }
            None => self.area.remove(&[UNKEPT]).await.map(|()| false),
        }
    }

    /// Nothing is lacking any more: the user has deleted what is known of all orders.
    ///
    /// # Errors
    /// The storage in memory refused.
    pub async fn forget(&self) -> Result<(), StorageError> {
        self.area.remove(&[UNKEPT]).await
    }
}

struct Lack {
    /// What the storage said the last time.
    why: StorageError,
    orders: BTreeSet<OrderId>,
}

/// What refused, in a line, the orders, in a line, and the browser's words.
impl Lack {
    fn to_text(&self) -> String {
        let orders: Vec<&str> = self.orders.iter().map(OrderId::as_str).collect();
        [
            self.why.trouble().name(),
            &orders.join(" "),
            self.why.message(),
        ]
        .join("\n")
    }

    fn from_text(text: &str) -> Option<Self> {
        let (trouble, rest) = text.split_once('\n')?;
        let (orders, message) = rest.split_once('\n')?;
        let trouble = named(&StorageTrouble::ALL, StorageTrouble::name, trouble)?;
        let orders = orders.split(' ').map(OrderId::new).collect::<Option<_>>()?;
        Some(Self {
            why: StorageError::new(trouble, message),
            orders,
        })
    }
}
