// Pictures of every page at 1440, 1024 and 390 pixels, light and dark: node shots.js FOLDER

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { addresses, openDesk } from "./desk.js";

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
const desk = await openDesk();
try {
  const finder = await desk.window();
  const only = process.argv.slice(3);
  const pages = only.length ? only : await addresses(finder);
  let drawn = 0;
  for (const [width, height] of [[1440, 900], [1024, 768], [390, 844]]) {
    for (const colorScheme of ["light", "dark"]) {
      const page = await desk.window({ viewport: { width, height }, colorScheme });
      for (const path of pages) {
        await page.goto(path);
        const [where, query] = path.split("?");
        const name = (where.replaceAll("/", "-").replace(/^-/, "").replace(/(-[a-z])[0-9a-z]{13}$/, "$1") || "overview") + (query ? `-${query.replace(/[^\w.-]+/g, "_")}` : "");
        await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
        drawn += 1;
      }
      await page.context().close();
    }
  }
  console.log(`${drawn} pictures in ${folder}`);
} finally {
  await desk.close();
}
