import { randomUUID } from 'node:crypto';
import { discount, withTax } from './prices';

export interface Book {
  id: string;
  price: number;
}

export class BookService {
  private books: Book[] = [];

  list() {
    return this.books.map(withTax);
  }

  /** Adds one. */
  add(book: Book) {
    this.books.push({ ...book, id: randomUUID(), price: discount(book) });
  }
}
