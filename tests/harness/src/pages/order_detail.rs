//! The shop's page of one order, and its tracking page.

use anyhow::Result;
use local_site::Switches;
use recourse::domain::order::OrderId;
use recourse::domain::sighting::Page;
use recourse::store::record::record_of_text;

use crate::session::Session;
use crate::wait::{LONG, until};

/// Opens an order's own page and waits until the extension has kept what it read there.
pub async fn read(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    session.open(&switches.detail_path(order)).await?;
    kept(session, order, Page::OrderDetail).await
}

/// The same for the tracking page.
pub async fn read_tracking(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    session.open(&switches.tracking_path(order)).await?;
    kept(session, order, Page::Tracking).await
}

/// Opens an order's own page and waits until the page itself is drawn.
pub async fn open(session: &Session, switches: &Switches, order: &str) -> Result<()> {
    session.open(&switches.detail_path(order)).await?;
    drawn(session).await
}

pub async fn drawn(session: &Session) -> Result<()> {
    until("the order's page", LONG, async || {
        let drawn: bool = session
            .script(
                "return !!document.querySelector('#root > div > *')",
                Vec::new(),
            )
            .await?;
        Ok(if drawn {
            Ok(())
        } else {
            Err("an empty page".to_owned())
        })
    })
    .await
}

/// The record of the order names the page it was read from.
pub async fn kept(session: &Session, order: &str, page: Page) -> Result<()> {
    drawn(session).await?;
    until(
        &format!("what the {} page of {order} says is kept", page.name()),
        LONG,
        async || {
            let stored = session.stored().await?;
            let record = stored
                .get(&format!("order:{order}"))
                .and_then(|record| record.as_str())
                .unwrap_or_default();
            let read = OrderId::new(order)
                .and_then(|id| record_of_text(record, &id).ok())
                .is_some_and(|record| record.problems.get(&page).is_some());
            Ok(if read {
                Ok(())
            } else {
                Err(format!("kept is: {record}"))
            })
        },
    )
    .await
}
