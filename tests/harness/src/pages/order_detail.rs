//! The shop's page of one order, and its tracking page.

use anyhow::Result;
use local_site::Switches;
use recourse::domain::order::OrderId;
use recourse::domain::sighting::Page;
use recourse::store::record::record_of_text;

use crate::pages::order_list::Badge;
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

/// The one badge of an order's own page, once it is below the words of the order's state.
pub async fn badge(session: &Session, order: &str) -> Result<Badge> {
    let look = r"
        const badges = [...document.querySelectorAll('recourse-badge')];
        return badges.map((host) => ({
          order: host.dataset.order ?? '', kind: host.dataset.kind ?? '', clock: host.dataset.clock ?? null, until: host.dataset.until ?? null,
          shown: host.getClientRects().length > 0 && host.previousElementSibling?.matches('.order-status .order-block-title') === true,
        }));
    ";
    until("one badge below the state", LONG, async || {
        let badges: Vec<Badge> = session.script(look, Vec::new()).await?;
        Ok(match &badges[..] {
            [badge] if badge.shown && badge.order == order => match badge.fault() {
                None => Ok(badge.clone()),
                Some(fault) => Err(fault),
            },
            other => Err(format!("{other:?}")),
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
