//! Which machines does a name mean? Only those that may be asked; the connection is made to the very machines that were
//! looked at, so that a name cannot mean another one a moment later.

use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::guard::Guard;

/// The system's resolver, with a look at what it finds.
#[derive(Debug, Clone)]
pub(crate) struct Resolver {
    pub guard: Guard,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.guard.clone();
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let (fit, unfit): (Vec<_>, Vec<_>) =
                found.into_iter().map(|a| (a, guard.machine(a.ip()))).partition(|(_, v)| v.is_ok());
            match (fit.is_empty(), unfit.into_iter().find_map(|(_, verdict)| verdict.err())) {
                (true, Some(unfit)) => Err(unfit.into()),
                _ => Ok(Box::new(fit.into_iter().map(|(a, _)| a)) as Addrs),
            }
        })
    }
}
