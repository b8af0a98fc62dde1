//! The measurements.

use anyhow::Result;

use crate::Browser;

pub async fn run(_browsers: &[Browser], _rounds: usize) -> Result<()> {
    anyhow::bail!("nothing is measured")
}
