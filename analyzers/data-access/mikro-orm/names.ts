/** `BookLoan` → `book_loan`, as MikroORM's default strategy writes it. */
export const underscore = (text: string): string => text.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();
