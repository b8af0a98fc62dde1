//! The style of what each program draws on the shop's pages: one file for each module, with a line for the colours of a light
//! page, one for those of a dark page, and one for all the rest.

use crate::project::Project;
use anyhow::{Context, Result};
use std::path::Path;

/// The folder of the style sheets.
const LOOK: &str = "src/overlay/look";
/// Each module, and the sheets of what it draws.
const STYLES: [(&str, &[&str]); 2] = [
    ("content", &["base.css", "badge.css", "list.css"]),
    (
        "order",
        &["base.css", "badge.css", "layer.css", "beside.css"],
    ),
];

pub fn write(project: &Project, dist: &Path) -> Result<()> {
    let sheet = |name: &str| {
        let path = project.path(LOOK).join(name);
        let css = std::fs::read_to_string(&path);
        css.map(|css| dense(&css))
            .with_context(|| format!("reading {}", path.display()))
    };
    let folder = dist.join("look");
    std::fs::create_dir_all(&folder)?;
    for (module, parts) in STYLES {
        let mut file = [sheet("light.css")?, sheet("dark.css")?, String::new()].join("\n");
        for part in parts {
            file.push_str(&sheet(part)?);
        }
        file.push('\n');
        let path = folder.join(format!("{module}.css"));
        std::fs::write(&path, file).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

/// A style sheet in one line, without comments and without spaces that say nothing. Texts in quotes stay as they are.
fn dense(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(letter) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
        } else if letter == '"' {
            let end = rest
                .match_indices('"')
                .nth(1)
                .map_or(rest.len(), |(at, _)| at + 1);
            let (text, after) = rest.split_at(end);
            out.push_str(text);
            rest = after;
        } else if letter.is_whitespace() {
            rest = rest.trim_start();
            if !out.ends_with(['{', '}', ';', ',', ':', ' ']) {
                out.push(' ');
            }
        } else {
            // Before these a space says nothing; before a colon, a plus or a bracket it may.
            if matches!(letter, '{' | '}' | ';' | ',') && out.ends_with(' ') {
                out.pop();
            }
            if letter == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(letter);
            rest = rest.split_at(letter.len_utf8()).1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_loses_what_only_people_need() {
        let css = "/* why */\n.a > .b:dir(rtl) {\n  margin: 0 1px;\n  content: \"a  b\";\n}\n\n.c, .d { top: calc(1px + 2px); }\n";
        assert_eq!(
            dense(css).trim(),
            ".a > .b:dir(rtl){margin:0 1px;content:\"a  b\"}.c,.d{top:calc(1px + 2px)}"
        );
    }
}
