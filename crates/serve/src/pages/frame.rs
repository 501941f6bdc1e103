//! What all pages have around them: the way to the others, who is logged in.

use askama::Template;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::{Role, Who};

/// Around a page.
pub(crate) struct Frame {
    /// Of the page.
    pub title: String,
    /// Which entry of the menu it belongs to, as its path: `/claims`.
    pub at: &'static str,
    /// Who looks.
    pub who: Who,
    /// The ledger's file name.
    pub ledger: String,
}

/// An entry of the menu.
pub(crate) struct Entry {
    pub path: &'static str,
    pub name: &'static str,
    pub least: Role,
}

const MENU: [Entry; 10] = [
    Entry { path: "/", name: "Overview", least: Role::Reader },
    Entry { path: "/reports", name: "Reports", least: Role::Reader },
    Entry { path: "/claims", name: "Claims", least: Role::Reader },
    Entry { path: "/figures", name: "Figures", least: Role::Reader },
    Entry { path: "/incidents", name: "Incidents", least: Role::Reader },
    Entry { path: "/ceasefires", name: "Ceasefires", least: Role::Reader },
    Entry { path: "/tolls", name: "Tolls", least: Role::Reader },
    Entry { path: "/map", name: "Map", least: Role::Reader },
    Entry { path: "/entities", name: "Entities", least: Role::Reader },
    Entry { path: "/review", name: "Review", least: Role::Coder },
];

impl Frame {
    /// The frame of one page.
    pub fn new(desk: &Desk, who: Who, at: &'static str, title: impl Into<String>) -> Self {
        let file = desk.settings().ledger.file_name().map(|n| n.to_string_lossy().into_owned());
        Self { title: title.into(), at, who, ledger: file.unwrap_or_default() }
    }

    /// The entries that whoever looks may open.
    pub fn menu(&self) -> Vec<&'static Entry> {
        MENU.iter().filter(|e| self.who.may(e.least)).collect()
    }

    /// The address of an asset.
    pub fn asset(&self, name: &str) -> String {
        crate::assets::address(name)
    }
}

/// A drawn page.
pub(crate) struct Page(String);

impl Page {
    /// Draws a template.
    pub fn of(template: &impl Template) -> Result<Self, Fault> {
        Ok(Self(template.render()?))
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], self.0).into_response()
    }
}
