//! How it is written what came after a dispute: each value in a line of its own, after its name.

use super::claims::add_line;
use super::format::Stored;
use super::locker::Kept;
use crate::domain::aftermath::{Aftermath, Arrived};
use crate::domain::number;
use crate::domain::order::OrderId;
use crate::domain::time::Moment;

/// `order 8212…`, `tracking LX123456789CN`, `refund not-yet 1761…`. A line that is not understood is left out.
impl Stored for Aftermath {
    fn to_text(&self) -> String {
        let mut text = String::new();
        add_line(&mut text, "order", self.order.as_str());
        if !self.tracking.is_empty() {
            add_line(&mut text, "tracking", &self.tracking);
        }
        if let Some((arrived, at)) = self.refund {
            let said = [arrived.name(), " ", &number::text(at.0)].concat();
            add_line(&mut text, "refund", &said);
        }
        text
    }

    fn from_text(text: &str) -> Option<Self> {
        let value = |name: &str| {
            let mut lines = text.lines();
            lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))
        };
        let refund = value("refund").and_then(|said| {
            let (arrived, at) = said.split_once(' ')?;
            Some((Arrived::named(arrived)?, Moment(number::read(at, 10)?)))
        });
        Some(Self {
            order: OrderId::new(value("order")?)?,
            tracking: Self::tidy_tracking(value("tracking").unwrap_or_default()),
            refund,
        })
    }
}

impl Kept for Aftermath {
    const KIND: &'static str = "aftermath";

    fn id(&self) -> String {
        self.order.as_str().to_owned()
    }

    fn order(&self) -> Option<&OrderId> {
        Some(&self.order)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_read_back_as_it_was_written() {
        let empty = Aftermath::new(OrderId::new("8212313961591322").unwrap());
        let told = Aftermath {
            tracking: "LX123456789CN".into(),
            refund: Some((Arrived::NotYet, Moment(1_795_176_000_000))),
            ..empty.clone()
        };
        for aftermath in [empty, told] {
            assert_eq!(Aftermath::from_text(&aftermath.to_text()), Some(aftermath));
        }
        assert_eq!(Aftermath::from_text("tracking LX\n"), None);
        let newer = "order 8212313961591322\nrefund perhaps 5\nelse 1\n";
        assert_eq!(Aftermath::from_text(newer).unwrap().refund, None);
    }
}
