// The tolls: each point is a count, and leads to its words, with scripts and without.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openDesk } from "../desk.js";

let desk;
before(async () => { desk = await openDesk(); });
after(() => desk?.close());

test("a point leads to whose words it is, without scripts", async () => {
  const page = await desk.window({ javaScriptEnabled: false });
  await page.goto("/tolls");
  const point = page.locator(".plot a.point").first();
  const id = (await point.getAttribute("href")).slice(1);
  assert.match(await point.locator("title").textContent(), /^\d{4}-\d\d-\d\d: /);
  await page.goto(`/tolls#${id}`);
  const count = page.locator(`li#${id}`);
  assert.ok(await count.evaluate((e) => e.matches(":target")).catch(() => true));
  assert.ok((await count.locator("blockquote").innerText()).length > 3);
  assert.ok((await count.locator('a[href^="/reports/"]').count()) > 0);
  await page.context().close();
});

test("the focus on a point shows the quotation", async () => {
  const page = await desk.window();
  await page.goto("/tolls");
  const point = page.locator(".plot a.point").first();
  await point.focus();
  const quote = await page.locator(`li#${await point.getAttribute("data-count")} blockquote`).innerText();
  const hint = page.locator("[data-hint]");
  await hint.waitFor({ state: "visible" });
  assert.ok((await hint.innerText()).includes(quote.replace(/\s+/g, " ").slice(0, 30)));
  assert.equal(await page.locator(".counts li.on").count(), 1);
  await page.keyboard.press("Tab");
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("series are narrowed by the address", async () => {
  const page = await desk.window();
  await page.goto("/tolls");
  const all = await page.locator("section.toll").count();
  await page.getByLabel("Harm").selectOption("wounded");
  await page.getByRole("button", { name: "Show" }).click();
  await page.waitForURL(/harm=wounded/);
  const some = await page.locator("section.toll").count();
  assert.ok(some > 0 && some <= all);
  for (const heading of await page.locator("section.toll h2").allInnerTexts()) assert.match(heading, /wounded/);
  await page.context().close();
});
