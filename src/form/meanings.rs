//! The names of what choices mean. The build knows them too: it asks every language for the words of each.

/// What a choice can say of what is wrong: what a buyer can tell, and what the shop distinguishes beyond that.
pub const MEANINGS: [&str; 19] = [
    "never-came",
    "marked-delivered",
    "no-tracking",
    "customs",
    "sent-back",
    "wrong-address",
    "damaged",
    "not-working",
    "wrong-colour",
    "wrong-size",
    "wrong-material",
    "wrong-function",
    "wrong-item",
    "parts-missing",
    "empty-parcel",
    "counterfeit",
    "bad-quality",
    "personal",
    "other",
];

/// The kinds of problem that the first of two lists offers.
pub const KINDS: [&str; 4] = ["not-received", "not-as-described", "quality", "quantity"];
