//! The server: which address answers with what.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use chrono::Utc;

use crate::switches::{Barrier, Csp, Layout, Switches, Theme};
use crate::{drawings, tls, views};

/// A running local site, reachable from this machine only. It stops when dropped.
pub struct Site {
    port: u16,
    handle: Handle<SocketAddr>,
}

impl Site {
    /// Starts on `port`, or on any free one for 0. Must be called within a tokio runtime, which the site then runs on.
    pub async fn start(port: u16) -> std::io::Result<Self> {
        let config = RustlsConfig::from_config(tls::config()?);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        let handle = Handle::new();
        let server = axum_server::from_tcp_rustls(listener, config)?.handle(handle.clone());
        tokio::spawn(server.serve(router().into_make_service()));
        handle
            .listening()
            .await
            .ok_or_else(|| std::io::Error::other("the local site did not start"))?;
        Ok(Self { port, handle })
    }

    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.handle.shutdown();
    }
}

type Parameters = Query<BTreeMap<String, String>>;

fn router() -> Router {
    Router::new()
        .route("/", get(|| async { Redirect::to("/p/order/index.html") }))
        .route(
            "/p/order/index.html",
            get(|query: Parameters| async { list(query, "list.js") }),
        )
        .route(
            "/p/order/detail.html",
            get(|headers: HeaderMap, query: Parameters| async move { detail(&headers, query) }),
        )
        .route(
            "/p/tracking/index.html",
            get(|query: Parameters| async { page(query, "tracking.js") }),
        )
        .route(
            "/item/{name}",
            get(|query: Parameters| async { page(query, "item.js") }),
        )
        .route(
            "/p/refund-dispute/list.html",
            get(|query: Parameters| async { page(query, "returns.js") }),
        )
        .route(
            "/p/refund-amount/detail.html",
            get(|query: Parameters| async { page(query, "dispute.js") }),
        )
        .route(
            "/p/refund-cancel/index.html",
            get(|query: Parameters| async { page(query, "cancel.js") }),
        )
        .route(
            "/p/reverse-pages/start.html",
            get(|query: Parameters| async { page(query, "form.js") }),
        )
        .route(
            "/issue/createIssueStep2.htm",
            get(|query: Parameters| async { page(query, "form.js") }),
        )
        .route(
            "/orderList.htm",
            get(|query: Parameters| async { page(query, "old-list.js") }),
        )
        .route(
            "/order_list.htm",
            get(|query: Parameters| async { page(query, "old-list.js") }),
        )
        .route(
            "/order_detail.htm",
            get(|query: Parameters| async { page(query, "old-detail.js") }),
        )
        .route(
            "/order-list",
            get(|query: Parameters| async { page(query, "ru-list.js") }),
        )
        // What a browser is sent to and stays where it is.
        .route("/demo/nothing", get(async || StatusCode::NO_CONTENT))
        .route(
            "/demo/list.json",
            get(|query: Parameters| async { json(query, |s, _| Some(views::list(s, Utc::now()))) }),
        )
        .route(
            "/demo/detail.json",
            get(|query: Parameters| async {
                json(query, |s, id| views::detail(s, Utc::now(), id))
            }),
        )
        .route(
            "/demo/tracking.json",
            get(|query: Parameters| async {
                json(query, |s, id| views::tracking(s, Utc::now(), id))
            }),
        )
        .route(
            "/demo/page.json",
            get(|query: Parameters| async { json(query, |s, _| Some(views::chrome(s))) }),
        )
        .route("/assets/{name}", get(asset))
        .route("/assets/img/{name}", get(drawing))
        .route(
            "/favicon.ico",
            get(|| async { drawing(Path("bag.svg".to_owned())).await }),
        )
        .fallback(|query: Parameters| async { page(query, "elsewhere.js") })
}

fn list(query: Parameters, script: &str) -> Response {
    match Switches::from_parameters(&query.0) {
        Ok(switches) if switches.layout == Layout::Old => {
            Redirect::to(&switches.list_path()).into_response()
        }
        _ => page(query, script),
    }
}

/// The order's own page, or what stands in its way.
fn detail(headers: &HeaderMap, query: Parameters) -> Response {
    match Switches::from_parameters(&query.0).map(|switches| switches.barrier) {
        Ok(Barrier::SignIn) => {
            let host = headers
                .get(header::HOST)
                .and_then(|host| host.to_str().ok());
            let port = host.and_then(|host| host.split_once(':'));
            let port = port.map_or_else(String::new, |(_, port)| format!(":{port}"));
            Redirect::to(&format!("https://login.aliexpress.com{port}/")).into_response()
        }
        Ok(Barrier::Robots) => page(query, "robots.js"),
        Ok(Barrier::Blank) => page(query, "blank.js"),
        _ => page(query, "detail.js"),
    }
}

/// The nearly empty document that the client script fills.
fn page(Query(parameters): Parameters, script: &str) -> Response {
    let switches = match Switches::from_parameters(&parameters) {
        Ok(switches) => switches,
        Err(problem) => return (StatusCode::BAD_REQUEST, problem).into_response(),
    };
    let html = format!(
        "<!doctype html>\n<html lang=\"{lang}\" dir=\"{dir}\" data-theme=\"{theme}\" data-layout=\"{layout}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"icon\" href=\"/assets/img/bag.svg\">\n<link rel=\"stylesheet\" href=\"/assets/{css}\">\n\
         <script type=\"module\" src=\"/assets/{script}\"></script>\n</head>\n<body>\n<div id=\"root\"></div>\n</body>\n</html>\n",
        lang = switches.declared.unwrap_or(switches.language).tag(),
        dir = if switches.language.right_to_left() {
            "rtl"
        } else {
            "ltr"
        },
        theme = if switches.theme == Theme::Dark {
            "dark"
        } else {
            "light"
        },
        layout = match switches.layout {
            Layout::Desktop => "desktop",
            Layout::Narrow => "narrow",
            Layout::Old => "old",
        },
        title = switches.language.words().orders,
        css = if switches.renamed_classes || switches.broken {
            "renamed.css"
        } else {
            "shop.css"
        },
    );
    let policy = match switches.csp {
        Csp::None => None,
        Csp::Strict => Some(
            "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'",
        ),
        Csp::TrustedTypes => {
            Some("script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'")
        }
    };
    let mut response = text("text/html; charset=utf-8", html);
    if let Some(policy) = policy {
        response.headers_mut().insert(
            header::CONTENT_SECURITY_POLICY,
            policy.parse().expect("a header value"),
        );
    }
    response
}

fn json(
    Query(parameters): Parameters,
    view: impl Fn(&Switches, &str) -> Option<serde_json::Value>,
) -> Response {
    let switches = match Switches::from_parameters(&parameters) {
        Ok(switches) => switches,
        Err(problem) => return (StatusCode::BAD_REQUEST, problem).into_response(),
    };
    let order = parameters
        .get("orderId")
        .or_else(|| parameters.get("tradeOrderId"))
        .map_or("", String::as_str);
    match view(&switches, order) {
        Some(value) => text("application/json", value.to_string()),
        None => (StatusCode::NOT_FOUND, "no such order").into_response(),
    }
}

async fn asset(Path(name): Path<String>) -> Response {
    let script = |source: &'static str| text("text/javascript; charset=utf-8", source.to_owned());
    const STYLE: &str = include_str!("../assets/shop.css");
    match name.as_str() {
        "shop.css" => text("text/css; charset=utf-8", STYLE.to_owned()),
        "renamed.css" => text("text/css; charset=utf-8", views::renamed(STYLE)),
        "shared.js" => script(include_str!("../assets/shared.js")),
        "list.js" => script(include_str!("../assets/list.js")),
        "card.js" => script(include_str!("../assets/card.js")),
        "detail.js" => script(include_str!("../assets/detail.js")),
        "tracking.js" => script(include_str!("../assets/tracking.js")),
        "item.js" => script(include_str!("../assets/item.js")),
        "returns.js" => script(include_str!("../assets/returns.js")),
        "cancel.js" => script(include_str!("../assets/cancel.js")),
        "dispute.js" => script(include_str!("../assets/dispute.js")),
        "form.js" => script(include_str!("../assets/form.js")),
        "form-words.js" => script(include_str!("../assets/form-words.js")),
        "form-frameworks.js" => script(include_str!("../assets/form-frameworks.js")),
        "form-components.js" => script(include_str!("../assets/form-components.js")),
        "form-material.js" => script(include_str!("../assets/form-material.js")),
        "form-steps.js" => script(include_str!("../assets/form-steps.js")),
        "ru-list.js" => script(include_str!("../assets/ru-list.js")),
        "old-list.js" => script(include_str!("../assets/old-list.js")),
        "old-detail.js" => script(include_str!("../assets/old-detail.js")),
        "robots.js" => script(include_str!("../assets/robots.js")),
        "blank.js" => script("// A page that never shows anything.\n"),
        "elsewhere.js" => script(include_str!("../assets/elsewhere.js")),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn drawing(Path(name): Path<String>) -> Response {
    match name.strip_suffix(".svg").and_then(drawings::svg) {
        Some(svg) => text("image/svg+xml", svg),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn text(kind: &'static str, body: String) -> Response {
    let headers: [(HeaderName, &'static str); 2] = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (headers, body).into_response()
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn it_takes_any_free_port_and_gives_it_back_when_dropped() {
        let site = Site::start(0).await.unwrap();
        let address = (Ipv4Addr::LOCALHOST, site.port());
        assert!(TcpStream::connect(address).is_ok());
        drop(site);
        for _ in 0..100 {
            if TcpStream::connect(address).is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("still listening on {}", address.1);
    }

    #[test]
    fn a_strict_page_forbids_wasm_and_a_misspelt_switch_is_refused() {
        let ask = |query: &str| {
            page(
                Query(
                    form_urlencoded::parse(query.as_bytes())
                        .into_owned()
                        .collect(),
                ),
                "list.js",
            )
        };
        let policy = |query: &str| {
            ask(query)
                .headers()
                .get(header::CONTENT_SECURITY_POLICY)
                .cloned()
        };
        let strict = policy("demo-csp=strict").unwrap();
        assert!(
            strict.to_str().unwrap().contains("script-src 'self'")
                && !strict.to_str().unwrap().contains("wasm")
        );
        assert!(
            policy("demo-csp=trusted_types")
                .unwrap()
                .to_str()
                .unwrap()
                .contains("require-trusted-types-for 'script'")
        );
        assert!(policy("").is_none());
        assert_eq!(ask("demo-cps=strict").status(), StatusCode::BAD_REQUEST);
    }
}
