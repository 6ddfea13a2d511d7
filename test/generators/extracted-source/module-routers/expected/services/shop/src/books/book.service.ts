import { withTax } from './prices';

export interface Book {
  id: string;
  price: number;
}

export class BookService {
  private books: Book[] = [];

  list() {
    return this.books.map(withTax);
  }
}
