//! A report on a page that was not understood: its structure and what failed, and nothing of the user's.

use super::node::PageNode;

const DEEPEST: usize = 12;
const MOST_LINES: usize = 250;
/// Of children that look the same, so many are written out.
const ALIKE: usize = 2;

/// Element names, class names and `data-pl` names of the page, with the strategies that were tried, one in each line of `tried`. No texts, no
/// attributes with values of the user's, no ids; digits in class names are replaced.
#[must_use]
pub fn report<N: PageNode>(
    root: &N,
    page: &str,
    language: &str,
    engine: &str,
    version: &str,
    tried: &str,
) -> String {
    let mut out = format!(
        "Recourse {version}, engine {engine}, page {page}, language {}\n",
        masked(language)
    );
    out.push_str("Strategies:\n");
    for line in tried.lines() {
        out.push_str(&format!("  {line}\n"));
    }
    out.push_str("Structure:\n");
    let mut left = MOST_LINES;
    outline(root, 1, &mut out, &mut left);
    if left == 0 {
        out.push_str("  (more)\n");
    }
    out
}

fn outline<N: PageNode>(node: &N, depth: usize, out: &mut String, left: &mut usize) {
    if depth > DEEPEST || *left == 0 {
        return;
    }
    let mut before = String::new();
    let mut alike = 0;
    for child in node.children() {
        let name = describe(&child);
        if name.starts_with("script") || name.starts_with("style") || name.starts_with("recourse-")
        {
            continue;
        }
        alike = if name == before { alike + 1 } else { 1 };
        if alike > ALIKE {
            continue;
        }
        if *left == 0 {
            return;
        }
        *left -= 1;
        out.push_str(&"  ".repeat(depth));
        out.push_str(&name);
        out.push('\n');
        outline(&child, depth + 1, out, left);
        before = name;
    }
}

fn describe<N: PageNode>(node: &N) -> String {
    let mut name = masked(&node.tag());
    for class in node
        .attr("class")
        .unwrap_or_default()
        .split_whitespace()
        .take(6)
    {
        name.push('.');
        name.push_str(&masked(class));
    }
    if let Some(part) = node.attr("data-pl") {
        name.push_str(&format!("[data-pl={}]", masked(&part)));
    }
    name
}

/// A name with every digit as `#`, and nothing but what names are made of, at most 60 characters.
fn masked(name: &str) -> String {
    let kept = name
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
    kept.map(|letter| if letter.is_ascii_digit() { '#' } else { letter })
        .take(60)
        .collect()
}
