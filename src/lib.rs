//! Recourse.
