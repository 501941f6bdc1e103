//! Answers until told to stop.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::sync::Notify;

use crate::desk::Desk;

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

/// Answers at an address until `stop`. `ready` is told the address, with the port that the system chose where 0 was asked
/// for.
///
/// # Errors
/// If the address cannot be had.
pub fn listen(desk: Desk, at: SocketAddr, ready: impl FnOnce(SocketAddr), stop: Stop) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(at).await?;
        ready(listener.local_addr()?);
        let service = crate::router(desk).into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service).with_graceful_shutdown(async move { stop.0.notified().await }).await
    })
}
