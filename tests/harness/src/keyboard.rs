//! The keyboard on the shop's pages: into a badge and into its menu. The shadow roots are closed, so only their hosts show where it is.

use anyhow::{Result, bail};

use crate::session::Session;
use crate::wait::{LONG, until};

pub const TAB: char = '\u{e004}';
pub const ENTER: char = '\u{e007}';
pub const SHIFT: char = '\u{e008}';
pub const ESCAPE: char = '\u{e00c}';
pub const DOWN: char = '\u{e015}';

/// The order whose badge has the focus.
pub async fn focused_badge(session: &Session) -> Result<Option<String>> {
    let order = "const host = document.activeElement; return host?.localName === 'recourse-badge' ? host.dataset.order : null";
    session.script(order, Vec::new()).await
}

/// Presses Tab until the focus is in an order's badge, and then until it is on the last control in it, which opens the menu.
pub async fn focus_menu_button(session: &Session, order: &str) -> Result<()> {
    let mut inside = 0;
    for _ in 0..120 {
        session.press(&[TAB]).await?;
        if focused_badge(session).await?.as_deref() == Some(order) {
            inside += 1;
        } else if inside > 0 {
            // One too far: back onto the last one.
            session.press_with(SHIFT, TAB).await?;
            return Ok(());
        }
    }
    bail!("the keyboard does not get through the badge of {order}: {inside} stops")
}

/// Opens the menu of an order's badge, and waits until the focus is in it.
pub async fn open_menu(session: &Session, order: &str) -> Result<()> {
    focus_menu_button(session, order).await?;
    session.press(&[ENTER]).await?;
    in_layer(session).await
}

/// Waits until the focus is in what floats above the page.
pub async fn in_layer(session: &Session) -> Result<()> {
    until("the focus is in the layer", LONG, async || {
        let name = "return document.activeElement?.localName ?? null";
        let at: Option<String> = session.script(name, Vec::new()).await?;
        Ok(match at.as_deref() {
            Some("recourse-layer") => Ok(()),
            at => Err(format!("{at:?}")),
        })
    })
    .await
}

/// Waits until the focus is back in the order's badge, and presses `keys` before each look.
pub async fn back_in_badge(session: &Session, order: &str, keys: &[char]) -> Result<()> {
    until("the focus is back in the badge", LONG, async || {
        session.press(keys).await?;
        let at = focused_badge(session).await?;
        Ok(if at.as_deref() == Some(order) {
            Ok(())
        } else {
            Err(format!("{at:?}"))
        })
    })
    .await
}

/// Waits until something floats above the page. What it is, only the picture says.
pub async fn floats(session: &Session) -> Result<()> {
    until("something floats", LONG, async || {
        let there = "return !!document.querySelector('recourse-layer')";
        Ok(if session.script(there, Vec::new()).await? {
            Ok(())
        } else {
            Err("nothing does".to_owned())
        })
    })
    .await
}
