// Programs: a report sent by POST is read in a queue, and then stands in the desk.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { openDesk } from "../desk.js";

const REPORT = `Mayor of Tolm denies strike on bakery

TOLM, 3 May 2031 - Veldanian forces shelled a bakery in Tolm on Friday, the mayor of the town, Oskar Lindqvist, said. At least four people were wounded.

A Veldanian defence ministry spokeswoman, Mira Holm, denied that the army had shelled the town.
`;

let desk;
before(async () => { desk = await openDesk({ accounts: true }); });
after(() => desk?.close());

const token = (name, role) =>
  execFileSync(process.env.STANDOFF, ["account", "--ledger", desk.ledger, "token", name, "--name", "tests", "--role", role], { encoding: "utf8" }).trim();

test("a report is sent, read, and stands in the desk", async () => {
  const headers = { authorization: `Bearer ${token("edda", "editor")}` };
  const sent = await fetch(`${desk.origin}/api/v1/reports?name=tolm.txt&published=2031-05-03&outlet=Marle+Courier`, { method: "POST", headers, body: REPORT });
  assert.equal(sent.status, 202, await sent.clone().text());
  const at = sent.headers.get("location");
  let job;
  for (let n = 0; n < 600 && !["done", "failed"].includes(job?.state); n++) {
    await new Promise((r) => setTimeout(r, 200));
    job = await (await fetch(desk.origin + at, { headers })).json();
  }
  assert.equal(job.state, "done", JSON.stringify(job));
  const article = job.read[0].article;
  assert.ok(job.read[0].claims > 0);
  const page = await desk.as("rita");
  await page.goto(`/reports/${article}`);
  assert.match(await page.locator("main").innerText(), /Oskar Lindqvist/);
  assert.ok((await page.locator("article.line").count()) > 0);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("a reader's token reads and sends nothing", async () => {
  const headers = { authorization: `Bearer ${token("rita", "reader")}` };
  const claims = await fetch(`${desk.origin}/api/v1/claims`, { headers });
  assert.equal(claims.status, 200);
  assert.ok(claims.headers.get("etag"));
  const sent = await fetch(`${desk.origin}/api/v1/reports`, { method: "POST", headers, body: REPORT });
  assert.equal(sent.status, 403);
  assert.equal((await fetch(`${desk.origin}/api/v1/claims`)).status, 401);
});
