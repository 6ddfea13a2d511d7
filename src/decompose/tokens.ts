const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Parts of paths and table names that are transport or grammar, never a domain. */
const TRANSPORT_WORDS = words('api rest http https rpc graphql json public internal by for from my the tbl');

/**
 * Parts of file and function names that say which layer or step the code is. Words that are generic only in one
 * code base need not stand here: `weighTokens` finds them by evidence.
 */
const LAYER_WORDS = words(
  `abstract add all apply app application async authed backend background base bootstrap build bulk change check common config
  configuration constant context controller core count create crud current daily dao data database daemon db default delete
  detail do domain dto each edit endpoint ensure entity error event every factory feature fetch find function gateway get handle
  handler has helper hook hourly impl implementation index infra infrastructure init initialise initialize interface is job
  layer lib library list listener load local main make manager middleware misc model module new nightly on one or persistence
  port post presentation process processor provider put query queue read refresh remove repo repository reset resolver resource
  route router routing run save schedule scheduler schema script search send server service set setup shared show socket sql src start
  static stop storage store subscriber sync task test to toggle trigger type typing update upload upsert usecase util utility
  validate validation validator view web with worker write ws`,
);

const isWord = (word: string): boolean => word.length > 1 && !/^v?\d+$/.test(word);

/** Words of an identifier, path or sentence: camel case, snake case and punctuation split, lower case. */
export const splitWords = (text: string): readonly string[] =>
  text
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(/[^A-Za-z\d]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());

/** The singular of an English word, near enough to make `categories` and `category` one token. */
export function singular(word: string): string {
  if (word.length < 4 || /(ss|us|is|news)$/.test(word)) return word;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(sses|shes|ches|xes|zes)$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

/** Domain words of a route path, table or event name as `singular → as written`. */
export const domainWords = (text: string): ReadonlyMap<string, string> => wordsWithout(text, [TRANSPORT_WORDS]);

/** Domain words of a file path or symbol as `singular → as written`: layers and verbs left out too. */
export const codeWords = (text: string): ReadonlyMap<string, string> =>
  wordsWithout(text.replace(/\.[cm]?[jt]sx?$/, ''), [TRANSPORT_WORDS, LAYER_WORDS]);

function wordsWithout(text: string, excluded: readonly ReadonlySet<string>[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const word of splitWords(text)) {
    const stem = singular(word);
    if (!isWord(word) || found.has(stem) || excluded.some((set) => set.has(stem) || set.has(word))) continue;
    found.set(stem, word);
  }
  return found;
}
