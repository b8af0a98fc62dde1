//! What the calendar files have held that were saved so far, for the files to come.

use std::cell::{Ref, RefCell};
use std::rc::Rc;

use crate::browser::{clock, runtime};
use crate::export::{Event, Given};
use crate::pages::{Context, keeping};

pub struct GivenEvents {
    context: Rc<Context>,
    /// `None` before it is read: a file that is made without it would leave out what no longer holds.
    given: RefCell<Option<Given>>,
}

impl GivenEvents {
    pub fn new(context: &Rc<Context>) -> Rc<Self> {
        Rc::new(Self {
            context: Rc::clone(context),
            given: RefCell::default(),
        })
    }

    /// Where the storage fails, or does not answer, there is a calendar file all the same.
    pub async fn read(&self) {
        let why = match keeping::in_time(self.context.store.given()).await {
            Some(Ok(given)) => {
                self.given.replace(Some(given));
                return;
            }
            Some(Err(error)) => error.to_string(),
            None => keeping::UNANSWERED.to_owned(),
        };
        runtime::log("what calendars hold could not be read", &why.into());
        self.given.borrow_mut().get_or_insert_default();
    }

    /// `None` before it is [read](Self::read).
    pub fn now(&self) -> Option<Ref<'_, Given>> {
        Ref::filter_map(self.given.borrow(), Option::as_ref).ok()
    }

    /// Remembers what a file holds. The user gets the file at once and whether or not that can be kept.
    pub fn note(self: &Rc<Self>, events: Vec<Event>) {
        let Some(today) = self.context.wording.buyer_day(clock::now()) else {
            return;
        };
        if let Some(known) = self.given.borrow_mut().as_mut() {
            known.note(&events, today);
        }
        let given = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let store = &given.context.store;
            let kept = async {
                // Another dashboard may have saved one meanwhile.
                let mut all = store.given().await?;
                all.note(&events, today);
                store.save_given(&all).await
            };
            if let Err(error) = kept.await {
                runtime::log(
                    "what calendars hold could not be kept",
                    &error.to_string().into(),
                );
            }
        });
    }
}
