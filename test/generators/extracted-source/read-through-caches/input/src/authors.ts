import { load } from './load';

class Cache<T> {
  private readonly entries = new Map<string, T>();

  get(id: string): T | undefined {
    return this.entries.get(id);
  }

  set(id: string, value: T): void {
    this.entries.set(id, value);
  }
}

const authors = new Cache<{ name: string }>();

export async function authorOf(id: string) {
  const known = authors.get(id);
  if (known) return known;
  const author = await load('authors', id);
  authors.set(id, author);
  return author;
}
