import type { Book } from './book.service';

const RATE = 0.07;

// Everybody pays it.
export const withTax = (book: Book): Book => ({ ...book, price: book.price * (1 + RATE) });
