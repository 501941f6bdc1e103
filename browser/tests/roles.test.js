// Accounts: nobody sees nothing, a reader corrects nothing, two coders who disagree are settled by an editor.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findings, openDesk, PASSWORD } from "../desk.js";

let desk;
before(async () => { desk = await openDesk({ accounts: true }); });
after(() => desk?.close());

test("nobody sees nothing", async () => {
  const page = await desk.window();
  for (const path of ["/", "/claims", "/reports", "/map", "/tolls", "/review", "/claims.jsonl", "/api/v1/claims"]) {
    const answer = await page.goto(path);
    const landed = new URL(page.url()).pathname;
    assert.ok(landed === "/login" || answer.status() === 401, `${path}: ${answer.status()} at ${landed}`);
    assert.doesNotMatch(await page.content(), /blockquote|class="line/, path);
  }
  await page.goto("/login");
  assert.deepEqual(await findings(page), []);
  await page.context().close();
});

test("a wrong password opens nothing", async () => {
  const page = await desk.window();
  await page.goto("/login");
  await page.getByLabel("Name").fill("rita");
  await page.getByLabel("Password").fill(`${PASSWORD}!`);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("alert").waitFor();
  assert.notEqual((await page.goto("/claims")).url(), `${desk.origin}/claims`);
  await page.context().close();
});

test("a reader reads and does not correct", async () => {
  const page = await desk.as("rita");
  await page.goto("/claims");
  assert.ok((await page.locator("main tbody tr").count()) > 0);
  assert.equal(await page.getByRole("link", { name: "Review" }).count(), 0);
  const answer = await page.goto("/review");
  assert.equal(answer.status(), 403);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("a coder corrects with the keyboard alone", async () => {
  const page = await desk.as("carl");
  await page.goto("/review");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/review\/claim\//);
  const item = new URL(page.url()).pathname;
  const act = page.locator('[data-field="act"] select');
  await page.keyboard.press("e");
  assert.equal(await page.evaluate(() => Boolean(document.activeElement.closest("[data-field]"))), true);
  await act.focus();
  const other = (await act.inputValue()) === "deny" ? "assert" : "deny";
  await act.selectOption(other);
  await page.keyboard.press("Escape");
  await page.keyboard.press("w");
  await page.keyboard.type("He says that it is not so.");
  await page.keyboard.press("Control+Enter");
  await page.waitForURL((u) => u.pathname !== item);
  await page.goto(item);
  assert.match(await page.locator(".word").first().innerText(), /You:/);
  assert.equal(await page.locator('[data-field="act"] select').inputValue(), other);
  assert.match(await page.locator('[data-field="act"] .machine').innerText(), /machine:/);
  assert.deepEqual(await findings(page), []);
  assert.deepEqual(page.wrong, []);
  await page.context().close();
});

test("two coders in conflict are settled by an editor", async () => {
  const carl = await desk.as("carl");
  await carl.goto("/review");
  const item = (await carl.locator("[data-queue] li a").nth(2).getAttribute("href")).split("?")[0];
  await carl.goto(item);
  await carl.keyboard.press("a");
  await carl.waitForURL((u) => u.pathname !== item);
  const cora = await desk.as("cora");
  await cora.goto(item);
  await cora.keyboard.press("x");
  await cora.waitForURL((u) => u.pathname !== item);
  await cora.goto("/review/conflicts");
  const id = item.split("/").at(-1);
  assert.equal(await cora.locator(`#${id} button`).count(), 0, "a coder settles nothing");
  const edda = await desk.as("edda");
  await edda.goto("/review/conflicts");
  const card = edda.locator(`#${id}`);
  await card.locator('tbody tr:not(.because) td:has-text("") input[type=radio]').first().check();
  await card.locator('input[name="why"]').fill("It stands in the text.");
  await card.getByRole("button", { name: "Settle" }).click();
  await edda.waitForLoadState();
  assert.equal(await edda.locator(`#${id}`).count(), 0, "settled conflicts are gone");
  await edda.goto("/review/log");
  assert.match(await edda.locator("table.log").innerText(), /settled/);
  for (const page of [carl, cora, edda]) {
    assert.deepEqual(page.wrong, []);
    await page.context().close();
  }
});

test("a form of another site does nothing", async () => {
  const page = await desk.as("carl");
  await page.goto("/review");
  const item = (await page.locator("[data-queue] li a").first().getAttribute("href")).split("?")[0];
  const answer = await page.request.post(item, { form: { do: "accept", csrf: "no" }, maxRedirects: 0 });
  assert.ok([400, 403].includes(answer.status()), String(answer.status()));
  await page.context().close();
});
