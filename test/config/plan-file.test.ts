import { expect, test } from 'vitest';
import { parsePlanFile, readPlanFile } from '../../src/config/read-plan-file.ts';
import { updatePlanFile } from '../../src/config/update-plan-file.ts';
import { decompose } from '../../src/decompose/decompose.ts';
import type { MigrationPlan } from '../../src/model/migration-plan.ts';
import type { Monolith } from '../../src/model/monolith.ts';
import { planMigration } from '../../src/plan/plan-migration.ts';
import { monolith } from '../support/monolith.ts';
import { BLOG, SHOP } from '../support/systems.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The plan that the pipeline would make of a monolith and the text of its plan file. */
function planOf(value: Monolith, text?: string): MigrationPlan {
  const planFile = text === undefined ? undefined : parsePlanFile(text);
  return planMigration({ monolith: value, decomposition: decompose(value, planFile).value, planFile }).value;
}

const blog = monolith(BLOG, 'blog');

test.each([
  ['a blog', BLOG],
  ['a shop', SHOP],
])('the file written for %s reads back, is obeyed, and is not changed again', (_title, description) => {
  const value = monolith(description);
  const first = planOf(value);
  const text = updatePlanFile(undefined, first);
  const second = planOf(value, text);
  expect(updatePlanFile(text, second)).toBe(text);
  expect(second).toEqual(first);
});

test('a new file explains itself and lists each service', () => {
  const text = updatePlanFile(undefined, planOf(blog));
  expect(text).toMatch(/^# Where the monolith is cut/);
  expect(parsePlanFile(text).services.profiles).toMatchObject({
    title: 'Profiles',
    phase: 0,
    weight: 0,
    tables: ['follows'],
    modules: ['src/profile/profile.controller.ts', 'src/profile/profile.service.ts'],
  });
});

test("comments, order and a person's values survive when something new is added", () => {
  const edited = `# our plan
version: 1

services:
  # identity team
  users:
    weight: 10
    phase: 5
    modules:
      - src/auth/auth.service.ts # moves last
      - src/auth/auth.controller.ts
    tables: [users]
    routes:
      - POST /api/users
`;
  const updated = updatePlanFile(edited, planOf(blog, edited));
  const lines = edited.split('\n');
  expect(updated.split('\n').filter((line) => lines.includes(line))).toEqual(expect.arrayContaining(lines));
  expect(updated).toContain('      - src/auth/auth.service.ts # moves last\n      - src/auth/auth.controller.ts\n    tables: [users]\n');
  expect(parsePlanFile(updated).services.articles?.tables).toContain('articles');
  expect(updatePlanFile(updated, planOf(blog, updated))).toBe(updated);
});

test('a new route lands in a sorted place of the service it belongs to', () => {
  const text = updatePlanFile(undefined, planOf(blog));
  const grown = monolith(
    `${BLOG}
    route DELETE /api/articles/{slug}/favorite -> src/article/article.controller.ts#unfavorite
    access src/article/article.controller.ts#unfavorite delete favorites`,
    'blog',
  );
  const updated = updatePlanFile(text, planOf(grown, text));
  const added = updated.split('\n').filter((line) => !text.split('\n').includes(line));
  expect(added).toEqual(['      - DELETE /api/articles/{slug}/favorite']);
  expect(updated.split('\n').length).toBe(text.split('\n').length + 1);
});

test('a moved line takes its comment along when the plan moves it', () => {
  const plan = planOf(blog);
  const text = updatePlanFile(undefined, plan).replace('      - follows\n', '      - follows # ask Maria\n');
  const users = plan.services.map((service) =>
    service.id === 'users'
      ? { ...service, tables: [...service.tables, ...(plan.services.find(({ id }) => id === 'profiles')?.tables ?? [])] }
      : service,
  );
  const updated = updatePlanFile(text, {
    ...plan,
    services: users.map((service) => (service.id === 'profiles' ? { ...service, tables: [] } : service)),
  });
  expect(parsePlanFile(updated).services.users?.tables).toEqual(['follows', 'users']);
  expect(updated).toContain('- follows # ask Maria\n');
});

/** Plans around an edited file, and checks that a second run leaves it alone. */
function replan(edited: string): { readonly plan: MigrationPlan; readonly text: string } {
  const plan = planOf(blog, edited);
  const text = updatePlanFile(edited, plan);
  expect(updatePlanFile(text, planOf(blog, text))).toBe(text);
  return { plan, text };
}

test('a renamed service keeps its name and members', () => {
  const first = planOf(blog);
  const edited = updatePlanFile(undefined, first).replace('\n  users:\n', '\n  identity:\n');
  const { plan, text } = replan(edited);
  expect(text).toBe(edited);
  const before = first.services.find(({ id }) => id === 'users');
  expect(plan.services.find(({ id }) => id === 'identity')).toMatchObject({ tables: before?.tables, modules: before?.modules });
  expect(plan.services.some(({ id }) => id === 'users')).toBe(false);
  expect(plan.services.find(({ id }) => id === 'identity')?.functions.map(({ name }) => name)).toEqual(['identity-api']);
});

test('a module moved to another service stays there, and the reason says who put it', () => {
  const line = '      - src/profile/profile.service.ts\n';
  const written = updatePlanFile(undefined, planOf(blog));
  const moved = written.replace(line, '').replace(/( {2}users:\n(?: {4}.*\n)*? {4}modules:\n)/, `$1${line}`);
  expect(moved.split(line)).toHaveLength(2);
  const { plan, text } = replan(moved);
  expect(text).toBe(moved);
  const users = plan.services.find(({ id }) => id === 'users');
  expect(users?.modules).toContain('src/profile/profile.service.ts');
  expect(users?.reasons.map(({ rule }) => rule)).toContain('pinned-by-plan');
  expect(plan.services.find(({ id }) => id === 'profiles')?.modules).not.toContain('src/profile/profile.service.ts');
});

test('a service told to stay gets no function, and the file is kept', () => {
  const edited = updatePlanFile(undefined, planOf(blog)).replace('\n  profiles:\n', '\n  profiles:\n    placement: stay\n');
  const { plan, text } = replan(edited);
  expect(text).toBe(edited);
  expect(plan.services.find(({ id }) => id === 'profiles')).toMatchObject({ placement: { kind: 'stay' }, functions: [] });
});

test('a comment that a person adds is kept', () => {
  const edited = updatePlanFile(undefined, planOf(blog))
    .replace('\n  users:\n', '\n  # moves after the summer\n  users:\n')
    .replace('      - follows\n', '      - follows # team social\n');
  expect(edited.match(/moves after the summer|team social/g)).toHaveLength(2);
  expect(replan(edited).text).toBe(edited);
});

test('no file is undefined, a file is given with its text', async () => {
  expect(await readPlanFile(await temporaryFolder())).toBeUndefined();
  const text = 'version: 1\nservices:\n  loans:\n    tables:\n    modules: [src/loans.ts]\n';
  const root = await temporaryFolder({ 'banyan.plan.yaml': text });
  expect(await readPlanFile(root)).toEqual({
    text,
    file: {
      version: 1,
      services: { loans: { phase: 0, weight: 0, routes: [], triggers: [], tables: [], modules: ['src/loans.ts'] } },
      shared: {},
      stay: { modules: [], routes: [] },
    },
  });
});

test.each([
  ['a tab', 'version: 1\nservices:\n\tloans: {}\n', 'banyan.plan.yaml:3:'],
  ['no version', 'services: {}\n', 'banyan.plan.yaml:1:1 version: '],
  ['an unknown key', 'version: 1\nservices:\n  loans:\n    module: []\n', 'banyan.plan.yaml:4:5 unknown key "services.loans.module"'],
  ['a weight over 100', 'version: 1\nservices:\n  loans:\n    weight: 120\n', 'banyan.plan.yaml:4:5 services.loans.weight: '],
  ['a phase that is none', 'version: 1\nservices:\n  loans:\n    phase: 8\n', 'banyan.plan.yaml:4:5 services.loans.phase: '],
  ['an unknown verdict', 'version: 1\nshared:\n  src/a.ts: clone\n', 'banyan.plan.yaml:3:3 shared.src/a.ts: '],
  ['a name with spaces', 'version: 1\nservices:\n  Book Loans: {}\n', 'banyan.plan.yaml:3:3 services.Book Loans: '],
  ['a key twice', 'version: 1\nservices:\n  loans: {}\n  loans: {}\n', 'banyan.plan.yaml:4:3 '],
  [
    'a module in two services',
    'version: 1\nservices:\n  loans:\n    modules:\n      - src/a.ts\n  books:\n    modules:\n      - src/a.ts\n',
    'banyan.plan.yaml:8:9 module "src/a.ts" already has a place in line 5',
  ],
])('%s is refused with its place', (_title, text, message) => {
  expect(() => parsePlanFile(text)).toThrow(message);
});
