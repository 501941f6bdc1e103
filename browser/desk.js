// A desk of its own for each file of tests: the built program on a copy of a ledger, and a browser that looks at it.
//
// From the environment: STANDOFF (the program), STANDOFF_LEDGER (a ledger to copy), CHROMIUM (the browser).

import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const program = demanded("STANDOFF");
const ledger = demanded("STANDOFF_LEDGER");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const PASSWORD = "correct horse battery staple";
export const ROLES = { rita: "reader", carl: "coder", cora: "coder", edda: "editor", adam: "admin" };

function demanded(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run \`cargo xtask browser\``);
  return value;
}

// Starts the program on a copy of the ledger, with accounts or without.
export async function openDesk({ accounts = false, from = ledger } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "standoff-browser-"));
  const copy = join(folder, "desk.db");
  copyFileSync(from, copy);
  if (accounts) {
    for (const [name, role] of Object.entries(ROLES)) {
      execFileSync(program, ["account", "--ledger", copy, "add", name, "--role", role], { input: `${PASSWORD}\n`, stdio: ["pipe", "ignore", "pipe"] });
    }
  }
  const child = spawn(program, ["serve", "--ledger", copy, "--port", "0", "--per-second", "0"], { stdio: ["ignore", "pipe", "pipe"] });
  let told = "";
  child.stderr.on("data", (d) => { told += d; });
  const origin = await new Promise((resolve, reject) => {
    let out = "";
    child.stdout.on("data", (d) => {
      out += d;
      const found = out.match(/listening on (http:\/\/\S+)/);
      if (found) resolve(found[1]);
    });
    child.on("exit", (code) => reject(new Error(`the desk ended with ${code}: ${told}`)));
  });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
  return {
    origin,
    ledger: copy,
    // A window that remembers what went wrong in it: errors, and requests to other hosts.
    async window(options = {}) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: origin, ...options });
      const page = await context.newPage();
      page.wrong = [];
      context.on("request", (r) => { if (!r.url().startsWith("data:") && new URL(r.url()).origin !== origin) page.wrong.push(`asked another host: ${r.url()}`); });
      page.on("console", (m) => { if (m.type() === "error" && !/status of (4\d\d)/.test(m.text())) page.wrong.push(`console: ${m.text()}`); });
      page.on("pageerror", (e) => page.wrong.push(`error: ${e.message}`));
      return page;
    },
    // The same, with somebody logged in.
    async as(name, options = {}) {
      const page = await this.window(options);
      await page.goto("/login");
      await page.getByLabel("Name").fill(name);
      await page.getByLabel("Password").fill(PASSWORD);
      await page.getByRole("button", { name: "Log in" }).click();
      await page.waitForURL((u) => u.pathname !== "/login");
      return page;
    },
    async close() {
      await browser.close();
      child.removeAllListeners("exit");
      const ended = new Promise((resolve) => child.on("exit", resolve));
      child.kill("SIGTERM");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

// What axe finds wrong on a page, a line each.
export async function findings(page) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return result.violations.flatMap((v) => v.nodes.map((n) => `${v.id} (${v.impact}): ${n.target.join(" ")}: ${n.failureSummary?.split("\n")[1]?.trim() ?? v.help}`));
}

// How many pixels a page is wider than its window.
export const sideways = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

// Addresses of every kind of page, with one report, claim, figure, incident, ceasefire and entity of the ledger.
export async function addresses(page) {
  const first = async (list, path) => {
    const answer = await page.goto(list);
    if (!answer.ok()) throw new Error(`${list}: ${answer.status()}`);
    const links = await page.locator(`main a[href^="${path}/"]`).evaluateAll((all) => all.map((a) => a.getAttribute("href").split("#")[0]));
    return links[0];
  };
  const all = ["/", "/reports", "/claims", "/figures", "/incidents", "/ceasefires", "/entities", "/tolls", "/map", "/brief"];
  for (const path of ["/reports", "/claims", "/figures", "/incidents", "/ceasefires"]) all.push(await first(path, path));
  const reachable = await Promise.all(["/review", "/review/conflicts", "/review/agreement", "/review/log", "/api"].map(async (p) => ((await page.request.get(p, { headers: { accept: "text/html" } })).ok() ? p : null)));
  all.push(...reachable.filter(Boolean));
  if (all.includes("/review")) {
    await page.goto("/review");
    const item = await page.locator("[data-queue] a").first().getAttribute("href", { timeout: 2000 }).catch(() => null);
    if (item) all.push(item);
  }
  return [...new Set(all.filter(Boolean))];
}
