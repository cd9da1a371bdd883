import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * The moderate, serious and critical faults that axe finds, each with what it is about.
 * @param except rules that are not looked at
 */
export async function faultsOf(page: Page, ...except: readonly string[]): Promise<readonly string[]> {
  // What is still fading in has colours that nobody is meant to read.
  await page.evaluate(
    'document.getAnimations().forEach((animation) => animation.effect?.getTiming().iterations === 1 && animation.finish())',
  );
  await page.evaluate(source);
  const violations = await page.evaluate<Violation[]>('axe.run().then(({ violations }) => violations)');
  return violations
    .filter(({ id, impact }) => impact !== 'minor' && !except.includes(id))
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`));
}

interface Violation {
  readonly id: string;
  readonly impact?: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}
