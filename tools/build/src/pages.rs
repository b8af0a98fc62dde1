//! The extension's own pages. They differ in their name and their style: what they show is the program's, and until it runs
//! they are the same.

use crate::project::Project;
use anyhow::{Context, Result, ensure};
use std::path::Path;

/// In `www`.
pub const TEMPLATE: &str = "page.html";

/// Each page, the style sheet that it has besides `recourse.css`, and the loader of the module that draws it.
const PAGES: [(&str, &str, &str); 7] = [
    ("popup", "popup", "page"),
    ("dashboard", "dashboard", "page"),
    ("settings", "dashboard", "page"),
    ("welcome", "welcome", "page"),
    ("evidence", "evidence", "evidence"),
    ("claim", "claim", "page"),
    ("fill", "claim", "page"),
];

pub fn write(project: &Project, dist: &Path) -> Result<()> {
    let path = project.path("www").join(TEMPLATE);
    let template =
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let folder = dist.join("www");
    for (name, style, loader) in PAGES {
        let sheet = folder.join(style).with_extension("css");
        ensure!(
            sheet.is_file(),
            "{} is missing; {name}.html needs it",
            sheet.display()
        );
        let path = folder.join(name).with_extension("html");
        std::fs::write(&path, page(&template, name, style, loader)?)
            .with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

fn page(template: &str, name: &str, style: &str, loader: &str) -> Result<String> {
    let mut text = template.to_owned();
    for (place, value) in [("{page}", name), ("{style}", style), ("{loader}", loader)] {
        ensure!(text.contains(place), "www/{TEMPLATE} has no {place}");
        text = text.replace(place, value);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_the_template_with_its_name_and_style() {
        let template =
            "<link href=\"{style}.css\"><script src=\"{loader}.js\"><body data-page=\"{page}\">";
        assert_eq!(
            page(template, "settings", "dashboard", "page").unwrap(),
            "<link href=\"dashboard.css\"><script src=\"page.js\"><body data-page=\"settings\">"
        );
        let error = page("<body>", "settings", "dashboard", "page").unwrap_err();
        assert!(error.to_string().contains("{page}"));
    }
}
