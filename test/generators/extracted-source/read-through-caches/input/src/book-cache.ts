import { LIMIT } from './limits';

// One per process: fine as long as there is only one box.
const entries = new Map<string, { book: any; until: number }>(), most = LIMIT;

export const bookCache = {
  get(id: string) {
    const entry = entries.get(id);
    return entry && entry.until > Date.now() ? entry.book : undefined;
  },

  set(id: string, book: any) {
    entries.set(id, { book, until: Date.now() + 60 * 1000 });
  },

  forget(id: string) {
    entries.delete(id);
  },

  trim() {
    if (entries.size > most) entries.clear();
  },
};
