import type { Book } from './book.service';

const RATE = 0.07;

// Everybody pays it.
export const withTax = (book: Book): Book => ({ ...book, price: book.price * (1 + RATE) });

const SHARE = 0.9;

export function discount(book: Book): number {
  return book.price * SHARE;
}
