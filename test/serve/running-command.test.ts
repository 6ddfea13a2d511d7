import { expect, test } from 'vitest';
import { describeExit, runCommand, startCommand } from '../../src/serve/running-command.ts';
import { eventually, isRunning, makeFolder } from './support.ts';

const environment = { PATH: process.env.PATH };
const node = JSON.stringify(process.execPath);

test.each([
  ['exit 0', 'exited with code 0', []],
  ['echo torn page; exit 3', 'exited with code 3', ['torn page']],
  ['kill -9 $$', 'was ended by SIGKILL', []],
])('%s: it %s', async (command, expected, lines) => {
  const { signal } = new AbortController();
  const { exit, lastLines } = await runCommand({ command, directory: makeFolder({}), environment, signal });
  expect(describeExit(exit)).toBe(expected);
  expect(lastLines).toEqual(lines);
});

test('stopping ends what the command started, too', async () => {
  const command = startCommand({
    command: `${node} -e "console.log(process.pid); setInterval(() => {}, 1000)" & ${node} -e "setInterval(() => {}, 1000)"`,
    directory: makeFolder({}),
    environment,
  });
  await eventually(() => command.lastLines().length === 1);
  const pid = Number(command.lastLines()[0]);
  expect(isRunning(pid)).toBe(true);
  await command.stop();
  expect(await eventually(() => !isRunning(pid))).toBe(true);
});

test('a process that ignores the polite end is killed', async () => {
  const command = startCommand({
    command: `exec ${node} -e "process.on('SIGTERM', () => {}); console.log(process.pid); setInterval(() => {}, 1000)"`,
    directory: makeFolder({}),
    environment,
    graceMs: 100,
  });
  await eventually(() => command.lastLines().length === 1);
  await command.stop();
  expect(describeExit(await command.exited)).toBe('was ended by SIGKILL');
});

test('an aborted signal ends the command and throws its reason', async () => {
  const controller = new AbortController();
  const running = runCommand({ command: 'sleep 30', directory: makeFolder({}), environment, signal: controller.signal });
  setTimeout(() => controller.abort(), 50);
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
});

test('a command that runs too long is ended, with what it started', async () => {
  const { signal } = new AbortController();
  const command = 'echo waiting for nobody; sleep 20';
  const { exit, lastLines } = await runCommand({ command, directory: '.', environment: process.env, signal, limitSeconds: 0.5 });
  expect(describeExit(exit)).toBe('did not end within 0.5 s');
  expect(lastLines).toEqual(['waiting for nobody']);
});
