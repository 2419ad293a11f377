/// <reference lib="dom" />
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { explorerPage } from '../../src/explore/index.ts';
import { builtAssets } from './assets.ts';
import { chromiumOf } from './chromium.ts';
import { largeProject } from './large-project.ts';

const found = chromiumOf(process.env);
if ('reason' in found) console.log(`explorer in a browser: skipped, ${found.reason}`);

/** The smallest of what several tries took: other work on the machine makes them longer, never shorter. */
async function least(tries: number, measure: () => Promise<number>): Promise<number> {
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < tries; i++) smallest = Math.min(smallest, await measure());
  return smallest;
}

const NASTY = [
  '**Bold** and `code` and [a page](https://example.com/a) and [a trick](javascript:alert(1))',
  '',
  '<img src=x onerror=alert(1)><script>alert(1)</script>',
  '',
  '| a | b |',
  '| - | - |',
  '| 1 | <b>2</b> |',
].join('\n');

describe.skipIf('reason' in found)('the explorer in a browser', () => {
  let browser: Browser;
  let folder: string;
  const file = (name: string): string => path.join(folder, name);

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'xform-explorer-'));
    const assets = builtAssets();
    writeFileSync(file('large.html'), explorerPage(largeProject(3000), assets));
    writeFileSync(file('small.html'), explorerPage(largeProject(30), assets));
    const { manifest } = largeProject(30);
    writeFileSync(file('bare.html'), explorerPage({ manifest }, assets));
    const [id, first] = Object.entries(manifest.nodes)[0]!;
    const nasty = { ...manifest, nodes: { ...manifest.nodes, [id]: { ...first, description: NASTY } } };
    writeFileSync(file('nasty.html'), explorerPage({ manifest: nasty }, assets));
    if ('command' in found)
      browser = await chromium.launch({ executablePath: found.command, args: ['--no-sandbox', '--disable-gpu'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a page from the folder. Whatever it complains of, or asks for, fails the test. */
  async function opened(name: string, hash = '', scheme: 'light' | 'dark' = 'light'): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      colorScheme: scheme,
      reducedMotion: 'reduce',
      acceptDownloads: true,
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('request', (request) => /^(file|data|blob):/.test(request.url()) || complaints.push(request.url()));
    onTestFinished(async () => {
      expect(complaints).toEqual([]);
      await context.close();
    });
    await page.goto(pathToFileURL(file(name)).href + hash);
    await page.waitForSelector('.card');
    return page;
  }

  const card = (page: Page, name: string) => page.locator(`[data-node="model.large.${name}"]`);
  const shownCards = (page: Page): Promise<number> => page.locator('.card').count();

  it('paints 3,000 models within a second, places them within 200 ms and lights a path within 50', async () => {
    const painted = await least(5, async () => {
      const page = await opened('large.html');
      return page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            // After the frame in which the graph is drawn.
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
          }),
      );
    });
    const page = await opened('large.html');
    const hovered = await least(10, () =>
      page.evaluate(async () => {
        const rows = [...document.querySelectorAll('.row')];
        const row = rows[Math.floor(rows.length / 2)]!;
        row.closest('.card')!.dispatchEvent(new PointerEvent('pointerleave'));
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        const started = performance.now();
        row.dispatchEvent(new PointerEvent('pointerenter'));
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        if (!document.querySelector('.paths .edge')) throw new Error('no path is lit');
        return performance.now() - started;
      }),
    );
    const placed = await least(4, async () => {
      await page.keyboard.press('a');
      await page.waitForSelector('.folder');
      await page.evaluate(() => performance.clearMeasures('xform-layout'));
      await page.keyboard.press('f');
      await page.waitForSelector('.blocks');
      return page.evaluate(() => performance.getEntriesByName('xform-layout').at(-1)!.duration);
    });
    const figures = `painted after ${painted.toFixed(0)} ms, all placed in ${placed.toFixed(0)} ms, path lit in ${hovered.toFixed(0)} ms`;
    console.log(`explorer: 3,000 models ${figures}`);
    // Where more wants to run than there are processors, everything takes that much longer.
    const patience = Math.max(1, loadavg()[0]! / availableParallelism());
    expect(painted, figures).toBeLessThan(1000 * patience);
    expect(placed, figures).toBeLessThan(200 * patience);
    expect(hovered, figures).toBeLessThan(50 * patience);
  });

  it('opens focused, and grows by clicks', async () => {
    const page = await opened('small.html', '#!/model/model.large.int_support_15');
    const before = await shownCards(page);
    expect(before).toBeGreaterThan(2);
    expect(before).toBeLessThan(30);
    await expect.poll(() => page.locator('.panel h2').textContent()).toBe('int_support_15');
    await page.locator('.grow').first().click();
    await expect.poll(() => shownCards(page)).toBeGreaterThan(before);
    await page.locator('.card:not(.focus) .head').first().click();
    const name = await page.locator('.card.focus .name').textContent();
    expect(await page.locator('.panel h2').textContent()).toBe(name);
    expect(page.url()).toContain(name);
    await page.goBack();
    await expect.poll(() => page.locator('.panel h2').textContent()).toBe('int_support_15');
  });

  it('searches names, columns and descriptions, and selects as the command line does', async () => {
    const page = await opened('large.html');
    const take = async (text: string): Promise<void> => {
      await page.keyboard.press('/');
      await page.keyboard.type(text);
      await page.waitForSelector('.choice.at');
      await page.keyboard.press('Enter');
    };
    await take('fct_sales_2400');
    await expect.poll(() => page.locator('.panel h2').textContent()).toBe('fct_sales_2400');
    await take('number 1201 of');
    await expect.poll(() => page.locator('.panel h2').textContent()).toContain('_1201');
    await take('fct_sales_2400.value_7');
    await expect.poll(() => page.url()).toContain('column=value_7');
    expect(await page.locator('.paths .edge').count()).toBeGreaterThan(0);
    await take('1+fct_sales_2400');
    await expect.poll(() => shownCards(page)).toBeLessThanOrEqual(4);
    await expect(card(page, 'fct_sales_2400').count()).resolves.toBe(1);
    await page.keyboard.press('/');
    await page.keyboard.type('tagg:x');
    await expect.poll(() => page.locator('.problem').textContent()).toContain("Did you mean 'tag:x'?");
  });

  it('follows a deep link to a column, its impact and a lens', async () => {
    const page = await opened('small.html', '#!/model/model.large.stg_sales_0?column=value_1&tab=impact&lens=tests');
    await expect.poll(() => page.locator('.panel .counts').first().textContent()).toMatch(/models.*columns/);
    expect(await page.locator('[role="tab"][aria-selected="true"]').textContent()).toBe('Impact');
    expect(await page.locator('.legend select').inputValue()).toBe('tests');
    expect(await page.locator('.row.pinned').getAttribute('data-column')).toBe('value_1');
    expect(await page.locator('.badge.tone-good').count()).toBeGreaterThan(0);
    await page.getByRole('button', { name: 'Copy as Markdown' }).click();
    await expect.poll(() => page.locator('.panel').textContent()).toContain('Copied');
  });

  it('lights the whole path of a column that is hovered, with the kinds of its edges', async () => {
    const page = await opened('small.html', '#!/model/model.large.int_support_15');
    await page.locator('.card.focus .row').nth(1).hover();
    await expect.poll(() => page.locator('.paths .edge').count()).toBeGreaterThan(1);
    expect(await page.locator('.card.focus .row.lit').count()).toBe(1);
    expect(await page.locator('.legend').textContent()).toContain('aggregate');
    await page.mouse.move(5, 300);
    await expect.poll(() => page.locator('.paths .edge').count()).toBe(0);
  });

  it('shows folders from afar, and opens one', async () => {
    const page = await opened('large.html');
    await page.keyboard.press('a');
    await page.waitForSelector('.folder');
    const closed = await page.locator('.folder').count();
    expect(closed).toBe(18);
    await page.locator('.folder').first().click();
    await expect.poll(() => page.locator('.folder').count()).toBe(closed - 1);
    // Back to the nodes around one, and out again with the wheel.
    await page.goto(`${pathToFileURL(file('large.html')).href}#!/model/model.large.int_sales_1200`);
    await page.keyboard.press('/');
    await page.keyboard.type('path:models/marts/sales/fct_sales_2[45]*');
    await page.keyboard.press('Enter');
    await page.mouse.move(600, 450);
    for (let i = 0; i < 8; i++) await page.mouse.wheel(0, 600);
    await expect.poll(() => page.locator('.folder').count()).toBeGreaterThan(0);
  });

  it('names what is seen from afar, as long as a name can be read', async () => {
    const page = await opened('small.html', '#!/model/model.large.int_support_15');
    const sizeOnScreen = (): Promise<number> =>
      page.locator('.card.focus .name').evaluate((text) => text.getBoundingClientRect().height);
    const whole = await page.locator('.card.focus .name').textContent();
    const zoomOut = async (until: () => Promise<boolean>): Promise<void> => {
      for (let i = 0; i < 20 && !(await until()); i++) {
        await page.keyboard.press('-');
        await page.waitForTimeout(50);
      }
    };
    await zoomOut(async () => (await page.locator('.card.focus .note').count()) === 0);
    expect(await page.locator('.card.focus .name').textContent()).toBe(whole);
    expect(await sizeOnScreen()).toBeGreaterThan(8);
    await zoomOut(async () => (await page.locator('.block-names').count()) > 0);
    expect(await page.locator('.block-names text').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^int_support/), 'stg_sales_0']),
    );
    await zoomOut(async () => (await page.locator('.block-names').count()) === 0);
    expect(await page.locator('.blocks').count()).toBe(1);
  });

  it('is used by keys alone', async () => {
    const page = await opened('small.html', '#!/model/model.large.int_support_15');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.locator('.panel h2').textContent()).toMatch(/^stg_/);
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => page.locator('.panel h2').textContent()).toMatch(/^int_/);
    const before = await shownCards(page);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => page.locator('.panel h2').textContent()).toMatch(/^stg_/);
    await page.keyboard.press('d');
    await expect.poll(() => shownCards(page)).toBeGreaterThan(before);
    await page.keyboard.press('t');
    await page.waitForSelector('.timeline .bar.on-critical');
    await page.keyboard.press('?');
    await page.waitForSelector('dialog[open]');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.locator('dialog').count()).toBe(0);
    // Everything that can be pressed has a name to be called by.
    const nameless = await page.evaluate(
      () =>
        [...document.querySelectorAll('button, summary, [role="button"], input, select')].filter(
          (one) => !(one.getAttribute('aria-label') || one.textContent?.trim() || one.closest('label')),
        ).length,
    );
    expect(nameless).toBe(0);
  });

  it('shows the SQL of a node, coloured', async () => {
    const page = await opened('small.html', '#!/model/model.large.stg_sales_0?tab=sql');
    await expect.poll(() => page.locator('.sql').textContent()).toContain('made_of');
    expect(await page.locator('.sql .keyword').first().textContent()).toBe('select');
  });

  it('shows descriptions as Markdown, and nothing in them as anything else', async () => {
    const page = await opened('nasty.html', '#!/model/model.large.stg_sales_0');
    const shown = page.locator('.panel .markdown').first();
    await expect.poll(() => shown.locator('strong').textContent()).toBe('Bold');
    expect(await shown.locator('a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
      'https://example.com/a',
    ]);
    expect(await shown.locator('img, script, b').count()).toBe(0);
    expect(await shown.textContent()).toContain('<img src=x onerror=alert(1)><script>alert(1)</script>');
    expect(await shown.locator('td').allTextContents()).toEqual(['1', '<b>2</b>']);
  });

  it('is dark where the reader wants it dark', async () => {
    const brightness = (page: Page): Promise<number> =>
      page.evaluate(() => Number(/\d+/.exec(getComputedStyle(document.querySelector('.canvas')!).backgroundColor)![0]));
    const dark = await opened('small.html', '', 'dark');
    expect(await brightness(dark)).toBeLessThan(60);
    const light = await opened('small.html');
    expect(await brightness(light)).toBeGreaterThan(200);
    await light.getByRole('button', { name: /^Theme/ }).click();
    await light.getByRole('button', { name: /^Theme/ }).click();
    await expect.poll(() => brightness(light)).toBeLessThan(60);
  });

  it('saves the graph as SVG and as PNG', async () => {
    const page = await opened('small.html', '#!/model/model.large.int_support_15');
    const saved = async (name: string): Promise<Buffer> => {
      await page.locator('.menu summary').click();
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByText(name).click()]);
      return readFileSync(await download.path());
    };
    const svg = (await saved('Save as SVG')).toString();
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox=/);
    expect(svg).toContain('int_support_15');
    expect(svg).not.toContain('var(--');
    const png = await saved('Save as PNG');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.length).toBeGreaterThan(10_000);
  });

  it('says why there is nothing to see where nothing has run and nothing is known of columns', async () => {
    const page = await opened('bare.html', '#!/model/model.large.int_support_15?tab=columns&timeline=1');
    await expect.poll(() => page.locator('.timeline').textContent()).toContain('Nothing has run yet');
    const lenses = await page.locator('.legend option:disabled').allTextContents();
    expect(lenses).toEqual(['Last run (no data)', 'Freshness (no data)', 'Owner (no data)']);
  });
});
