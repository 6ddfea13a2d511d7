/**
 * Whether two texts are relative times (`4 seconds ago`) that the clock alone makes different: in the same unit and a
 * little apart. Two runs of the monolith may show the same one by chance. Hours are not: a wrong zone is an hour.
 */
export function isClockDrift(left: string, right: string): boolean {
  const [before, after] = [read(left), read(right)];
  return before !== undefined && before.unit === after?.unit && Math.abs(before.count - after.count) <= before.most;
}

function read(text: string) {
  const [, count, written] = /^(\d+) (sec|min)[a-z]* ago$/i.exec(text) ?? [];
  if (count === undefined || written === undefined) return undefined;
  const unit = written.toLowerCase();
  return { count: Number(count), unit, most: unit === 'sec' ? MOST_SECONDS : 1 };
}

const MOST_SECONDS = 10;
