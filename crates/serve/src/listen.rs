//! Answers until told to stop.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use axum_server::tls_rustls::RustlsConfig;
use axum_server::{Handle, Server};
use hyper_util::rt::TokioTimer;
use tokio::sync::Notify;

use crate::desk::Desk;

/// How long a client may take to send the head of a request.
const HEAD: Duration = Duration::from_secs(15);

/// How long requests under way may take once the desk is told to stop.
const LAST: Duration = Duration::from_secs(5);

/// Ends the answering, from any thread.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<Notify>);

impl Stop {
    /// One that has not been used.
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends it: requests under way are answered.
    pub fn now(&self) {
        self.0.notify_one();
    }
}

/// Answers where [`crate::Settings::listen`] says, until `stop`. `ready` is told the address, with the port that the
/// system chose where 0 was asked for.
///
/// # Errors
/// If the address cannot be had, or the certificate or key cannot be used.
pub fn listen(desk: Desk, ready: impl FnOnce(SocketAddr), stop: Stop) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let tls = match &desk.settings().tls {
            None => None,
            Some((certificate, key)) => {
                // Whether it was chosen before is all the same.
                let _ = rustls::crypto::ring::default_provider().install_default();
                Some(RustlsConfig::from_pem_chain_file(certificate, key).await?)
            }
        };
        let listener = TcpListener::bind(desk.settings().listen)?;
        listener.set_nonblocking(true)?;
        let at = listener.local_addr()?;
        let handle = Handle::new();
        let stopping = handle.clone();
        tokio::spawn(async move {
            stop.0.notified().await;
            stopping.graceful_shutdown(Some(LAST));
        });
        let service = crate::router(desk).into_make_service_with_connect_info::<SocketAddr>();
        if let Some(config) = tls {
            let server = patient(axum_server::from_tcp_rustls(listener, config)?.handle(handle));
            ready(at);
            return server.serve(service).await;
        }
        let server = patient(axum_server::from_tcp(listener)?.handle(handle));
        ready(at);
        server.serve(service).await
    })
}

/// Nobody keeps a connection by saying nothing.
fn patient<A>(mut server: Server<SocketAddr, A>) -> Server<SocketAddr, A> {
    let builder = server.http_builder();
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD);
    builder.http2().timer(TokioTimer::new()).keep_alive_interval(Some(HEAD)).max_concurrent_streams(64);
    server
}
