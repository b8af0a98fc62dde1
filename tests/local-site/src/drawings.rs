//! The product pictures: line drawings of our own, grey, on a 48-unit square.

/// `<name>.svg`, or `None` where there is no such drawing.
pub(crate) fn svg(name: &str) -> Option<String> {
    let (_, shapes) = DRAWINGS.iter().find(|(known, _)| *known == name)?;
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 48 48\" width=\"220\" height=\"220\" fill=\"none\" stroke=\"#8b8b8b\" \
         stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\">{shapes}</svg>"
    ))
}

#[rustfmt::skip]
const DRAWINGS: &[(&str, &str)] = &[
    ("lamp", r#"<path d="M14 42h18M23 42V31l8-9M22 8l15 14-8 4-11-10z"/>"#),
    ("charger", r#"<rect x="11" y="13" width="26" height="23" rx="6"/><path d="M18 13V6M30 13V6M18 22h12M18 28h12M24 36v6"/>"#),
    ("backpack", r#"<path d="M12 20a12 12 0 0 1 24 0v19a3 3 0 0 1-3 3H15a3 3 0 0 1-3-3zM19 9V6h10v3M20 19h8"/><rect x="17" y="26" width="14" height="10" rx="2"/>"#),
    ("organiser", r#"<rect x="6" y="10" width="17" height="28" rx="3"/><rect x="27" y="10" width="15" height="12" rx="3"/><circle cx="34.500" cy="31.500" r="6.500"/>"#),
    ("headphones", r#"<path d="M9 36V25a15 15 0 0 1 30 0v11"/><rect x="7" y="27" width="7" height="13" rx="2"/><rect x="34" y="27" width="7" height="13" rx="2"/>"#),
    ("cup", r#"<path d="M9 18h24v14a8 8 0 0 1-8 8h-8a8 8 0 0 1-8-8zM33 21h3a5 5 0 0 1 0 11h-3M16 12c0-3 2-3 2-6M24 12c0-3 2-3 2-6"/>"#),
    ("keyboard", r#"<rect x="4" y="14" width="40" height="21" rx="4"/><path d="M11 21h0M18 21h0M25 21h0M32 21h0M38 21h0M11 28h0M38 28h0M17 28h15"/>"#),
    ("mouse", r#"<rect x="14" y="8" width="20" height="33" rx="10"/><path d="M24 8v12M14 21h20"/>"#),
    ("cable", r#"<path d="M9 6v9h8V6M13 15v9a9 9 0 0 0 18 0v-2a6 6 0 0 1 10 0v2M33 42h8"/><rect x="31" y="24" width="12" height="11" rx="2"/>"#),
    ("watch", r#"<circle cx="24" cy="24" r="11"/><path d="M18 14l1-9h10l1 9M18 34l1 9h10l1-9M24 18v6l4 3"/>"#),
    ("bottle", r#"<path d="M20 5h8v6l4 6v23a3 3 0 0 1-3 3H19a3 3 0 0 1-3-3V17l4-6zM16 22h16M16 34h16"/>"#),
    ("screwdriver", r#"<path d="M30 7l11 11-9 9-11-11zM26 22L9 39M9 39l-3 3M33 13l3 3"/>"#),
    ("bulb", r#"<path d="M18 34a13 13 0 1 1 12 0v3H18zM19 42h10M24 34v-9l-4-4M24 25l4-4"/>"#),
    ("tent", r#"<path d="M24 9L5 39h38zM24 9l-2-4M24 9l2-4M24 20l-8 19M24 20l8 19"/>"#),
    ("glasses", r#"<circle cx="14" cy="28" r="8"/><circle cx="34" cy="28" r="8"/><path d="M22 27c1-2 3-2 4 0M6 27l3-13h3M42 27l-3-13h-3"/>"#),
    ("shirt", r#"<path d="M18 8l-13 6 4 9 5-2v21h20V21l5 2 4-9-13-6c-2 5-10 5-12 0zM24 12v30"/>"#),
    ("shoe", r#"<path d="M5 15c4 4 9 3 11-1l13 12c3 3 7 3 11 4 3 1 4 4 4 7H5zM5 31h38M20 22l3-3M25 26l3-3"/>"#),
    ("plant", r#"<path d="M13 29h22l-3 14H16zM24 29V17M24 21C14 21 12 14 12 9c8 0 12 4 12 12zM24 17c0-7 4-11 12-11 0 6-3 11-12 11z"/>"#),
    ("notebook", r#"<rect x="11" y="6" width="27" height="36" rx="3"/><path d="M18 6v36M24 15h8M24 21h8M8 13h6M8 24h6M8 35h6"/>"#),
    ("speaker", r#"<rect x="12" y="5" width="24" height="38" rx="5"/><circle cx="24" cy="29" r="8"/><circle cx="24" cy="29" r="2"/><path d="M24 13h0"/>"#),
    ("umbrella", r#"<path d="M5 25a19 19 0 0 1 38 0c-3-3-7-3-9.500 0-3-3-6.500-3-9.500 0-3-3-6.500-3-9.500 0-2.500-3-6.500-3-9.500 0zM24 25v13a4 4 0 0 0 8 0M24 6V3"/>"#),
    ("brush", r#"<path d="M40 6L22 24l4 4L43 9zM22 24c-5 0-8 3-8 8 0 4-3 6-8 6 4 5 20 5 20-10"/>"#),
    ("puzzle", r#"<path d="M8 16h9c-3-10 13-10 10 0h9v9c10-3 10 13 0 10v7H8v-8c9 3 9-13 0-10z"/>"#),
    ("camera", r#"<path d="M6 15h8l4-6h12l4 6h8v24H6z"/><circle cx="24" cy="26" r="8"/><circle cx="24" cy="26" r="3"/>"#),
    ("bag", r#"<path d="M9 16h30l3 26H6zM16 20v-6a8 8 0 0 1 16 0v6" stroke-width="3.500"/>"#),
    ("store", r##"<rect x="2" y="2" width="44" height="44" rx="9" fill="#8b8b8b" fill-opacity=".13" stroke="#8b8b8b" stroke-opacity=".3"/>"##),
    ("promise", r##"<rect x="2" y="2" width="44" height="44" rx="9" fill="#3d5a80" stroke="none"/><path d="M24 12l3.500 8 8.500 1-6.500 6 2 8.500-7.500-4.500-7.500 4.500 2-8.500-6.500-6 8.500-1z" fill="#fff" stroke="none"/>"##),
];

#[cfg(test)]
mod tests {
    #[test]
    fn every_product_has_a_drawing() {
        for product in crate::catalogue::PRODUCTS {
            assert!(super::svg(product.drawing).is_some(), "{}", product.drawing);
        }
    }
}
