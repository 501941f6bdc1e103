// Every page: nothing wrong in the console, no other host asked, clean by axe in light and dark, no sideways scrolling,
// readable without scripts, and reached with the keyboard.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addresses, findings, openDesk, sideways } from "../desk.js";

let desk, pages;
before(async () => {
  desk = await openDesk();
  const page = await desk.window();
  pages = await addresses(page);
  await page.context().close();
});
after(() => desk?.close());

for (const scheme of ["light", "dark"]) {
  test(`every page is clean by axe, ${scheme}`, async () => {
    const page = await desk.window({ colorScheme: scheme });
    const wrong = [];
    for (const path of pages) {
      await page.goto(path, { waitUntil: "load" });
      wrong.push(...(await findings(page)).map((f) => `${path}: ${f}`));
    }
    assert.deepEqual(wrong, []);
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  });
}

for (const width of [1440, 1024, 390]) {
  test(`no page scrolls sideways at ${width} pixels`, async () => {
    const page = await desk.window({ viewport: { width, height: 844 } });
    const wide = [];
    for (const path of pages) {
      await page.goto(path);
      const over = await sideways(page);
      if (over > 0) wide.push(`${path}: ${over} pixels`);
    }
    assert.deepEqual(wide, []);
    await page.context().close();
  });
}

test("every page is read without scripts", async () => {
  const page = await desk.window({ javaScriptEnabled: false });
  for (const path of pages) {
    const answer = await page.goto(path);
    assert.equal(answer.status(), 200, path);
    assert.equal(await page.locator("main h1").count(), 1, path);
    assert.ok((await page.locator("main").innerText()).length > 40, path);
  }
  await page.context().close();
});

test("the content is reached by keyboard, and what has the focus is seen", async () => {
  const page = await desk.window();
  for (const path of pages) {
    await page.goto(path);
    await page.keyboard.press("Tab");
    // A page that leads to a place in another begins there.
    if (!new URL(page.url()).hash) assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#main", path);
    for (let n = 0; n < 14; n++) {
      await page.keyboard.press("Tab");
      const seen = await page.evaluate(() => {
        const a = document.activeElement;
        if (a === document.body || a === document.documentElement) return true;
        const style = getComputedStyle(a);
        const box = a.getBoundingClientRect();
        return box.width > 0 && box.height > 0 && (style.outlineStyle !== "none" || a.closest("svg") !== null);
      });
      assert.ok(seen, `${path}: what has the focus after ${n + 2} tabs is not seen`);
    }
  }
  await page.context().close();
});

test("answers carry what keeps a browser from harm", async () => {
  const page = await desk.window();
  const answer = await page.goto("/");
  const policy = answer.headers()["content-security-policy"] ?? "";
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.equal(answer.headers()["x-content-type-options"], "nosniff");
  await page.context().close();
});
