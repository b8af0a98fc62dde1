//! A certificate for the shop's host names, signed by itself and made anew at every start.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

const NAMES: [&str; 6] = [
    "*.aliexpress.com",
    "aliexpress.com",
    "*.aliexpress.us",
    "aliexpress.us",
    "localhost",
    "127.0.0.1",
];

pub(crate) fn config() -> std::io::Result<Arc<ServerConfig>> {
    let (certificate, key) = certificate()?;
    let mut config =
        ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| {
                builder
                    .with_no_client_auth()
                    .with_single_cert(vec![certificate], key)
            })
            .map_err(std::io::Error::other)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

fn certificate() -> std::io::Result<(CertificateDer<'static>, PrivateKeyDer<'static>)> {
    let made = rcgen::generate_simple_self_signed(NAMES.map(str::to_owned))
        .map_err(std::io::Error::other)?;
    let key = PrivatePkcs8KeyDer::from(made.signing_key.serialize_der());
    Ok((made.cert.der().clone(), key.into()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_certificate_names_the_shops_hosts() {
        let (certificate, _) = super::certificate().unwrap();
        for name in ["*.aliexpress.com", "*.aliexpress.us"] {
            assert!(
                certificate
                    .windows(name.len())
                    .any(|bytes| bytes == name.as_bytes()),
                "{name}"
            );
        }
        assert_eq!(
            super::config().unwrap().alpn_protocols,
            vec![b"http/1.1".to_vec()]
        );
    }
}
