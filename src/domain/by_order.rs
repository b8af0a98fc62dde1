//! Values by order.
//!
//! A hash table of our own: the standard library's is made anew for every kind of value, which is six kilobytes in the module
//! that every order list loads. Here all that depends on the orders alone is there once.

use super::order::OrderId;

/// Values by order, in no order that means anything.
#[derive(Clone, Debug)]
pub struct ByOrder<T> {
    places: Places,
    values: Vec<T>,
}

impl<T> Default for ByOrder<T> {
    fn default() -> Self {
        Self {
            places: Places::default(),
            values: Vec::new(),
        }
    }
}

impl<T> ByOrder<T> {
    #[must_use]
    pub fn get(&self, order: &OrderId) -> Option<&T> {
        self.values.get(self.places.of(order)?)
    }

    pub fn get_mut(&mut self, order: &OrderId) -> Option<&mut T> {
        self.values.get_mut(self.places.of(order)?)
    }

    #[must_use]
    pub fn contains(&self, order: &OrderId) -> bool {
        self.places.of(order).is_some()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Takes the place of what was there for the order.
    pub fn insert(&mut self, order: &OrderId, value: T) {
        match self.get_mut(order) {
            Some(old) => *old = value,
            None => {
                self.places.add(order.clone());
                self.values.push(value);
            }
        }
    }

    pub fn remove(&mut self, order: &OrderId) -> Option<T> {
        let place = self.places.remove(order)?;
        Some(self.values.swap_remove(place))
    }

    /// Takes everything out.
    pub fn take_all(&mut self) -> Vec<T> {
        self.places = Places::default();
        std::mem::take(&mut self.values)
    }

    pub fn values(&self) -> std::slice::Iter<'_, T> {
        self.values.iter()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&OrderId, &T)> {
        self.places.orders.iter().zip(&self.values)
    }
}

/// Which order has which place.
#[derive(Clone, Debug, Default)]
struct Places {
    orders: Vec<OrderId>,
    /// The places, each as 1 more than it is, or 0: an order's stands in the slot that its number says, or the next that was
    /// free. There are twice as many slots as orders, or more, and a power of two.
    slots: Vec<u32>,
}

impl Places {
    fn of(&self, order: &OrderId) -> Option<usize> {
        let slot = self.slot(order)?;
        self.at(slot)
    }

    /// The place that the slot names.
    fn at(&self, slot: usize) -> Option<usize> {
        let place = self.slots.get(slot)?;
        (*place as usize).checked_sub(1)
    }

    /// The slot that names the order's place, or would.
    fn slot(&self, order: &OrderId) -> Option<usize> {
        let mut slot = self.first_slot(order)?;
        while self
            .at(slot)
            .is_some_and(|place| self.orders.get(place) != Some(order))
        {
            slot = self.after(slot);
        }
        Some(slot)
    }

    fn first_slot(&self, order: &OrderId) -> Option<usize> {
        Some(mixed(order) as usize & self.slots.len().checked_sub(1)?)
    }

    fn after(&self, slot: usize) -> usize {
        (slot + 1) & (self.slots.len() - 1)
    }

    /// How many slots further on the other is.
    fn distance(&self, from: usize, to: usize) -> usize {
        to.wrapping_sub(from) & (self.slots.len() - 1)
    }

    fn name(&mut self, slot: usize, place: Option<usize>) {
        if let Some(named) = self.slots.get_mut(slot) {
            *named = place
                .and_then(|place| u32::try_from(place + 1).ok())
                .unwrap_or(0);
        }
    }

    /// Gives the last place to an order that has none.
    fn add(&mut self, order: OrderId) {
        self.orders.push(order);
        if self.slots.len() < 2 * self.orders.len() {
            self.slots = vec![0; (2 * self.slots.len()).max(32)];
            for place in 0..self.orders.len() {
                self.find_slot_for(place);
            }
        } else {
            self.find_slot_for(self.orders.len() - 1);
        }
    }

    fn find_slot_for(&mut self, place: usize) {
        let slot = self.orders.get(place).and_then(|order| self.slot(order));
        if let Some(slot) = slot {
            self.name(slot, Some(place));
        }
    }

    /// Takes an order out and gives its place to the one that has the last.
    fn remove(&mut self, order: &OrderId) -> Option<usize> {
        let mut free = self.slot(order)?;
        let place = self.at(free)?;
        // Whoever stands behind a free slot and might stand in it would no longer be found.
        let mut slot = self.after(free);
        while let Some(other) = self.at(slot) {
            let first = self
                .orders
                .get(other)
                .and_then(|order| self.first_slot(order))?;
            if self.distance(first, slot) >= self.distance(free, slot) {
                self.name(free, Some(other));
                free = slot;
            }
            slot = self.after(slot);
        }
        self.name(free, None);
        let moved = self.orders.last().filter(|last| *last != order);
        if let Some(slot) = moved.and_then(|moved| self.slot(moved)) {
            self.name(slot, Some(place));
        }
        self.orders.swap_remove(place);
        Some(place)
    }
}

/// The order's number, mixed. It comes from a page, which could slow down nobody but itself by choosing it: it is mixed in the
/// simplest way.
fn mixed(order: &OrderId) -> u32 {
    let mut mixed = 0_u32;
    for byte in order.as_str().bytes() {
        mixed = (mixed.rotate_left(5) ^ u32::from(byte)).wrapping_mul(0x9e37_79b1);
    }
    mixed ^ (mixed >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn order(number: u64) -> OrderId {
        OrderId::new(&(8_230_417_750_200_000 + number).to_string()).unwrap()
    }

    proptest! {
        #[test]
        fn it_holds_what_was_put_in_and_not_taken_out(steps in proptest::collection::vec((0_u64..80, any::<Option<u8>>()), 0..400)) {
            let mut ours = ByOrder::default();
            let mut model = BTreeMap::new();
            for (number, value) in steps {
                let order = order(number);
                match value {
                    Some(value) => {
                        ours.insert(&order, value);
                        model.insert(order, value);
                    }
                    None => prop_assert_eq!(ours.remove(&order), model.remove(&order)),
                }
            }
            for number in 0..80 {
                let order = order(number);
                prop_assert_eq!(ours.get(&order), model.get(&order));
                prop_assert_eq!(ours.contains(&order), model.contains_key(&order));
            }
            prop_assert_eq!(ours.is_empty(), model.is_empty());
            let all: BTreeMap<_, _> = ours.iter().map(|(order, value)| (order.clone(), *value)).collect();
            prop_assert_eq!(all, model);
            prop_assert_eq!(ours.values().len(), ours.take_all().len());
            prop_assert!(ours.is_empty() && !ours.contains(&order(1)));
        }
    }

    #[test]
    fn numbers_that_follow_each_other_are_mixed() {
        for step in [1, 10_000, 999_999] {
            let mut slots = [0_u32; 1024];
            (0..10_240).for_each(|n| slots[(mixed(&order(n * step)) & 1023) as usize] += 1);
            let most = slots.iter().max().unwrap();
            assert!(*most < 40, "{most} of steps of {step}");
        }
    }
}
