//! Runs the local site until it is interrupted, and says how to reach it.

use std::process::ExitCode;

use local_site::Site;

#[tokio::main]
async fn main() -> ExitCode {
    let port = match port(std::env::args().skip(1)) {
        Ok(port) => port,
        Err(problem) => {
            eprintln!("{problem}\nusage: local-site [--port N]");
            return ExitCode::FAILURE;
        }
    };
    let site = match Site::start(port).await {
        Ok(site) => site,
        Err(problem) => {
            eprintln!("The local site cannot start on port {port}: {problem}");
            return ExitCode::FAILURE;
        }
    };
    let port = site.port();
    println!(
        "The local site listens on https://127.0.0.1:{port}/p/order/index.html (its certificate is its own)."
    );
    println!();
    println!("As the shop's own host, in a browser of its own profile:");
    println!("  chromium --user-data-dir=/tmp/local-site-profile --ignore-certificate-errors \\");
    println!(
        "    '--host-resolver-rules=MAP *.aliexpress.com:443 127.0.0.1:{port}' https://www.aliexpress.com/p/order/index.html"
    );
    println!(
        "  Firefox: set network.dns.localDomains to www.aliexpress.com in about:config, then open"
    );
    println!("    https://www.aliexpress.com:{port}/p/order/index.html");
    println!();
    println!(
        "Switches go into the address: ?demo-lang=fr&demo-theme=dark&demo-layout=narrow&demo-csp=strict"
    );
    if let Err(problem) = tokio::signal::ctrl_c().await {
        eprintln!("{problem}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn port(mut arguments: impl Iterator<Item = String>) -> Result<u16, String> {
    match (arguments.next().as_deref(), arguments.next()) {
        (None, _) => Ok(0),
        (Some("--port"), Some(value)) => {
            value.parse().map_err(|_| format!("{value} is not a port"))
        }
        (Some(other), _) => Err(format!("what is {other}?")),
    }
}
