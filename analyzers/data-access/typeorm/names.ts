/** `BookLoan` → `book_loan`, as TypeORM writes it. */
export const snakeCase = (text: string): string =>
  text
    .replace(/([A-Z])([A-Z])([a-z])/g, '$1_$2$3')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase();

/** `book_id` → `bookId`. */
export const camelCase = (text: string): string => {
  const joined = text.replace(/[-_\s.]+(.)?/g, (_match, letter: string | undefined) => letter?.toUpperCase() ?? '');
  return joined.slice(0, 1).toLowerCase() + joined.slice(1);
};
