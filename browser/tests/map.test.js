// The map: moved by links without scripts, by hand and slider with them; a mark leads to its incidents.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openDesk } from "../desk.js";

let desk;
before(async () => { desk = await openDesk(); });
after(() => desk?.close());

for (const scripts of [false, true]) {
  test(`the map is moved, filtered and read, ${scripts ? "with" : "without"} scripts`, async () => {
    const page = await desk.window({ javaScriptEnabled: scripts });
    await page.goto("/map");
    const marks = page.locator(".world a.mark");
    assert.ok((await marks.count()) > 0);
    assert.ok((await page.locator(".ground .land").getAttribute("d")).length > 100);
    await page.getByRole("link", { name: "Closer", exact: true }).click();
    await page.waitForURL(/bbox=/);
    await page.getByRole("link", { name: "Where the incidents are" }).click();
    await page.waitForURL((u) => !u.search.includes("bbox"));
    await page.getByLabel("only disputed").check();
    if (!scripts) await page.getByRole("button", { name: "Show" }).click();
    await page.waitForURL(/disputed=yes/);
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });
}

test("the slider moves the map without a reload", async () => {
  const page = await desk.window();
  await page.goto("/map");
  await page.evaluate(() => { globalThis.same = true; });
  const first = page.locator('[data-day="since"]');
  await first.focus();
  const before = page.url();
  await first.press("PageUp");
  await page.waitForURL((u) => u.href !== before && u.search.includes("since="));
  assert.ok(await page.evaluate(() => globalThis.same));
  assert.equal(await page.evaluate(() => document.activeElement.dataset.day), "since");
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("a mark tells its number, and leads to as many incidents", async () => {
  const page = await desk.window();
  await page.goto("/map");
  const mark = page.locator(".world a.mark").first();
  const told = Number(await mark.locator("text").first().textContent());
  await page.goto(await mark.getAttribute("href"));
  const listed = Number((await page.locator("main [role=status] b").first().innerText()).replace(/\D/g, ""));
  assert.ok(listed >= told, `${listed} listed, ${told} told`);
  await page.context().close();
});

test("regions and countries are areas and no spots", async () => {
  const page = await desk.window();
  await page.goto("/map");
  const rows = await page.locator("main tbody tr").filter({ hasText: "somewhere" }).count();
  const areas = await page.locator(".ground .field").count();
  assert.ok(rows > 0 && areas > 0, `${rows} rows, ${areas} areas`);
  await page.context().close();
});
