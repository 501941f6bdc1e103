// Reading: a report with its claims, a table that is filtered and shared, a denial followed to what it denies.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openDesk } from "../desk.js";

let desk;
before(async () => { desk = await openDesk(); });
after(() => desk?.close());

test("a report is read beside its claims", async () => {
  const page = await desk.window();
  await page.goto("/reports");
  await page.locator('main table a[href^="/reports/"]').first().click();
  const text = page.getByRole("region", { name: "The text as published" });
  const number = text.locator("a.number").first();
  const to = await number.getAttribute("href");
  await number.click();
  assert.equal(new URL(page.url()).hash, to);
  await page.locator(`article${to}`).waitFor();
  assert.ok((await page.locator("article.line blockquote").first().innerText()).length > 5);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("a filtered table has an address that can be shared", async () => {
  const page = await desk.window();
  await page.goto("/claims");
  const all = Number(await page.locator("main [role=status] b").first().innerText().then((t) => t.replace(/\D/g, "")));
  await page.getByLabel("Act", { exact: true }).selectOption("deny");
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(/act=deny/);
  const rows = await page.locator("main tbody tr").count();
  const some = Number(await page.locator("main [role=status] b").first().innerText().then((t) => t.replace(/\D/g, "")));
  assert.ok(some > 0 && some < all, `${some} of ${all}`);
  const other = await desk.window({ javaScriptEnabled: false });
  await other.goto(page.url());
  assert.equal(await other.locator("main tbody tr").count(), rows);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
  await other.context().close();
});

test("a denial leads to what it denies", async () => {
  const page = await desk.window();
  await page.goto("/incidents?disputed=yes");
  await page.locator('main table a[href^="/incidents/"]').first().click();
  const answer = page.locator(".line.denies .answer a, .line .answer a").first();
  const words = await answer.locator("xpath=..").locator("q").innerText();
  await answer.click();
  const target = page.locator(":target, .line.on").first();
  await target.waitFor();
  assert.ok((await target.innerText()).replace(/\s+/g, " ").includes(words.replace(/\s+/g, " ").slice(0, 20)));
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});
