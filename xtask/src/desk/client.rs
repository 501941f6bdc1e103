//! A browser that only asks and waits: one connection, kept open.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// Longer than this nobody waits.
const PATIENCE: Duration = Duration::from_secs(30);

/// A connection to the desk.
pub struct Client {
    at: SocketAddr,
    open: Option<BufReader<TcpStream>>,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub body: String,
}

impl Client {
    pub fn to(at: SocketAddr) -> Self {
        Self { at, open: None }
    }

    /// Asks for a path and reads the whole answer.
    pub fn get(&mut self, path: &str) -> Result<Answer> {
        // A connection that the desk has closed meanwhile is opened once more, as browsers do.
        let kept = self.open.is_some();
        match self.ask(path) {
            Err(_) if kept => {
                self.open = None;
                self.ask(path)
            }
            answer => answer,
        }
        .with_context(|| format!("cannot get {path}"))
    }

    fn ask(&mut self, path: &str) -> Result<Answer> {
        let mut open = match self.open.take() {
            Some(open) => open,
            None => {
                let stream = TcpStream::connect_timeout(&self.at, PATIENCE)?;
                stream.set_read_timeout(Some(PATIENCE))?;
                stream.set_nodelay(true)?;
                BufReader::with_capacity(1 << 16, stream)
            }
        };
        let head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nAccept: text/html\r\n\r\n", self.at);
        open.get_mut().write_all(head.as_bytes())?;
        let mut line = String::new();
        open.read_line(&mut line)?;
        let status = line.split(' ').nth(1).and_then(|s| s.parse().ok()).context("the answer has no status")?;
        let (mut length, mut chunked, mut closes) = (None, false, false);
        loop {
            line.clear();
            open.read_line(&mut line)?;
            let header = line.trim_end().to_lowercase();
            if header.is_empty() {
                break;
            }
            let (name, value) = header.split_once(':').context("a header without a colon")?;
            match (name, value.trim()) {
                ("content-length", n) => length = n.parse::<usize>().ok(),
                ("transfer-encoding", how) => chunked = how.contains("chunked"),
                ("connection", how) => closes = how.contains("close"),
                _ => {}
            }
        }
        let body = match (chunked, length) {
            (true, _) => chunks(&mut open)?,
            (false, Some(length)) => exactly(&mut open, length)?,
            (false, None) => bail!("the answer does not tell its length"),
        };
        if !closes {
            self.open = Some(open);
        }
        Ok(Answer { status, body: String::from_utf8_lossy(&body).into_owned() })
    }
}

fn exactly(from: &mut impl Read, length: usize) -> Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn chunks(from: &mut impl BufRead) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    loop {
        let mut line = String::new();
        from.read_line(&mut line)?;
        let length = usize::from_str_radix(line.trim(), 16).context("a chunk without its length")?;
        all.extend(exactly(from, length + 2)?);
        all.truncate(all.len() - 2);
        if length == 0 {
            return Ok(all);
        }
    }
}
