//! Answers until told to stop.

use std::future::Future;
use std::net::SocketAddr;

use crate::desk::Desk;

/// Answers at an address until `stop` is there; requests under way are answered. `ready` is told the address, with the
/// port that the system chose where 0 was asked for.
///
/// # Errors
/// If the address cannot be had.
pub fn listen(
    desk: Desk,
    at: SocketAddr,
    ready: impl FnOnce(SocketAddr),
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(at).await?;
        ready(listener.local_addr()?);
        let service = crate::router(desk).into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service).with_graceful_shutdown(stop).await
    })
}
