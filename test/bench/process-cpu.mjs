// Loaded before a measured program: writes the CPU seconds (user and system) of the process and its children when it ends,
// and the most memory that the process itself took, in megabytes.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** A clock tick of `/proc`, which Linux fixes at this for every program. */
const TICKS_PER_SECOND = 100;

process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  const spent = { seconds: (user + system) / 1e6 + childSeconds(), megabytes: process.resourceUsage().maxRSS / 1024 };
  writeFileSync(process.env.BANYAN_CPU_FILE, JSON.stringify(spent));
});

/** Children that ended, as the system sums them, and those that were only just told to end. */
function childSeconds() {
  const own = fieldsOf('self');
  if (own === undefined) return 0;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => fieldsOf(pid) ?? [])
    .filter(({ parent }) => parent === process.pid);
  return children.reduce((sum, { spent }) => sum + spent, own.spentByEnded) / TICKS_PER_SECOND;
}

/** Of `/proc/<pid>/stat`, what follows the name, which may hold anything. */
function fieldsOf(pid) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    return { parent: fields[1], spent: fields[11] + fields[12], spentByEnded: fields[13] + fields[14] };
  } catch {
    return undefined;
  }
}
